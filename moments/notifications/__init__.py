"""What members are told: the kinds of news, whom an event concerns, and the sentences that say it."""
