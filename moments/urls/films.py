"""Films, their facts and progress, and the walk through them."""

from django.utils.translation import gettext_lazy as _

from moments.syndication import episode_listings, film_listings, film_metadata, listings
from moments.syndication.atom import feed
from moments.urls.places import EPISODE, FILM, PERSON, SEASON
from moments.views import (
    catalogue,
    embeds,
    episodes,
    films,
    follows,
    people,
    progress,
    relive_mode,
    reports,
    revisions,
    send_on,
    visitor_reactions,
)
from reelive.routes import form, list_page, page, verb

episode_urls = [
    form(FILM + "seasons/new/", episodes.season_add, name="season-add"),
    page(
        SEASON,
        episodes.season,
        name="season",
        section="films",
        indexed=True,
        feed="season-moments-feed",
        json_feed="season-moments-json",
        metadata=film_metadata.of_series_part,
    ),
    *list_page(
        SEASON + "moments/",
        episodes.season_moments,
        feed(episode_listings.season),
        name="season-moments",
        section="films",
        metadata=film_metadata.of_series_part,
    ),
    *list_page(
        EPISODE,
        episodes.episode,
        feed(episode_listings.episode),
        name="episode",
        section="films",
        metadata=film_metadata.of_series_part,
    ),
    form(SEASON + "edit/", episodes.season_edit, name="season-edit"),
    page(SEASON + "history/", revisions.season_history, name="season-history", crawled=False),
    form(SEASON + "episodes/new/", episodes.episode_add, name="episode-add"),
    form(SEASON + "episodes/several/", episodes.episodes_add, name="episodes-add"),
    form(EPISODE + "edit/", episodes.episode_edit, name="episode-edit"),
    page(EPISODE + "history/", revisions.episode_history, name="episode-history", crawled=False),
    verb(EPISODE + "seen/", progress.episode_seen, name="episode-seen"),
]

film_urls = [
    *list_page(
        "films/",
        films.films,
        feed(film_listings.films),
        name="films",
        title=_("Films and series"),
        section="films",
    ),
    form("films/new/", films.film_add, name="film-add", section="films"),
    page("catalogue/<int:title_id>/", catalogue.catalogue_title, name="catalogue-title", crawled=False),
    verb("catalogue/choose/", catalogue.choose, name="catalogue-choose"),
    verb("catalogue/look-up/", catalogue.look_up_title, name="catalogue-look-up"),
    page("films/suggest/", films.film_suggest, name="film-suggest", crawled=False),
    *list_page(
        FILM, films.film, feed(listings.film), name="film", section="films", metadata=film_metadata.of_film
    ),
    *(
        route
        for tab in ("songs", "trivia", "reviews")
        for route in list_page(
            FILM + f"{tab}/",
            films.film,
            feed(listings.film_part),
            {"tab": tab},
            name=f"film-{tab}",
            section="films",
            metadata=film_metadata.of_film_part,
        )
    ),
    *episode_urls,
    form(FILM + "edit/", films.film_edit, name="film-edit"),
    page(FILM + "history/", revisions.film_history, name="film-history"),
    form(FILM + "progress/", progress.film_progress, name="film-progress"),
    verb(FILM + "progress/undo/", progress.progress_undo, name="progress-undo"),
    page(FILM + "send/", send_on.film_send, name="film-send", crawled=False),
    page("embed/films/<word:film>/", embeds.embed_film, name="embed-film"),
    page(FILM + "barcode.svg", films.film_barcode, name="film-barcode"),
]

people_urls = [
    *list_page(
        "people/",
        people.people,
        feed(film_listings.people),
        name="people",
        title=_("People who made them"),
        section="films",
    ),
    page("people/suggest/", people.people_suggest, name="people-suggest", crawled=False),
    *list_page(
        PERSON,
        people.person,
        feed(film_listings.person),
        name="person",
        section="films",
        metadata=film_metadata.of_person,
    ),
    page(
        PERSON + "films/",
        people.person_films,
        name="person-films",
        section="films",
        indexed=True,
        metadata=film_metadata.of_person_films,
    ),
    form(PERSON + "edit/", people.person_edit, name="person-edit"),
    form(PERSON + "report/", reports.person_report, name="person-report"),
    verb(PERSON + "follow/", follows.person_follow, name="person-follow"),
    verb(PERSON + "unfollow/", follows.person_unfollow, name="person-unfollow"),
    page(PERSON + "history/", revisions.person_history, name="person-history"),
    page(
        FILM + "cast/",
        people.cast,
        name="film-cast",
        section="films",
        indexed=True,
        metadata=film_metadata.of_cast,
    ),
    form(FILM + "cast/edit/", people.cast_edit, name="film-cast-edit"),
]

relive_urls = [
    page(FILM + "relive/", relive_mode.cover, name="film-relive"),
    page(FILM + "relive/<int:moment_id>/", relive_mode.moment, name="relive-moment"),
    page(FILM + "relive/end/", relive_mode.end, name="relive-end"),
    page(FILM + "relive/card.png", relive_mode.card, name="relive-card"),
    verb(FILM + "relive/diary/", visitor_reactions.relive_diary, name="relive-diary"),
    verb("relive/<int:moment_id>/feel/", visitor_reactions.relive_feel, name="relive-feel"),
    verb("relive/<int:moment_id>/unfeel/", visitor_reactions.relive_unfeel, name="relive-unfeel"),
    verb("relive/<int:moment_id>/bookmark/", visitor_reactions.relive_bookmark, name="relive-bookmark"),
    form("relive/kept/", visitor_reactions.visitor_reactions, name="visitor-reactions"),
]
