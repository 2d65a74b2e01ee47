"""The longest names and tags of wide letters, without a space: no page scrolls sideways on a small phone."""

import pytest

from moments.models import Tag
from tests.support.makers import make_comment, make_member, make_moment, make_song

pytestmark = pytest.mark.django_db(transaction=True)
NAME, TAG = "m" * 30, "w" * 40


@pytest.fixture
def addresses(film):
    member, other = make_member(NAME, bio="W" * 200), make_member("w" * 30)
    moment = make_moment(film, member, "M" * 150, body=f"See @{NAME}.\n\n>!`{'y' * 90}`!<", tags=[TAG, "愛"])
    song = make_song(film, member, "W" * 60)
    comment = make_comment(moment, member, "q" * 99)
    make_comment(moment, other, "An answer", comment)
    moment.relive(member, note="W" * 99, public=True)
    profile, tag = member.get_absolute_url(), Tag.objects.get(name=TAG).get_absolute_url()
    return [
        *("/", "/new/", "/songs/", "/tags/", tag, profile, f"{profile}comments/", f"{profile}diary/"),
        *(moment.get_absolute_url(), song.get_absolute_url(), comment.get_absolute_url()),
        *(film.get_absolute_url(), f"/search/?q={NAME}", f"/search/?q={TAG}"),
    ]


@pytest.mark.parametrize("signed_in", [False, True], ids=["visitor", "member"])
def test_no_page_is_wider_than_a_small_phone(signed_in, addresses, seb, meet):
    visitor = meet(seb if signed_in else None, 320)
    for address in addresses:
        visitor.opens(address)
        for width in (360, 400, 320):
            visitor.changes_to(width)
            visitor.sees_that_it_fits()
