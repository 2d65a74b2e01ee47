"""What the table in docs/limits.md says is what the code does; and floods of what has no test of its own."""

import json
import logging
import re

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.urls import reverse

from accounts.links import LONGEST_LINK, MOST_LINKS
from moments.arc.arc import MOST_POINTS
from moments.archives.exports import archive
from moments.archives.imports import reading
from moments.archives.imports.finding import MOST_FILMS
from moments.archives.imports.making import MOST_MADE
from moments.catalogue.looking_up import TITLES_FOUND
from moments.feelings import FEELINGS
from moments.forms.episode import MOST_LINES
from moments.forms.person import MOST_NEW
from moments.graphics.share_card import HEIGHT, WIDTH
from moments.models import (
    Moment,
    PrivateFeed,
    catalogue_title,
    draft,
    export,
    favourite,
    film_arc,
    imported,
    last_read,
    link_picture,
    list_entry,
    list_writer,
    member_list,
    reminder,
    saved,
)
from moments.models import filter as filters
from moments.models.comment import COMMENT_LIMIT
from moments.models.countries import MOST_COUNTRIES
from moments.models.credit import MOST_CREDITS
from moments.models.deletion import UNDOABLE
from moments.models.episode import EPISODES, EPISODES_OF_SEASON, SEASONS
from moments.models.follow import MOST_ENTRIES, MOST_FOLLOWS
from moments.models.genres import MOST_GENRES
from moments.models.languages import MOST_LANGUAGES
from moments.models.mailing import LONGEST_WAIT
from moments.models.post import BODY_LIMIT
from moments.models.push import MOST_DEVICES
from moments.models.recording import MOST_SONGS
from moments.models.song import MOST_USES
from moments.notifications.letters import MOST_TOLD
from moments.notifications.pushes import PUSHES_AT_ONCE
from moments.spoilers.cookies import REVEALED_KEPT, SpoilerCookies
from moments.viewer import filter_cookie, reactions, waiting_deeds
from moments.viewer.browser import FILMS_KEPT
from moments.views.app import MOST_MOMENTS
from reelive import (
    connections,
    granian_server,
    held_uploads,
    housekeeping,
    logs,
    mailbox,
    metrics,
    outgoing,
    page_cache,
    render_cache,
    request_bodies,
    sessions,
    shortcuts,
    until_changed,
    web_push,
)
from reelive.cookies import packed, unpacked
from reelive.logs import LineFormatter
from reelive.ratelimit import LIMITS
from reelive.retries import PAUSES
from tests.support.makers import make_moment
from tests.support.rows import for_each

