"""Edits by the staff are kept and proved, and staff revoke private data that an edit took out."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError
from django.urls import reverse

from moments.ledger.chain import fingerprint
from moments.models import Comment, LedgerEntry, Revision
from moments.models.kinds import POST_KINDS
from tests.support.admin import form_data, page
from tests.support.ledger import verified
from tests.support.makers import make_member, make_moment, make_song, moderator
from tests.support.pages import links, text_of
from tests.support.revisions import age, edit, history


def change(client, target, **fields):
    data = form_data(client.get(page(target))) | fields
    response = client.post(page(target), data)
    assert response.status_code == 302
    return response


def test_an_edit_by_staff_is_kept_and_stands_in_the_ledger(as_keith, client, film, mia, keith):
    scene = make_moment(film, mia, "On the hill", body="They dance at night.")
    change(as_keith, scene, body="They dance at dusk.")
    revision, row = Revision.objects.get(), LedgerEntry.objects.get()
    assert (revision.texts["body"], revision.editor, revision.entry) == ("They dance at night.", keith, row)
    assert (row.actor, row.action, row.target) == ("keith", "edit", f"post/{scene.pk}")
    assert row.text == fingerprint(revision.ledger_texts)
    assert row.note == f"{POST_KINDS[scene.kind].body_label}. It was misspelt."
    head = links(history(client, scene), f"#edit-{revision.pk}")
    assert head[0] == keith.get_absolute_url()
    assert row.get_absolute_url() in head


def test_an_edit_of_a_comment_by_staff_stands_in_the_ledger(as_keith, remark, keith):
    change(as_keith, remark, body="The bench.")
    revision, row = Revision.objects.get(), LedgerEntry.objects.get()
    assert (revision.texts, revision.editor, revision.entry) == ({"body": "The bench, at nine."}, keith, row)
    assert (row.action, row.target, row.note) == ("edit", f"comment/{remark.pk}", "Text. It was misspelt.")
    assert Comment.objects.get().author.username == "seb"


def test_the_ledger_proves_what_was_said_before_an_edit_by_staff(as_keith, scene, mia):
    change(as_keith, scene, body="They dance at dusk.")
    assert verified() == "2 rows follow one another, 0 removed texts match, and 1 from before an edit."
    revision = Revision.objects.get()
    Revision.objects.update(texts=revision.texts | {"body": "They never danced."})
    with pytest.raises(CommandError, match=f"post/{scene.pk}, edited in row 1, is not the one from before"):
        verified()
    revision.revoke(mia)
    assert verified() == "3 rows follow one another, 0 removed texts match."


def test_staff_revokes_private_data_that_an_edit_took_out(as_keith, client, scene, keith):
    change(as_keith, scene, title="On the hill", body="Somebody lives here.")
    change(as_keith, scene, body="Nobody lives here.")
    newest, oldest = Revision.objects.order_by("-pk")
    url = reverse("admin:moments_revision_strike", args=[oldest.pk])
    assert url in links(history(as_keith, scene))
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
    page = history(client, scene)
    assert links(page, f"#edit-{oldest.pk} .tombstone") == [row.get_absolute_url()]
    assert "/strike/" not in text_of(page)
    assert verified() == "4 rows follow one another, 0 removed texts match, and 1 from before an edit."


def test_the_text_of_now_is_edited_before_staff_revokes(as_keith, scene, mia):
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


def test_what_staff_change_besides_the_text_stands_there_too(as_keith, scene):
    change(as_keith, scene, tags="dusk", spoiler="on")
    assert Revision.objects.count() == 0
    assert LedgerEntry.objects.get().note == "Tags and gives away what happens. It was misspelt."


def test_rows_around_a_post_are_answered_for_too(as_keith, scene):
    scene.feel(make_member("fan"), "joy")
    change(as_keith, scene, **{"tallies-0-house": "5"})
    assert LedgerEntry.objects.get().note == "A feeling tally. It was misspelt."


def test_saving_what_is_as_it_was_writes_nothing(as_keith, scene, remark, film, mia):
    for target in (scene, remark, age(make_song(film, mia, body="It is a fine song."))):
        change(as_keith, target)
    assert (Revision.objects.count(), LedgerEntry.objects.count()) == (0, 0)
    assert LogEntry.objects.count() == 3
