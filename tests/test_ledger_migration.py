"""An older site begins to sign: its rows stay as they are, and its tables agree with them afterwards."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from moments.ledger import triggers
from moments.ledger.chain import GENESIS, fingerprint, hash_of
from moments.models import DiaryEntry, LedgerEntry
from tests.support.former import go_back_to, models_of
from tests.support.ledger import verified
from tests.support.template import put_back, remember

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def old(every_step):
    """The models of the release before; afterwards all is as it was."""
    remember("present")
    go_back_to("before signatures")
    triggers.seal(connection)
    yield models_of("before signatures")
    if not put_back("present"):
        migrate()


def migrate():
    call_command("migrate", verbosity=0)


def act(apps, action, target, subject="a moment", texts=(), note=""):
    """A row as the release before wrote it."""
    rows = apps.get_model("moments", "LedgerEntry").objects
    last = rows.order_by("-number").first()
    row = SimpleNamespace(
        number=last.number + 1 if last else 1, created=timezone.now(), actor="keith", action=action,
        reason="", note=note, target=target, subject=subject, film=None,
        text=fingerprint(texts) if texts else "",
        previous=last.hash if last else GENESIS,
    )  # fmt: skip
    return rows.create(**vars(row), hash=hash_of(row))


def world(apps):
    """Members, a post and diary entries by the old models."""
    user = apps.get_model("accounts", "User").objects.create
    film = apps.get_model("moments", "Film").objects.create(title="Ponyo", slug="ponyo", year=2008)
    posts = apps.get_model("moments", "Post").objects
    made = {name: user(username=name) for name in ("keith", "ended", "closed", "mia")}
    apps.get_model("accounts", "User").objects.filter(username="keith").update(
        is_staff=True, is_superuser=True
    )
    group = apps.get_model("auth", "Group").objects.get_or_create(name="Moderators")[0]
    made["mia"].groups.add(group)
    for number, name in enumerate(("removed", "before"), 1):
        made[name] = posts.create(
            kind="moment", film=film, title=name, slug=name, position=number, state="removed"
        )
    return made


def texts_of(post):
    return [post.title, post.body, post.context, post.artist, post.listen_url, post.still_alt]


def act_of_old(apps, made):
    """A removal, a suspension that ended and one that no row tells of, then notes that were removed."""
    yesterday = timezone.localdate() - timedelta(days=1)
    removal = act(apps, "remove", f"post/{made['removed'].pk}", texts=texts_of(made["removed"]))
    apps.get_model("moments", "Post").objects.filter(slug="removed").update(removal=removal)
    act(apps, "suspend", f"member/{made['ended'].pk}", "@ended", note=f"Pills. (until {yesterday})")
    apps.get_model("accounts", "User").objects.filter(username="closed").update(is_active=False)
    entries, notes = apps.get_model("moments", "Relive").objects, []
    for number, text in enumerate(("Buy pills.", "Buy more pills."), 1):
        day = timezone.localdate() - timedelta(days=number)
        entry = entries.create(
            member=made["mia"], moment_id=made["removed"].pk, date=day, note=text, public=True
        )
        act(apps, "remove", f"reliving/{entry.pk}", "a diary note", [text])
        notes.append(entry)
    entries.filter(pk=notes[1].pk).update(note="A fine scene.")


def test_an_older_site_begins_to_sign_and_is_proved(old):
    """All that it has to tell of at once: to migrate takes longer than the rest."""
    act_of_old(old, world(old))
    before = list(LedgerEntry.objects.order_by("number").values_list("hash", flat=True))
    migrate()
    check_rows(before)
    check_notes_that_were_removed_and_published_again()
    assert verified() == "11 rows follow one another, 3 removed texts match."
    with pytest.raises(DatabaseError):
        LedgerEntry.objects.filter(number=1).update(note="All fine.")


def check_rows(before):
    rows = list(LedgerEntry.objects.order_by("number"))
    assert [row.hash for row in rows[:4]] == before
    assert [(row.actor, row.action, row.subject) for row in rows[4:]] == [
        ("house", "sign", "from here on"),
        ("house", "rights", "@keith"),
        ("house", "rights", "@mia"),
        ("house", "reinstate", "@ended"),
        ("house", "suspend", "@closed"),
        ("house", "remove", "a moment"),
        ("house", "restore", "a diary note"),
    ]
    assert rows[5].note == "Had these rights when signing began: staff, superuser."
    assert rows[5].text == fingerprint(["staff", "superuser"])
    assert [bool(row.signature) for row in rows] == [False] * 4 + [True] * 7


def check_notes_that_were_removed_and_published_again():
    again, changed = DiaryEntry.objects.order_by("pk")
    assert (again.public, again.removal_id, again.note) == (False, 3, "Buy pills.")
    assert (changed.public, changed.removal_id, changed.note) == (True, None, "A fine scene.")
    last = LedgerEntry.objects.order_by("number").last()
    assert (last.target, last.text) == (f"reliving/{changed.pk}", "")
