"""Players at home: what they send while a member watches, and how far the member has seen because of it."""
