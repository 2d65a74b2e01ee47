"""The pages of posts of each kind, each with its thread, and the forms that share and edit them."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from moments.forms import POST_FORMS
from moments.forms.moment_picker import FIND, MOMENT_FIELDS, MomentField, Picked
from moments.models import POST_KINDS, Kind, Moment, Post, Song, SongUse
from moments.models.asked import Asked
from moments.models.card_pages import card_of
from moments.models.mixins.pictured import vary_scenes
from moments.models.post_queryset import TEXTS, TOP
from moments.models.song import MOST_USES, USE_FACTS
from moments.search import results
from moments.viewer.arc import film_arc
from moments.viewer.draft_saving import begun, is_draft, save_draft, schedule, sent
from moments.viewer.episodes import title_of
from moments.viewer.lookup import find_by_number, find_film, find_post
from moments.viewer.short_story import BEST_SHOWN
from moments.viewer.songs import offered, same_songs, uses_of
from moments.viewer.veiled import is_shown, veiled_page
from moments.views.comments import thread_page
from moments.views.filters import reasons_of
from moments.views.reactions import reaction_context
from moments.views.verdicts import trivia_context
from reelive import markdown
from reelive.fields import give_keeper, keep_pictures, picture_fields
from reelive.formpages import done, form_page, made, similar_to
from reelive.held_uploads import Keeper
from reelive.shortcuts import member_required
from reelive.text import clean, clean_line
from reelive.toasts import toast

# Buttons of the form that ask for it again.
NOT_SENT = {"preview", FIND}
# What a link to the form may fill in.
ASKED = ("heard_in", "about", "title", "body")


def moment(request, film, slug):
    return post_page(request, find_post(request, Kind.MOMENT, film, slug))


def song(request, film, slug):
    return post_page(request, find_post(request, Kind.SONG, film, slug))


def trivia(request, film, slug):
    return post_page(request, find_post(request, Kind.TRIVIA, film, slug))


def review(request, film, slug):
    return post_page(request, find_post(request, Kind.REVIEW, film, slug))


@vary_on_headers("HX-Request")
def post(request, post_id):
    """A post by its id. Links to veiled and removed posts use this address, which has no title in it."""
    post = find_by_number(request, post_id)
    if request.htmx and request.GET.get("show") and is_shown(request, post):
        return render(request, "posts/_card.html", {"post": card_of(post, request.viewer), "lazy": 1})
    if post.is_removed:
        return post_page(request, post)
    # Whoever passes on what stands in the address bar passes on no lifted veil.
    if is_shown(request, post):
        return HttpResponseRedirect(post.get_absolute_url())
    return veiled_page(request, post)


def post_page(request, post):
    """Answer with the page of a post of any kind, or with its veil."""
    if not is_shown(request, post):
        return veiled_page(request, post)
    context = CONTEXTS[post.kind](request, post)
    return _post_page(request, POST_KINDS[post.kind].template, post, context)


def _context_of_moment(request, post):
    arc = film_arc(post.film, request.viewer, here=post)
    songs = []
    if post.has_songs:
        songs = Asked(_songs_heard, request.viewer, opened=post.film, moment=post.pk).objects
    return {
        "arc": arc.drawing,
        "place": arc.place,
        "previous": arc.previous,
        "next": arc.next,
        "best": arc.best,
        "songs": songs,
        "heard": [_use_of(song) for song in songs],
        "episode_title": title_of(post, request.viewer),
        **reaction_context(request, post),
    }


def _context_of_song(request, post):
    viewer = request.viewer
    recording, others = same_songs(viewer, post)
    return {
        "uses": uses_of(viewer, [post.pk], opened=post.film)[post.pk],
        "recording": recording,
        "others": others,
        "offered": [] if others or recording else offered(viewer, post),
    }


def _songs_heard(viewer, opened, moment):
    """What is heard in a moment, each with how it is heard."""
    songs = Song.objects.listed().without_filtered(viewer, opened).filter(uses__moment=moment)
    songs = songs.annotate(**{name: F(f"uses__{name}") for name in USE_FACTS}).order_by("uses__pk")
    return songs.select_related("film").veiled_for(viewer)[:MOST_USES]


def _use_of(song):
    """How a song is heard that `_songs_heard` found, with no time of now in it: its HTML is kept by it."""
    return SongUse(song=song, created=None, **{name: getattr(song, name) for name in USE_FACTS})


# What the page of each kind shows beside what all of them do.
CONTEXTS = {
    Kind.MOMENT: _context_of_moment,
    Kind.SONG: _context_of_song,
    Kind.TRIVIA: trivia_context,
    Kind.REVIEW: lambda _request, _post: {},
}


def _more_of_film(request, post, best):
    """The moments of the film that are upvoted most, but for this one and what is veiled.

    Args:
        best: these where the page's arc has found them, or None.
    """
    if best is None:
        best = Asked(_best, request.viewer, opened=post.film, but_for=post.pk).objects
        for moment in best:
            moment.film = post.film
    return vary_scenes(best)


def _best(viewer, opened, but_for):
    moments = Moment.objects.listed().filter(film=opened.pk).exclude(pk=but_for)
    moments = moments.without_filtered(viewer, opened).among_first(TOP).veiled_for(viewer)
    return moments.filter(is_veiled=False).order_by(*TOP).defer(*TEXTS)[:BEST_SHOWN]


def _post_page(request, template, post, context):
    """Render what the pages of all kinds show, with the thread."""
    context |= {
        "post": post,
        "film": post.film,
        "readable": post.can_be_read_by(request.viewer),
        "editable": post.can_be_edited_by(request.viewer),
        "more_of_film": _more_of_film(request, post, context.pop("best", None)),
        "filtered": reasons_of(request, post),
        "can_undelete": post.can_be_undeleted_by(request.viewer),
    }
    return thread_page(request, template, post, context)


@member_required(draft_for=POST_FORMS.values())
def post_add(request, film, kind):
    film = find_film(request, film)
    post = POST_KINDS[kind].model(film=film, kind=kind)
    form = _form(request, post, form=kind, film=film)
    if is_draft(request) and (saved := save_draft(request, form, form=kind, film=film)):
        return saved
    if NOT_SENT & request.POST.keys():
        return _form_again(request, form, film, kind)
    similar = similar_to(request, form, lambda: results.similar_posts(film, kind, post.title, request.viewer))
    if not similar and _is_for_later(form):
        if schedule(request, form, form=kind, film=film):
            return _scheduled(request, form)
        return form_page(request, "posts/form.html", form, film=film, kind=kind)
    new = None if similar else made(request, form, "post", lambda: form.save_for(request.user))
    if new:
        sent(request, form)
        messages.success(request, render_to_string("posts/_shared.html", {"post": new}))
        return HttpResponseRedirect(new.get_absolute_url())
    return form_page(request, "posts/form.html", form, film=film, kind=kind, similar=similar)


@member_required(draft_for=POST_FORMS.values())
def post_edit(request, post_id):
    post = get_object_or_404(Post.objects.editable_by(request.viewer), pk=post_id)
    post = POST_KINDS[post.kind].model.objects.select_related("film").get(pk=post.pk)
    form = _form(request, post, form="post-edit", post=post.pk)
    if is_draft(request) and (saved := save_draft(request, form, form="post-edit", post=post)):
        return saved
    if NOT_SENT & request.POST.keys():
        return _form_again(request, form, post.film, post.kind, post=post)
    if done(request, form, "edit", lambda: form.save_for(request.user)):
        sent(request, form)
        return HttpResponseRedirect(post.get_absolute_url())
    return form_page(request, "posts/form.html", form, film=post.film, kind=post.kind, post=post)


def _is_for_later(form):
    return form.is_bound and form.is_valid() and form.cleaned_data.get("publish_at")


def _scheduled(request, form):
    time = date_format(localtime(form.cleaned_data["publish_at"]), "DATETIME_FORMAT")
    toast(request, _("It will be published at this time: %(time)s.") % {"time": time})
    return HttpResponseRedirect(reverse("drafts"))


def _form(request, post, /, **place):
    form_class = POST_FORMS[post.kind]
    typed = (request.POST or None, request.FILES or None)
    form = form_class(*typed, viewer=request.viewer, instance=post, initial=_begun(request, place))
    give_keeper(form, Keeper(request))
    return form


def _begun(request, place):
    """What the form begins with: a draft, or what a link asked for."""
    return begun(request, **place) or {name: request.GET[name] for name in ASKED if name in request.GET}


def _form_again(request, form, film, kind, **context):
    """The form with what it was asked for: the text as it will read, or moments that were found.

    Nothing is checked or saved yet.
    """
    for name in form.errors.keys() - picture_fields(form).keys():
        del form.errors[name]
    keep_pictures(form)
    context |= {"film": film, "kind": kind}
    if "preview" in request.POST:
        context["preview_html"] = markdown.render(clean(request.POST.get("body", "")))
    return render(request, "posts/form.html", {"form": form, **context})


def moment_choices(request, film):
    """Moments of the film for the combobox of a form, by the words or the time that were typed."""
    film = find_film(request, film)
    field = MOMENT_FIELDS.get(request.GET.get("field", MomentField.kind))
    if field is None:
        raise Http404
    field = field()
    field.offer(film, request.viewer)
    picked = Picked((), clean_line(request.GET.get("q", ""))[:150], "later" in request.GET)
    _chosen, found = field.choices_for(picked)
    return render(request, "widgets/_choices.html", {"choices": found})


@member_required
def post_delete(request, post_id):
    post = get_object_or_404(Post.objects.editable_by(request.viewer).select_related("film"), pk=post_id)
    if request.method == "POST":
        if post.delete_by_author():
            toast(request, _("Your post is deleted."), undo=reverse("post-undelete", args=[post.pk]))
        return HttpResponseRedirect(post.film.get_absolute_url())
    return render(request, "posts/delete.html", {"post": post, "film": post.film})


def post_undelete(request, post_id):
    """The author undoes the deletion of a post, within a day."""
    deleted = Post.objects.visible_to(request.viewer).with_undo(request.viewer).filter(can_undelete=True)
    post = get_object_or_404(deleted.select_related("film"), pk=post_id)
    if not post.undelete(request.user):
        raise Http404
    toast(request, _("Your post is back."))
    return HttpResponseRedirect(reverse("post", args=[post.pk]))


@member_required
def preview(request):
    """The HTML of a Markdown text, for the live preview."""
    return render(
        request,
        "posts/_preview.html",
        {"preview_html": markdown.render(clean(request.POST.get("body", "")))},
    )


def post_similar(request, film, kind):
    """Posts of the film that may already say what the viewer is about to share."""
    film = find_film(request, film)
    if kind not in Kind.values:
        raise Http404
    title = clean_line(request.GET.get("title", ""))[:150]
    return render(
        request,
        "posts/_similar.html",
        {"similar": results.similar_posts(film, kind, title, request.viewer) if title else []},
    )
