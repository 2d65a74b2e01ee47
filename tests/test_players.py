"""Players: what they say moves the member's line on, never back, and at the end tells of the moments."""

import pytest
from django.utils import timezone

from accounts.models import User
from moments.models import (
    DiaryEntry,
    Film,
    Notification,
    Progress,
)
from moments.notifications.inbox import place_of_fetched
from moments.spoilers.rules import ALL_SEEN, ProgressPoint, end_of, story_time
from reelive.ratelimit import LIMITS
from tests.support.makers import make_film, make_moment
from tests.support.notifications import inbox_of, tell_all
from tests.support.players import (
    FILM,
    as_template,
    connect,
    emby,
    jellyfin,
    kodi,
    nested,
    play,
    plex,
    seen_to,
    send,
)
from tests.support.rows import for_each

pytestmark = pytest.mark.django_db


@pytest.fixture
def la(film):
    Film.objects.filter(pk=film.pk).update(imdb=FILM["imdb"], tmdb=FILM["tmdb"], runtime=128)
    return Film.objects.get(pk=film.pk)


@pytest.fixture
def dark(db):
    return make_film("Dark", medium="series", year=2017)


@pytest.fixture
def at_home(mia):
    return connect(mia)[1]


# Seeks back, a break, a stop in the middle, an end that is said twice, a late message, an end taken back.
PLACES = (0, 600, 610, 60, 120, 2892, 7600, 7600, 2900, 0)
LINE = [0, 600, 610, 610, 610, 2892, ALL_SEEN, ALL_SEEN, ALL_SEEN, ALL_SEEN]
OF_JELLYFIN = [
    jellyfin("PlaybackStart"),
    jellyfin("PlaybackProgress", 600),
    jellyfin("PlaybackProgress", 610, IsPaused=True),
    jellyfin("PlaybackProgress", 60),
    jellyfin("PlaybackStop", 120, PlayedToCompletion=False),
    jellyfin("PlaybackProgress", 2892),
    jellyfin("PlaybackStop", 7600, PlayedToCompletion=True),
    jellyfin("UserDataSaved", SaveReason="PlaybackFinished", Played=True),
    jellyfin("PlaybackProgress", 2900),
    jellyfin("UserDataSaved", SaveReason="TogglePlayed", Played=False),
]
OF_NESTED = [
    *("Play", "Progress", "Pause", "Progress", "Stop", "Progress", "Scrobble", "Scrobble", "Progress"),
    "MarkUnplayed",
]
OF_EMBY = ["start", "pause", "pause", "unpause", "stop", "pause", "stop", "stop", "pause"]
OF_PLEX = ["play", "pause", "pause", "resume", "stop", "pause", "scrobble", "scrobble", "stop", "rate"]
SESSIONS = {
    "jellyfin": OF_JELLYFIN,
    "jellyfin by a template": [as_template(body) for body in OF_JELLYFIN],
    "jellyfin by the other plugin": [nested(event, at) for event, at in zip(OF_NESTED, PLACES, strict=True)],
    "emby": [
        *(
            emby(f"playback.{event}", at, is_whole=at == 7600)
            for event, at in zip(OF_EMBY, PLACES, strict=False)
        ),
        emby("item.markunplayed"),
    ],
    "plex": [plex(f"media.{event}", at) for event, at in zip(OF_PLEX, PLACES, strict=True)],
}


@for_each("player", SESSIONS)
def test_a_session_moves_the_line_on_and_never_back(player, la, mia, at_home):
    line = play(at_home, SESSIONS[player], la, mia)
    assert line == LINE
    tell_all()
    assert Notification.objects.filter(kind="seen").count() == 1


def test_kodi_says_hundredths_which_are_so_much_of_the_length(la, mia, at_home):
    line = play(at_home, [kodi(25), kodi(10), kodi(50), kodi(92), kodi(30)], la, mia)
    assert line == [1920, 1920, 3840, ALL_SEEN, ALL_SEEN]


