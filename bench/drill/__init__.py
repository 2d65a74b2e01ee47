"""`make drill`: a site of its own is hurt while members write, and what it confirmed has to be there."""