KIB, DAY = 1024, 86_400
TABLE = (django_settings.BASE_DIR / "docs" / "limits.md").read_text(encoding="utf-8")
ROWS = {row[2:].split(" | ")[0]: row for row in TABLE.splitlines() if row.startswith("| ")}
SAID = [
    ("pages kept whole", f"{page_cache.MOST_PAGES:,} pages"),
    ("pages kept whole", f"over {page_cache.LONGEST_ADDRESS} letters"),
    ("pages kept whole", f"{page_cache.MOST_BYTES // KIB // KIB} MiB"),
    ("pages kept whole", f"a page {page_cache.LARGEST // KIB} KiB"),
    ("cards, comments and what stands around pages, rendered", f"{render_cache.MOST_BYTES // 2**20} MiB"),
    ("what stands beside the lists of the front page", f"{until_changed.MOST} films and comments"),
    ("what stands beside the lists of the front page", f"{until_changed.MOST_SECONDS} s at most"),
    ("sessions of visitors", f"{LIMITS['session'][0]} new ones an hour"),
    ("sessions of visitors", f"{sessions.VISITOR_SECONDS // DAY} days"),
    ("drafts of visitors", f"{shortcuts.DRAFTS_KEPT}, one a form; {LIMITS['draft'][0]} an hour"),
    ("drafts of visitors", f"{LIMITS['draft-of-all'][0]:,} a day"),
    ("drafts of visitors", f"{shortcuts.DRAFT_BYTES:,} bytes"),
    ("feelings of visitors", f"{reactions.MOMENTS_KEPT} moments, {len(FEELINGS)} feelings"),
    ("feelings of visitors", f"{LIMITS['tap'][0]} a minute"),
    (
        "deed of a visitor, to be done when they have joined",
        f"{COMMENT_LIMIT:,} letters | {waiting_deeds.DEED_KEPT_FOR.seconds // 3600} hour,",
    ),
    ("seasons and episodes of a series", f"{SEASONS} seasons and {EPISODES:,} episodes of a film"),
    ("seasons and episodes of a series", f"{EPISODES_OF_SEASON:,} of a season; {MOST_LINES} lines at once"),
    ("what members follow, and their feeds", f"{MOST_FOLLOWS:,} of a member"),
    ("what members follow, and their feeds", f"the {MOST_ENTRIES:,} newest posts"),
    ("posts and comments that their authors deleted, so that it can be undone", f"{UNDOABLE.days} day"),
    ("songs of several films, and where they are heard", f"{MOST_SONGS} songs of one recording, {MOST_USES}"),
    ("when members last read a thread", f"{last_read.MOST_THREADS:,} threads of a member"),
    ("when members last read a thread", f"{last_read.LAST_READ_KEPT_FOR.days} days from the last visit"),
    ("sessions of members", f"{django_settings.SESSION_COOKIE_AGE // DAY} days"),
    ("cookies: horizons, lifted veils, bookmarks, theme", f"{FILMS_KEPT} films, {REVEALED_KEPT} posts"),
    (
        "cache: sign-in limits, used codes",
        f"{django_settings.DATABASE_CACHE['OPTIONS']['MAX_ENTRIES']:,} rows",
    ),
    ("cache: sign-in limits, used codes", f"{housekeeping.CACHED_FOR.seconds // 3600} hour at most"),
    ("connections", f"{granian_server.MOST_CONNECTIONS:,};"),
    ("connections", f"headers {granian_server.LONGEST_HEADERS // KIB} KiB"),
    ("connections", f"{connections.FEWEST_BYTES:,} bytes move in {connections.MOVES_WITHIN} s"),
    (
        "bodies on their way",
        f"{django_settings.MAX_BODY_BYTES // KIB // KIB} MiB; {request_bodies.IN_MEMORY // KIB} KiB",
    ),
    ("bodies on their way", f"{request_bodies.ON_DISK // KIB // KIB} MiB on disk"),
    (
        "bodies on their way",
        f"{request_bodies.BODY_SECONDS} s, and 1 s more for each {request_bodies.BYTES_A_SECOND // KIB} KiB",
    ),
    ("forms that are read", f"{django_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} fields"),
    (
        "texts of members",
        f"{LIMITS['post'][0]} posts in 10 minutes, {LIMITS['comment'][0]} comments a minute",
    ),
    ("texts of members", f"post {BODY_LIMIT:,} letters, comment {COMMENT_LIMIT:,}"),
    ("texts of members", f"{LIMITS['film'][0]} films and {LIMITS['edit'][0]} edits"),
    (
        "credits, people and other titles",
        f"{MOST_CREDITS} credits of a film, {MOST_NEW} new people an edit, {LIMITS['edit'][0]} edits in",
    ),
    ("credits, people and other titles", f"{MOST_GENRES} genres, {MOST_COUNTRIES} countries"),
    ("credits, people and other titles", f"{MOST_COUNTRIES} countries, {MOST_LANGUAGES}"),
    ("what viewers filter", f"{filters.MOST_FILTERS} of a member; {filter_cookie.FILTERS_KEPT} of a browser"),
    (
        "what viewers filter",
        f"a word {filters.LONGEST_WORD} letters; a cookie {filter_cookie.LONGEST_COOKIE:,} bytes",
    ),
    (
        "what members keep for themselves",
        f"{saved.MOST_FOLDERS} folders, {favourite.MOST_FAVOURITES} favourites, "
        f"{reminder.MOST_WAITING} reminders that",
    ),
    (
        "what members keep for themselves",
        f"{saved.NOTE_LIMIT:,} letters, of a reminder {reminder.NOTE_LIMIT} ",
    ),
    ("what members keep for themselves", f"{saved.UNDOABLE.days} day, reminders that came back"),
    ("what members keep for themselves", f"{reminder.REMINDER_KEPT_FOR.days} days |"),
    (
        "drafts of members, and posts that are scheduled",
        f"{draft.MOST_DRAFTS} of a member, of them {draft.MOST_SCHEDULED} scheduled, "
        f"at most {draft.FURTHEST.days} ",
    ),
    (
        "drafts of members, and posts that are scheduled",
        f"{LIMITS['draft-save'][0]} saved an hour | {draft.LARGEST_DRAFT:,} bytes",
    ),
    (
        "drafts of members, and posts that are scheduled",
        f"{draft.DRAFT_KEPT_FOR.days} days from the last change; discarded {draft.UNDOABLE.days} day",
    ),
    ("pictures of drafts", f"{held_uploads.OF_DRAFTS} of a member"),
    ("pictures of drafts", f"together {held_uploads.OF_ALL_DRAFTS // KIB // KIB} MiB"),
    (
        "titles that members look up elsewhere",
        f"{LIMITS['look-up'][0]} look-ups of a member",
    ),
    (
        "titles that members look up elsewhere",
        f"{outgoing.MOST_BYTES // 2**20} MiB and",
    ),
    ("titles that members look up elsewhere", f"{outgoing.DEADLINE} s, a redirect none; a"),
    ("titles that members look up elsewhere", f"{TITLES_FOUND} titles of each place"),
    ("titles that members look up elsewhere", f"of TMDB {catalogue_title.FETCHED_KEPT_FOR.days} days"),
    ("exports", f"pictures {archive.MOST_OF_PICTURES // KIB**3} GiB each; {export.OF_ALL // KIB**3} GiB of"),
    ("exports", f"{archive.PICTURES_AT_ONCE} pictures or {archive.BYTES_AT_ONCE // KIB**2} MiB a step"),
    ("exports", f"{export.READY_KEPT_FOR.days} days"),
    (
        "imports",
        f"{reading.MOST_ROWS:,} rows, {reading.MOST_FILES:,} files, {MOST_FILMS} new films; "
        f"{MOST_MADE['posts']:,} posts, {MOST_MADE['comments']:,} comments, "
        f"{MOST_MADE['verdicts']:,} verdicts, {MOST_MADE['flags']:,} flags, "
        f"{MOST_MADE['song-uses']:,} uses of songs and "
        f"{MOST_MADE['upvotes']:,} upvotes of each kind, half on the first day of an account | an archive "
        f"{reading.LARGEST_EXPORT // KIB**2} MiB, unpacked {reading.MOST_UNPACKED // KIB**2} MiB, a row "
        f"{reading.LONGEST_LINE // KIB} KiB; {imported.OF_ALL // KIB**3} GiB of all",
    ),
    ("imports", f"{imported.ONCE_IN.days} day until it is begun, then {imported.READY_KEPT_FOR.days} days"),
    ("what rows of other sites a member brought along", f"{imported.LONGEST_UID} letters"),
    (
        "lists of members",
        f"{member_list.MOST_LISTS} of a member, {list_entry.MOST_ENTRIES:,} entries and "
        f"{list_writer.MOST_WRITERS} co-writers each; {list_writer.MOST_SHARED} of others",
    ),
    (
        "lists of members",
        f"{member_list.BODY_LIMIT:,} letters, a note {list_entry.NOTE_LIMIT:,} | theirs; deleted "
        f"{member_list.UNDOABLE.days} day |",
    ),
    ("pictures of members", f"{LIMITS['upload'][0]} an hour"),
    ("arcs of films with more than 60 moments", f"more than {MOST_POINTS} moments"),
    (
        "arcs of films with more than 60 moments",
        f"at most {film_arc.ARCS_AT_ONCE} are drawn anew a minute, for {film_arc.SECONDS_OF_DRAWING} s",
    ),
    ("link pictures of pages", f"{WIDTH:,} by {HEIGHT} pixels"),
    ("link pictures of pages", f"the file of before {link_picture.REPLACED_KEPT_FOR.days} day"),
    ("addresses of private feeds", f"{len(PrivateFeed.Purpose)} of a member"),
    ("addresses of private feeds", f"{LIMITS['edit'][0]} new ones in 10 minutes"),
    ("links of members", f"{MOST_LINKS}, and an address in the Fediverse | {LONGEST_LINK} letters"),
    ("pictures of forms that came back", f"{held_uploads.OF_ONE} of a member"),
    (
        "pictures of forms that came back",
        f"{LIMITS['held'][0]} an hour, and {LIMITS['held-of-all'][0]} a day",
    ),
    ("pictures of forms that came back", f"{held_uploads.LARGEST_UPLOAD // KIB // KIB} MiB each"),
    ("pictures of forms that came back", f"{held_uploads.OF_MEMBERS // KIB // KIB} MiB of members"),
    ("pictures of forms that came back", f"{held_uploads.OF_VISITORS // KIB // KIB} MiB of visitors"),
    ("pictures of forms that came back", f"{held_uploads.KEPT_FOR.days} day"),
    ("letters of notifications to be written", f"{LONGEST_WAIT.days} days at most"),
    ("letters of a site without a mail server", f"{mailbox.MOST_LETTERS}"),
    ("letters of a site without a mail server", f"{MOST_TOLD} notifications each"),
    ("devices that are told of news", f"{MOST_DEVICES} of a member"),
    ("devices that are told of news", f"{web_push.LONGEST_ENDPOINT} letters"),
    ("messages to devices that wait", f"{PUSHES_AT_ONCE} are sent at once"),
    ("messages to devices that wait", f"{len(PAUSES) + 1} tries; an answer may take {web_push.DEADLINE} s"),
    ("what a browser keeps for when it is offline", f"10 films of {MOST_MOMENTS} moments"),
    ("numbers of requests", f"{metrics.MOST_PROCESSES} processes"),
    ("numbers of requests", f"{len(metrics.METHODS)} methods, {len(metrics.STATUSES)} classes of status"),
    ("numbers of requests", f"{len(metrics.BUCKETS)} durations"),
    ("log", f"{logs.LONGEST_LINE:,} letters"),
]


