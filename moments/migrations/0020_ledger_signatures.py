"""Each row of the ledger is signed from here on, and what the tables say agrees with the newest row about it.

While the old release still runs it may go on writing: its rows come without a signature, and verify_ledger
names each of them. Stop it before this is applied, as systemd does.
"""

import re
from datetime import date

from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from moments.ledger.chain import GENESIS, fingerprint, hash_of
from moments.ledger.keys import BEGINNING, public_key, sign

CHUNK = 1_000
UNTIL = re.compile(r"\(until (\d{4}-\d\d-\d\d)\)$")
# Of each table: what the ledger calls it, and the columns of which it keeps the fingerprint.
TEXTS = {
    "Post": ("post", ["title", "body", "context", "artist", "listen_url", "still_alt"]),
    "Comment": ("comment", ["body"]),
    "Film": ("film", ["title", "original_title", "director", "music", "summary"]),
    "Tag": ("tag", ["name"]),
}
BEFORE = "It was out of sight before signing began, and no row said so."


class House:
    """Writes rows in the name of the house. Nobody else does meanwhile: the table is locked by this migration."""

    def __init__(self, apps, alias):
        self.rows = apps.get_model("moments", "LedgerEntry").objects.using(alias)
        self.last = self.rows.order_by("-number").first()

    def record(self, action, target, subject, note, film=None, texts=()):
        last = self.last
        row = self.rows.model(
            number=last.number + 1 if last else 1, created=timezone.now(), actor="house", action=action,
            reason="", note=note, target=target, subject=subject, film=film,
            text=fingerprint(texts) if texts else "", previous=last.hash if last else GENESIS,
        )  # fmt: skip
        row.hash = hash_of(row)
        row.signature = sign(row.hash)
        row.save(using=self.rows.db, force_insert=True)
        self.last = row
        return row


def begin(apps, schema_editor):
    alias = schema_editor.connection.alias
    house = House(apps, alias)
    if house.last:
        note = f"With the public key {public_key()}."
        house.record(BEGINNING, f"ledger/{house.last.number}", "from here on", note)
    members = apps.get_model("accounts", "User").objects.using(alias)
    note_rights(house, members)
    end_suspensions(house, members)
    note_suspensions(house, members)
    for name in TEXTS:
        note_removals(house, apps.get_model("moments", name), name)


def note_rights(house, members):
    able = models.Q(is_staff=True) | models.Q(is_superuser=True)
    able |= models.Q(groups__isnull=False) | models.Q(user_permissions__isnull=False)
    for member in members.filter(able).distinct().order_by("pk"):
        rights = rights_of(member)
        note = f"Had these rights when signing began: {', '.join(rights)}."
        house.record("rights", f"member/{member.pk}", f"@{member.username}", note, texts=rights)


def rights_of(member):
    """What the member may do beyond others, in the words that the ledger fingerprints."""
    rights = [f"group {group.name}" for group in member.groups.all()]
    single = member.user_permissions.values_list("content_type__app_label", "codename")
    rights += [f"permission {app}.{name}" for app, name in single]
    return sorted(rights + ["staff"] * member.is_staff + ["superuser"] * member.is_superuser)


def judgements(house):
    """The newest suspension or reinstatement of each member: its action and its note."""
    rows = house.rows.filter(action__in=("suspend", "reinstate")).order_by("number")
    return {target: told for target, *told in rows.values_list("target", "action", "note").iterator(CHUNK)}


def end_suspensions(house, members):
    """Those that were over by their date, which left no row until now."""
    for target, (action, note) in judgements(house).items():
        until = UNTIL.search(note)
        if action == "suspend" and until and date.fromisoformat(until[1]) <= timezone.localdate():
            for member in members.filter(pk=target.partition("/")[2], is_active=True):
                house.record("reinstate", target, f"@{member.username}", "The day had come.")


def note_suspensions(house, members):
    known = {target for target, (action, _note) in judgements(house).items() if action == "suspend"}
    for member in members.filter(is_active=False).order_by("pk").iterator(CHUNK):
        if f"member/{member.pk}" not in known:
            until = f" (until {member.suspended_until})" if member.suspended_until else ""
            note = f"The account was closed before signing began, and no row said so.{until}"
            house.record("suspend", f"member/{member.pk}", f"@{member.username}", note)


def note_removals(house, model, name):
    """What was taken away before there was a ledger, or on a synthetic site by nobody."""
    word, columns = TEXTS[name]
    rows = model._base_manager.using(house.rows.db)
    removed = rows.filter(state="removed", removal=None).order_by("pk")
    for key in list(removed.values_list("pk", flat=True)):
        thing = rows.get(pk=key)
        target, into = f"{word}/{thing.pk}", getattr(thing, "merged_into_id", None)
        if into is not None and house.rows.filter(target=target, action="merge").exists():
            continue
        action, note = ("merge", f"Into {word}/{into}. {BEFORE}") if into is not None else ("remove", BEFORE)
        texts = [getattr(thing, column) for column in columns]
        row = house.record(action, target, subject_of(thing, name), note, film_of(thing, name), texts)
        if into is None:
            rows.filter(pk=thing.pk).update(removal=row)


def subject_of(thing, name):
    post = thing.post if name == "Comment" else thing
    if name in ("Film", "Tag"):
        return f"a {name.lower()}"
    told = post.kind if post.kind == "trivia" else f"a {post.kind}"
    return f"a comment on {told}" if name == "Comment" else told


def film_of(thing, name):
    if name == "Tag":
        return None
    if name == "Film":
        return thing.pk
    return thing.post.film_id if name == "Comment" else thing.film_id


class Migration(migrations.Migration):
    dependencies = [
        ("moments", "0019_film_revisions"),
        ("accounts", "0006_words_of_the_house"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ledgerentry",
            name="signature",
            field=models.CharField(blank=True, db_default="", default="", max_length=128),
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="action",
            field=models.CharField(
                choices=[
                    ("remove", "Removed"),
                    ("restore", "Restored"),
                    ("lock", "Locked the thread of"),
                    ("unlock", "Opened the thread of"),
                    ("lock-facts", "Locked the facts of"),
                    ("open-facts", "Opened the facts of"),
                    ("edit", "Edited"),
                    ("withdraw", "Withdrew a former version of"),
                    ("merge", "Merged"),
                    ("suspend", "Suspended"),
                    ("reinstate", "Reinstated"),
                    ("appeal", "Appealed against the removal of"),
                    ("answer", "Answered the appeal about"),
                    ("strike", "Took away the words of the appeal about"),
                    ("rights", "Changed the rights of"),
                    ("sign", "Began to sign the ledger"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
