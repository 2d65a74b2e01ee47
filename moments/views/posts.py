"""The pages of posts: a moment, a song, a piece of trivia, each with its thread; sharing and editing."""

from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.vary import vary_on_headers

from moments import search
from moments.feelings import FEELINGS
from moments.forms import CommentForm, MomentForm, ReliveForm, SongForm, TriviaForm
from moments.models import Kind, Moment, Post, Song, Trivia
from moments.views.arcs import felt_by_visitor, film_arc
from moments.views.comments import thread_context
from moments.views.formpages import accepted, allowed, first_try, form_page, save_once
from moments.views.horizons import unveiled, veiled_page
from moments.views.lookup import find_by_number, find_film, find_post
from moments.views.verdicts import verdict_context
from moments.visits import COOKIE, with_visit
from reelive import markdown
from reelive.cookies import keep_cookie
from reelive.shortcuts import member_required, take_draft
from reelive.text import clean, clean_line

FORMS = {
    Kind.MOMENT: (Moment, MomentForm),
    Kind.SONG: (Song, SongForm),
    Kind.TRIVIA: (Trivia, TriviaForm),
}


def moment(request, film, slug):
    return post_page(request, find_post(request, Kind.MOMENT, film, slug))


def song(request, film, slug):
    return post_page(request, find_post(request, Kind.SONG, film, slug))


def trivium(request, film, slug):
    return post_page(request, find_post(request, Kind.TRIVIA, film, slug))


@vary_on_headers("HX-Request")
def post(request, post_id):
    """A post by its number: where one is linked whose other address tells what is veiled or was removed."""
    post = find_by_number(request, post_id)
    if request.htmx and request.GET.get("show") and unveiled(request, post):
        return render(request, "posts/_card.html", {"post": post, "lazy": 1})
    if post.is_removed:
        return post_page(request, post)
    # Whoever passes on what stands in the address bar passes on no lifted veil.
    if unveiled(request, post):
        return HttpResponseRedirect(post.get_absolute_url())
    return veiled_page(request, post)


def post_page(request, post):
    """The page of a post of any kind, or its veil when it lies beyond the reader's horizon."""
    if not unveiled(request, post):
        return veiled_page(request, post)
    template, tell = PAGES[post.kind]
    return _post_page(request, template, post, tell(request, post))


def _tell_moment(request, post):
    arc = film_arc(post.film, request.user, here=post, felt=felt_by_visitor(request))
    songs = Song.objects.listed().select_related("film").veiled_for(request.user)
    heard = post.songs_heard.filter(song__state="visible").prefetch_related(Prefetch("song", songs))
    return {
        "arc": arc.drawing,
        "place": arc.place,
        "previous": arc.previous,
        "next": arc.next,
        "heard": heard,
        **relive_context(request, post),
    }


def _tell_song(request, post):
    moments = Moment.objects.listed().select_related("film").veiled_for(request.user)
    uses = post.uses.filter(moment__state="visible").prefetch_related(Prefetch("moment", moments))
    return {"uses": uses.order_by("moment__position", "moment_id")}


def _tell_trivium(request, post):
    return verdict_context(request, post)


PAGES = {
    Kind.MOMENT: ("posts/moment.html", _tell_moment),
    Kind.SONG: ("posts/song.html", _tell_song),
    Kind.TRIVIA: ("posts/trivium.html", _tell_trivium),
}


def _post_page(request, template, post, context):
    """What the pages of all three kinds show, and a note of the visit in the member's cookie."""
    context |= {
        "post": post,
        "film": post.film,
        "readable": post.can_be_read_by(request.user),
        "editable": post.can_be_edited_by(request.user),
        "comment_form": CommentForm(initial=take_draft(request)),
        **thread_context(request, post),
    }
    response = render(request, template, context)
    if request.user.is_authenticated:
        visits = with_visit(request.COOKIES.get(COOKIE, ""), post.pk, timezone.now())
        keep_cookie(response, COOKIE, visits)
    return response


def relive_context(request, moment):
    """The feelings to tap, the member's own among them, and the diary form."""
    told = [] if moment.is_veiled else moment.tallies.all()
    from_members = {tally.feeling: tally.count for tally in told}
    mine = moment.feelings_of(request.user)
    return {
        "post": moment,
        "chips": [
            {
                "feeling": feeling,
                "count": from_members.get(feeling.slug, 0),
                "mine": feeling.slug in mine,
            }
            for feeling in FEELINGS.values()
        ],
        "relive_form": ReliveForm(),
        "relivings": moment.relivings_of(request.user),
    }


@member_required
def post_add(request, film, kind):
    film = find_film(request, film)
    post = FORMS[kind][0](film=film)
    form = _form(request, post)
    if "preview" in request.POST:
        return _preview_page(request, form, film, kind)
    similar = search.similar_posts(film, kind, post.title, request.user) if first_try(request, form) else []
    made = not similar and accepted(request, form, "post") and save_once(form, request.user)
    if made:
        return HttpResponseRedirect(made.get_absolute_url())
    return form_page(request, "posts/form.html", form, film=film, kind=kind, similar=similar)


@member_required
def post_edit(request, post_id):
    post = get_object_or_404(Post.objects.editable_by(request.user), pk=post_id)
    post = FORMS[post.kind][0].objects.select_related("film").get(pk=post.pk)
    form = _form(request, post)
    if "preview" in request.POST:
        return _preview_page(request, form, post.film, post.kind, post=post)
    if allowed(request, form, "post"):
        return HttpResponseRedirect(form.save_for(request.user).get_absolute_url())
    return form_page(request, "posts/form.html", form, film=post.film, kind=post.kind, post=post)


def _form(request, post):
    form_class = FORMS[post.kind][1]
    typed = (request.POST or None, request.FILES or None)
    return form_class(*typed, viewer=request.user, instance=post, initial=take_draft(request))


def _preview_page(request, form, film, kind, **context):
    """The same form with the text shown as it will read; nothing is checked or kept yet."""
    form.is_valid()
    context |= {
        "film": film,
        "kind": kind,
        "preview_html": markdown.render(clean(request.POST.get("body", ""))),
    }
    return render(request, "posts/form.html", {"form": form, **context})


@member_required
def post_delete(request, post_id):
    post = get_object_or_404(Post.objects.editable_by(request.user).select_related("film"), pk=post_id)
    if request.method == "POST":
        post.take_back()
        return HttpResponseRedirect(post.film.get_absolute_url())
    return render(request, "posts/delete.html", {"post": post, "film": post.film})


@member_required
def preview(request):
    """Markdown as it will read, for the live preview."""
    return render(
        request,
        "posts/_preview.html",
        {"preview_html": markdown.render(clean(request.POST.get("body", "")))},
    )


def post_similar(request, film, kind):
    """Posts of the film that may be what somebody is about to share."""
    film = find_film(request, film)
    if kind not in FORMS:
        raise Http404
    title = clean_line(request.GET.get("title", ""))[:150]
    return render(
        request,
        "posts/_similar.html",
        {"similar": search.similar_posts(film, kind, title, request.user) if title else []},
    )
