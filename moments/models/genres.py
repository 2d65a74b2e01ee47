"""The genres of films: a fixed list, and what other catalogues call them."""

from functools import lru_cache

from django.utils.translation import pgettext_lazy

GENRES = {
    "action": pgettext_lazy("genre", "Action"),
    "adventure": pgettext_lazy("genre", "Adventure"),
    "animation": pgettext_lazy("genre", "Animation"),
    "anthology": pgettext_lazy("genre", "Anthology"),
    "biography": pgettext_lazy("genre", "Biography"),
    "comedy": pgettext_lazy("genre", "Comedy"),
    "coming-of-age": pgettext_lazy("genre", "Coming of age"),
    "crime": pgettext_lazy("genre", "Crime"),
    "dance": pgettext_lazy("genre", "Dance"),
    "disaster": pgettext_lazy("genre", "Disaster"),
    "documentary": pgettext_lazy("genre", "Documentary"),
    "drama": pgettext_lazy("genre", "Drama"),
    "experimental": pgettext_lazy("genre", "Experimental"),
    "family": pgettext_lazy("genre", "Family"),
    "fantasy": pgettext_lazy("genre", "Fantasy"),
    "history": pgettext_lazy("genre", "History"),
    "horror": pgettext_lazy("genre", "Horror"),
    "martial-arts": pgettext_lazy("genre", "Martial arts"),
    "musical": pgettext_lazy("genre", "Musical"),
    "mystery": pgettext_lazy("genre", "Mystery"),
    "noir": pgettext_lazy("genre", "Noir"),
    "road-movie": pgettext_lazy("genre", "Road movie"),
    "romance": pgettext_lazy("genre", "Romance"),
    "satire": pgettext_lazy("genre", "Satire"),
    "science-fiction": pgettext_lazy("genre", "Science fiction"),
    "silent": pgettext_lazy("genre", "Silent film"),
    "sport": pgettext_lazy("genre", "Sport"),
    "superhero": pgettext_lazy("genre", "Superhero"),
    "thriller": pgettext_lazy("genre", "Thriller"),
    "war": pgettext_lazy("genre", "War"),
    "western": pgettext_lazy("genre", "Western"),
}
# What catalogues say, in lower case and without "film" or "series" at the end, where it is not our own name.
ALIASES = {
    "action & adventure": ("action", "adventure"),
    "action comedy": ("action", "comedy"),
    "animated": ("animation",),
    "anime": ("animation",),
    "biographical": ("biography",),
    "black comedy": ("comedy",),
    "children's": ("family",),
    "comedy drama": ("comedy", "drama"),
    "comedy-drama": ("comedy", "drama"),
    "comedy horror": ("comedy", "horror"),
    "costume drama": ("drama", "history"),
    "crime comedy": ("crime", "comedy"),
    "crime thriller": ("crime", "thriller"),
    "detective": ("crime", "mystery"),
    "docu": ("documentary",),
    "dramatic": ("drama",),
    "film-noir": ("noir",),
    "film noir": ("noir",),
    "gangster": ("crime",),
    "historical": ("history",),
    "historical drama": ("drama", "history"),
    "kids": ("family",),
    "music": ("musical",),
    "musical comedy": ("musical", "comedy"),
    "neo-noir": ("noir",),
    "period drama": ("drama", "history"),
    "psychological horror": ("horror",),
    "psychological thriller": ("thriller",),
    "romantic": ("romance",),
    "romantic comedy": ("romance", "comedy"),
    "romantic drama": ("romance", "drama"),
    "sci-fi": ("science-fiction",),
    "sci-fi & fantasy": ("science-fiction", "fantasy"),
    "science fiction": ("science-fiction",),
    "sports": ("sport",),
    "teen": ("coming-of-age",),
    "tragedy": ("drama",),
    "tragicomedy": ("comedy", "drama"),
    "war & politics": ("war",),
}
# Wikidata's own numbers of the most used of them.
WIKIDATA = {
    "Q188473": ("action",), "Q319221": ("adventure",), "Q202866": ("animation",), "Q157443": ("comedy",),
    "Q130232": ("drama",), "Q859369": ("comedy", "drama"), "Q959790": ("crime",), "Q157394": ("fantasy",),
    "Q200092": ("horror",), "Q842256": ("musical",), "Q1054574": ("romance",),
    "Q860626": ("romance", "comedy"),
    "Q471839": ("science-fiction",), "Q2484376": ("thriller",), "Q369747": ("war",), "Q172980": ("western",),
    "Q93204": ("documentary",),
}  # fmt: skip
# The numbers of TMDB, those of films and of series.
TMDB = {
    28: ("action",), 12: ("adventure",), 16: ("animation",), 35: ("comedy",), 80: ("crime",),
    99: ("documentary",), 18: ("drama",), 10751: ("family",), 14: ("fantasy",), 36: ("history",),
    27: ("horror",), 10402: ("musical",), 9648: ("mystery",), 10749: ("romance",), 878: ("science-fiction",),
    53: ("thriller",), 10752: ("war",), 37: ("western",), 10759: ("action", "adventure"), 10762: ("family",),
    10765: ("science-fiction", "fantasy"), 10768: ("war",),
}  # fmt: skip
MOST_GENRES = 6


def genres_of(names):
    """Ours for what another catalogue calls them, in order and each once; what nobody knows is left out."""
    found = (slug for name in names for slug in genre_of(name))
    return list(dict.fromkeys(found))[:MOST_GENRES]


@lru_cache(1_000)
def genre_of(name):
    """Our genres for one name, or number, of another catalogue."""
    if name in WIKIDATA:
        return WIKIDATA[name]
    plain = " ".join(name.lower().split())
    if plain not in ALIASES:
        plain = plain.removesuffix(" film").removesuffix(" series").removesuffix(" television")
    slug = plain.replace(" ", "-")
    return ALIASES.get(plain) or ((slug,) if slug in GENRES else ())
