"""Films as their arcs are drawn of: made up, and read back from the drawing."""

from xml.etree import ElementTree

from hypothesis import strategies as st

from moments.arc.arc import ArcMoment
from moments.feelings import FEELINGS

SVG = "{http://www.w3.org/2000/svg}"

heights = st.floats(-1, 1, allow_nan=False)
tallies = st.dictionaries(st.sampled_from(list(FEELINGS)), st.integers(0, 500), max_size=12)
films = st.lists(st.tuples(tallies, st.integers(0, 1000)), max_size=200)


def rows_of(*tallies, **fields):
    return [
        ArcMoment(key, key + 1.0, tally, title=f"Moment {key}", url=f"/m/{key}/", **fields)
        for key, tally in enumerate(tallies)
    ]


def parsed(svg):
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
