"""Which film a player means: one that is here, or comes here by its ids, or that its member chooses."""

import pytest

from moments.models import CatalogueTitle, DiaryEntry, Film, Progress, UnknownWork
from moments.spoilers.rules import ALL_SEEN
from moments.viewer.players.taking_in import choose
from reelive.ratelimit import LIMITS
from tests.support.makers import make_film, make_title, moderator
from tests.support.players import FILM, connect, emby, jellyfin, nested, play, plex, seen_to, send
from tests.support.rows import for_each

pytestmark = pytest.mark.django_db


@pytest.fixture
def la(film):
    Film.objects.filter(pk=film.pk).update(imdb=FILM["imdb"])
    return Film.objects.get(pk=film.pk)


@pytest.fixture
def at_home(mia):
    return connect(mia)[1]


def test_a_film_of_the_catalogue_is_added_by_its_ids(mia, at_home):
    make_title("Ponyo", year=2008, ids={"imdb": "tt0876563"})
    send(at_home, jellyfin("PlaybackProgress", 100, Name="On the cliff", Provider_imdb="tt0876563"))
    film = Film.objects.get(title="Ponyo")
    assert (film.added_by, seen_to(mia, film)) == (mia, 100)


def test_an_unknown_film_is_asked_once_and_then_known(mia):
    _row, url = connect(mia, writes_diary=True)
    video = {"Name": "Home video", "Year": 1999, "Provider_imdb": ""}
    for is_whole in (False, True, True):
        send(url, jellyfin("PlaybackStop", 7_600, PlayedToCompletion=is_whole, **video))
    (work,) = UnknownWork.objects.of(mia).waiting()
    assert (str(work), work.is_finished) == ("Home video (1999)", True)
    film = make_film("Our home", year=1998)
    choose(UnknownWork.objects.select_related("connection__member").get(), film)
    assert (seen_to(mia, film), DiaryEntry.objects.get().whole_film) == (ALL_SEEN, film)
    Progress.objects.all().delete()
    assert play(url, [jellyfin("PlaybackProgress", 50, **video)], film, mia) == [50]
    assert (UnknownWork.objects.count(), UnknownWork.objects.of(mia).waiting().count()) == (1, 0)


def test_unknown_films_are_bounded(mia, monkeypatch):
    monkeypatch.setattr("moments.models.unknown_work.MOST_UNKNOWN", 3)
    _row, url = connect(mia)
    for number in range(5):
        send(url, jellyfin("PlaybackStop", 60, Name=f"Video {number}", Provider_imdb=""))
    names = [work.title for work in UnknownWork.objects.of(mia).waiting()]
    assert names == ["Video 4", "Video 3", "Video 2"]


def test_a_removed_film_moves_nothing(la, mia, at_home):
    la.remove(moderator(), "spam")
    assert send(at_home, jellyfin("PlaybackStop", 7_600, PlayedToCompletion=True)).status_code == 204
    assert (seen_to(mia, la), DiaryEntry.objects.count(), Film.objects.count()) == (None, 0, 1)


# What nobody knows, but for its title, year and ids.

ZORK = {"title": "Zork", "year": 2011, "imdb": "tt7777777"}
OF_ZORK = {
    "jellyfin": jellyfin("PlaybackProgress", 90, Name="Zork", Year=2011, Provider_imdb="tt7777777"),
    "jellyfin by the other plugin": nested("Progress", 90, film=ZORK),
    "emby": emby("playback.pause", 90, film=ZORK),
    "plex": plex("media.pause", 90, title="Zork", year=2011, Guid=[{"id": "imdb://tt7777777"}]),
}


@for_each("player", OF_ZORK)
def test_what_nobody_knows_comes_here_by_its_ids_once(player, mia, at_home):
    assert send(at_home, OF_ZORK[player]).status_code == 204
    send(at_home, jellyfin("PlaybackStop", 7_600, Name="Zork!", Provider_imdb="tt7777777"))
    film = Film.objects.get()
    assert (film.title, film.year, film.imdb, film.added_by) == ("Zork", 2011, "tt7777777", mia)
    title = CatalogueTitle.objects.get()
    assert (title.source, title.film, UnknownWork.objects.count()) == ("player", film, 0)


def test_a_series_comes_here_by_its_own_ids(mia, at_home):
    body = emby("playback.stop", 60, episode=(1, 2), series="Zork (2011)")
    send(at_home, body)
    assert (Film.objects.count(), UnknownWork.objects.count()) == (0, 1)
    send(at_home, body | {"Series": {"ProviderIds": {"Tvdb": "777777"}}})
    assert list(Film.objects.values_list("title", "year", "medium", "tvdb")) == [
        ("Zork", 2011, "series", "777777")
    ]


@for_each(
    "facts",
    [
        {"Year": 0},
        {"Year": "1700"},
        {"Year": 99999},
        {"Year": None},
        {"Name": ""},
        {"Name": "\x00\u202e"},
        {"Name": ["Zork"]},
        {"Provider_imdb": ""},
        {"Provider_imdb": "nm7777777"},
        {"Provider_imdb": "tt7777777'--"},
        {"Provider_imdb": {"tt7777777": 1}},
    ],
)
def test_what_lacks_a_title_year_or_id_stays_to_be_chosen(facts, mia, at_home):
    zork = {"Name": "Zork", "Year": 2011, "Provider_imdb": "tt7777777"}
    assert send(at_home, jellyfin("PlaybackStop", 60, **zork | facts)).status_code == 204
    counts = (Film.objects.count(), CatalogueTitle.objects.count(), UnknownWork.objects.count())
    assert counts == (0, 0, 1)


def test_a_title_that_is_here_with_another_id_is_not_made_twice(mia, at_home):
    make_film("Zork", year=2011, imdb="tt0000001")
    make_title("Fridge", 2012, ids={"imdb": "tt0000002"})
    for name, year in (("Zork", 2011), ("The Fridge", 2012)):
        send(at_home, jellyfin("PlaybackStop", 60, Name=name, Year=year, Provider_imdb="tt7777777"))
    assert (Film.objects.count(), CatalogueTitle.objects.count()) == (1, 1)
    assert [work.title for work in UnknownWork.objects.of(mia).waiting()] == ["The Fridge", "Zork"]


def test_a_removed_film_does_not_come_back_under_another_name(mia, at_home):
    make_film("Zork", year=2011, imdb="tt7777777").remove(moderator(), "spam")
    send(at_home, jellyfin("PlaybackStop", 60, Name="Kroz", Year=1999, Provider_imdb="tt7777777"))
    assert (Film.objects.count(), CatalogueTitle.objects.count()) == (1, 0)


def test_beyond_the_quota_of_new_films_they_wait(mia, at_home, settings, monkeypatch):
    settings.LIMITS = True
    monkeypatch.setitem(LIMITS, "film", (2, 86_400))
    for number in range(4):
        said = {"Name": f"Zork {number}", "Year": 2011, "Provider_imdb": f"tt777777{number}"}
        send(at_home, jellyfin("PlaybackStop", 60, **said))
    assert (Film.objects.count(), CatalogueTitle.objects.count()) == (2, 2)
    assert [work.title for work in UnknownWork.objects.of(mia).waiting()] == ["Zork 3", "Zork 2"]
