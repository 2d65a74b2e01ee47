"""Former versions of a text, and what changed between them."""
