"""The pages of the staff: who may see them, what they show, and that they act through the verbs."""

import re
from datetime import date, timedelta
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from moments import migrations
from moments.derived import settle
from moments.models import (
    Comment,
    FeelingTally,
    Film,
    LedgerEntry,
    Moment,
    Post,
    Relive,
    Song,
    SongUse,
    Source,
    Tag,
    Tagging,
    Trivia,
    Verdict,
)
from reelive import staff
from tests.conftest import (
    differences,
    make_comment,
    make_film,
    make_member,
    make_moment,
    make_song,
    make_trivia,
    moderator,
)

PROSE = "Long enough for a text."
OURS = [Moment, Song, Trivia, Comment, Film, Tag, Relive, User]
INLINE = re.compile(r"\sstyle\s*=|<style|\son[a-z]+\s*=|<script(?![^>]*src=)|javascript:", re.I)


def listed(model, **query):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=query)


def page(instance, verb="change"):
    meta = instance._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{verb}", args=[instance.pk])


def text_of(response):
    return response.content.decode()


def form_data(response):
    """What a browser would send back of the change form, inlines included."""
    form = response.context["adminform"].form
    bound = [
        form,
        *(part for formset in response.context["inline_admin_formsets"] for part in forms_of(formset)),
    ]
    data = {}
    for part in bound:
        for field in part:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif value is not None and value is not False:
                data[field.html_name] = value
    return data


def forms_of(inline):
    return [inline.formset.management_form, *inline.formset.forms]


@pytest.fixture
def moderators(db):
    """The group as the migration makes it; tests that flush the tables may have taken it away."""
    names = [name for _finder, name, _is_package in iter_modules(migrations.__path__, "moments.migrations.")]
    modules = [import_module(name) for name in sorted(names)]
    for module in modules:
        modules[1].grant(apps, getattr(module, "RIGHTS", {}))
    return Group.objects.get(name="Moderators")


@pytest.fixture
def anna(moderators):
    """A moderator, who is no superuser."""
    anna = make_member("anna", is_staff=True)
    anna.groups.add(moderators)
    return anna


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


@pytest.fixture
def as_keith(client, keith):
    client.force_login(keith)
    return client


@pytest.fixture
def world(film, moment, mia, seb):
    """One of everything."""
    song, claim = make_song(film, mia), make_trivia(film, mia)
    SongUse.objects.create(song=song, moment=moment)
    claim.cite([("https://example.org/a", "A")])
    Verdict.objects.create(trivia=claim, member=seb, stance="confirm")
    comment = make_comment(moment, seb)
    moment.feel(seb, "joy")
    entry = moment.relive(seb, note="My own words.")
    return [moment, song, claim, comment, film, Tag.objects.first(), entry, seb]


# Who may come in.


@pytest.mark.parametrize("address", ["/admin/", "/admin/moments/moment/", "/admin/accounts/user/"])
def test_signed_out_people_are_sent_to_sign_in(client, db, address):
    first = client.get(address, follow=True)
    assert first.redirect_chain[-1][0].startswith("/accounts/login/?next=")


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/moments/moment/", "/admin/nothing/", "/admin/jsi18n/"]
)
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
    assert as_anna.get("/admin/auth/group/").status_code == 403


def test_keys_and_second_factors_are_nobodys_to_read():
    registered = {model._meta.label for model in site._registry}
    assert not registered & {
        "mfa.Authenticator",
        "socialaccount.SocialToken",
        "usersessions.UserSession",
        "taggit.Tag",
    }


def test_the_password_is_changed_where_everybody_changes_it(as_anna):
    assert as_anna.get("/admin/password_change/").url == reverse("account_change_password")


# Every page.


def test_no_page_breaks_the_policy(as_keith, world):
    addresses = ["/admin/", reverse("admin:moments_film_add"), *map(listed, OURS), *map(page, world)]
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


