"""What a page says of itself to search engines and to sites that link to it; it never gives a story away.

Addresses are made from SITE_URL and the names of addresses, never from what a request claims.
"""

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from reelive.templatetags.ui import counted

SCHEMA = "https://schema.org"
DESCRIPTION_LENGTH = 200
ABOUT = "Film and TV moments that people never got over, the songs heard in them and the trivia behind them."
# The lists that may be found, with the choices that make another list of them.
LISTS: dict[str, tuple[str, ...]] = {
    "home": ("kind",),
    "new": ("kind",),
    "top": ("by", "kind"),
    "films": ("decade", "medium"),
    **dict.fromkeys(("songs", "tags", "feelings"), ()),
    **dict.fromkeys(("film", "film-songs", "tag", "feeling"), ()),
    **dict.fromkeys(("trivia", "film-trivia"), ("status",)),
    "ledger": ("actor", "action", "reason", "film"),
    **dict.fromkeys(("member", "member-comments", "member-relived", "member-month", "member-year"), ()),
}
POSTS = ("moment", "song", "trivium")
FEEDS = {
    **{name: f"{name}-feed" for name in ("home", "new", "top", "songs", "trivia", "tag", "feeling", *POSTS)},
    "ledger": "ledger-feed",
    **{name: f"{name}-feed" for name in ("film", "film-songs", "film-trivia")},
    **dict.fromkeys(("member", "member-comments", "member-relived"), "member-feed"),
}
OTHER_SITES = {
    "imdb": "https://www.imdb.com/title/{}/",
    "tmdb": "https://www.themoviedb.org/{}/",
    "wikidata": "https://www.wikidata.org/wiki/{}",
}


@dataclass
class Meta:
    """The facts of one page's head. A page without a canonical address is not to be found."""

    title: str = "Reelive"
    description: str = ""
    canonical: str = ""
    kind: str = "website"
    image: str = ""
    image_alt: str = ""
    feed_url: str = ""
    is_found: bool = False
    data: list[dict[str, Any]] = field(default_factory=list)


