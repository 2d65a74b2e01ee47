"""Cards: kept as rendered, and never older than what they show."""

import pytest
from django.core.cache import caches

from moments.models import Post, Tag
from tests.conftest import make_comment, moderator


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["local"].clear()


def card(client):
    return client.get("/").content.decode()


def retitled(moment, seb):
    moment.title = "The Tap Dance"
    moment.revise(["stars"])


def tagged(moment, seb):
    moment.revise(["magic hour"])


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (retitled, "A Lovely Night", "The Tap Dance"),
        (tagged, ">tap dance<", ">magic hour<"),
        (lambda moment, seb: make_comment(moment, seb), '0 <span class="card-word">comments', "1 <span"),
        (lambda moment, seb: moment.relive(seb), "</html>", "relived"),
        (lambda moment, seb: moment.feel(seb, "joy"), "</html>", "Joy 100 %"),
        (lambda moment, seb: Tag.objects.get(name="stars").remove(moderator(), "spam"), ">stars<", "</html>"),
        (lambda moment, seb: Post.objects.filter(pk=moment.pk).update(spoiler=True), "card-excerpt", "veil"),
    ],
)
def test_a_change_shows_at_once(client, moment, seb, change, old, new):
    before = card(client)
    assert old in before
    change(moment, seb)
    after = card(client)
    assert new in after
    assert old == "</html>" or old not in after


def test_two_readers_share_a_card_and_keep_their_own_votes(client, moment, seb, keith):
    moment.upvote(seb)
    for member, pressed in ((seb, "true"), (keith, "false")):
        client.force_login(member)
        assert f'aria-pressed="{pressed}"' in card(client)


def test_a_kept_card_is_not_rendered_again(client, moment, monkeypatch):
    card(client)
    monkeypatch.setattr("moments.templatetags.cards.get_template", None)
    assert "A Lovely Night" in card(client)