# Lists.


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_take_as_many_queries_for_a_hundred_rows(as_keith, world, film):
    addresses = [
        *(listed(model) for model in OURS),
        "/admin/",
        listed(Moment, q="scene"),
        listed(Comment, q="remark"),
    ]
    few = {address: queries(as_keith, address) for address in addresses}
    for number in range(100):
        member = make_member(f"m{number}", date_joined=timezone.now())
        moment = make_moment(make_film(f"Film {number}"), member, tags=[f"tag {number}"])
        make_comment(moment, member)
        make_song(film, member)
        make_trivia(film, member)
        moment.relive(member)
    assert {address: queries(as_keith, address) for address in addresses} == few


def test_pages_with_rows_of_others_take_as_many_queries_for_twenty(as_keith, world, film, mia):
    moment, song, claim = world[:3]
    few = [queries(as_keith, page(one)) for one in (moment, song, claim)]
    for number in range(20):
        SongUse.objects.create(song=song, moment=make_moment(film, mia))
        SongUse.objects.create(song=make_song(film, mia), moment=moment)
        Source.objects.create(trivia=claim, url=f"https://example.org/{number}", title="B")
        Verdict.objects.create(trivia=claim, member=make_member(f"v{number}"), stance="confirm")
    assert [queries(as_keith, page(one)) for one in (moment, song, claim)] == few


def test_a_list_counts_no_further_than_it_goes(as_keith, film, mia, monkeypatch):
    monkeypatch.setattr(staff, "FURTHEST", 3)
    monkeypatch.setattr(staff.StaffAdmin, "list_per_page", 2)
    for _ in range(5):
        make_moment(film, mia)
    response = as_keith.get(listed(Moment, show="latest"))
    assert response.context["cl"].paginator.num_pages == 2
    assert "The first 3; search or filter for the others." in text_of(response)


def test_a_list_opens_on_what_needs_work(as_keith, film, mia):
    old = make_moment(film, mia)
    assert shown(as_keith.get(listed(Moment))) == [old]
    fresh = make_moment(film, make_member("fresh", date_joined=timezone.now()))
    assert shown(as_keith.get(listed(Moment))) == [fresh]
    assert shown(as_keith.get(listed(Moment, show="latest"))) == [fresh, old]
    assert shown(as_keith.get(listed(Moment, show="nonsense"))) == [fresh]


def shown(response):
    return list(response.context["cl"].result_list)


def test_lists_show_what_is_hidden_withheld_and_deleted(as_keith, film, mia):
    hidden, deleted, withheld = (make_moment(film, mia) for _ in range(3))
    hidden.remove(moderator(), "spam")
    deleted.take_back()
    film.remove(moderator(), "spam")
    assert [shown(as_keith.get(listed(Moment, show=show))) for show in ("hidden", "deleted", "withheld")] == [
        [hidden],
        [deleted],
        [withheld],
    ]
    assert shown(as_keith.get(listed(Film, show="hidden"))) == [film]


def test_films_without_a_summary_and_claims_without_a_source_come_first(as_keith, film, mia):
    make_film("Told", summary="All of it.")
    sourced, bare = make_trivia(film, mia), make_trivia(film, mia)
    sourced.cite([("https://example.org/a", "A")])
    assert shown(as_keith.get(listed(Film))) == [film]
    assert shown(as_keith.get(listed(Trivia))) == [bare]


def test_staff_finds_by_words_and_hidden_rows_by_title(as_keith, film, mia, seb):
    lantern, other = make_moment(film, mia, "The amber lantern"), make_moment(film, mia, "The kite")
    hidden = make_moment(film, mia, "A lantern gone")
    hidden.remove(moderator(), "spam")
    remark = make_comment(other, seb, "Nobody saw the lantern.")
    assert shown(as_keith.get(listed(Moment, q="lanter"))) == [hidden, lantern]
    assert shown(as_keith.get(listed(Moment, q="lantern", show="hidden"))) == [hidden]
    assert shown(as_keith.get(listed(Comment, q="lantern"))) == [remark]
    assert shown(as_keith.get(listed(Moment, q="!!!"))) == []
    assert shown(as_keith.get(listed(Song, q="lantern"))) == []


