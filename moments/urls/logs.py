"""Films as a whole: logged, rated, wanted, and what a member has seen."""

from django.utils.translation import gettext_lazy as _

from moments.syndication import page_metadata
from moments.urls.places import FILM, MEMBER
from moments.views import logs, member_films, ratings, send_on, watchlist
from reelive.routes import form, page, verb

log_urls = [
    page("log/", logs.log, name="log", title=_("Log a film"), crawled=False),
    form(FILM + "log/", logs.film_log, name="film-log"),
    verb("diary/<int:entry_id>/undo/", logs.log_undo, name="log-undo"),
    form(FILM + "rate/", ratings.film_rate, name="film-rate"),
    verb(FILM + "want/", watchlist.film_want, name="film-want"),
    verb(FILM + "unwant/", watchlist.film_unwant, name="film-unwant"),
    page(
        MEMBER + "watchlist/",
        watchlist.member_watchlist,
        name="member-watchlist",
        crawled=False,
        metadata=page_metadata.of_seen,
    ),
    page(
        MEMBER + "films/",
        member_films.member_films,
        name="member-films",
        crawled=False,
        metadata=page_metadata.of_seen,
    ),
    page(
        MEMBER + "numbers/",
        member_films.numbers_of_member,
        name="member-numbers",
        indexed=True,
        metadata=page_metadata.of_numbers,
    ),
    page(MEMBER + "numbers/send/", send_on.numbers_send, name="numbers-send", crawled=False),
]
