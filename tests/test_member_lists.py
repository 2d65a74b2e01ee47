"""Lists that members put together: who sees them, their addresses, their order by votes, and their end."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from moments.models import Follow, ListEntry, ListWriter, MemberList, Mute, Restrict
from moments.models import member_list as bounds
from moments.models.member_list import UNDOABLE, TooManyLists, Visibility
from moments.models.refusals import Gone, Restricted
from moments.tasks import tidy
from tests.support.makers import make_copies, make_list, make_member, make_moment
from tests.support.pages import messages_of, select, texts
from tests.support.rows import for_each


@pytest.fixture
def best(moment, film, mia):
    """A public list of mia's with a moment and its film."""
    return make_list(mia, moment, film, title="Dances", body="All **dances**.", note="Look at the *sky*.")


def titles(response):
    return texts(response, ".list-row h2")


def shown(response):
    """The states of the entries on a page, in its order."""
    return [entry["data-state"] for entry in select(response, "[data-state]")]


def count_of(member):
    return User.objects.values_list("list_count", flat=True).get(pk=member.pk)


def test_a_member_makes_a_list_and_edits_it(as_mia, mia):
    typed = {"title": "Dances", "body": "All **dances**.", "is_ranked": "on", "visibility": "public"}
    made = as_mia.post("/lists/new/", typed)
    row = MemberList.objects.get()
    assert made.url == row.get_absolute_url() == "/members/mia/lists/dances/"
    assert (row.author, row.body_html, row.is_ranked) == (mia, "<p>All <strong>dances</strong>.</p>", True)
    as_mia.post(f"/lists/{row.pk}/edit/", typed | {"title": "Steps", "visibility": "private"})
    row.refresh_from_db()
    assert (row.title, row.slug, row.visibility, row.is_ranked) == ("Steps", "steps", "private", True)


def test_the_same_form_sent_twice_makes_one_list(as_mia):
    typed = {"title": "Dances", "visibility": "public", "nonce": "b2c7a4be-4ca1-4b0e-8f62-6a5d1a9d9e70"}
    assert as_mia.post("/lists/new/", typed).url == as_mia.post("/lists/new/", typed).url
    assert MemberList.objects.count() == 1


def test_two_lists_of_one_title_have_addresses_of_their_own(mia, seb):
    rows = [make_list(member, title="Dances") for member in (mia, mia, seb)]
    assert [row.slug for row in rows] == ["dances", "dances-2", "dances"]


def test_a_form_without_a_title_comes_back_with_what_was_typed(as_mia):
    refused = as_mia.post("/lists/new/", {"title": " ", "body": "Words", "visibility": "public"})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"title"})
    assert "Words" in refused.text


def test_a_former_address_leads_on(client, as_mia, best):
    former = best.get_absolute_url()
    as_mia.post(f"/lists/{best.pk}/edit/", {"title": "Steps", "visibility": "public"})
    assert client.get(former).url == "/members/mia/lists/steps/"
    assert client.get(f"{former}feed/").url == "/members/mia/lists/steps/feed/"
    assert client.get(f"/lists/{best.pk}/").url == "/members/mia/lists/steps/"


def test_a_list_has_its_entries_with_notes(client, best, moment, film):
    page = client.get(best.get_absolute_url())
    assert texts(page, ".list-entry h2") == [moment.title, str(film)]
    assert texts(page, ".entry-note") == ["Look at the sky."] * 2
    assert texts(page, "h1") == ["Dances"]


# Who sees it.


@for_each("visibility", Visibility.values)
def test_who_sees_a_list_is_what_its_owner_said(visibility, client, best, mia, seb):
    MemberList.objects.update(visibility=visibility)
    friend = make_member("friend")
    best.writers.create(member=friend, accepted=timezone.now())
    best.writers.create(member=make_member("asked"))
    answers = {}
    for name in (None, "seb", "asked", "friend", "mia"):
        client.logout()
        if name:
            client.force_login(User.objects.get_or_create(username=name)[0])
        answers[name] = client.get(best.get_absolute_url()).status_code
    others = 404 if visibility == "private" else 200
    assert answers == {None: others, "seb": others, "asked": others, "friend": 200, "mia": 200}


