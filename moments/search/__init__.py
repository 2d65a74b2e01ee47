"""Search: what can be asked, where it is looked up, and what the page shows of it."""
