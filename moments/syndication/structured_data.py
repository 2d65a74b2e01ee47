"""What a page is about in the words of schema.org, for search engines; it never gives a story away."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from moments.models import Kind
from moments.models.mixins.whole import MOST_HALVES
from moments.syndication.addresses import absolute

SCHEMA = "https://schema.org"
OTHER_SITES = {
    "imdb": "https://www.imdb.com/title/{}/",
    "tmdb": "https://www.themoviedb.org/{}/",
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "tvdb": "https://thetvdb.com/dereferrer/{}",
    "letterboxd": "https://letterboxd.com/film/{}/",
}


def gives_away(post: Any) -> bool:
    """Whether a page passed on to others must not say what it is about: its viewer may see more than they."""
    return post.is_marked_spoiler or post.is_veiled


def shown_title(post: Any) -> str:
    return _("A spoiler for %(film)s") % {"film": post.film.title} if gives_away(post) else post.title


def sent_title(post: Any) -> str:
    """The title with its film, for whoever it is sent to."""
    return f"{shown_title(post)} – {post.film}"


def film_data(film: Any) -> dict[str, Any]:
    tmdb = f"{'tv' if film.is_series else 'movie'}/{film.tmdb}"
    tvdb = f"{'series' if film.is_series else 'movie'}/{film.tvdb}"
    ids = {name: getattr(film, name) for name in OTHER_SITES}
    ids |= {"tmdb": film.tmdb and tmdb, "tvdb": film.tvdb and tvdb}
    facts = {
        "alternateName": list(filter(None, [film.original_title, *(other.title for other in film.called)])),
        "datePublished": film.released or str(film.year),
        "director": _person(film.director),
        "musicBy": _person(film.music),
        "duration": f"PT{film.runtime}M" if film.runtime and not film.is_series else "",
        "inLanguage": film.language,
        "genre": [str(name) for name, _url in film.named_traits("genre")],
        "countryOfOrigin": [str(name) for name, _url in film.named_traits("country")],
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
        **_review(post),
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


def _review(post: Any) -> dict[str, Any]:
    """What says of a review that it is one: of which film, and how many stars it gives."""
    if post.kind != Kind.REVIEW:
        return {}
    said: dict[str, Any] = {"@type": "Review", "itemReviewed": _film(post.film)}
    if post.rating:
        stars = {"ratingValue": post.rating / 2, "bestRating": MOST_HALVES / 2, "worstRating": 0.5}
        said["reviewRating"] = {"@type": "Rating", **stars}
    return said


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


def person_data(person: Any) -> dict[str, Any]:
    same = [f"https://www.imdb.com/name/{person.imdb}/"] if person.imdb else []
    same += [OTHER_SITES["wikidata"].format(person.wikidata)] if person.wikidata else []
    others = [name.strip() for name in person.other_names.split(",") if name.strip()]
    facts = {"alternateName": others, "sameAs": same}
    return {"@context": SCHEMA, **_person(person.name, person.get_absolute_url()), **_present(facts)}


def recording_data(recording: Any) -> dict[str, Any]:
    artist = _person(recording.artist, recording.artist_url) if recording.artist else None
    facts = {
        "@type": "MusicRecording",
        "name": recording.title,
        "url": absolute(recording.get_absolute_url()),
        "byArtist": artist,
        "isrcCode": recording.isrc,
        "sameAs": [recording.musicbrainz_url] if recording.musicbrainz else [],
    }
    return {"@context": SCHEMA, **_present(facts)}


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
