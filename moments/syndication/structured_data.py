"""What a page is about in the words of schema.org, for search engines; it never gives a story away."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from moments.syndication.addresses import absolute

SCHEMA = "https://schema.org"
OTHER_SITES = {
    "imdb": "https://www.imdb.com/title/{}/",
    "tmdb": "https://www.themoviedb.org/{}/",
    "wikidata": "https://www.wikidata.org/wiki/{}",
}


def gives_away(post: Any) -> bool:
    """Whether a page passed on to others must not say what it is about: its reader may see more than they."""
    return post.is_marked_spoiler or post.is_veiled


def shown_title(post: Any) -> str:
    return _("A spoiler for %(film)s") % {"film": post.film.title} if gives_away(post) else post.title


def sent_title(post: Any) -> str:
    """The title with its film, for whoever it is sent to."""
    return f"{shown_title(post)} – {post.film}"


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
        "image": film.still and absolute(film.still_url),
        "sameAs": [OTHER_SITES[site].format(value) for site, value in ids.items() if value],
    }
    return {"@context": SCHEMA, **_film(film), **_present(facts)}


def post_data(post: Any, meta: Any) -> dict[str, Any]:
    author = post.author
    counts = {"LikeAction": post.votes, "CommentAction": post.comment_count}
    facts = {
        "headline": shown_title(post),
        "text": "" if gives_away(post) else post.excerpt,
        "image": meta.picture and meta.picture.url,
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
        else _person(_("A former member")),
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


def list_data(member_list: Any, entries: list[Any], meta: Any) -> dict[str, Any]:
    author, order = member_list.author, "OrderAscending" if member_list.is_ranked else "Unordered"
    return {
        "@context": SCHEMA,
        "@type": "ItemList",
        "@id": meta.canonical,
        "url": meta.canonical,
        "name": member_list.title,
        "author": _person(author.username, author.get_absolute_url()),
        "numberOfItems": member_list.entry_count,
        "itemListOrder": f"{SCHEMA}/ItemList{order}",
        "itemListElement": [_list_item(entry) for entry in entries if entry.is_in_sight],
        **_present({"description": member_list.excerpt}),
    }


def _list_item(entry: Any) -> dict[str, Any]:
    name = shown_title(entry.post) if entry.post_id else str(entry.film)
    return {"@type": "ListItem", "position": entry.position, "name": name, "url": absolute(entry.link)}


def _film(film: Any) -> dict[str, Any]:
    url = absolute(film.get_absolute_url())
    kind = "TVSeries" if film.is_series else "Movie"
    return {"@type": kind, "@id": url, "url": url, "name": film.title}


def _person(name: str, path: str = "") -> dict[str, Any]:
    if not name:
        return {}
    return {"@type": "Person", "name": name, **({"url": absolute(path)} if path else {})}


def path_to(post: Any) -> dict[str, Any]:
    film = post.film
    return crumbs((film.title, film.get_absolute_url()), (shown_title(post), post.get_absolute_url()))


def crumbs(*steps: tuple[str, str]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
        for place, (name, path) in enumerate([("Reelive", reverse("home")), *steps], 1)
    ]
    return {"@context": SCHEMA, "@type": "BreadcrumbList", "itemListElement": items}


def _present(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact}
