"""What a visitor wanted to do when they were asked to join: it waits in their session until they have.

It is put there by a form of their own, never by a link, and by the sign-up or sign-in that follows it is done
by the verbs that members use, with all that these refuse. One waits at a time, for an hour, and is done once.
"""

import uuid
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import NamedTuple

from django.contrib import messages
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from moments.feelings import FEELINGS
from moments.models import Comment, Kind, MemberList, Moment, Post
from moments.models.refusals import Gone, Restricted
from moments.viewer.comment_place import place_of_new
from reelive.exceptions import Refused
from reelive.ratelimit import TooMany, check_visitor, spending
from reelive.shortcuts import take_draft
from reelive.toasts import toast

DEED_KEY = "deed"
DEED_KEPT_FOR = timedelta(hours=1)
QUOTA_OF_DEED = {"comment": "comment"}  # of all others it is that of votes


@dataclass(frozen=True)
class Deed:
    """An act on a post or list, or on a comment where `comment` says which.

    Args:
        verb: "upvote", "feel", "relive" or "comment".
        detail: which feeling, or what the comment says.
        nonce: of a comment, so that two requests that bring it at once write one.
        draft: the page for which the comment is kept as a draft too; by then it was counted.
    """

    verb: str
    post: int | None
    comment: int | None = None
    detail: str = ""
    nonce: str = ""
    draft: str = ""
    member_list: int | None = None


def deed_on(about, verb, **details):
    """A deed on a post or list."""
    is_list = about.model_name == "member_list"
    return Deed(verb, None if is_list else about.pk, member_list=about.pk if is_list else None, **details)


class Done(NamedTuple):
    """A deed that was done.

    Args:
        sentence: what is said of it.
        place: the address at which it is to be seen, where that is not the page that one comes back to.
    """

    sentence: str
    place: str = ""


def keep_deed(request, deed):
    """Let it wait in the session of the visitor. Raises TooMany for a network that keeps many texts."""
    if deed.verb == "comment" and not deed.draft:
        check_visitor("draft", request)
    kept = {name: value for name, value in asdict(deed).items() if value or name == "post"}
    request.session[DEED_KEY] = kept | {
        "nonce": deed.nonce or uuid.uuid4().hex,
        "since": timezone.now().timestamp(),
    }


def do_waiting_deed(request, member):
    """The visitor has become `member`: do what waits, once, and say what came of it.

    Returns the place at which it is to be seen, if that is not where they come back to.
    """
    kept = request.session.pop(DEED_KEY, None)
    age = kept and timezone.now().timestamp() - kept.pop("since")
    if kept and 0 <= age <= DEED_KEPT_FOR.total_seconds():
        return do(request, member, Deed(**kept))
    return ""


def do(request, member, deed):
    """Do it as the member, and say what came of it on the next page. Returns the place of what was done."""
    try:
        with spending(QUOTA_OF_DEED.get(deed.verb, "vote"), member):
            done = VERBS[deed.verb](request.viewer, member, deed)
    except IntegrityError:  # another request has just brought the same comment
        return ""
    except Restricted:  # nobody is told that they are restricted: the page shows what is so
        sentence = _not_done("", deed) if deed.verb == "comment" else ""
    except Gone:
        sentence = _not_done(_("What you wanted to do was not done: it is no longer here."), deed)
    except (Refused, TooMany) as refusal:
        sentence = _not_done(getattr(refusal, "sentence", "") or str(refusal), deed)
    else:
        if deed.draft:
            take_draft(request, deed.draft)
        toast(request, done.sentence)
        return done.place
    if sentence:
        toast(request, sentence, messages.WARNING)
    return ""


def _not_done(why, deed):
    """Why it was not done. What somebody wrote is given back to them."""
    if deed.verb != "comment":
        return why
    return _("%(why)s You wrote: %(text)s") % {"why": why or str(Restricted.sentence), "text": deed.detail}


def _upvote(viewer, member, deed):
    target = _comment(viewer, deed) if deed.comment else _about(viewer, deed)
    if not target.upvote(member) and target.author_id == member.pk:
        return Done(_("It is yours: others vote for it."))
    if deed.comment:
        return Done(_("Your upvote for the comment is counted."))
    return Done(_("Your upvote for %(name)s is counted.") % {"name": target.named})


def _feel(viewer, member, deed):
    moment = _moment(viewer, deed)
    moment.feel(member, deed.detail)
    words = {"feeling": FEELINGS[deed.detail].name, "name": moment.named}
    return Done(_("%(feeling)s: what you felt at %(name)s is noted.") % words)


def _relive(viewer, member, deed):
    moment = _moment(viewer, deed)
    moment.relive(member)
    return Done(_("%(name)s is in your diary.") % {"name": moment.named})


def _comment_on(viewer, member, deed):
    parent = _comment(viewer, deed) if deed.comment else None
    about = parent.about if parent else _about(viewer, deed)
    said = {"author": member, "body": deed.detail, "nonce": deed.nonce or None}
    comment = Comment(**{about.model_name: about}, **said).publish(parent)
    return Done(_("Your comment is in the thread."), place_of_new(comment))


VERBS = {"upvote": _upvote, "feel": _feel, "relive": _relive, "comment": _comment_on}


def _about(viewer, deed):
    """The post, or the list whose address they had."""
    if deed.member_list is None:
        return _post(viewer, deed)
    return _found(MemberList.objects.open_to(viewer).select_related("author"), deed.member_list)


def _post(viewer, deed):
    return _found(Post.objects.open_to(viewer).veiled_for(viewer).select_related("film"), deed.post)


def _moment(viewer, deed):
    posts = Moment.objects.open_to(viewer).filter(kind=Kind.MOMENT)
    return _found(posts.veiled_for(viewer).select_related("film"), deed.post)


def _comment(viewer, deed):
    comments = Comment.objects.listed().visible_to(viewer).select_related("author", "root", "parent")
    return _found(comments.with_about(viewer), deed.comment)


def _found(rows, pk):
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Gone
    return row
