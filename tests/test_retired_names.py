"""The name of a member who left is nobody's: no newcomer gets it, and its addresses say what became of it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from accounts.adapter import AccountAdapter
from accounts.deletion import delete_account
from accounts.models import RetiredName, RetiredNameManager, User
from moments.models import LedgerEntry
from tests.support.accounts import NEWCOMER, sign_up
from tests.support.makers import make_comment, make_member, moderator
from tests.support.pages import select, the
from tests.support.rows import for_each

migration = import_module("accounts.migrations.0007_retired_names")
TAKEN = "This username is taken; please choose another."


@pytest.fixture
def gone(seb):
    """Seb, who wrote nothing, and left."""
    delete_account(seb, take_texts=True)


@for_each("name", ["seb", "Seb", "SEB", " seb\t"])
def test_nobody_signs_up_with_the_name_of_who_left(name, client, gone):
    response = sign_up(client, username=name)
    assert response.context["form"].errors == {"username": [TAKEN]}
    assert not User.objects.exists()


@pytest.mark.parametrize("take_texts", [True, False])
def test_a_name_rests_whatever_became_of_the_texts(take_texts, client, moment, mia, seb):
    make_comment(moment, seb)
    delete_account(seb, take_texts)
    assert sign_up(client, username="seb").status_code == 422
    assert User.objects.get() == mia


def test_other_names_and_the_address_are_free(client, gone):
    assert sign_up(client, username="seb2", email="seb@example.org").status_code == 302
    assert User.objects.get().username == "seb2"


def test_who_acted_in_the_ledger_or_was_spoken_to_is_not_impersonated(client, moment, mia, seb):
    mod = make_member("mod2", is_staff=True)
    spam = make_comment(moment, seb)
    spam.remove(mod, "spam")
    asked = make_comment(moment, mia, "Ask @mod2 about it.")
    delete_account(mod, take_texts=True)
    assert sign_up(client, username="mod2").status_code == 422
    assert LedgerEntry.objects.get().actor == "mod2"
    assert [link["href"] for link in select(asked.body_html, "a")] == ["/members/mod2/"]
    assert client.get("/members/mod2/").status_code == 410


def test_no_name_is_kept_that_could_be_read(gone):
    (kept,) = RetiredName.objects.values_list("digest", flat=True)
    assert (len(kept), "seb" in kept) == (64, False)


def test_names_rest_whatever_the_key_of_the_site_is(gone, settings):
    settings.SECRET_KEY = "another key"
    assert RetiredName.objects.holds("seb")


def test_a_name_is_free_as_long_as_its_member_is_there(seb, monkeypatch):
    monkeypatch.setattr(User, "delete", lambda member: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        delete_account(seb, take_texts=True)
    assert not RetiredName.objects.exists()
    assert User.objects.filter(pk=seb.pk).exists()


# At once.


def test_who_was_faster_than_the_one_who_leaves_gets_the_form_back(client, gone, monkeypatch):
    """The form was judged before the account went, and the row is written after."""
    judged, holds = iter([False]), RetiredNameManager.holds

    def late(self, name):
        return next(judged, True) and holds(self, name)

    monkeypatch.setattr(RetiredNameManager, "holds", late)
    response = sign_up(client, username="seb")
    assert (response.status_code, response.context["form"].errors) == (422, {"username": [TAKEN]})
    assert not User.objects.exists()


def test_the_row_of_a_newcomer_is_not_written_with_such_a_name(gone, rf):
    form = type("Form", (), {"cleaned_data": NEWCOMER | {"username": "seb"}})()
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountAdapter().save_user(rf.get("/"), User(), form)
    assert not User.objects.exists()


# Addresses.


ADDRESSES = ["", "comments/", "diary/", "diary/2026/2/", "2026/", "feed/"]


@for_each("place", ADDRESSES)
def test_every_address_of_a_member_who_left_says_so(place, client, gone):
    response = client.get(f"/members/seb/{place}")
    assert response.status_code == 410
    assert "@seb" in the(response, "main h1").text


def test_forms_about_a_member_who_left_say_so_too(as_mia, gone):
    for verb in ("mute", "restrict", "report"):
        assert as_mia.post(f"/members/seb/{verb}/").status_code == 410


def test_a_name_in_capitals_leads_there_too(client, gone):
    assert client.get("/members/SEB/", follow=True).status_code == 410


@for_each("name", ["never-here", "house", "sebastian"])
def test_a_name_that_nobody_had_is_not_found(name, client, gone):
    assert client.get(f"/members/{name}/").status_code == 404


def test_a_suspended_member_has_not_left(client, seb):
    seb.suspend(moderator(), "Spam.")
    assert client.get("/members/seb/").status_code == 404


def test_the_page_of_who_left_is_kept_by_no_search_engine(client, gone):
    assert the(client.get("/members/seb/"), "meta[name=robots]")["content"] == "noindex"


def test_new_mentions_of_who_left_are_plain_words(gone, film, mia, moment):
    assert "href" not in make_comment(moment, mia, "Where is @seb?").body_html


# Those who left before names rested.


def test_names_that_the_ledger_says_rest_from_the_start(film, moment, mia, seb, keith):
    mod = make_member("mod2", is_staff=True)
    make_comment(moment, seb).remove(mod, "spam")
    seb.suspend(keith, "Spam.")
    User.objects.filter(username__in=["mod2", "seb"]).delete()
    for _ in range(2):
        migration.retire_names_of_the_ledger(apps, None)
    assert RetiredName.objects.count() == 2
    names = ("mod2", "seb", "keith", "mia")
    assert [RetiredName.objects.holds(name) for name in names] == [True, True, False, False]
