"""The sitemap: all that everybody may read, in parts by ranges of ids, so that each part costs the same."""

from django.db.models import Exists, Max, OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.views.decorators.cache import cache_control

from moments.feelings import FEELINGS
from moments.models import Episode, Film, Kind, MemberList, Person, Post, Recording, Season, State, Tag
from moments.spoilers.sql import flagged
from moments.syndication.addresses import absolute
from reelive.routes import declarations

PART = 2_000


def films():
    newest = (
        Post.objects.listed().filter(film=OuterRef("pk")).order_by("-created", "-id").values("created")[:1]
    )
    rows = Film.objects.listed().only("slug", "created")
    return rows.annotate(changed=Subquery(newest))


def posts():
    return (
        Post.objects.listed().select_related("film").only("kind", "slug", "created", "edited", "film__slug")
    )


def artists():
    """The first song of each artist that gives nothing away: their page has one for everybody then."""
    songs = Post.objects.listed().filter(kind=Kind.SONG).exclude(flagged())
    earlier = songs.filter(artist_slug=OuterRef("artist_slug"), pk__lt=OuterRef("pk"))
    return songs.exclude(artist_slug="").filter(~Exists(earlier)).only("artist_slug")


def tags():
    return Tag.objects.listed().filter(post_count__gt=0).only("slug")


def people():
    return Person.objects.credited().only("slug", "created", "edited")


def recordings():
    """Those with a song that gives nothing away: there is a page for everybody then."""
    songs = Post.objects.listed().filter(recording=OuterRef("pk")).exclude(flagged())
    return Recording.objects.listed().filter(Exists(songs)).only("slug", "created", "edited")


def lists():
    rows = MemberList.objects.published().select_related("author")
    return rows.only("slug", "created", "edited", "author__username")


def seasons():
    return _parts_of_series(Season)


def episodes():
    return _parts_of_series(Episode)


def _parts_of_series(model):
    rows = model.objects.filter(film__state=State.VISIBLE).select_related("film")
    return rows.defer("summary", "film__summary")


SECTIONS = {
    "seasons": seasons,
    "episodes": episodes,
    "films": films,
    "posts": posts,
    "tags": tags,
    "artists": artists,
    "lists": lists,
    "people": people,
    "recordings": recordings,
}


@cache_control(public=True, max_age=3600)
def index(request):
    """The parts. One that has become empty stays in the list, so that a part's address never changes."""
    parts = [("pages", 1)]
    for name, rows in SECTIONS.items():
        last = rows().model.objects.aggregate(last=Max("pk"))["last"]
        parts += [(name, part) for part in range(1, (last or 0) // PART + 2) if last]
    places = ((absolute(address_of(*part)),) for part in parts)
    located = format_html_join("\n", "<sitemap><loc>{}</loc></sitemap>", places)
    return _xml("sitemaps/index.xml", {"located": located})


def address_of(section, part):
    """By hand, since a large site has thousands; a test compares it with `reverse`."""
    return f"/sitemap-{section}-{part}.xml"


@cache_control(public=True, max_age=3600)
def section(request, section, part):
    if (section, part) == ("pages", 1):
        return _xml("sitemap.xml", {"urlset": _pages()})
    if section not in SECTIONS or not 1 <= part <= 2**63 // PART - 1:
        raise Http404
    rows = SECTIONS[section]().filter(pk__gte=(part - 1) * PART, pk__lt=part * PART).order_by("pk")
    places = map(_place_of_artist if section == "artists" else _place, rows)
    return _xml("sitemap.xml", {"urlset": list(places)})


def _pages():
    pages = [address for address, declared in declarations() if declared.indexed and "*" not in address]
    paths = [*pages, *(reverse("feeling", args=[feeling]) for feeling in FEELINGS)]
    return [{"location": absolute(path)} for path in paths]


def _place(row):
    dates = (getattr(row, name, None) for name in ("changed", "edited", "created"))
    return {"location": absolute(row.get_absolute_url()), "lastmod": next(filter(None, dates), None)}


def _place_of_artist(song):
    return {"location": absolute(song.artist_url)}


def _xml(template, context):
    # Without the request: no page for machines depends on who asks.
    return HttpResponse(render_to_string(template, context), content_type="application/xml")
