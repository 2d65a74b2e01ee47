"""The history of a text: what edits keep, who reads it, and how its author restores and withdraws."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from moments.ledger import fingerprint
from moments.models import Comment, FormerPostSlug, LedgerEntry, Moment, Post, Progress, Revision, Song
from moments.spoilers import Horizon
from moments.views.revisions import PAGE
from tests.conftest import make_comment, make_film, make_member, make_moment, make_song, moderator
from tests.test_admin import as_keith, form_data, page  # noqa: F401 - a fixture among them

LATER = timedelta(minutes=6)


def age(subject):
    """Its five silent minutes are over."""
    subject.created -= LATER
    type(subject)._base_manager.filter(pk=subject.pk).update(created=subject.created)
    return subject


def edit(subject, by=None, **texts):
    """An edit from a form: the object is loaded anew, as a request does."""
    subject = type(subject).objects.get(pk=subject.pk)
    if isinstance(subject, Comment):
        return subject.revise(texts["body"], by)
    for name, text in texts.items():
        setattr(subject, name, text)
    return subject.revise(by=by)


def kept(subject):
    return [revision.texts["body"] for revision in subject.revisions.order_by("id")]


def history(client, subject, **query):
    return client.get(subject.history_url, query)


def text_of(response):
    return response.content.decode()


@pytest.fixture
def remark(moment, seb):
    return age(make_comment(moment, seb, "The bench, at nine."))


@pytest.fixture
def scene(film, mia):
    tags = ["stars", "tap dance"]
    return age(make_moment(film, mia, "On the hill", body="They dance at night.", tags=tags))


@pytest.fixture(params=["post", "comment"])
def said(request, scene, moment, mia):
    """A post, and then a comment, of mia's: what both must hold."""
    if request.param == "post":
        edit(scene, body="They dance at dusk.")
        return scene
    comment = age(make_comment(moment, mia, "They dance at night."))
    edit(comment, body="They dance at dusk.")
    return comment


# What an edit keeps.


def test_an_edit_keeps_what_was_said_before(scene, mia):
    edit(scene, title="On the pier", body="They sing.", context="Act two.")
    revision = Revision.objects.get()
    assert revision.texts == {
        "title": "On the hill",
        "body": "They dance at night.",
        "context": "",
        "artist": "",
        "listen_url": "",
        "still_alt": "",
    }
    assert (revision.subject, revision.editor, revision.entry) == (Post.objects.get(pk=scene.pk), mia, None)
    assert revision.created == Post.objects.get(pk=scene.pk).edited


def test_an_edit_keeps_the_artist_of_a_song(film, mia):
    song = age(make_song(film, mia, artist="Mia"))
    edit(song, artist="Seb")
    assert Revision.objects.get().texts["artist"] == "Mia"
    assert Song.objects.get().artist == "Seb"


def test_an_edit_keeps_what_a_comment_said(remark, seb):
    assert edit(remark, body="The bench, at ten.")
    revision = Revision.objects.get()
    assert (revision.texts, revision.subject, revision.editor) == (
        {"body": "The bench, at nine."},
        remark,
        seb,
    )


def test_several_edits_are_several_revisions(scene, remark):
    for subject in (scene, remark):
        edit(subject, body="The second text.")
        edit(subject, body="The third text.")
    assert kept(scene) == ["They dance at night.", "The second text."]
    assert kept(remark) == ["The bench, at nine.", "The second text."]


def test_edits_within_five_minutes_leave_no_trace(film, mia):
    scene = make_moment(film, mia, body="They dance at night.")
    remark = make_comment(scene, mia, "Yes")
    assert [edit(scene, body="They dance at dusk."), edit(remark, body="No")] == [True, True]
    assert Revision.objects.count() == 0
    assert (Post.objects.get().edited, Comment.objects.get().edited) == (None, None)


def test_an_edit_that_changes_no_word_keeps_nothing(scene, remark):
    scene.revise(["dusk"])
    remark.revise(remark.body)
    assert Revision.objects.count() == 0


def test_somebody_elses_edit_is_kept_from_the_first_second(film, mia):
    scene = make_moment(film, mia, body="They dance at night.")
    edit(scene, by=moderator(), body="They dance.")
    assert (kept(scene), Revision.objects.get().editor) == (["They dance at night."], moderator())
    assert Post.objects.get().edited is not None


