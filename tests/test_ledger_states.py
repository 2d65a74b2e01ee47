"""What the ledger says is compared with what the tables say: each tampering by SQL is found and named."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.deletion import delete_account
from accounts.models import User
from moments.ledger.state_proof import PROOFS, NewestRows
from moments.models import Appeal, LedgerEntry, Revision, Tag, Trivia, Verdict
from tests.support.ledger import note_rights, verified
from tests.support.makers import (
    make_comment,
    make_film,
    make_list,
    make_member,
    make_moment,
    make_trivia,
    moderator,
)
from tests.support.tampering import POST, TAMPERING

pytestmark = pytest.mark.django_db


def removed_and_restored(film, mia, by):
    names = ("removed", "restored", "locked", "opened", "left", "deleted", "plain")
    posts = {name: make_moment(film, mia, f"The {name}") for name in names}
    posts["removed"].remove(by, "spam")
    posts["restored"].remove(by, "spam")
    posts["restored"].restore(by)
    posts["locked"].lock(by)
    posts["opened"].lock(by)
    posts["opened"].unlock(by)
    posts["deleted"].remove(by, "spam")
    posts["deleted"].restore(by)
    posts["deleted"].delete_by_author()
    return posts


def films(mia, by):
    made = {name: make_film(f"Film {name}") for name in ("hidden", "back", "twin", "first")}
    posts = {f"{name}_post": make_moment(made[name], mia) for name in ("hidden", "back")}
    made["hidden"].remove(by, "copyright")
    made["back"].remove(by, "copyright")
    made["back"].restore(by)
    made["twin"].merge_into(by, made["first"], "The same.")
    return {f"film_{name}": film for name, film in made.items()} | posts


def tags(film, mia, by):
    words = ("gone", "again", "one", "two", "three", "apart", "used")
    make_moment(film, mia, tags=words)
    found = {word: Tag.objects.get(name=word) for word in words}
    found["gone"].remove(by, "illegal")
    found["again"].remove(by, "illegal")
    found["again"].restore(by)
    found["one"].merge_into(by, found["two"])
    found["two"].merge_into(by, found["three"], "The same word.")
    found["two"].restore(by)
    found["apart"].merge_into(by, found["used"])
    return {f"tag_{word}": tag for word, tag in found.items()}


def lists(mia, by):
    made = {name: make_list(mia) for name in ("removed", "locked", "deleted", "plain")}
    made["removed"].remove(by, "spam")
    made["locked"].lock(by)
    made["deleted"].remove(by, "spam")
    made["deleted"].restore(by)
    made["deleted"].delete_by_author(mia)
    return {f"list_{name}": one for name, one in made.items()}


def appeals(posts, film, mia, seb, by):
    comment = make_comment(posts["plain"], seb, "Buy pills.")
    for text in ("It was a joke.", "Once more."):
        comment.remove(by, "spam")
        Appeal.objects.lodge(comment, seb, text)
        comment.restore(by)
    first, second = Appeal.objects.order_by("pk")
    second.reply(by, "It stays away.")
    first.reply(by, "It is back.")
    comment.remove(by, "spam")
    third = Appeal.objects.lodge(comment, seb, "My address is 5 Elm Street.")
    third.strike(by, "private")
    return {"comment": comment, "appeal": first, "other_appeal": second, "struck_appeal": third}


def versions(posts, by):
    """Three older versions of the plain post: one by staff, one that its author revoked, one kept."""
    post = type(posts["plain"]).objects.get(pk=posts["plain"].pk)
    for body in ("Second.", "Third.", "Fourth."):
        post.body = body
        post.revise(by=by)
    by_staff, struck, kept = Revision.objects.order_by("pk")
    by_staff.entry = LedgerEntry.objects.record(by, "edit", post, texts=by_staff.ledger_texts)
    by_staff.save()
    struck.strike(by)
    return {"version": by_staff, "struck": struck, "kept": kept}


def members(by):
    made = {
        name: make_member(f"member_{name}") for name in ("away", "closed", "over", "back", "staff", "able")
    }
    tomorrow = timezone.localdate() + timedelta(days=1)
    made["away"].suspend(by, "Pills.", until=tomorrow)
    made["closed"].suspend(by, "Pills.")
    made["over"].suspend(by, "Pills.", until=tomorrow)
    User.objects.filter(pk=made["over"].pk).update(suspended_until=timezone.localdate())
    made["over"].refresh_from_db()
    made["over"].end_suspension()
    made["back"].suspend(by, "Pills.")
    made["back"].reinstate(by)
    User.objects.filter(pk=made["able"].pk).update(is_staff=True)
    made["able"].groups.add(
        Group.objects.get_or_create(name="Moderators")[0], Group.objects.create(name="Editors")
    )
    made["able"].refresh_from_db()
    made["able"].record(by, "rights", "", made["able"].rights)
    made["staff"].record(by, "rights", "", ["staff"])
    made["staff"].record(by, "rights", "")
    return made


def said_by_members(posts, film, mia, seb, by):
    claim = make_trivia(film, mia)
    Trivia.objects.get().judge(seb, "dispute", "No, it was two.")
    Trivia.objects.get().judge(make_member("tracy"), "dispute", "No.")
    verdict, taken_back = Verdict.objects.order_by("pk")
    verdict.remove(by, "private")
    taken_back.remove(by, "private")
    Trivia.objects.get().revoke_verdict(taken_back.member)
    notes = [posts["plain"].relive(mia, date(2020, 1, day), f"Note {day}.", public=True) for day in (1, 2, 3)]
    for note in notes:
        note.remove(by, "spam")
    notes[1].restore(by)
    posts["plain"].forget(notes[2])
    return {"claim": claim, "verdict": verdict, "note": notes[0], "note_back": notes[1]}


def make_site():
    """A site on which every kind of act was done, and nothing else."""
    mia, seb, film, by = make_member("mia"), make_member("seb"), make_film(), moderator()
    leaver = make_member("leaver")
    posts = removed_and_restored(film, mia, by)
    gone = make_moment(film, leaver, "Of who left")
    gone.remove(by, "spam"), make_comment(posts["plain"], leaver).remove(by, "spam")
    made = posts | films(mia, by) | tags(film, mia, by) | versions(posts, by)
    made |= (
        lists(mia, by)
        | members(by)
        | said_by_members(posts, film, mia, seb, by)
        | appeals(posts, film, mia, seb, by)
    )
    delete_account(leaver, take_texts=True)
    note_rights()
    return made | {"gone": gone, "film": film, "by": by}


SCENE = make_site


@pytest.fixture
def site(staged):
    return staged


def test_a_site_on_which_everything_was_done_is_proved(site):
    assert verified().endswith(" rows follow one another, 7 removed texts match, and 1 from before an edit.")


def run(sql, site):
    keys = {name: target.pk for name, target in site.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql.format(**keys).replace("%", "%%"))


@pytest.mark.parametrize("name", TAMPERING)
def test_what_is_changed_without_a_row_is_named(name, site):
    statement, finding = TAMPERING[name]
    for part in statement.split(";"):
        run(part, site)
    with pytest.raises(
        CommandError, match=finding.format(**{name: target.pk for name, target in site.items()})
    ) as found:
        call_command("verify_ledger")
    assert found.value.returncode == 1


def test_versions_of_which_the_ledger_says_nothing_are_not_loaded(site):
    text = site["plain"].ledger_name
    assert PROOFS["older versions"].load([text]) == {text: [site["version"], site["struck"]]}


def test_all_faults_are_counted_and_the_first_ones_named(site, monkeypatch):
    monkeypatch.setattr("moments.management.commands.verify_ledger.FAULTS_SHOWN", 2)
    run(f"{POST} locked = true WHERE id IN ({{plain}}, {{restored}}, {{removed}})", site)
    with pytest.raises(CommandError) as found:
        call_command("verify_ledger")
    first, *named, last = str(found.value).splitlines()
    assert (first, len(named), last) == ("3 things are wrong:", 2, "… and 1 more.")


def test_who_acts_while_the_ledger_is_proved_raises_no_alarm(site):
    """The rows were heard before: what was done since is heard when it seems wrong."""
    said = NewestRows()
    said.catch_up()
    site["plain"].remove(moderator(), "spam")
    site["locked"].unlock(moderator())
    site["removed"].restore(moderator())
    assert list(PROOFS["posts"].wrong(list(PROOFS["posts"].targets(said)), said)) == []


def test_things_are_proved_chunk_by_chunk(site, monkeypatch):
    monkeypatch.setattr("moments.ledger.state_proof.table.ROWS_AT_A_TIME", 2)
    monkeypatch.setattr("moments.management.commands.verify_ledger.ROWS_READ_AT_ONCE", 2)
    assert "7 removed texts match" in verified()
    run(f"{POST} locked = true WHERE id IN ({{plain}}, {{restored}}, {{removed}})", site)
    with pytest.raises(CommandError, match="3 things are wrong"):
        call_command("verify_ledger")
