"""The longest names and tags of wide letters, without a space: no page scrolls sideways."""

import pytest

from moments.models import Tag
from tests.support.makers import make_comment, make_member, make_moment, make_song, make_trivia

pytestmark = pytest.mark.django_db(transaction=True)
NAME, OTHER, TAG = "m" * 30, "w" * 30, "w" * 40
LOOKS = [*((width, "100%") for width in (320, 360, 400)), (360, "200%"), (1360, "200%")]


@pytest.fixture
def addresses(film):
    member, other = make_member(NAME, bio="W" * 200), make_member(OTHER)
    moment = make_moment(film, member, "M" * 150, body=f"See @{NAME}.\n\n>!`{'y' * 90}`!<", tags=[TAG, "愛"])
    song = make_song(film, member, "W" * 60, artist="A" * 80, tags=[TAG])
    make_trivia(film, member, "T" * 80, tags=[TAG])
    comment = make_comment(moment, member, "q" * 99)
    make_comment(moment, other, f"@{NAME} " + "x" * 90, comment)
    moment.relive(member, note="W" * 99, public=True)
    profile, tag = member.get_absolute_url(), Tag.objects.get(name=TAG).get_absolute_url()
    return [
        *("/", "/new/", "/songs/", "/tags/", tag, profile, f"{profile}comments/", f"{profile}diary/"),
        *(f"/members/{OTHER}/comments/", moment.get_absolute_url(), song.get_absolute_url()),
        *(comment.get_absolute_url(), film.get_absolute_url(), f"/search/?q={NAME}", f"/search/?q={TAG}"),
    ]


@pytest.mark.parametrize("signed_in", [False, True], ids=["visitor", "member"])
def test_no_page_is_wider_than_the_screen(signed_in, addresses, seb, meet):
    visitor = meet(seb if signed_in else None, 320)
    for address in addresses:
        visitor.page.goto(address)
        for width, size in LOOKS:
            visitor.changes_to(width)
            visitor.writes_as_large_as(size)
            visitor.sees_that_it_fits()
