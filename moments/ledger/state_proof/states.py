"""Proves that things are hidden, locked, merged or suspended exactly when the newest rows say so."""

from django.db.models import Q

from accounts.models import User
from moments.ledger.chain import fingerprint
from moments.models import (
    Action,
    Comment,
    DiaryEntry,
    Film,
    MemberList,
    Person,
    Post,
    Recording,
    State,
    Tag,
    Verdict,
)

from .newest_rows import ACCOUNT, LOCK, ON_LIST, RIGHTS, VISIBILITY
from .table import Table, word_of

WIPED = {"title": "Deleted", "rating": None} | dict.fromkeys(Post.erased_fields, "")


def check_post(target, post, newest_rows):
    if post is None:
        yield gone(target)
        return
    yield from check_visibility(target, post, newest_rows)
    yield from check_states(target, post, *State)
    yield from check_lock(target, post, newest_rows.of(LOCK, target))
    if post.is_visible and not post.film.is_visible:
        yield f"{target} can be read, but film/{post.film_id} is out of sight."
    if post.state == State.WITHHELD and post.film.is_visible:
        yield f"{target} is withheld, but film/{post.film_id} can be read."
    if post.state == State.DELETED and any(getattr(post, name) != text for name, text in WIPED.items()):
        yield f"{target} is deleted, but its words are still there."


def check_comment(target, comment, newest_rows):
    if comment is None:
        row = newest_rows.of(VISIBILITY, target)
        if row is None or row.detail != ON_LIST:  # a list takes its thread along
            yield gone(target)
        return
    yield from check_visibility(target, comment, newest_rows)
    yield from check_states(target, comment, State.VISIBLE, State.REMOVED, State.DELETED)
    if comment.state == State.DELETED and comment.body:
        yield f"{target} is deleted, but its words are still there."


def check_film(target, film, newest_rows):
    yield from check_shared(target, film, newest_rows)
    if film is not None:
        yield from check_lock(target, film, newest_rows.of(LOCK, target))


def check_shared(target, instance, newest_rows):
    """Check a film or a tag: nobody can delete it, and it may have been merged into another."""
    if instance is None:
        yield gone(target)
        return
    yield from check_visibility(target, instance, newest_rows)
    yield from check_merge(target, instance, newest_rows)
    yield from check_states(target, instance, State.VISIBLE, State.REMOVED)


def check_verdict(target, verdict, newest_rows):
    """Check a verdict, which is gone once its member revoked it."""
    if verdict is not None:
        yield from check_visibility(target, verdict, newest_rows)
        yield from check_states(target, verdict, State.VISIBLE, State.REMOVED)


def check_list(target, member_list, newest_rows):
    """Check a list of a member, which is gone a day after they deleted it."""
    if member_list is not None:
        yield from check_visibility(target, member_list, newest_rows)
        yield from check_lock(target, member_list, newest_rows.of(LOCK, target))
        yield from check_states(target, member_list, State.VISIBLE, State.REMOVED, State.DELETED)


def check_note(target, entry, newest_rows):
    """Check a diary entry, which is gone once its member deleted it."""
    if entry is not None:
        yield from check_visibility(target, entry, newest_rows)


def check_member(target, member, newest_rows):
    """Check a member, who may have left."""
    if member is not None:
        name = f"{target} ({member.ledger_subject})"
        yield from check_account(name, member, newest_rows.of(ACCOUNT, target))
        yield from check_rights(name, member.rights, newest_rows.of(RIGHTS, target))


def gone(target):
    return f"{target} has rows in the ledger, but is gone."


def check_states(target, instance, *states):
    if instance.state not in states:
        yield f"{target} is in the state “{instance.state}”, in which no {word_of(target)} can be."


def check_visibility(target, instance, newest_rows):
    row = newest_rows.of(VISIBILITY, target)
    is_said = row is not None and row.action != Action.RESTORE
    is_deleted = getattr(instance, "state", "") == State.DELETED
    if instance.is_removed and is_said:
        yield from check_removal(target, instance, row)
    elif instance.is_removed:
        yield f"{target} is removed, and {but(row, 'restored it')}."
    elif is_said and not (is_deleted and instance.author_id is None):
        # Who leaves with all texts takes those along that were removed.
        yield f"{target} was {done(row)} in row {row.number}, and is not out of sight."
    elif instance.removal_id is not None and not is_deleted:
        yield f"{target} names row {instance.removal_id} for its removal, and is not removed."


