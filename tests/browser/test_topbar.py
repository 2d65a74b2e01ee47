"""The bar on top: everything in it has its room, whatever the screen."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)
ROOM = 170  # pixels: the glass and two words of the hint


@pytest.mark.parametrize("width", [701, 768, 901, 1024, 1360])
def test_the_search_field_has_room_beside_the_sections(width, meet, seb):
    for reader in (meet(width=width), meet(seb, width=width)):
        reader.opens("/films/")
        assert reader.page.get_by_role("searchbox").bounding_box()["width"] >= ROOM