@pytest.mark.parametrize("visibility", ["unlisted", "private"])
def test_what_is_not_public_stands_in_no_list_and_no_index(visibility, client, as_seb, best, whole_sitemap):
    places = (
        "/lists/",
        "/members/mia/lists/",
        "/lists/feed/",
        "/members/mia/lists/feed/",
        "/sitemap-lists-1.xml",
    )
    assert [best.slug in client.get(place).text for place in places] == [True] * 5
    MemberList.objects.update(visibility=visibility)
    assert [best.slug in client.get(place).text for place in places] == [False] * 5


def test_what_is_not_public_is_kept_by_nobody_and_found_by_nobody(client, best):
    MemberList.objects.update(visibility="unlisted")
    page = client.get(best.get_absolute_url())
    assert {"private", "no-store"} <= set(page["Cache-Control"].split(", "))
    assert [tag["content"] for tag in select(page, "meta[name=robots]")] == ["noindex"]
    assert select(page, "link[rel=canonical], link[rel=alternate]") == []


def test_nobody_subscribes_to_a_private_list(as_mia, best):
    MemberList.objects.update(visibility="private")
    assert as_mia.get(f"{best.get_absolute_url()}feed/").status_code == 404


def test_lists_of_a_private_account_are_for_followers(client, best, mia, seb):
    User.objects.filter(pk=mia.pk).update(is_private=True)
    places = (best.get_absolute_url(), "/members/mia/lists/", f"/lists/{best.pk}/")
    assert [client.get(place).status_code for place in places] == [404, 404, 404]
    assert titles(client.get("/lists/")) == []
    Follow.objects.create(member=seb, person=mia)
    client.force_login(seb)
    assert [client.get(place).status_code for place in places] == [200, 200, 302]
    assert titles(client.get("/lists/")) == ["Dances"]


def test_lists_of_a_suspended_member_are_out_of_sight(client, as_seb, best, mia, keith):
    mia.suspend(keith, "Spam.")
    assert titles(client.get("/lists/")) == []
    assert [
        client.get(best.get_absolute_url()).status_code,
        client.get(f"/lists/{best.pk}/").status_code,
    ] == [404, 404]
    assert as_seb.post(f"{best.get_absolute_url()}upvote/").status_code == 404


def test_lists_by_whom_one_muted_are_in_no_list(as_seb, best, mia, seb):
    assert titles(as_seb.get("/lists/")) == ["Dances"]
    Mute.objects.add(seb, mia)
    assert titles(as_seb.get("/lists/")) == []
    assert titles(as_seb.get("/members/mia/lists/")) == ["Dances"]


def test_one_s_own_page_shows_what_nobody_else_finds(as_mia, as_seb, mia):
    for visibility in Visibility.values:
        make_list(mia, title=visibility, visibility=visibility)
    assert titles(as_seb.get("/members/mia/lists/")) == ["public"]
    as_seb.force_login(mia)
    assert titles(as_seb.get("/members/mia/lists/")) == ["private", "unlisted", "public"]


def test_the_number_of_public_lists_follows_them(as_mia, mia, keith):
    rows = [make_list(mia) for _each in range(3)]
    rows[0].visibility = Visibility.PRIVATE
    rows[0].revise(mia)
    assert count_of(mia) == 2
    rows[1].delete_by_author(mia)
    rows[2].remove(keith, "spam")
    assert count_of(mia) == 0
    rows[1].undelete(mia), rows[2].restore(keith)
    assert count_of(mia) == 2
    assert texts(as_mia.get("/members/mia/"), "nav.tabs a small") == ["2"]


# Votes.


def test_members_upvote_a_list_once_and_take_that_back(as_seb, best):
    for verb, votes in (("upvote", 1), ("upvote", 1), ("unvote", 0), ("unvote", 0)):
        as_seb.post(f"{best.get_absolute_url()}{verb}/")
        best.refresh_from_db()
        assert best.votes == votes


