"""Scheduled posts: the task process publishes each at its time, as its member's own post and exactly once."""

import logging
from contextlib import contextmanager
from typing import NamedTuple

from django.http import QueryDict
from django.utils import timezone

from accounts.mail import in_language_of
from accounts.models import User
from accounts.zones import zone_named
from moments.forms import POST_FORMS
from moments.models import POST_KINDS, Draft, Film, Post
from moments.models.draft import PICTURE_FIELD, TIME_FIELD
from moments.models.locking import lock_rows, read_locked
from moments.models.refusals import FilmGone, Refused, Suspended, Twin
from moments.search import results
from moments.viewer.browser import Browser
from moments.viewer.viewer import Member
from reelive.fields import give_keeper
from reelive.held_uploads import Keeper
from reelive.ratelimit import TooMany, spending
from reelive.retries import kind_of, pause_after

logger = logging.getLogger(__name__)
PUBLISHED_AT_ONCE = 20
REFUSALS = {
    FilmGone: Draft.Refusal.FILM,
    Twin: Draft.Refusal.TWIN,
    Suspended: Draft.Refusal.SUSPENDED,
    TooMany: Draft.Refusal.QUOTA,
}


class NotPublished(Refused):
    """It is a draft again; its text says why."""


class NothingToPublish(Exception):
    """Another process has just published it, or its member called it off."""


class Sender(NamedTuple):
    """In the place of a request: whose pictures are looked for."""

    user: User


def publish_due(now):
    """Publish the scheduled posts whose time has come, each by itself. Returns whether there were any."""
    drafts = list(Draft.objects.due(now).order_by("due", "pk")[:PUBLISHED_AT_ONCE])
    for draft in drafts:
        try:
            publish_one(draft.pk)
        except NotPublished as refusal:
            logger.info("Scheduled post %s was not published: %s", draft.pk, refusal)
        except Exception as error:
            _put_off(draft, error, now)
    return bool(drafts)


def _put_off(draft, error, now):
    """Try again later where that may help; else it is a draft again."""
    pause = pause_after(error, draft.attempts + 1)
    logger.warning(
        "Scheduled post %s could not be published: %s, %s", draft.pk, kind_of(error), pause or "given up"
    )
    if pause is None:
        draft.turn_back(Draft.Refusal.FORM)
    else:
        draft.put_off(now + pause)


def publish_one(key):
    """Publish the scheduled post of this key now.

    Returns the post; None where nothing was to be published any more.
    Raises NotPublished: it was refused, and is a draft again.
    """
    draft = Draft.objects.exclude(publish_at=None).select_related("member").filter(pk=key).first()
    if draft is None:
        return None
    member = draft.member
    uploads = ["upload"] * bool(draft.values.get(PICTURE_FIELD))
    try:
        with _as_for(member), spending("post", member, *uploads):
            return _publish(draft)
    except NothingToPublish:
        return None
    except (Refused, TooMany) as refusal:
        reason = REFUSALS.get(type(refusal), Draft.Refusal.FORM)
        draft.turn_back(reason)
        raise NotPublished(reason.label) from refusal


@contextmanager
def _as_for(member):
    """What is said and read meanwhile is in the member's language and by their clock."""
    with in_language_of(member), timezone.override(zone_named(member.time_zone)):
        yield


def _publish(draft):
    """The post, in the transaction in which the draft goes: it is there once, or the draft is."""
    lock_rows(Film.objects.filter(pk=draft.film_id))
    lock_rows(User.objects.filter(pk=draft.member_id))
    if not read_locked(draft) or not draft.publish_at:
        raise NothingToPublish
    post = Post.objects.filter(nonce=draft.nonce).first() or _sent_form(draft)
    draft.drop()
    return post


def _sent_form(draft):
    """What its form makes when it is sent: the checks and the verb are those of a post that is shared now."""
    film = Film.objects.listed().filter(pk=draft.film_id).first()
    if film is None:
        raise FilmGone
    viewer = Member(draft.member, Browser({}))
    post = POST_KINDS[draft.form].model(film=film, kind=draft.form)
    form = POST_FORMS[draft.form](_typed(draft), viewer=viewer, instance=post)
    give_keeper(form, Keeper(Sender(draft.member)))
    if not form.is_valid():
        raise Refused("; ".join(f"{name}: {problems[0]}" for name, problems in form.errors.items()))
    if "anyway" not in draft.values and results.similar_posts(film, draft.form, post.title, viewer):
        raise Twin
    return form.save_for(draft.member)


def _typed(draft):
    """The values as a browser sends them."""
    sent = QueryDict(mutable=True)
    for name, value in (draft.values | {"nonce": str(draft.nonce)}).items():
        if name != TIME_FIELD and value != "":
            sent.setlist(name, value if isinstance(value, list) else [value])
    return sent
