"""Why a verb refuses: each reason is an exception whose sentence the form shows beside what was typed."""

from datetime import timedelta
from functools import lru_cache

from django.db import DEFAULT_DB_ALIAS, connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reelive.exceptions import Refused
from reelive.prepared import PreparedRows
from reelive.statements import Given, Statement

SO_SOON = timedelta(minutes=5)
LATEST_LOOKED_AT = 60  # more than the quotas allow in that time
LOCK_AUTHOR = PreparedRows(
    lambda author: User.objects.select_for_update(no_key=True).filter(pk=author).values_list("pk")
)


class Gone(Refused):
    """It was removed, deleted or hidden since the page was read."""

    sentence = _("This is no longer here. Copy your text if you want to keep it.")


class FilmGone(Gone):
    sentence = _("A moderator has just removed this film. Copy your text if you want to keep it.")


class PersonGone(Gone):
    sentence = _("A moderator has just removed this person. Copy your text if you want to keep it.")


class RecordingGone(Gone):
    sentence = _("A moderator has just removed the page of this song. Copy your text if you want to keep it.")


class Locked(Refused):
    """A moderator locked the thread: what is said stays, and nothing is added or changed."""

    sentence = _("This thread was locked by a moderator. Copy your text if you want to keep it.")


class FactsLocked(Locked):
    sentence = _("A moderator locked the facts of this film. Copy your text if you want to keep it.")


class PersonLocked(Locked):
    sentence = _("A moderator locked the facts of this person. Copy your text if you want to keep it.")


class RecordingLocked(Locked):
    sentence = _("A moderator locked the facts of this song. Copy your text if you want to keep it.")


class TooManyNames(Refused):
    """Each of them makes a page, so that one edit brings but some."""

    sentence = _("An edit may bring at most 20 people who are not here yet. Save some of them first.")


class Restricted(Refused):
    """The author restricts the member. The member is told neither who it is nor that it is so."""

    sentence = _("You cannot write here. Copy your text if you want to keep it.")


class Suspended(Refused):
    """The account was closed while its page was open."""

    sentence = _("Your account has been suspended. Copy your text if you want to keep it.")


class NothingToReport(Refused):
    """What one wrote, or oneself: there are verbs for that."""

    sentence = _("This is yours, so there is nothing to report.")


class NothingToAppeal(Refused):
    """It was restored or deleted since the page was read, or it was never the member's."""

    sentence = _("There is no removal of yours here any more to appeal against.")


class Appealed(Refused):
    """There is one appeal for a removal."""

    sentence = _("You have appealed against this removal already. Copy your text if you want to keep it.")


class FollowsEnough(Refused):
    """There is a limit, since each of them fills the member's feed."""

    sentence = _("You follow a thousand already. Unfollow something first.")


class Twin(Refused):
    """The same words again."""

    sentence = _("You posted these very words a moment ago. Change them, or wait five minutes.")


def refuse_twin(text, newest, **words):
    """Refuse a text that its author has posted word for word within the last five minutes.

    Called in the transaction that saves the text. The author's row is locked until that ends: of two texts
    that are sent at once, the second waits here and then finds the first. On SQLite it has waited already, at
    the beginning of its transaction. A text without a nonce was sent by no form and is not compared.

    Args:
        text: a new post or comment.
        newest: the order in which the author's newest texts come first.
        words: the columns, and their values, in which the two are the same.

    Raises Twin.
    """
    if text.nonce is None:
        return
    if connection.features.has_select_for_update:
        LOCK_AUTHOR(text.author_id)
    twins = _twins(type(text), newest, tuple(words))
    if twins.rows(author=text.author_id, since=timezone.now() - SO_SOON, **words):
        raise Twin


@lru_cache
def _twins(model, newest, columns):
    """The statement that asks for one of the author's newest texts which is the same in these columns."""
    texts = model._base_manager.using(DEFAULT_DB_ALIAS).filter(author=Given("author"))
    latest = texts.order_by(*newest).values("pk")[:LATEST_LOOKED_AT]
    since, same = Given("since", model._meta.get_field("created")), {name: Given(name) for name in columns}
    return Statement.of(texts.filter(pk__in=latest, created__gt=since, **same).values_list("pk")[:1])
