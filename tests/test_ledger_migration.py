"""An older site begins to sign: its rows stay as they are, and its tables agree with them afterwards."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from moments.ledger import triggers
from moments.ledger.chain import GENESIS, digest, fingerprint
from moments.models import DiaryEntry, LedgerEntry
from tests.support.ledger import verified
from tests.support.template import put_back, remember

pytestmark = pytest.mark.django_db(transaction=True)
OLD = ("moments", "0018_diary_notes_removed")


@pytest.fixture
def old(every_step):
    """The models of the release before; afterwards all is as it was."""
    executor = MigrationExecutor(connection)
    remember("present")
    if not put_back("old"):
        executor.migrate([OLD])
        triggers.seal(connection)
        remember("old")
    yield executor.loader.project_state([OLD, *others(executor)]).apps
    if not put_back("present"):
        migrate()


def others(executor):
    return [node for node in executor.loader.graph.leaf_nodes() if node[0] != "moments"]


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
    return rows.create(**vars(row), hash=digest(row))


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


def test_an_older_site_begins_to_sign_and_is_proved(old):
    made, yesterday = world(old), timezone.localdate() - timedelta(days=1)
    removal = act(old, "remove", f"post/{made['removed'].pk}", texts=texts_of(made["removed"]))
    old.get_model("moments", "Post").objects.filter(slug="removed").update(removal=removal)
    act(old, "suspend", f"member/{made['ended'].pk}", "@ended", note=f"Pills. (until {yesterday})")
    old.get_model("accounts", "User").objects.filter(username="closed").update(is_active=False)
    before = list(LedgerEntry.objects.order_by("number").values_list("hash", flat=True))
    migrate()
    rows = list(LedgerEntry.objects.order_by("number"))
    assert [row.hash for row in rows[:2]] == before
    assert [(row.actor, row.action, row.subject) for row in rows[2:]] == [
        ("house", "sign", "from here on"),
        ("house", "rights", "@keith"),
        ("house", "rights", "@mia"),
        ("house", "reinstate", "@ended"),
        ("house", "suspend", "@closed"),
        ("house", "remove", "a moment"),
    ]
    assert rows[3].note == "Had these rights when signing began: staff, superuser."
    assert rows[3].text == fingerprint(["staff", "superuser"])
    assert [bool(row.signature) for row in rows] == [False] * 2 + [True] * 6
    assert verified() == "8 rows follow one another, 2 removed texts match."
    with pytest.raises(DatabaseError):
        LedgerEntry.objects.filter(number=1).update(note="All fine.")


def test_a_fresh_site_has_no_row_of_its_own(old):
    migrate()
    assert LedgerEntry.objects.count() == 0
    assert verified() == "0 rows follow one another, 0 removed texts match."


def test_notes_that_were_removed_and_published_again_go_out_of_sight(old):
    made = world(old)
    entries, notes = old.get_model("moments", "Relive").objects, []
    for number, text in enumerate(("Buy pills.", "Buy more pills."), 1):
        day = timezone.localdate() - timedelta(days=number)
        entry = entries.create(
            member=made["mia"], moment_id=made["removed"].pk, date=day, note=text, public=True
        )
        act(old, "remove", f"reliving/{entry.pk}", "a diary note", [text])
        notes.append(entry)
    entries.filter(pk=notes[1].pk).update(note="A fine scene.")
    migrate()
    again, changed = DiaryEntry.objects.order_by("pk")
    assert (again.public, again.removal_id, again.note) == (False, 1, "Buy pills.")
    assert (changed.public, changed.removal_id, changed.note) == (True, None, "A fine scene.")
    last = LedgerEntry.objects.order_by("number").last()
    assert (last.actor, last.action, last.target, last.text) == (
        "house",
        "restore",
        f"reliving/{changed.pk}",
        "",
    )
    assert "3 removed texts match" in verified()
