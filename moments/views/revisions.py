"""The history of a post, comment or film: what edits changed, and what may be put back or revoked."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from moments.models import Comment, Post, Revision
from moments.models.revision import FACTS_OF
from moments.revisions.history import FIELD_LABELS, edits
from moments.syndication import recording_listings as listings
from moments.viewer.episodes import find_episode, find_season
from moments.viewer.lookup import find_film, find_person
from moments.viewer.songs import say_songs
from moments.viewer.veiled import is_shown, veiled_page
from moments.views.episodes import is_open, veiled_part
from moments.views.song_uses import find_use, veiled_use
from reelive.exceptions import Refused
from reelive.listpages import growing_page_of, whole_or_more
from reelive.ratelimit import spending
from reelive.shortcuts import member_required, sign_in_first

REVISIONS_A_PAGE = 10
REVISION_ORDER = ("-id",)
# Which quota an edit counts against.
QUOTA_OF_TARGET = {"post": "edit", "comment": "comment", **dict.fromkeys(FACTS_OF, "edit")}


def post_history(request, post_id):
    posts = Post.objects.listed().visible_to(request.viewer).select_related("film", "author")
    post = get_object_or_404(posts.veiled_for(request.viewer), pk=post_id)
    return _history(request, post, post)


def comment_history(request, comment_id):
    comments = Comment.objects.listed().visible_to(request.viewer).select_related("author")
    comment = get_object_or_404(comments.with_about(request.viewer), pk=comment_id)
    return _history(request, comment, comment.about)


def _history(request, target, about):
    if not is_shown(request, about):
        return veiled_page(request, about, show=f"{target.history_url}?show=1")
    return _page(request, target, about=about, film=about.film)


def film_history(request, film):
    film = find_film(request, film)
    return _page(request, film, film=film)


def person_history(request, person):
    person = find_person(request, person)
    return _page(request, person)


def recording_history(request, recording):
    """Which songs of films were joined is told as the viewer may know these."""
    recording = listings.recording(request, recording).target
    return _page(request, recording, say=partial(say_songs, request.viewer))


def song_use_history(request, use_id):
    use = find_use(request, use_id)
    return veiled_use(request, use) or _page(request, use)


def season_history(request, film, season):
    return _part_history(request, find_season(request, find_film(request, film), season))


def episode_history(request, film, season, episode):
    return _part_history(request, find_episode(request, find_film(request, film), season, episode))


def _part_history(request, part):
    if not part.pk:
        raise Http404
    if not is_open(part):
        return veiled_part(request, part)
    return _page(request, part, film=part.film, part=part)


def _page(request, target, say=list, **context):
    """`say` puts into words what facts name by keys, of a list of facts."""
    revisions = target.revisions.select_related("editor", "entry", "revocation").with_muted(request.viewer)
    page = growing_page_of(request, revisions, REVISION_ORDER, size=REVISIONS_A_PAGE)
    # The histories of facts, which are everybody's, hide nothing, and nobody alone revokes a version of them.
    newer, is_facts = _newer(request, target, page.items), target.model_name in FACTS_OF
    now, newer, *before = say([target.texts, newer, *(revision.texts for revision in page.items)])
    for revision, texts in zip(page.items, before, strict=True):
        revision.texts = texts
    context |= {
        "target": target,
        "edits": list(edits(page.items, newer, now, spoilers=not is_facts)),
        "editable": target.can_be_edited_by(request.viewer),
        "revocable": not is_facts and target.can_be_edited_by(request.viewer),
    }
    template = "revisions/facts.html" if is_facts else "revisions/history.html"
    return whole_or_more(request, template, "revisions/_list.html", page, context)


def _newer(request, target, revisions):
    """The texts of the revision right after this page, with which its first one is compared.

    None on the page that begins with the newest revision.
    """
    if not revisions or "after" not in request.GET:
        return None
    newer = target.revisions.kept().filter(pk__gt=revisions[0].pk).order_by("pk")
    return newer.values_list("texts", flat=True).first()


def revision_restore(request, revision_id):
    revision = get_object_or_404(Revision, pk=revision_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, _visible_target(request, revision).history_url)
    target = _editable_target(request, revision)
    try:
        with spending(QUOTA_OF_TARGET[target.model_name], request.user):
            revision.restore(request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    target.refresh_from_db()  # with an older title a film has another address
    return HttpResponseRedirect(target.history_url)


@member_required
def revision_revoke(request, revision_id):
    revision = get_object_or_404(Revision.objects.filter(**dict.fromkeys(FACTS_OF)), pk=revision_id)
    target = _editable_target(request, revision)
    revoked = request.method == "POST" and revision.revoke(request.user)
    if revoked or revision.is_revoked:
        return HttpResponseRedirect(target.history_url)
    context = {
        "revision": revision,
        "target": target,
        "version": [(FIELD_LABELS[name], revision.texts[name]) for name in target.text_fields],
        "edit_url": reverse(f"{target.model_name}-edit", args=[target.pk]),
    }
    refused = request.method == "POST"
    return render(request, "revisions/revoke.html", context, status=422 if refused else 200)


def _visible_target(request, revision):
    subjects = type(revision.target).objects.visible_to(request.viewer)
    return get_object_or_404(subjects, pk=revision.target.pk)


def _editable_target(request, revision):
    subjects = type(revision.target).objects.visible_to(request.viewer).editable_by(request.viewer)
    return get_object_or_404(subjects, pk=revision.target.pk)