def check_removal(target, instance, row):
    if row.action == Action.REMOVE and instance.removal_id != row.number:
        yield f"{target} was removed in row {row.number}, and does not name it."
    if fingerprint(instance.ledger_texts) != row.text:
        how = done(row)
        yield f"The text of {target}, {how} in row {row.number}, is not the one that was {how}."


def check_lock(target, instance, row):
    is_said = row is not None and row.action in (Action.LOCK, Action.LOCK_FACTS)
    if instance.locked and not is_said:
        yield f"{target} is locked, and {but(row, 'opened it')}."
    elif is_said and not instance.locked:
        yield f"{target} was locked in row {row.number}, and is open."


def check_merge(target, instance, newest_rows):
    row = newest_rows.of(VISIBILITY, target)
    is_said = row is not None and row.action == Action.MERGE
    into = f"{word_of(target)}/{instance.merged_into_id}" if instance.merged_into_id else "nothing"
    wanted = newest_rows.leads.get(target, "nothing")
    if not is_said and into != "nothing":
        yield f"{target} leads to {into}, and no row says so."
    elif (is_said and into != (wanted or into)) or (is_said and into == "nothing"):
        yield f"{target} was merged in row {row.number}, and leads to {into}."


def check_account(name, member, row):
    is_said = row is not None and row.action == Action.SUSPEND
    until = str(member.suspended_until or "")
    if member.is_active and is_said:
        yield f"{name} was suspended in row {row.number}, and is not."
    elif not member.is_active and not is_said:
        yield f"{name} is suspended, and {but(row, 'reinstated it')}."
    elif is_said and until != row.detail:
        yield f"{name} is suspended until another day than row {row.number} says."


def check_rights(name, rights, row):
    listed = ", ".join(rights) or "none"
    if row is None and rights:
        yield f"{name} has rights ({listed}), and no row says so."
    elif row is not None and row.text != (fingerprint(rights) if rights else ""):
        yield f"{name} has other rights ({listed}) than row {row.number} says."


def but(row, done):
    return f"row {row.number} {done}" if row else "no row says so"


def done(row):
    return "merged" if row.action == Action.MERGE else "removed"


# Of which things the tables themselves say that something was done, or say what cannot be.
NAMES_A_ROW = Q(removal__isnull=False)
VISIBLE, DELETED = Q(state=State.VISIBLE), Q(state=State.DELETED)
IS_OUT = NAMES_A_ROW | ~VISIBLE
IS_MERGED = Q(merged_into__isnull=False)
FILMS = PEOPLE = IS_OUT | IS_MERGED | Q(locked=True)
VISIBLE_FILM = Q(film__state=State.VISIBLE)
# Many posts are withheld with their film, and many are deleted: those that should not be are looked for.
POSTS = (
    Q(locked=True)
    | NAMES_A_ROW
    | (VISIBLE & ~VISIBLE_FILM)
    | (Q(state=State.WITHHELD) & VISIBLE_FILM)
    | (DELETED & ~Q(**WIPED))
    | ~Q(state__in=(State.VISIBLE, State.WITHHELD, State.DELETED))
)
COMMENTS = NAMES_A_ROW | (DELETED & ~Q(body="")) | ~Q(state__in=(State.VISIBLE, State.DELETED))
LISTS = Q(locked=True) | NAMES_A_ROW | ~Q(state__in=(State.VISIBLE, State.DELETED))
MEMBERS = (
    Q(is_active=False)
    | Q(is_staff=True)
    | Q(is_superuser=True)
    | Q(pk__in=User.groups.through.objects.values("user"))
    | Q(pk__in=User.user_permissions.through.objects.values("user"))
)
TABLES = {
    "posts": Table("post", Post.objects.select_related("film"), POSTS, check_post, (VISIBILITY, LOCK)),
    "comments": Table("comment", Comment.objects.all(), COMMENTS, check_comment),
    "films": Table("film", Film.objects.all(), FILMS, check_film, (VISIBILITY, LOCK)),
    "people": Table("person", Person.objects.all(), PEOPLE, check_film, (VISIBILITY, LOCK)),
    "recordings": Table("recording", Recording.objects.all(), PEOPLE, check_film, (VISIBILITY, LOCK)),
    "tags": Table("tag", Tag.objects.all(), IS_OUT | IS_MERGED, check_shared),
    "lists": Table("member_list", MemberList.objects.all(), LISTS, check_list, (VISIBILITY, LOCK)),
    "verdicts": Table("verdict", Verdict.objects.all(), IS_OUT, check_verdict),
    "diary notes": Table("reliving", DiaryEntry.objects.all(), NAMES_A_ROW, check_note),
    "members": Table("member", User.objects.all(), MEMBERS, check_member, (ACCOUNT, RIGHTS)),
}