def test_votes_make_a_list_hot(client, mia, seb):
    old, new = make_list(mia, title="Old"), make_list(mia, title="New")
    for number in range(10):
        old.upvote(make_member(f"fan{number}"))
    assert titles(client.get("/lists/")) == ["Old", "New"]
    assert titles(client.get("/lists/?order=new")) == ["New", "Old"]
    assert client.get("/lists/?order=odd").status_code == 404
    assert new.votes == 0


def test_nobody_upvotes_their_own_list_or_past_a_restriction(best, mia, seb):
    assert best.upvote(mia) is False
    Restrict.objects.add(mia, seb)
    with pytest.raises(Restricted):
        best.upvote(seb)


def test_visitors_are_asked_to_sign_in_and_come_back(client, best):
    for verb in ("upvote", "unvote", "copy"):
        answer = client.post(f"{best.get_absolute_url()}{verb}/")
        assert answer.url == "/accounts/login/?next=%2Fmembers%2Fmia%2Flists%2Fdances%2F"


# What others are told of it.


def test_a_public_list_describes_itself(client, best, moment, film):
    page = client.get(best.get_absolute_url())
    told = [json.loads(script.text) for script in select(page, "script[type='application/ld+json']")]
    (data,) = [row for row in told if row["@type"] == "ItemList"]
    assert [(item["position"], item["name"]) for item in data["itemListElement"]] == [
        (1, moment.title),
        (2, str(film)),
    ]
    assert (data["name"], data["numberOfItems"]) == ("Dances", 2)
    assert [tag["content"] for tag in select(page, "meta[name=description]")] == ["All dances."]


def test_the_feed_of_a_list_has_its_newest_entries_first(client, best, moment, film):
    feed = client.get(f"{best.get_absolute_url()}feed/").text
    assert feed.index(f"<title>{film}</title>") < feed.index(moment.title)
    assert feed.count("<entry>") == 2


def test_the_cover_has_the_colours_of_the_first_entries(client, mia, film):
    best = make_list(mia, film)
    assert best.cover_url == "/lists/cover/0e0b2e-2a1b5e-6a3fa0-e27396-f5b94a.svg"
    cover = client.get(best.cover_url)
    assert (cover["Content-Type"], "#e27396" in cover.text) == ("image/svg+xml", True)
    for broken in ("0e0b2", "zzzzzz", "-".join(["0e0b2e"] * 21)):
        assert client.get(f"/lists/cover/{broken}.svg").status_code == 404


# A copy.


def test_a_copy_has_what_one_may_see_and_names_its_source(as_seb, best, moment, mia, seb, film):
    loud = make_member("loud")
    hidden = make_moment(film, loud, "Loud")
    row = make_list(mia, hidden, moment, film, title="More", note="Mine.", is_ranked=True)
    Mute.objects.add(seb, loud)
    made = as_seb.post(row.copy_url)
    copy = MemberList.objects.get(author=seb)
    assert (made.url, copy.visibility, copy.is_ranked) == ("/members/seb/lists/more/", "private", True)
    entries = copy.entries.order_by("position").values_list("position", "post", "film", "note")
    assert list(entries) == [(1, moment.pk, None, ""), (2, None, film.pk, "")]
    assert (copy.entry_count, copy.body) == (2, "")
    assert row.get_absolute_url() in as_seb.get(made.url).text
    for visibility in ("unlisted", "private"):
        MemberList.objects.filter(pk=row.pk).update(visibility=visibility)
        assert row.get_absolute_url() not in as_seb.get(made.url).text


