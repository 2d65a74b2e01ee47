"""Films, their facts and progress, and the walk through them."""

from django.utils.translation import gettext_lazy as _

from moments.syndication import listings, page_metadata
from moments.syndication.atom import feed
from moments.urls.places import FILM
from moments.views import embeds, films, progress, relive_mode, revisions, send_on, visitor_reactions
from reelive.routes import form, list_page, page, verb

film_urls = [
    *list_page(
        "films/",
        films.films,
        feed(listings.films),
        name="films",
        title=_("Films and series"),
        section="films",
    ),
    form("films/new/", films.film_add, name="film-add", section="films"),
    page("films/suggest/", films.film_suggest, name="film-suggest", crawled=False),
    *list_page(
        FILM, films.film, feed(listings.film), name="film", section="films", metadata=page_metadata.of_film
    ),
    *(
        route
        for tab in ("songs", "trivia")
        for route in list_page(
            FILM + f"{tab}/",
            films.film,
            feed(listings.film_part),
            {"tab": tab},
            name=f"film-{tab}",
            section="films",
            metadata=page_metadata.of_film_part,
        )
    ),
    form(FILM + "edit/", films.film_edit, name="film-edit"),
    page(FILM + "history/", revisions.film_history, name="film-history"),
    form(FILM + "progress/", progress.film_progress, name="film-progress"),
    verb(FILM + "progress/undo/", progress.progress_undo, name="progress-undo"),
    page(FILM + "send/", send_on.film_send, name="film-send", crawled=False),
    page("embed/films/<word:film>/", embeds.embed_film, name="embed-film"),
    page(FILM + "barcode.svg", films.film_barcode, name="film-barcode"),
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
