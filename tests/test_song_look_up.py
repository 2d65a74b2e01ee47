"""Looking a song up elsewhere, at a server that speaks like MusicBrainz, or lies."""

import pytest
from django.core.cache import cache

from moments.catalogue import looking_up_songs
from moments.models import Recording
from reelive import outgoing, ratelimit
from tests.support.film_places import cut_off, film_places, led_elsewhere, out_of_order, silent
from tests.support.makers import make_song
from tests.support.pages import links, select

pytestmark = pytest.mark.django_db

FIRST, SECOND, CLIP = (f"{number}a1b2c3d-1234-4321-8765-0123456789ab" for number in range(3))
FORM = {"title": "City of Stars", "artist": 'The "Cast"', "version": "0"}
ASKED = FORM | {"look-up": "1"}
QUESTION = r'recording:"City of Stars" AND artist:"The \"Cast\""'
ANSWER = {
    "created": "2026-11-30T10:00:00.000Z", "count": 4, "offset": 0,
    "recordings": [
        {
            "id": FIRST, "score": 100, "title": "City of Stars", "length": 149500, "video": None,
            "disambiguation": "at the pier", "first-release-date": "2016-12-09",
            "artist-credit": [
                {"name": "Ryan", "joinphrase": " & ", "artist": {"id": "x", "name": "Ryan"}},
                {"name": "Emma", "artist": {"id": "y", "name": "Emma"}},
            ],
            "releases": [{"id": "r", "title": "The Score", "date": "2016-12-09"}],
        },
        {"id": SECOND, "score": 80, "title": "City of Stars"},
        {"id": "no-id", "title": "City of Stars"},
        {"id": CLIP, "title": None, "length": "long"},
        "nonsense",
    ],
}  # fmt: skip


@pytest.fixture
def songs(monkeypatch, settings):
    """The server. No second passes but where a test says so."""
    cache.clear()
    settings.SONG_LOOKUP = "MUSICBRAINZ"
    monkeypatch.setattr(outgoing, "SILENCE", 0.3)
    with film_places() as (found, address):
        monkeypatch.setattr(looking_up_songs, "MUSICBRAINZ", address)
        yield found


@pytest.fixture
def recording(film, mia):
    return Recording.objects.of(make_song(film, mia, "City of Stars"), mia)


@pytest.fixture
def later(monkeypatch):
    """What lets so many seconds pass for the quotas."""
    now = [1_800_000_000.0]
    monkeypatch.setattr(ratelimit.time, "time", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


def edit_page(recording):
    return f"{recording.get_absolute_url()}edit/"


def test_a_member_looks_a_song_up_and_the_id_of_the_one_they_choose_is_kept(
    as_seb, recording, songs, settings
):
    settings.CONTACT_EMAIL, songs.answers = "keeper@reelive.example", {QUESTION: ANSWER}
    page = as_seb.post(edit_page(recording), ASKED | {"isrc": "US-UM7-16-12345", "source": "The sleeve"})
    assert [tuple(each) for each in page.context["found"]] == [
        (FIRST, "City of Stars", "Ryan & Emma", "at the pier · 2:30 · The Score (2016)"),
        (SECOND, "City of Stars", "", ""),
    ]
    assert f"https://musicbrainz.org/recording/{FIRST}" in links(page)
    assert select(page, "#id_source")[0]["value"] == "The sleeve", "what was typed is still there"
    assert Recording.objects.get().musicbrainz == ""
    assert songs.asked == [{"query": QUESTION, "fmt": "json", "limit": "10"}]
    assert songs.agents == [f"Reelive/1.0 ({settings.SITE_URL}; keeper@reelive.example)"]
    wrong = as_seb.post(edit_page(recording), FORM | {"found": SECOND, "isrc": "12"})
    assert (wrong.status_code, select(wrong, "#id_musicbrainz")[0]["value"]) == (422, SECOND)
    as_seb.post(edit_page(recording), FORM | {"found": SECOND})
    assert [edit.editor.username for edit in recording.revisions.all()] == ["seb"]
    again = as_seb.post(edit_page(recording), ASKED | {"musicbrainz": SECOND})
    assert [box["value"] for box in select(again, "[name=found][checked]")] == [SECOND]
    as_seb.post(edit_page(recording), FORM | {"found": "", "musicbrainz": FIRST})
    assert Recording.objects.get().musicbrainz == FIRST, "none of these leaves what the field says"
    assert len(songs.asked) == 1, "the same is not asked again for a day"


def test_musicbrainz_is_asked_once_a_second_whoever_asks(as_seb, recording, songs, later):
    songs.answers = {QUESTION: ANSWER}
    numbers = []
    for title, seconds in (("City of Stars", 0), ("Epilogue", 0.5), ("Epilogue", 0.6), ("City of Stars", 0)):
        later(seconds)
        found = as_seb.post(edit_page(recording), ASKED | {"title": title}).context["found"]
        numbers.append((found if found is None else len(found), len(songs.asked)))
    assert numbers == [(2, 1), (None, 1), (None, 2), (2, 2)]


@pytest.mark.parametrize(
    "answer",
    [silent, led_elsewhere, out_of_order, cut_off, b"<html>", b"[]", {"error": "Your query is wrong."},
     {"recordings": {"id": FIRST}}, b'{"recordings": "' + b"a" * (4 << 20) + b'"}'],
    ids=["silent", "led elsewhere", "out of order", "cut off", "no JSON", "a list", "error", "lie", "huge"],
)  # fmt: skip
def test_musicbrainz_that_does_not_answer_rightly_is_left_alone_for_a_while(
    as_seb, recording, songs, later, answer
):
    songs.answers = {QUESTION: answer}
    assert as_seb.post(edit_page(recording), ASKED).context["found"] is None
    songs.answers = {QUESTION: ANSWER}
    later(2)
    assert as_seb.post(edit_page(recording), ASKED).context["found"] is None
    assert len(songs.asked) == 1
    cache.clear()  # a minute later
    later(2)
    assert len(as_seb.post(edit_page(recording), ASKED).context["found"]) == 2


def test_a_look_up_saves_nothing_and_is_offered_where_the_site_wants_it(
    as_seb, client, recording, songs, settings
):
    songs.answers = {QUESTION: {"recordings": []}}
    assert as_seb.post(edit_page(recording), ASKED).context["found"] == []
    without_title = as_seb.post(edit_page(recording), ASKED | {"title": " "})
    assert (without_title.status_code, "found" in without_title.context) == (422, False)
    recording.refresh_from_db()
    assert (recording.artist, recording.revisions.count(), len(songs.asked)) == ("Cast", 0, 1)
    assert select(as_seb.get(edit_page(recording)), "[name=look-up]") != []
    settings.SONG_LOOKUP = "OFF"
    assert select(as_seb.get(edit_page(recording)), "[name=look-up]") == []
    as_seb.post(edit_page(recording), ASKED)
    assert len(songs.asked) == 1
    assert Recording.objects.get().artist == 'The "Cast"', "where it is off, the button means nothing"
    client.logout()
    assert client.post(edit_page(recording), ASKED)["Location"].startswith("/accounts/login/")
