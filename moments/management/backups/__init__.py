"""One archive of a whole site: its database as it was at one moment, its uploads, and what proves both."""