def test_an_episode_is_a_place_in_its_series(dark, mia, at_home):
    early = make_moment(dark, mia, season=1, episode=2, timecode=60, position=2.0)
    bodies = [
        jellyfin("PlaybackProgress", 600, episode=(1, 2)),
        jellyfin("PlaybackStop", 2900, episode=(1, 2), PlayedToCompletion=True),
        jellyfin("PlaybackProgress", 5, episode=(1, 1)),
        jellyfin("PlaybackStop", 2900, episode=(0, 3), PlayedToCompletion=True),
        jellyfin("UserDataSaved", episode=(1, 4), SaveReason="TogglePlayed", Played="True"),
    ]
    line = play(at_home, bodies, dark, mia)
    assert line == [story_time(1, 2, 600), end_of(1, 2), end_of(1, 2), end_of(1, 2), end_of(1, 4)]
    assert Progress.objects.of(mia, dark).place == early.position


def test_what_is_open_by_its_place_does_not_close(la, mia, at_home):
    make_moment(la, mia, "Early", timecode=60, position=1.0)
    make_moment(la, mia, "Late", timecode=3_000, position=2.0)
    Progress.objects.set_progress(mia, la, ProgressPoint(2.0))
    play(at_home, [jellyfin("PlaybackProgress", 90)], la, mia)
    assert Progress.objects.of(mia, la) == ProgressPoint(2.0)
    play(at_home, [jellyfin("PlaybackProgress", 3_100)], la, mia)
    assert Progress.objects.of(mia, la) == ProgressPoint(2.0, 3_100.0)


def test_two_devices_at_once_are_as_far_as_the_one_that_is_further(la, mia):
    one, other = connect(mia, "One")[1], connect(mia, "Other")[1]
    for url, at in ((one, 600), (other, 3_000), (one, 700), (other, 2_000)):
        play(url, [jellyfin("PlaybackProgress", at)], la, mia)
    assert seen_to(mia, la) == 3_000


def test_one_message_in_ten_seconds_is_taken_and_an_end_always(la, mia):
    row, url = connect(mia)
    for at in (100, 200):
        assert send(url, jellyfin("PlaybackProgress", at)).status_code == 204
    assert seen_to(mia, la) == 100
    assert send(url, jellyfin("PlaybackStop", 300, PlayedToCompletion=False)).status_code == 204
    assert seen_to(mia, la) == 300
    send(url, jellyfin("PlaybackStop", 7_600, PlayedToCompletion=True))
    row.refresh_from_db()
    assert (seen_to(mia, la), row.player, row.heard_text) == (ALL_SEEN, "jellyfin", "La La Land, 2:06:40")


