"""Pictures that the site draws: arcs, years, the wheel of feelings, share cards, artwork."""