def test_the_author_cannot_make_somebody_elses_edit_unseen(film, mia):
    scene = make_moment(film, mia, body="They dance at night.")
    edit(scene, by=moderator(), body="They dance.")
    edit(scene, body="They dance at night.")
    assert kept(scene) == ["They dance at night.", "They dance."]


@pytest.mark.parametrize("verb", ["remove", "take_back"])
def test_an_edit_comes_too_late_for_what_is_gone(verb, scene, remark):
    for subject in (scene, remark):
        type(subject).objects.get(pk=subject.pk).remove(moderator(), "spam") if verb == "remove" else type(
            subject
        ).objects.get(pk=subject.pk).take_back()
        before = type(subject).objects.get(pk=subject.pk).body
        subject.body = "Written too late."
        assert (subject.revise("Written too late.") if subject is remark else subject.revise()) is False
        assert type(subject).objects.get(pk=subject.pk).body == before
    assert Revision.objects.count() == 0


def test_a_revision_is_of_one_text(scene, remark):
    for texts in ({}, {"post": scene, "comment": remark}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Revision.objects.create(created=timezone.now(), **texts)


def test_the_forms_of_the_site_make_revisions(client, scene, remark, mia, seb):
    client.force_login(seb)
    client.post(reverse("comment-edit", args=[remark.pk]), {"body": "The bench, at ten."})
    client.force_login(mia)
    fields = {"title": "On the hill", "body": "They dance at dusk.", "tags": "stars", "after": ""}
    client.post(reverse("post-edit", args=[scene.pk]), fields)
    found = Revision.objects.order_by("id").values_list("texts__body", "editor__username")
    assert list(found) == [("The bench, at nine.", "seb"), ("They dance at night.", "mia")]


# The page.


def test_everybody_reads_what_changed(client, said):
    response = history(client, said)
    ((_, (change,)),) = response.context["edits"]
    assert change.passages == [
        (False, [("same", "They dance at "), ("gone", "night"), ("new", "dusk"), ("same", ".")])
    ]
    text = text_of(response)
    assert '<del><span class="sr-only"> [removed: </span>night<span class="sr-only">] </span></del>' in text
    assert '<ins><span class="sr-only"> [added: </span>dusk<span class="sr-only">] </span></ins>' in text
    assert "@mia</a> edited it" in text
    assert not response.cookies
    assert "csrf" not in text


def test_what_was_never_edited_has_an_empty_history(client, moment):
    assert "None of its words were changed after the first five minutes." in text_of(history(client, moment))


def test_each_version_is_compared_with_the_next(client, said):
    edit(said, body="They sing at dusk.")
    found = [
        [text for kind, text in edit.changes[0].passages[0].runs if kind != "same"]
        for edit in history(client, said).context["edits"]
    ]
    assert found == [["dance", "sing"], ["night", "dusk"]]


def test_the_word_edited_leads_to_the_history(client, scene, remark, moment):
    edit(scene, body="They dance at dusk.")
    edit(remark, body="The bench, at ten.")
    assert f'href="{scene.history_url}"' in text_of(client.get(scene.get_absolute_url()))
    assert f'href="{remark.history_url}"' in text_of(client.get(moment.get_absolute_url()))
    assert [scene.history_url, remark.history_url] == [
        reverse("post-history", args=[scene.pk]),
        reverse("comment-history", args=[remark.pk]),
    ]


def test_texts_are_escaped(client, said):
    edit(said, body="<script>alert(1)</script>")
    assert "<script>alert" not in text_of(history(client, said))
    assert "&lt;script&gt;alert" in text_of(history(client, said))


def test_a_change_of_space_alone_can_be_seen(client, said):
    edit(said, body="They dance at\n dusk.")
    assert "↵" in text_of(history(client, said))


def test_a_long_history_comes_in_pages(client, said):
    for number in range(PAGE + 2):
        edit(said, body=f"They dance {number} times.")
    first = history(client, said)
    rest = history(client, said, after=first.context["next_cursor"])
    assert [len(page.context["edits"]) for page in (first, rest)] == [PAGE, 3]
    assert rest.context["next_cursor"] is None
    newest = rest.context["edits"][0].changes[0].passages[0].runs
    assert [text for kind, text in newest if kind != "same"] == ["0", "1"]


def test_htmx_gets_the_next_edits_alone(client, said):
    for number in range(PAGE + 1):
        edit(said, body=f"They dance {number} times.")
    cursor = history(client, said).context["next_cursor"]
    response = client.get(said.history_url, {"after": cursor}, headers={"HX-Request": "true"})
    assert "<html" not in text_of(response)
    assert "revision-text" in text_of(response)
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("cursor", ["x", "W10", "\x00", "💥"])
def test_a_cursor_of_ones_own_is_not_found(cursor, client, said):
    assert history(client, said, after=cursor).status_code == 404


@pytest.mark.parametrize("verb", ["remove", "take_back"])
def test_what_is_gone_has_no_history_for_anybody(verb, client, said, mia, keith):
    said.remove(keith, "private") if verb == "remove" else said.take_back()
    for member in (None, mia, keith):
        client.logout() if member is None else client.force_login(member)
        assert history(client, said).status_code == 404


def test_what_its_author_deleted_is_wiped_from_the_history_too(said):
    assert Revision.objects.count() == 1
    said.take_back()
    assert Revision.objects.count() == 0


def test_what_comes_back_has_its_history_again(client, said, keith):
    said.remove(keith, "private")
    said.restore(keith)
    assert history(client, said).status_code == 200


def test_the_history_of_a_hidden_film_is_not_found(client, said, film, keith):
    film.remove(keith, "copyright")
    assert history(client, said).status_code == 404


# Spoilers.


def test_hidden_words_are_not_read_at_once(client, said):
    edit(said, body="They >!part at dusk!<.")
    edit(said, body="They >!part at dawn!<.")
    text = text_of(history(client, said))
    assert text.count('<label class="spoiler">') >= 2
    assert "part" not in open_text(history(client, said))


def test_words_that_were_hidden_later_are_hidden_in_all_that_was_before(client, said):
    for body in ("They part.", "They part at dusk.", ">!They part at dusk.!<", ">!They part at last.!<"):
        edit(said, body=body)
    assert "part" not in open_text(history(client, said))


def test_words_that_were_hidden_later_are_hidden_on_later_pages_too(client, said):
    for number in range(PAGE):
        edit(said, body=f"They part at dusk. {number}")
    edit(said, body=">!They part at dusk. 99!<")
    first = history(client, said)
    rest = history(client, said, after=first.context["next_cursor"])
    assert ["part" in open_text(page) for page in (first, rest)] == [False, False]


def open_text(response):
    changes = [change for edit in response.context["edits"] for change in edit.changes]
    passages = [passage for change in changes for passage in change.passages if not passage.hidden]
    return "".join(text for passage in passages for _, text in passage.runs)


@pytest.mark.parametrize("kind", ["post", "comment"])
def test_the_history_is_behind_the_veil_of_its_post(kind, as_seb, film, mia, seb):
    scene = age(make_moment(film, mia, "The quux", body="The quux dies.", position=9.0))
    subject = scene if kind == "post" else age(make_comment(scene, mia, "A quux, really."))
    edit(subject, body="The quux lives after all.")
    Progress.objects.reach(seb, film, Horizon(2.0))
    assert "quux" not in text_of(history(as_seb, subject))
    assert "quux" in text_of(history(as_seb, subject, show=1))
    assert "quux" in text_of(history(as_seb, subject))


# Restoring.


def restore(client, revision):
    return client.post(reverse("revision-restore", args=[revision.pk]))


def test_the_author_puts_an_older_version_back_as_an_edit(as_mia, said):
    response = restore(as_mia, Revision.objects.get())
    stored = type(said).objects.get(pk=said.pk)
    assert response["Location"] == said.history_url
    assert (stored.body, stored.body_html) == ("They dance at night.", "<p>They dance at night.</p>")
    assert kept(said) == ["They dance at night.", "They dance at dusk."]


def test_a_title_comes_back_with_its_address(client, scene):
    old = scene.get_absolute_url()
    edit(scene, title="On the pier")
    away = client.get(old)
    assert (away.status_code, away["Cache-Control"]) == (301, "no-cache")
    Revision.objects.get().restore(scene.author)
    assert client.get(old).status_code == 200


def test_what_is_no_text_stays_as_it_is(scene, mia):
    edit(scene, body="They sing.")
    Post.objects.filter(pk=scene.pk).update(votes=3, still_alt="A pier")
    Revision.objects.get().restore(mia)
    stored = Moment.objects.get(pk=scene.pk)
    assert (stored.body, stored.votes, stored.still_alt) == ("They dance at night.", 3, "A pier")
    assert sorted(tag.name for tag in stored.tag_list) == ["stars", "tap dance"]


def test_restoring_twice_changes_nothing_more(as_mia, said):
    revision = Revision.objects.get()
    answers = [restore(as_mia, revision), restore(as_mia, revision)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Revision.objects.count() == 2


@pytest.mark.parametrize("address", ["revision-restore", "revision-withdraw"])
def test_only_the_author_has_a_say(address, as_seb, said, keith):
    revision = Revision.objects.get()
    url = reverse(address, args=[revision.pk])
    assert as_seb.post(url).status_code == 404
    as_seb.force_login(keith)
    assert as_seb.post(url).status_code == 404
    assert [revision.restore(keith), revision.withdraw(keith)] == [False, False]
    assert kept(said) == ["They dance at night."]
    assert "Put back" not in text_of(history(as_seb, said))


@pytest.mark.parametrize("address", ["revision-restore", "revision-withdraw"])
def test_what_a_moderator_removed_is_left_alone(address, as_mia, said, keith, mia):
    revision = Revision.objects.get()
    said.remove(keith, "spam")
    assert as_mia.post(reverse(address, args=[revision.pk])).status_code == 404
    assert [Revision.objects.get().restore(mia), Revision.objects.get().withdraw(mia)] == [False, False]


def test_visitors_sign_in_before_they_restore(client, said):
    response = restore(client, Revision.objects.get())
    assert response["Location"] == f"/accounts/login/?next={said.history_url.replace('/', '%2F')}"
    assert kept(said) == ["They dance at night."]


def test_restoring_is_counted_with_other_edits(as_mia, said):
    revision = Revision.objects.get()
    statuses = [restore(as_mia, revision).status_code for _ in range(7)]
    assert (statuses[:6], statuses[6]) == ([302] * 6, 429)


# Withdrawing.


def withdraw(client, revision):
    return client.post(reverse("revision-withdraw", args=[revision.pk]))


def leak(subject, body="Ring 555 0199 at night."):
    """Three versions, the second with what should never have been said: the revision that holds it."""
    edit(subject, body=body)
    edit(subject, body="They dance at dawn.")
    return subject.revisions.order_by("-id").first()


def test_the_page_asks_before_it_wipes(as_mia, said):
    revision = leak(said)
    response = as_mia.get(reverse("revision-withdraw", args=[revision.pk]))
    assert "Withdraw this version?" in text_of(response)
    assert "555 0199" in text_of(response)
    assert Revision.objects.kept().count() == 3


def test_what_was_withdrawn_is_nowhere_any_more(as_mia, client, said):
    revision = leak(said)
    assert withdraw(as_mia, revision)["Location"] == said.history_url
    revision.refresh_from_db()
    assert (revision.texts, revision.is_withdrawn) == ({}, True)
    text = text_of(history(as_mia, said))
    assert "555 0199" not in text
    assert "withdrawn by the author" in text
    assert f'href="{revision.withdrawal.get_absolute_url()}"' in text


def test_the_versions_around_it_are_compared_with_one_another(as_mia, said):
    withdraw(as_mia, leak(said))
    found = [edit.changes for edit in history(as_mia, said).context["edits"]]
    assert found[0] == []
    runs = found[1][0].passages[0].runs
    assert [run for run in runs if run[0] != "same"] == [("gone", "dusk"), ("new", "dawn")]


def test_the_ledger_notes_it_and_says_no_word_of_it(client, as_mia, said):
    revision = leak(said)
    withdraw(as_mia, revision)
    row = LedgerEntry.objects.get()
    assert (row.actor, row.action, row.target, row.text) == ("mia", "withdraw", said.ledger_name, "")
    assert row.note == f"What it said before the edit of {revision.created:%Y-%m-%d %H:%M} UTC."
    shown = text_of(client.get("/ledger/")) + text_of(client.get(row.get_absolute_url()))
    assert "555 0199" not in shown
    assert "withdrew a former version of" in shown


def test_withdrawing_twice_is_noted_once(as_mia, said, mia):
    revision = leak(said)
    stale = Revision.objects.get(pk=revision.pk)
    assert [withdraw(as_mia, revision).status_code for _ in range(2)] == [302, 302]
    assert stale.withdraw(mia) is False
    assert LedgerEntry.objects.count() == 1


def test_what_was_withdrawn_cannot_be_restored(as_mia, said, mia):
    revision = leak(said)
    stale = Revision.objects.get(pk=revision.pk)
    withdraw(as_mia, revision)
    assert (restore(as_mia, revision).status_code, stale.restore(mia)) == (302, False)
    assert type(said).objects.get(pk=said.pk).body == "They dance at dawn."


def test_what_it_says_now_is_edited_first(as_mia, said):
    revision = Revision.objects.get()
    restore(as_mia, revision)
    response = withdraw(as_mia, revision)
    assert response.status_code == 422
    assert "This is also what it says now." in text_of(response)
    assert (Revision.objects.kept().count(), LedgerEntry.objects.count()) == (2, 0)


def test_the_address_of_a_withdrawn_title_is_gone_too(as_mia, client, scene):
    old = scene.get_absolute_url()
    edit(scene, title="Ring 555 0199")
    leaked = Post.objects.get(pk=scene.pk).get_absolute_url()
    edit(scene, title="On the pier")
    withdraw(as_mia, scene.revisions.order_by("-id").first())
    assert [client.get(url).status_code for url in (old, leaked)] == [301, 404]
    assert [row.slug for row in FormerPostSlug.objects.all()] == ["on-the-hill"]


def test_an_address_that_another_version_has_too_stays(as_mia, client, scene):
    old = scene.get_absolute_url()
    edit(scene, body="They sing.")
    edit(scene, title="On the pier")
    withdraw(as_mia, scene.revisions.order_by("-id").first())
    assert client.get(old).status_code == 301


# Leaving.


def test_a_verb_is_for_each_kind_of_post_as_for_any(scene, mia):
    revision = leak(scene)
    assert isinstance(revision.subject, Moment)
    assert [revision.withdraw(mia), revision.restore(mia)] == [True, False]


@pytest.mark.parametrize("take_texts", [True, False])
def test_a_history_goes_with_its_texts_or_stays_without_the_name(take_texts, client, said, mia):
    delete_account(mia, take_texts)
    if take_texts:
        assert Revision.objects.count() == 0
    else:
        assert Revision.objects.get().editor is None
        assert "A former member edited it" in text_of(history(client, said))


def test_revisions_of_what_staff_removed_go_with_its_author(said, mia, keith):
    said.remove(keith, "private")
    delete_account(mia, take_texts=True)
    assert Revision.objects.count() == 0


# The staff.


def verified():
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    return out.getvalue().strip()


def change(client, subject, **fields):
    data = form_data(client.get(page(subject))) | fields
    response = client.post(page(subject), data)
    assert response.status_code == 302
    return response


def test_an_edit_by_staff_is_kept_and_stands_in_the_ledger(as_keith, client, film, mia, keith):  # noqa: F811
    scene = make_moment(film, mia, "On the hill", body="They dance at night.")
    change(as_keith, scene, body="They dance at dusk.")
    revision, row = Revision.objects.get(), LedgerEntry.objects.get()
    assert (revision.texts["body"], revision.editor, revision.entry) == ("They dance at night.", keith, row)
    assert (row.actor, row.action, row.target) == ("keith", "edit", f"post/{scene.pk}")
    assert row.text == fingerprint(revision.ledger_texts)
    assert row.note == "Body."
    text = text_of(history(client, scene))
    assert "@keith</a> edited it" in text
    assert f'href="{row.get_absolute_url()}"' in text


def test_an_edit_of_a_comment_by_staff_stands_in_the_ledger(as_keith, remark, keith):  # noqa: F811
    change(as_keith, remark, body="The bench.")
    revision, row = Revision.objects.get(), LedgerEntry.objects.get()
    assert (revision.texts, revision.editor, revision.entry) == ({"body": "The bench, at nine."}, keith, row)
    assert (row.action, row.target, row.note) == ("edit", f"comment/{remark.pk}", "Text.")
    assert Comment.objects.get().author.username == "seb"


def test_the_ledger_proves_what_was_said_before_an_edit_by_staff(as_keith, scene, mia):  # noqa: F811
    change(as_keith, scene, body="They dance at dusk.")
    assert verified() == "1 rows follow one another, 0 removed texts match, and 1 from before an edit."
    revision = Revision.objects.get()
    Revision.objects.update(texts=revision.texts | {"body": "They never danced."})
    with pytest.raises(CommandError, match=f"post/{scene.pk}, edited in row 1, is not the one from before"):
        verified()
    revision.withdraw(mia)
    assert verified() == "2 rows follow one another, 0 removed texts match."


def test_staff_withdraws_private_data_that_an_edit_took_out(as_keith, client, scene, keith):  # noqa: F811
    change(as_keith, scene, title="On the hill", body="Somebody lives here.")
    change(as_keith, scene, body="Nobody lives here.")
    newest, oldest = Revision.objects.order_by("-pk")
    url = reverse("admin:moments_revision_strike", args=[oldest.pk])
    assert f'href="{url}"' in text_of(history(as_keith, scene))
    assert oldest.texts["body"] in text_of(
        as_keith.get(reverse("admin:moments_revision_change", args=[oldest.pk]))
    )
    assert as_keith.get(url).status_code == 200
    for _ in range(2):
        as_keith.post(url, {"confirmed": "yes", "note": "An address."})
    row = LedgerEntry.objects.get(action="withdraw")
    assert (row.actor, row.reason, row.target, row.text) == ("keith", "private", f"post/{scene.pk}", "")
    assert row.note.endswith("UTC. An address.")
    assert (Revision.objects.get(pk=oldest.pk).texts, Revision.objects.get(pk=newest.pk).texts != {}) == (
        {},
        True,
    )
    client.logout()
    text = text_of(history(client, scene))
    assert "withdrawn by a moderator, since it told private data" in text
    assert "/strike/" not in text
    assert verified() == "3 rows follow one another, 0 removed texts match, and 1 from before an edit."


def test_the_text_of_now_is_edited_before_staff_withdraws(as_keith, scene, mia):  # noqa: F811
    edit(scene, body="Something else.")
    edit(scene, body=scene.body)
    first = Revision.objects.order_by("pk").first()
    assert first.strike(moderator()) is False
    as_keith.logout()
    as_keith.force_login(mia)
    assert (
        as_keith.post(
            reverse("admin:moments_revision_strike", args=[first.pk]), {"confirmed": "y"}
        ).status_code
        == 404
    )
    assert LedgerEntry.objects.count() == 0


def test_what_staff_change_besides_the_text_stands_there_too(as_keith, scene):  # noqa: F811
    change(as_keith, scene, tags="dusk", spoiler="on")
    assert Revision.objects.count() == 0
    assert LedgerEntry.objects.get().note == "Tags and gives away what happens."


def test_rows_around_a_post_are_answered_for_too(as_keith, scene):  # noqa: F811
    scene.feel(make_member("fan"), "joy")
    change(as_keith, scene, **{"tallies-0-house": "5"})
    assert LedgerEntry.objects.get().note == "A feeling tally."


def test_saving_what_is_as_it_was_writes_nothing(as_keith, scene, remark, film, mia):  # noqa: F811
    for subject in (scene, remark, age(make_song(film, mia, body="It is a fine song."))):
        change(as_keith, subject)
    assert (Revision.objects.count(), LedgerEntry.objects.count()) == (0, 0)
    assert LogEntry.objects.count() == 3


def test_histories_of_many_films_do_not_mix(client, scene, mia):
    other = age(make_moment(make_film("Snatch"), mia, "The dog", body="It eats a toy."))
    edit(scene, body="They sing.")
    edit(other, body="It ate a toy.")
    assert len(history(client, other).context["edits"]) == 1