@for_each("row, said", SAID)
def test_the_table_says_what_the_code_does(row, said):
    assert said in ROWS[row]


def test_each_row_has_a_bound_and_names_tests_that_are_there():
    names = set(re.findall(r"`(test_\w+\.py)`", TABLE))
    assert len(names) > 8
    folder = django_settings.BASE_DIR / "tests"
    assert [name for name in sorted(names) if not (folder / name).exists()] == []
    assert {row.count("|") for row in ROWS.values()} == {7}


@pytest.mark.django_db
def test_a_visitor_who_feels_everything_everywhere_has_a_small_session(client, film, mia):
    moment = make_moment(film, mia)
    session = client.session
    session[reactions.FELT_KEY] = {
        str(10**9 + number): list(FEELINGS) for number in range(reactions.MOMENTS_KEPT)
    }
    session.save()
    client.cookies["sessionid"] = session.session_key
    for feeling in FEELINGS:
        client.post(reverse("relive-feel", args=[moment.pk]), {"feeling": feeling})
    kept_there = client.session[reactions.FELT_KEY]
    assert len(kept_there) == reactions.MOMENTS_KEPT
    assert kept_there[str(moment.pk)] == list(FEELINGS)
    assert len(json.dumps(kept_there)) < 60_000
    assert len(Session.objects.get().session_data) < 60_000
    assert Moment.objects.count() == 1