def test_a_copy_of_one_s_own_list_has_one_s_own_words(as_mia, mia, seb, film, moment):
    row = make_list(mia, moment, title="Best", body="All *dances*.", note="I cried.")
    ListWriter.objects.create(member_list=row, member=seb, accepted=timezone.now())
    ListEntry.objects.add(row, seb, film, "So did I.")
    assert len(select(as_mia.get(row.get_absolute_url()), f'form[action="{row.copy_url}"]')) == 1
    assert len(messages_of(as_mia.post(row.copy_url, follow=True))) == 1
    copy = MemberList.objects.get(source=row)
    assert (copy.author, copy.body, copy.body_html == row.body_html) == (mia, "All *dances*.", True)
    assert list(copy.entries.order_by("position").values_list("note", "note_html")) == [
        ("I cried.", "<p>I cried.</p>"),
        ("", ""),
    ]


def test_who_counts_numbers_up_finds_no_unlisted_list(as_seb, best, mia):
    MemberList.objects.update(visibility="unlisted")
    assert as_seb.get(f"/lists/{best.pk}/").status_code == 404
    as_seb.force_login(mia)
    assert as_seb.get(f"/lists/{best.pk}/").url == best.get_absolute_url()


def test_a_list_that_one_does_not_see_is_not_copied(as_seb, best):
    MemberList.objects.update(visibility="private")
    assert as_seb.post(best.copy_url).status_code == 404
    assert MemberList.objects.count() == 1


# Its end.


def test_a_deleted_list_comes_back_within_a_day(as_mia, client, best):
    as_mia.post(f"/lists/{best.pk}/delete/")
    assert client.get(best.get_absolute_url()).status_code == 404
    as_mia.post(f"/lists/{best.pk}/undelete/")
    assert shown(client.get(best.get_absolute_url())) == ["shown", "shown"]


def test_a_deleted_list_is_gone_for_good_after_a_day(as_mia, best, mia):
    best.delete_by_author(mia)
    tidy(timezone.now())
    assert MemberList.objects.count() == 1
    MemberList.objects.update(deleted=timezone.now() - UNDOABLE - timedelta(minutes=1))
    assert as_mia.post(f"/lists/{best.pk}/undelete/").status_code == 404
    tidy(timezone.now())
    assert MemberList.objects.count() == 0


def test_only_its_owner_edits_and_deletes_a_list(as_seb, best, seb):
    best.writers.create(member=seb, accepted=timezone.now())
    for verb in ("edit", "delete", "undelete", "writers"):
        assert as_seb.post(f"/lists/{best.pk}/{verb}/", {"title": "Mine"}).status_code == 404
    best.refresh_from_db()
    assert (best.title, best.state) == ("Dances", "visible")
    with pytest.raises(Gone):
        best.delete_by_author(seb)


def test_there_is_a_limit_to_lists(mia, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_LISTS", 2)
    first = make_list(mia)
    make_list(mia)
    with pytest.raises(TooManyLists):
        make_list(mia)
    first.delete_by_author(mia)
    make_list(mia)
    with pytest.raises(TooManyLists):
        first.undelete(mia)


def test_a_page_of_lists_costs_the_same_however_many_there_are(client, best, django_assert_num_queries):
    make_copies(best, 30, slug=lambda number: f"dances-{number}", nonce=lambda number: None)
    with django_assert_num_queries(1):
        client.get("/lists/")
    assert len(titles(client.get("/lists/"))) == 25


@for_each("visibility", Visibility.values)
def test_search_finds_public_lists_by_their_words(visibility, client, best):
    MemberList.objects.update(visibility=visibility)
    found = ["Dances"] if visibility == "public" else []
    for asked in ("danc", "dances"):
        assert titles(client.get(f"/search/?q={asked}&kind=lists")) == found


def test_search_leaves_out_lists_by_whom_one_muted_or_must_not_read(as_seb, best, mia, seb):
    assert titles(as_seb.get("/search/?q=dances")) == ["Dances"]
    User.objects.filter(pk=mia.pk).update(is_private=True)
    assert titles(as_seb.get("/search/?q=dances")) == []
    User.objects.filter(pk=mia.pk).update(is_private=False)
    Mute.objects.add(seb, mia)
    assert titles(as_seb.get("/search/?q=dances")) == []
