"""The pages of the staff: who may see them, and what the front page shows."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from moments.models import Comment, Film, Moment, Trivia
from tests.support.admin import OURS, listed, one_of_each, page, section_of
from tests.support.makers import make_comment, make_film, make_member, make_moment, make_trivia, moderator
from tests.support.pages import text_of
from tests.support.rows import for_each

INLINE = re.compile(r"\sstyle\s*=|<style|\son[a-z]+\s*=|<script(?![^>]*src=)|javascript:", re.I)


@pytest.fixture
def world(moment, seb):
    return one_of_each(moment, seb)


# Who may come in.


@for_each("address", ["/admin/", "/admin/moments/moment/", "/admin/accounts/user/"])
def test_signed_out_people_are_sent_to_sign_in(client, db, address):
    first = client.get(address, follow=True)
    assert first.redirect_chain[-1][0].startswith("/accounts/login/?next=")


@for_each("address", ["/admin/", "/admin/moments/moment/", "/admin/nothing/", "/admin/jsi18n/"])
def test_for_members_there_is_nothing(as_mia, address):
    assert as_mia.get(address).status_code == 404


def test_staff_without_rights_sees_an_empty_front_page(client, db):
    client.force_login(make_member("new", is_staff=True))
    response = client.get("/admin/")
    assert response.context["sections"] == []
    assert client.get(listed(Moment)).status_code == 403


def test_moderators_see_what_they_work_with(as_anna, world):
    assert [as_anna.get(listed(model)).status_code for model in OURS] == [200] * len(OURS)
    assert [as_anna.get(page(one)).status_code for one in world] == [200] * len(world)


def test_the_password_is_changed_where_everybody_changes_it(as_anna):
    assert as_anna.get("/admin/password_change/").url == reverse("account_change_password")


# Every page.


def test_no_page_breaks_the_policy(as_keith, world):
    addresses = ["/admin/", *map(listed, OURS), *map(page, world)]
    addresses += [page(one, "history") for one in world] + [page(one, "remove") for one in world[:6]]
    found = {address: INLINE.findall(text_of(as_keith.get(address))) for address in addresses}
    assert found == {address: [] for address in addresses}
    assert "'unsafe" not in as_keith.get("/admin/")["Content-Security-Policy"]


def test_nothing_can_be_deleted(as_keith, world):
    for one in world:
        assert as_keith.get(page(one, "delete")).status_code == 403
        assert as_keith.post(page(one, "delete"), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in text_of(as_keith.get(listed(Moment, show="latest")))


def test_names_of_pages_are_escaped(as_keith, film, mia):
    moment = make_moment(film, mia, "<script>alert(1)</script>")
    for address in ("/admin/", listed(Moment, show="latest"), page(moment), page(moment, "remove")):
        assert "<script>alert" not in text_of(as_keith.get(address))


# The front page.


def test_the_front_page_shows_what_is_new_and_unfinished(as_anna, film, mia, seb):
    rookie = make_member("rookie", date_joined=timezone.now() - timedelta(hours=2))
    first, _second = make_moment(film, rookie, "My first"), make_moment(film, rookie, "My second")
    make_moment(film, mia, "An old hand's")
    twin, bare = make_film("la la LAND", summary="A twin."), make_film("Ponyo")
    comment = make_comment(first, seb, "Welcome!")
    make_trivia(film, mia, "A bare claim")
    parts = as_anna.get("/admin/")
    first_posts = section_of(parts, Moment, "newcomers").rows
    assert [(row.label, row.url) for row in first_posts] == [("My first", page(first))]
    assert [row.url for row in section_of(parts, Comment).rows] == [page(comment)]
    notes = {row.url: row.note for row in section_of(parts, Film).rows}
    assert notes[page(film)] == notes[page(twin)] != notes[page(bare)]
    assert [row.label for row in section_of(parts, Trivia).rows] == ["A bare claim"]
    assert [row.label for row in section_of(parts, User).rows] == ["rookie"]
    assert section_of(parts, Moment, "hidden").rows == []
    first.remove(moderator(), "spam")
    hidden = section_of(as_anna.get("/admin/"), Moment, "hidden").rows
    assert [(row.url, row.note) for row in hidden] == [(listed(Moment, show="hidden"), "1")]


def test_the_front_page_counts_up_to_fifty(as_anna, film):
    for number in range(52):
        make_member(f"new{number}", date_joined=timezone.now())
    members = section_of(as_anna.get("/admin/"), User)
    assert (members.count, len(members.rows)) == ("50+", 6)


def test_the_front_page_goes_by_the_clock_of_who_reads_it(as_keith, keith):
    User.objects.filter(pk=keith.pk).update(time_zone="Asia/Tokyo")
    joined = make_member("rookie", date_joined=timezone.now()).date_joined
    (row,) = section_of(as_keith.get("/admin/"), User).rows
    assert row.note.endswith(f"{joined + timedelta(hours=9):%H:%M}")
