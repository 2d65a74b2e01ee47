"""What a visitor felt is theirs once they have an account and keep it."""

import pytest
from django.urls import reverse

from moments.models import Moment, Reaction
from moments.models.kinds import POST_KINDS
from moments.viewer import reactions
from tests.support.makers import make_member, moderator
from tests.support.pages import links, text_of, texts
from tests.support.relive_mode import TITLES, make_scenes, of, read, tap


@pytest.fixture
def scenes(film, mia):
    return make_scenes(film, mia)


@pytest.fixture
def newcomer(client, scenes):
    """Felt something as a visitor and signed in afterwards."""
    tap(client, scenes[0], "joy")
    tap(client, scenes[0], "love")
    tap(client, scenes[1], "fear")
    client.force_login(make_member("tracy"))
    return client


def test_what_a_visitor_felt_is_theirs_once_they_keep_it(newcomer, scenes):
    page = read(newcomer, reverse("visitor-reactions"))
    assert [title for title in TITLES if title in page] == ["The Jam", "The Party"]
    newcomer.post(reverse("visitor-reactions"), {"keep": "1"})
    felt_now = set(Reaction.objects.values_list("member__username", "moment__title", "feeling"))
    assert felt_now == {
        ("tracy", "The Jam", "joy"),
        ("tracy", "The Jam", "love"),
        ("tracy", "The Party", "fear"),
    }
    assert list(Moment.objects.order_by("position").values_list("felt_by", flat=True)) == [1, 1, 0]
    assert reactions.FELT_KEY not in newcomer.session


def test_what_a_visitor_felt_is_thrown_away_on_their_word(newcomer):
    newcomer.post(reverse("visitor-reactions"), {"throw": "1"})
    assert reactions.FELT_KEY not in newcomer.session
    assert not Reaction.objects.exists()


def test_keeping_twice_changes_nothing(newcomer):
    for _time in range(2):
        newcomer.post(reverse("visitor-reactions"), {"keep": "1"})
    assert Reaction.objects.count() == 3


def test_more_than_one_request_may_take_over_is_kept_in_turns(newcomer, monkeypatch):
    monkeypatch.setattr(reactions, "REACTIONS_AT_ONCE", 2)
    response = newcomer.post(reverse("visitor-reactions"), {"keep": "1"})
    assert (response["Location"], Reaction.objects.count()) == (reverse("visitor-reactions"), 2)
    newcomer.post(reverse("visitor-reactions"), {"keep": "1"})
    assert Reaction.objects.count() == 3


def test_what_was_felt_at_a_moment_that_is_gone_is_dropped(newcomer, scenes):
    scenes[0].remove(moderator(), "spam")
    newcomer.post(reverse("visitor-reactions"), {"keep": "1"})
    assert list(Reaction.objects.values_list("feeling", flat=True)) == ["fear"]


def test_a_veiled_moment_is_not_named_among_what_was_felt(newcomer, scenes):
    Moment.objects.filter(pk=scenes[0].pk).update(spoiler=True)
    page = newcomer.get(reverse("visitor-reactions"))
    assert "The Jam" not in text_of(page)
    assert POST_KINDS["moment"].veiled_title in texts(page, ".kept a")


def test_the_cover_reminds_a_member_of_what_is_not_kept_yet(newcomer, film):
    assert reverse("visitor-reactions") in read(newcomer, of("film-relive", film))
    newcomer.post(reverse("visitor-reactions"), {"throw": "1"})
    assert reverse("visitor-reactions") not in read(newcomer, of("film-relive", film))


def test_the_diary_reminds_its_member_and_nobody_else(newcomer, mia):
    assert reverse("visitor-reactions") in read(newcomer, reverse("member-diary", args=["tracy"]))
    assert reverse("visitor-reactions") not in read(newcomer, reverse("member-diary", args=["mia"]))


def test_signing_up_keeps_what_was_felt_and_leads_to_it(client, scenes):
    tap(client, scenes[0], "joy")
    form = {
        "username": "ana",
        "email": "ana@example.org",
        "password1": "planetarium at night",
        "next": "/relive/kept/",
    }
    response = client.post(reverse("account_signup"), form)
    assert response["Location"] == "/relive/kept/"
    assert "The Jam" in read(client, "/relive/kept/")


def test_another_account_in_the_same_browser_never_gets_it(newcomer, mia):
    newcomer.logout()
    newcomer.force_login(mia)
    page = newcomer.get(reverse("visitor-reactions"))
    assert (page.context["rows"], texts(page, ".kept")) == ([], [])


def test_nothing_to_keep_says_what_to_do(as_seb, scenes):
    page = as_seb.get(reverse("visitor-reactions"))
    assert page.context["rows"] == []
    assert reverse("films") in links(page)