def test_members_and_tags_are_found_by_their_beginning(as_keith, moment, seb):
    assert shown(as_keith.get(listed(User, q="SE"))) == [seb]
    assert shown(as_keith.get(listed(User, q="seb@example.org"))) == [seb]
    assert shown(as_keith.get(listed(Tag, q="tap"))) == list(Tag.objects.filter(name="tap dance"))


def test_moderators_do_not_see_addresses(as_anna, seb):
    assert shown(as_anna.get(listed(User, q="seb@example.org"))) == []
    assert "seb@example.org" not in text_of(as_anna.get(page(seb))) + text_of(as_anna.get(listed(User)))


# The front page.


def front_page(client):
    """The sections of the front page, by their titles."""
    return {part.title: part for part in client.get("/admin/").context["sections"]}


def test_the_front_page_shows_what_is_new_and_unfinished(as_anna, film, mia, seb):
    rookie = make_member("rookie", date_joined=timezone.now() - timedelta(hours=2))
    first, _second = make_moment(film, rookie, "My first"), make_moment(film, rookie, "My second")
    make_moment(film, mia, "An old hand's")
    make_film("la la LAND", summary="A twin.")
    comment = make_comment(first, seb, "Welcome!")
    make_trivia(film, mia, "A bare claim")
    parts = front_page(as_anna)
    first_posts = parts["First posts of new members"].rows
    assert [(row.label, row.url) for row in first_posts] == [("My first", page(first))]
    assert [row.url for row in parts["Newest comments"].rows] == [page(comment)]
    assert {row.note for row in parts["Films to complete"].rows} == {"another one has this title"}
    assert [row.label for row in parts["Claims of this week without a source"].rows] == ["A bare claim"]
    assert [row.label for row in parts["Joined this week"].rows] == ["rookie"]
    assert parts["Hidden by staff"].rows == []
    first.remove(moderator(), "spam")
    hidden = front_page(as_anna)["Hidden by staff"].rows
    assert [(row.label, row.note) for row in hidden] == [("Moments", "1")]


def test_the_front_page_counts_up_to_fifty(as_anna, film):
    for number in range(52):
        make_member(f"new{number}", date_joined=timezone.now())
    members = front_page(as_anna)["Joined this week"]
    assert (members.count, len(members.rows)) == ("50+", 6)


def test_the_front_page_goes_by_the_clock_of_who_reads_it(as_keith, keith):
    User.objects.filter(pk=keith.pk).update(time_zone="Asia/Tokyo")
    joined = make_member("rookie", date_joined=timezone.now()).date_joined
    (row,) = front_page(as_keith)["Joined this week"].rows
    assert row.note.endswith(f"{joined + timedelta(hours=9):%H:%M}")


# Hiding and restoring.


MEANT = {"confirmed": "yes", "reason": "spam", "note": "It sells pills."}


def act(client, model, action, *rows, **more):
    data = {"action": action, "_selected_action": [row.pk for row in rows]} | more
    return client.post(listed(model, show=more.pop("show", "latest")), data)


@pytest.mark.parametrize("make, model", [(make_moment, Moment), (make_song, Song), (make_trivia, Trivia)])
def test_posts_are_hidden_and_restored_when_meant(as_anna, film, mia, make, model):
    posts = [make(film, mia) for _ in range(3)]
    asked = act(as_anna, model, "remove", *posts[:2])
    assert asked.status_code == 200
    assert [post.title in text_of(asked) for post in posts] == [True, True, False]
    assert model.objects.filter(state="visible").count() == 3
    assert act(as_anna, model, "remove", *posts[:2], **MEANT).status_code == 302
    assert model.objects.filter(state="removed").count() == 2
    assert differences() == {}
    act(as_anna, model, "restore", *posts[:2], confirmed="yes", show="hidden")
    data = {"action": "restore", "_selected_action": [post.pk for post in posts[:2]], "confirmed": "yes"}
    as_anna.post(listed(model, show="hidden"), data)
    assert model.objects.filter(state="visible").count() == 3
    assert differences() == {}


