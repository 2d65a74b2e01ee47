"""How often a process that answers pages looks for garbage: rarely, and never among what it began with.

A page makes thousands of objects, nearly all of which are gone with their last name; after every 700 of them
Python would look for those that name each other in a circle.
"""

import gc

THRESHOLDS = (10_000, 10, 10)  # new objects until a look at those, and how many looks until one at older ones


def look_rarely() -> None:
    """From now on, and leave out what is there already: the program itself stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