def describe(context: Mapping[str, Any]) -> Meta:
    """The facts of the page that is rendered in this context."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None or match.url_name not in (*LISTS, *POSTS):
        return Meta()
    name, where = match.url_name, match.captured_kwargs
    chosen = {key: request.GET[key] for key in LISTS.get(name, ()) if request.GET.get(key)}
    query = f"?{urlencode(chosen)}" if chosen else ""
    meta = Meta(canonical=absolute(reverse(name, kwargs=where)) + query)
    if name in FEEDS:
        of_this_list = FEEDS[name] == f"{name}-feed"
        meta.feed_url = absolute(reverse(FEEDS[name], kwargs=where)) + (query if of_this_list else "")
    meta.is_found = "after" not in request.GET
    return _tell(name, context, meta)


def _tell(name: str, context: Mapping[str, Any], meta: Meta) -> Meta:
    """Fill in what the page is about. One that lacks its subject, such as a refusal, is not to be found."""
    subject, tell = SUBJECTS.get(name, ("", _tell_list))
    if subject and not context.get(subject):
        return Meta()
    tell(meta, context[subject] if subject else None, name)
    meta.description = textwrap.shorten(meta.description, DESCRIPTION_LENGTH, placeholder="…")
    return meta


def _tell_list(meta: Meta, _subject: None, name: str) -> None:
    meta.title = "Reelive" if name == "home" else f"{name.capitalize()} on Reelive"
    meta.description = ABOUT


def _tell_tag(meta: Meta, tag: Any, name: str) -> None:
    meta.title = f"#{tag.name} on Reelive"
    meta.description = f"Moments, songs and trivia tagged “{tag.name}”, from film to film."


def _tell_feeling(meta: Meta, feeling: Any, name: str) -> None:
    meta.title = f"{feeling.name} on Reelive"
    meta.description = f"The film moments that leave most {feeling.name.lower()}."


def _tell_member(meta: Meta, member: Any, name: str) -> None:
    meta.title = f"@{member.username} on Reelive"
    meta.description = f"What @{member.username} shared, said and relived."
    meta.kind = "profile"


def _tell_year(meta: Meta, shared: tuple[Any, int, Any], name: str) -> None:
    member, year, stretch = shared
    meta.title = f"{year}, relived by @{member.username}"
    counts = ((stretch, "reliving"), (stretch.moments, "moment"), (stretch.films, "film"))
    meta.description = f"{', '.join(counted(len(rows), noun) for rows, noun in counts)}, and how it all felt."
    meta.is_found = meta.is_found and bool(stretch)


def _tell_film(meta: Meta, film: Any, name: str) -> None:
    if name != "film":
        meta.title = f"{name.removeprefix('film-').capitalize()} of {film}"
        meta.description = f"{meta.title}, told by people who never got over it."
        return
    meta.title = str(film)
    meta.description = film.summary or f"Moments, songs and trivia of {film}."
    meta.kind = "video.tv_show" if film.is_series else "video.movie"
    meta.data = [film_data(film), _crumbs(("Films", reverse("films")), (film.title, film.get_absolute_url()))]


def _tell_post(meta: Meta, post: Any, name: str) -> None:
    meta.kind = "article"
    if not post.is_visible:
        meta.is_found, meta.feed_url = False, ""
        return
    if gives_away(post):
        meta.title, meta.description = shown_title(post), f"Something that gives {post.film.title} away."
    else:
        meta.title, meta.description = f"{post.title} · {post.film.title}", post.excerpt
    if post.still and not gives_away(post):
        meta.image, meta.image_alt = absolute(post.still_url), post.still_alt
    meta.data = [post_data(post, meta), _path_to(post)]


SUBJECTS: dict[str, tuple[str, Callable[[Meta, Any, str], None]]] = {
    **dict.fromkeys(POSTS, ("post", _tell_post)),
    **dict.fromkeys(("film", "film-songs", "film-trivia"), ("film", _tell_film)),
    **dict.fromkeys(
        ("member", "member-comments", "member-relived", "member-month"), ("member", _tell_member)
    ),
    "member-year": ("shared_year", _tell_year),
    "tag": ("tag", _tell_tag),
    "feeling": ("feeling", _tell_feeling),
}


def absolute(address: str) -> str:
    """The address on this site, unless it is one of another site already, such as that of an upload."""
    return f"{settings.SITE_URL}{address}" if address.startswith("/") else address


def gives_away(post: Any) -> bool:
    """Whether a page passed on to others must not say what it is about: its reader may see more than they."""
    return post.is_flagged or post.is_veiled


def shown_title(post: Any) -> str:
    return f"A spoiler for {post.film.title}" if gives_away(post) else post.title


# The same facts in the words of schema.org.


def film_data(film: Any) -> dict[str, Any]:
    tmdb = f"{'tv' if film.is_series else 'movie'}/{film.tmdb}"
    ids = {"imdb": film.imdb, "tmdb": film.tmdb and tmdb, "wikidata": film.wikidata}
    facts = {
        "alternateName": film.original_title,
        "datePublished": str(film.year),
        "director": _person(film.director),
        "musicBy": _person(film.music),
        "duration": f"PT{film.runtime}M" if film.runtime and not film.is_series else "",
        "inLanguage": film.language,
        "description": film.summary,
        "sameAs": [OTHER_SITES[site].format(value) for site, value in ids.items() if value],
    }
    return {"@context": SCHEMA, **_film(film), **_present(facts)}


def post_data(post: Any, meta: Meta) -> dict[str, Any]:
    author = post.author
    counts = {"LikeAction": post.votes, "CommentAction": post.comment_count}
    facts = {
        "headline": shown_title(post),
        "text": "" if gives_away(post) else post.excerpt,
        "image": meta.image,
        "keywords": [] if gives_away(post) else [tag.name for tag in post.tag_list],
        "dateModified": post.edited and post.edited.isoformat(),
    }
    return {
        "@context": SCHEMA,
        "@type": "DiscussionForumPosting",
        "@id": meta.canonical,
        "url": meta.canonical,
        "author": _person(author.username, author.get_absolute_url())
        if author
        else _person("A former member"),
        "datePublished": post.created.isoformat(),
        "about": _film(post.film),
        "commentCount": post.comment_count,
        "interactionStatistic": [
            {
                "@type": "InteractionCounter",
                "interactionType": f"{SCHEMA}/{action}",
                "userInteractionCount": count,
            }
            for action, count in counts.items()
        ],
        **_present(facts),
    }


def _film(film: Any) -> dict[str, Any]:
    url = absolute(film.get_absolute_url())
    kind = "TVSeries" if film.is_series else "Movie"
    return {"@type": kind, "@id": url, "url": url, "name": film.title}


def _person(name: str, path: str = "") -> dict[str, Any]:
    if not name:
        return {}
    return {"@type": "Person", "name": name, **({"url": absolute(path)} if path else {})}


def _path_to(post: Any) -> dict[str, Any]:
    film = post.film
    return _crumbs((film.title, film.get_absolute_url()), (shown_title(post), post.get_absolute_url()))


def _crumbs(*steps: tuple[str, str]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
        for place, (name, path) in enumerate([("Reelive", reverse("home")), *steps], 1)
    ]
    return {"@context": SCHEMA, "@type": "BreadcrumbList", "itemListElement": items}


def _present(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact}
