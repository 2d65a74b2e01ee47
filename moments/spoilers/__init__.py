"""Spoilers: what lies beyond a viewer's progress, as a rule, as SQL and in the browser's cookies."""