def test_one_row_is_hidden_from_its_page(as_anna, anna, moment, seb):
    comment = make_comment(moment, seb)
    for one in (comment, moment, moment.film):
        assert "Go back" in text_of(as_anna.get(page(one, "remove")))
        one.refresh_from_db()
        assert one.state == "visible"
        assert as_anna.post(page(one, "remove"), MEANT).url == page(one)
        one.refresh_from_db()
        assert one.state == "removed"
        assert "Restore" in text_of(as_anna.get(page(one)))
    assert differences() == {}
    assert LogEntry.objects.filter(user=anna, change_message="Removed.").count() == 3


def test_a_second_click_changes_nothing(as_anna, moment):
    as_anna.post(page(moment, "remove"), MEANT)
    again = as_anna.post(page(moment, "remove"), MEANT, follow=True)
    assert "Nothing to do for “A Lovely Night”." in text_of(again)
    assert differences() == {}


def test_who_may_only_look_may_not_act(client, moment, moderators):
    viewer = make_member("viewer", is_staff=True)
    viewer.user_permissions.add(moderators.permissions.get(codename="view_moment"))
    client.force_login(viewer)
    assert client.get(page(moment)).status_code == 200
    assert client.post(page(moment, "remove"), MEANT).status_code == 403
    act(client, Moment, "remove", moment, **MEANT)
    assert Moment.objects.get().state == "visible"


def test_a_row_that_is_gone_is_not_found(as_anna, film):
    assert as_anna.get(reverse("admin:moments_moment_remove", args=[9_999])).status_code == 404
    assert as_anna.get("/admin/moments/moment/nonsense/remove/").status_code == 404


# Editing.


def test_a_moment_is_revised_as_its_author_would(as_anna, moment, mia, seb):
    moment.upvote(seb)
    Moment.objects.update(created=timezone.now() - timedelta(hours=1))
    settle({Post: [moment.pk]})
    response = as_anna.get(page(moment))
    data = form_data(response) | {
        "title": "Lovely, that night",
        "body": "They *dance* at dusk.",
        "tags": "dusk, stars",
    }
    assert as_anna.post(page(moment), data).url == listed(Moment)
    moment = Moment.objects.get()
    assert (moment.title, moment.slug, moment.author, moment.votes) == (
        "Lovely, that night",
        "lovely-that-night",
        mia,
        1,
    )
    assert moment.body_html == "<p>They <em>dance</em> at dusk.</p>"
    assert sorted(tag.name for tag in moment.tag_list) == ["dusk", "stars"]
    assert moment.edited is not None
    assert moment.former_slugs.get().slug == "a-lovely-night"
    assert differences() == {}


def test_a_refused_edit_comes_back_filled(as_anna, moment):
    data = form_data(as_anna.get(page(moment))) | {"title": "X", "tags": "!!!"}
    response = as_anna.post(page(moment), data)
    assert set(response.context["adminform"].form.errors) == {"title", "tags"}
    assert 'value="X"' in text_of(response)
    assert Moment.objects.get().title == "A Lovely Night"


def test_what_is_hidden_is_restored_before_it_is_edited(as_anna, moment):
    data = form_data(as_anna.get(page(moment))) | {"title": "Another title"}
    moment.remove(moderator(), "spam")
    assert as_anna.post(page(moment), data).status_code == 403
    assert Moment.objects.get().title == "A Lovely Night"


def test_weights_of_the_house_change_strengths(as_anna, moment):
    FeelingTally.objects.create(moment=moment, feeling="joy", house=3)
    data = form_data(as_anna.get(page(moment))) | {"tallies-0-house": "5"}
    as_anna.post(page(moment), data)
    assert FeelingTally.objects.get().house == 5
    assert differences() == {}


def test_a_song_is_linked_to_moments_of_its_own_film(as_anna, moment, film, mia):
    song, elsewhere = make_song(film, mia, body=PROSE), make_moment(make_film("Snatch"), mia)
    data = form_data(as_anna.get(page(song))) | {
        "uses-TOTAL_FORMS": "1",
        "uses-0-moment": str(elsewhere.pk),
        "uses-0-role": "theme",
        "uses-0-note": "On the piano.",
    }
    assert as_anna.post(page(song), data).status_code == 200
    assert as_anna.post(page(song), data | {"uses-0-moment": str(moment.pk)}).status_code == 302
    assert SongUse.objects.values_list("song", "moment", "role", "note").get() == (
        song.pk,
        moment.pk,
        "theme",
        "On the piano.",
    )


