"""The bar on top: everything in it has its room, whatever the screen and the size of the letters."""

from itertools import product

import pytest

pytestmark = pytest.mark.django_db(transaction=True)
ROOM = 170  # pixels: the glass and two words of the hint
# What of the bars is beyond the screen, beyond its own box, or under something else.
TROUBLE = """() => {
    const found = '.topbar .brand, .topbar nav a, .topbar .search, .topbar-end > *, .bottombar a';
    // The sections are a row that one pushes along: what is pushed away shows nowhere.
    const seen = (part) => {
        const { top, bottom, left, right } = part.getBoundingClientRect();
        const row = part.closest('.topnav')?.getBoundingClientRect() ?? { left, right };
        return { top, bottom, left: Math.max(left, row.left), right: Math.min(right, row.right) };
    };
    const parts = [...document.querySelectorAll(found)].filter((part) => part.checkVisibility())
        .map((part) => ({ part, box: seen(part), name: part.textContent.trim() }))
        .filter(({ box }) => box.left < box.right);
    const beside = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1;
    const below = (a, b) => a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
    const isOff = ({ box }) => box.left < -0.5 || box.right > innerWidth + 0.5;
    const isCut = ({ part }) => part.matches('a') && part.scrollWidth > part.clientWidth + 1;
    const covers = ({ box: a }, { box: b }) => !beside(a, b) && !below(a, b);
    return [
        ...parts.filter(isOff).map(({ name }) => `off: ${name}`),
        ...parts.filter(isCut).map(({ name }) => `cut: ${name}`),
        ...parts.flatMap((one, place) => parts.slice(place + 1).filter((other) => covers(one, other))
            .map((other) => `on each other: ${one.name}, ${other.name}`)),
    ];
}"""


# The widths at which a bar changes, and the two of real life, by what one holds in the hand.
SCREENS = {"phone": [320, 360], "desk": [701, 768, 901, 1024, 1360]}


@pytest.fixture(params=SCREENS)
def screens(request):
    return SCREENS[request.param]


def test_the_search_field_has_room_beside_the_sections(meet, seb):
    for viewer in (meet(width=1360), meet(seb, width=1360)):
        viewer.opens("/films/")
        for width in SCREENS["desk"]:
            viewer.changes_to(width)
            assert viewer.page.locator(".topbar [role=search] input").bounding_box()["width"] >= ROOM, width


def test_nothing_in_the_bars_is_cut_or_covered(screens, meet, seb):
    for viewer in (meet(width=screens[0]), meet(seb, width=screens[0])):
        viewer.expected.add(404)
        for path in ("/films/", "/nowhere/"):
            viewer.page.goto(path)
            for width, size in product(screens, ("100%", "200%")):
                viewer.changes_to(width)
                viewer.writes_as_large_as(size)
                assert viewer.page.evaluate(TROUBLE) == [], (path, width, size)
                viewer.sees_that_it_fits()
