"""What is known of films that nobody has used yet, and which film somebody means."""