def test_cookies_stay_small_whatever_is_put_into_them():
    spoiler_cookies = SpoilerCookies()
    for number in range(500):
        spoiler_cookies = spoiler_cookies.with_revealed(10**9 + number)
    assert len(spoiler_cookies.revealed) == REVEALED_KEPT
    assert all(len(value) < 4_000 for value in spoiler_cookies.cookies().values())
    assert len(packed([(16**12 - 1, 16**12 - 1)] * FILMS_KEPT)) < 4_000


def test_a_flooded_cookie_is_read_to_its_bound():
    cookie = ".".join(f"{number:x}-1" for number in range(1, 100_000))
    assert unpacked(cookie, 2, FILMS_KEPT) == [(number, 1) for number in range(1, FILMS_KEPT + 1)]


@pytest.mark.django_db
def test_a_full_cache_makes_room(monkeypatch):
    cache = caches["database"]
    monkeypatch.setattr(cache, "_max_entries", 30)
    for number in range(200):
        cache.set(f"login:{number}", [1.0], 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache")
        assert cursor.fetchone()[0] <= 31


def test_a_full_cache_of_a_worker_makes_room(monkeypatch):
    cache = caches["local"]
    monkeypatch.setattr(cache, "_max_entries", 30)
    for number in range(200):
        cache.set(f"piece:{number}", "x", 60)
    assert len(cache._cache) <= 31


def test_a_line_of_the_log_has_an_end():
    message = "Not Found: /%s" % ("\n" * 30_000)
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, message, (), None)
    line = LineFormatter().format(record)
    assert len(line) <= 2 * logs.LONGEST_LINE
    assert "\n" not in line
