"""Cards that other sites show in pages of theirs, and oEmbed, by which they ask for them.

They are the same for everybody: who asks is somebody of whom nothing is known, whatever their browser sends
(`reelive.middleware.WithoutCookies`). No script, no form, and one link that leads to this site.
"""

from urllib.parse import urlsplit

from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt

from moments.models import Film, Post
from moments.syndication.addresses import absolute
from moments.syndication.link_pictures import picture_of_film, picture_of_post, picture_of_site
from moments.syndication.structured_data import sent_title, shown_title
from moments.viewer.viewer import stranger
from reelive.headers import for_other_sites

EMBED_WIDTH, POST_HEIGHT, FILM_HEIGHT = 600, 420, 360  # CSS pixels
FRESH_SECONDS = 300
LONGEST_ADDRESS = 2_000  # letters
CACHE_AGE = 86_400  # seconds for which others may keep what oEmbed says
EMBED_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    "img-src": ["'self'", "data:", *settings.UPLOAD_ORIGINS],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["*"],
}
EMBEDDED_KINDS = {"moment": "moment", "song": "song", "trivia-post": "trivia", "review": "review"}


def embeddable(view):
    """A page that anybody may show in a frame, kept by everybody for a few minutes."""
    view = csp(EMBED_POLICY)(xframe_options_exempt(for_other_sites(view)))
    return cache_control(public=True, max_age=FRESH_SECONDS)(view)


@embeddable
def embed_post(request, post_id):
    """A post as a card; what is flagged as a spoiler is veiled."""
    post = get_object_or_404(_posts(), pk=post_id)
    return _card("embed/post.html", {"post": post, "film": post.film, "address": absolute(post.link)})


@embeddable
def embed_film(request, film):
    film = get_object_or_404(Film.objects.listed(), slug=film)
    return _card("embed/film.html", {"film": film, "address": absolute(film.get_absolute_url())})


def _card(template, context):
    # Without the request: no card depends on who asks.
    return HttpResponse(render_to_string(template, context))


def _posts():
    return Post.objects.listed().select_related("film", "author").veiled_for(stranger())


@cache_control(public=True, max_age=FRESH_SECONDS)
def oembed(request):
    """What another site needs to show a page of this one (oembed.com), in JSON; 501 for another format."""
    if request.GET.get("format") not in (None, "", "json"):
        return HttpResponse(_("This site answers in JSON alone."), status=501, content_type="text/plain")
    found = found_at(request.GET.get("url", ""))
    facts = _facts_of_post(found) if isinstance(found, Post) else _facts_of_film(found)
    size = _size(request, facts.pop("height"))
    answer = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Reelive",
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": CACHE_AGE,
        **facts,
        **size,
        "html": frame_of(found, **size),
    }
    response = JsonResponse(answer)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def found_at(address):
    """The post or film with this address on this site, former ones included. Raises Http404."""
    try:
        parts = urlsplit(address[:LONGEST_ADDRESS])
        if f"{parts.scheme}://{parts.netloc}" != settings.SITE_URL:
            raise Http404
        match = resolve(parts.path)
    except (ValueError, Resolver404) as error:
        raise Http404 from error
    return _named(match.url_name, match.kwargs)


def _named(name, where):
    if name == "post":
        return get_object_or_404(_posts(), pk=where["post_id"])
    if name not in ("film", *EMBEDDED_KINDS):
        raise Http404
    film = _film(where["film"])
    if name == "film":
        return film
    kind = EMBEDDED_KINDS[name]
    posts = _posts().filter(film=film, kind=kind)
    once = {"former_slugs__film": film, "former_slugs__kind": kind, "former_slugs__slug": where["slug"]}
    return posts.filter(slug=where["slug"]).first() or get_object_or_404(posts, **once)


def _film(slug):
    films = Film.objects.listed()
    return films.filter(slug=slug).first() or get_object_or_404(films, former_slugs__slug=slug)


def _facts_of_post(post):
    author = post.author if post.author and post.author.is_active else None
    by = (
        {"author_name": f"@{author.username}", "author_url": absolute(author.get_absolute_url())}
        if author
        else {}
    )
    title = sent_title(post)
    return {"title": title, "height": POST_HEIGHT, **by, **_thumbnail(picture_of_post(post, title))}


def _facts_of_film(film):
    return {"title": str(film), "height": FILM_HEIGHT, **_thumbnail(picture_of_film(film))}


def _thumbnail(picture):
    """A picture is named with both of its measures or not at all."""
    picture = picture if picture and picture.width else picture_of_site()
    return {
        "thumbnail_url": picture.url,
        "thumbnail_width": picture.width,
        "thumbnail_height": picture.height,
    }


def _size(request, height):
    """Width and height in CSS pixels, no more than the other site has room for."""
    room = {name: _number(request.GET.get(name, "")) for name in ("maxwidth", "maxheight")}
    return {"width": min(EMBED_WIDTH, room["maxwidth"]), "height": min(height, room["maxheight"])}


def _number(text):
    is_number = text.isascii() and text.isdecimal() and 0 < len(text) < 6
    return int(text) or EMBED_WIDTH if is_number else EMBED_WIDTH


def frame_of(target, width=EMBED_WIDTH, height=None):
    """The code by which another site shows the card of a post or film."""
    is_post = isinstance(target, Post)
    path = reverse("embed-post", args=[target.pk]) if is_post else reverse("embed-film", args=[target.slug])
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" frameborder="0" loading="lazy"'
        ' sandbox="allow-popups allow-top-navigation-by-user-activation"></iframe>',
        absolute(path),
        _("%(title)s on Reelive") % {"title": shown_title(target) if is_post else target},
        width,
        height or (POST_HEIGHT if is_post else FILM_HEIGHT),
    )