def test_a_source_settles_a_claim(as_anna, film, mia):
    claim = make_trivia(film, mia, body=PROSE)
    data = form_data(as_anna.get(page(claim))) | {"sources-TOTAL_FORMS": "1", "sources-0-title": "A paper"}
    refused = as_anna.post(page(claim), data | {"sources-0-url": "javascript:alert(1)"})
    assert refused.status_code == 200
    as_anna.post(page(claim), data | {"sources-0-url": "https://example.org/paper"})
    assert Trivia.objects.get().status == "sourced"
    data = form_data(as_anna.get(page(claim))) | {"sources-0-DELETE": "on"}
    as_anna.post(page(claim), data)
    assert Trivia.objects.get().status == "unsourced"


def test_the_status_of_a_claim_is_nobodys_to_set(as_keith, film, mia):
    claim = make_trivia(film, mia, body=PROSE)
    as_keith.post(page(claim), form_data(as_keith.get(page(claim))) | {"status": "confirmed", "votes": "99"})
    assert Trivia.objects.values_list("status", "votes").get() == ("unsourced", 0)


def test_a_comment_is_revised(as_anna, moment, seb):
    comment = make_comment(moment, seb)
    as_anna.post(page(comment), {"body": "Well **said**."})
    assert Comment.objects.get().body_html == "<p>Well <strong>said</strong>.</p>"
    assert Comment.objects.get().author == seb


def test_a_film_is_added_and_mended(as_anna, anna):
    data = {"title": "Ponyo", "year": "2008", "medium": "film", "palette": "#0e0b2e", "summary": "A fish."}
    as_anna.post(reverse("admin:moments_film_add"), data)
    film = Film.objects.get()
    assert (film.slug, film.added_by, film.palette) == ("ponyo", anna, ["#0e0b2e"] * 5)
    data = form_data(as_anna.get(page(film))) | {"title": "Ponyo on the Cliff", "runtime": "101"}
    assert as_anna.post(page(film), data).status_code == 302
    film = Film.objects.get()
    assert (film.title, film.runtime, film.slug) == ("Ponyo on the Cliff", 101, "ponyo-on-the-cliff")
    assert film.former_slugs.get().slug == "ponyo"


def test_private_notes_stay_private(as_keith, moment, seb, mia):
    secret, told = moment.relive(seb, note="My own words."), moment.relive(mia, note="For all.", public=True)
    pages = [listed(Relive), page(secret), page(secret, "history"), "/admin/"]
    assert not any("My own words" in text_of(as_keith.get(address)) for address in pages)
    assert "For all." in text_of(as_keith.get(page(told)))


def test_a_public_note_is_removed_and_stays_with_its_member(as_anna, client, moment, mia):
    told = moment.relive(mia, note="Ring 0301234567.", public=True)
    secret = moment.relive(mia, date=date(2020, 2, 2), note="For myself.")
    diary = f"/members/mia/relived/{told.date:%Y}/{told.date.month}/"
    assert "0301234567" in text_of(client.get(diary))
    url = reverse("admin:moments_relive_remove", args=[told.pk])
    assert as_anna.post(url, {"confirmed": "yes"}).status_code == 422
    for _ in range(2):
        as_anna.post(url, {"confirmed": "yes", "reason": "private", "note": "A number."})
    row = LedgerEntry.objects.get()
    assert (row.action, row.reason, row.target, row.subject) == (
        "remove", "private", f"reliving/{told.pk}", "a diary note",
    )  # fmt: skip
    assert secret.remove(mia, "spam") is False
    client.logout()
    assert "0301234567" not in text_of(client.get(diary))
    assert "a diary note of La La Land" in text_of(client.get("/ledger/"))
    client.force_login(mia)
    assert "0301234567" in text_of(client.get(diary))


