"""`make scale`: what a vote and a row of a feed cost, and what a hundred million members would ask for."""
