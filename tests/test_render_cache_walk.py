"""The render cache over every page there is: what one view has kept, the next one finds."""

import pytest

from reelive.render_cache import as_key, render_cache
from tests.support.makers import make_comment, make_film, make_member, make_moment
from tests.support.rows import for_each
from tests.support.walk import NAMES, VERBS, address, one_of_everything

OF_ACCOUNTS = ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/")


def make_world():
    mia, seb = make_member("mia"), make_member("seb")
    moment = make_moment(make_film(), mia, "A Lovely Night", tags=["stars", "tap dance"])
    make_comment(moment, seb)
    return {"mia": mia, "seb": seb, "moment": moment, "world": one_of_everything(moment)}


SCENE = make_world


@for_each("is_member", [False, True])
def test_a_page_that_was_seen_before_keeps_nothing_new(is_member, client, staged):
    assert staged["moment"].songs_heard.exists()
    if is_member:
        client.force_login(staged["mia"])
    pages = {name: address(name, staged["world"]) for name in sorted(set(NAMES) - VERBS)}
    pages |= {url: url for url in OF_ACCOUNTS}
    render_cache.clear()
    kept = {name: kept_by_a_later_view(client, url) for name, url in pages.items()}
    assert {name: found for name, found in kept.items() if found} == {}


def kept_by_a_later_view(client, url):
    """The templates of what the third view keeps: the first one may change what the second one shows."""
    client.get(url)
    client.get(url)
    known = set(render_cache.kept)
    client.get(url)
    return [key[0] for key in render_cache.kept if key not in known]


def test_what_equals_only_itself_is_no_part_of_a_key():
    with pytest.raises(TypeError):
        as_key({"site": object()})