def test_ends_have_a_quota(la, mia, settings, monkeypatch):
    settings.LIMITS = True
    monkeypatch.setitem(LIMITS, "player", (2, 3600))
    _row, url = connect(mia)
    answers = [send(url, jellyfin("PlaybackStop", 7_600, PlayedToCompletion=True)) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [204, 204, 429]
    assert int(answers[2]["Retry-After"]) > 1


# Whose playing counts.


def test_who_shares_the_player_moves_nobody_elses_line(la, mia):
    row, url = connect(mia)
    play(url, [jellyfin("PlaybackProgress", 100)], la, mia)
    play(url, [jellyfin("PlaybackProgress", 900, user="guest")], la, mia)
    row.refresh_from_db()
    assert (seen_to(mia, la), row.users) == (100, {"mia": True, "guest": False})
    row.revise({}, {"users": {"mia": False, "guest": True}})
    play(url, [jellyfin("PlaybackProgress", 950, user="guest"), jellyfin("PlaybackProgress", 990)], la, mia)
    assert seen_to(mia, la) == 950


def test_a_library_counts_until_it_is_unticked(la, mia):
    row, url = connect(mia)
    play(url, [plex("media.pause", 100), plex("media.pause", 200, library="Others")], la, mia)
    row.refresh_from_db()
    row.revise({}, {"libraries": {"Others": False}})
    assert play(url, [plex("media.pause", 300, library="Others")], la, mia) == [200]
    assert play(url, [plex("media.pause", 400)], la, mia) == [400]


def test_names_are_bounded_and_nobody_new_counts_beyond_them(la, mia):
    row, url = connect(mia)
    play(url, [jellyfin("PlaybackProgress", 100 + n, user=f"user {n}") for n in range(25)], la, mia)
    row.refresh_from_db()
    assert (len(row.users), seen_to(mia, la)) == (20, 100)


def test_a_paused_connection_notes_nothing(la, mia):
    row, url = connect(mia)
    row.revise({"is_paused": True}, {})
    assert send(url, jellyfin("PlaybackStop", 7_600, PlayedToCompletion=True)).status_code == 204
    row.refresh_from_db()
    assert (seen_to(mia, la), row.heard, row.users) == (None, None, {})


# At the end.


def news_of(member):
    tell_all()
    (row,) = inbox_of(member)
    return str(row.sentence), place_of_fetched(row)


def test_at_the_end_the_moments_are_told_of(la, mia, seb, at_home):
    first = make_moment(la, seb, "The jam", position=-1.0)
    send(at_home, jellyfin("PlaybackStop", 7_600, PlayedToCompletion=True))
    make_moment(la, seb, "The hill", position=1.0)
    sentence = "You have just seen La La Land: its 2 moments are open to you"
    assert news_of(mia) == (sentence, first.get_absolute_url())
    assert not DiaryEntry.objects.exists()


def test_at_the_end_of_an_episode_its_own_moments_are_told_of(dark, mia, seb, at_home):
    make_moment(dark, seb, "Elsewhere", season=1, episode=1)
    first = make_moment(dark, seb, "The cave", season=1, episode=2)
    send(at_home, jellyfin("PlaybackStop", 2_900, episode=(1, 2), PlayedToCompletion=True))
    sentence = "You have just seen Dark, S1 E2: its one moment is open to you"
    assert news_of(mia) == (sentence, first.get_absolute_url())


def test_where_nobody_shared_a_moment_it_leads_to_the_film(dark, mia, at_home):
    send(at_home, jellyfin("PlaybackStop", 2_900, episode=(1, 2), PlayedToCompletion=True))
    sentence = "You have just seen Dark, S1 E2: nobody has shared a moment of it yet"
    assert news_of(mia) == (sentence, dark.get_absolute_url())


def test_the_diary_gets_one_entry_for_an_end_that_is_said_twice(la, mia):
    User.objects.filter(pk=mia.pk).update(time_zone="Pacific/Auckland")
    _row, url = connect(mia, writes_diary=True)
    for _ in range(2):
        send(url, jellyfin("PlaybackStop", 7_600, PlayedToCompletion=True))
    send(url, jellyfin("UserDataSaved", SaveReason="PlaybackFinished", Played=True))
    (entry,) = DiaryEntry.objects.filter(member=mia)
    with timezone.override("Pacific/Auckland"):
        assert (entry.whole_film, entry.date, entry.rewatch) == (la, timezone.localdate(), False)
    DiaryEntry.objects.update(date="2024-03-14", created="2024-03-14T20:00Z")
    send(url, jellyfin("PlaybackStop", 7_600, PlayedToCompletion=True))
    assert list(DiaryEntry.objects.order_by("pk").values_list("rewatch", flat=True)) == [False, True]


def test_what_is_only_ticked_as_seen_stands_in_no_diary(la, mia):
    _row, url = connect(mia, writes_diary=True)
    send(url, emby("item.markplayed"))
    tell_all()
    assert (seen_to(mia, la), DiaryEntry.objects.count(), Notification.objects.count()) == (ALL_SEEN, 0, 0)
