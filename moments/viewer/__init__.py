"""Who looks at a page: a member's rows or a visitor's browser."""