# Tags.


def test_tags_are_merged_when_meant(as_anna, film, mia, client):
    for number, tag in enumerate(["tap dance", "tap-dance", "tapdance"]):
        make_moment(film, mia, tags=[tag, "stars"] if number else [tag])
    doubled = list(Tag.objects.filter(name__in=["tap-dance", "tapdance"]))
    asked = act(as_anna, Tag, "merge_into", *doubled, show="used")
    assert 'name="name"' in text_of(asked)
    assert Tag.objects.filter(state="visible").count() == 4
    assert "at least one letter" in text_of(
        act(as_anna, Tag, "merge_into", *doubled, confirmed="yes", name="!!")
    )
    act(as_anna, Tag, "merge_into", *doubled, confirmed="yes", name=" Tap  Dance ")
    target = Tag.objects.get(name="tap dance")
    assert (target.post_count, Tagging.objects.filter(tag=target).count()) == (3, 3)
    assert differences() == {}
    assert set(shown(as_anna.get(listed(Tag, show="merged")))) == set(doubled)
    assert shown(as_anna.get(listed(Tag, show="hidden"))) == []
    assert as_anna.get("/admin/").context["sections"][-1].rows == []
    assert client.get(f"/tags/{doubled[0].slug}/").url == target.get_absolute_url()


def test_a_tag_is_renamed_by_merging_it(as_anna, moment):
    tag = Tag.objects.get(name="tap dance")
    act(as_anna, Tag, "merge_into", tag, confirmed="yes", name="step dance")
    assert Tag.objects.get(name="step dance").post_count == 1
    assert Tag.objects.get(name="tap dance").merged_into.name == "step dance"
    assert differences() == {}


def test_a_hidden_tag_takes_no_others(as_anna, moment):
    stars, tap = Tag.objects.order_by("name")
    stars.remove(moderator(), "spam")
    refused = act(as_anna, Tag, "merge_into", tap, confirmed="yes", name="stars")
    assert "Restore it first" in text_of(refused)
    assert Tag.objects.get(name="tap dance").merged_into is None


# Members.


def test_members_are_suspended_and_reinstated(as_anna, anna, seb):
    as_anna.post(page(seb, "suspend"), MEANT)
    assert not User.objects.get(username="seb").is_active
    as_anna.post(page(seb, "reinstate"), MEANT)
    assert User.objects.get(username="seb").is_active
    messages = LogEntry.objects.filter(user=anna).values_list("change_message", flat=True)
    assert sorted(messages) == ["Reinstated.", "Suspended."]


def test_moderators_cannot_act_on_staff_on_the_house_or_on_themselves(as_anna, anna, keith):
    house = make_member("house")
    for one in (keith, anna, house):
        assert as_anna.post(page(one, "suspend"), MEANT).status_code == 403
        act(as_anna, User, "suspend", one, **MEANT)
        assert as_anna.post(page(one), {"bio": "changed"}).status_code == 403
    assert User.objects.filter(is_active=True, bio="").count() == 3


def test_moderators_cannot_give_rights(as_anna, seb, moderators):
    group = moderators.pk
    data = {
        "bio": "Hello *you*",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": [group],
        "username": "boss",
    }
    as_anna.post(page(seb), data)
    seb = User.objects.get(pk=seb.pk)
    assert (seb.username, seb.is_staff, seb.is_superuser, seb.groups.count()) == ("seb", False, False, 0)
    assert seb.bio_html == "<p>Hello <em>you</em></p>"


def test_superusers_give_rights(as_keith, moderators, seb):
    data = form_data(as_keith.get(page(seb)))
    data |= {
        "is_staff": "on",
        "groups": [moderators.pk],
        "email": "other@example.org",
    }
    assert as_keith.post(page(seb), data).status_code == 302
    seb = User.objects.get(pk=seb.pk)
    assert (seb.is_staff, seb.is_superuser, seb.groups.get().name, seb.email) == (
        True,
        False,
        "Moderators",
        "seb@example.org",
    )
