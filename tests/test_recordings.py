"""Songs that several films have: joined, taken apart, edited by everybody, shown as one may know them."""

from importlib import import_module

import pytest
from django.apps import apps

from moments.models import FormerRecordingSlug, Post, Progress, Recording, Song
from moments.search import results
from moments.spoilers.rules import SEEN, ProgressPoint
from moments.viewer.viewer import stranger
from tests.support.counters import differences
from tests.support.ledger import rows, verified
from tests.support.makers import make_film, make_moment, make_same_song, make_song
from tests.support.pages import links, messages_of, select

STARS = "/songs/city-of-stars/"
SAME, COVERS = ('section[aria-labelledby="same"]', 'section[aria-labelledby="covers"]')
FORM = {"title": "City of Stars", "artist": "Cast", "version": "0"}


@pytest.fixture
def song(film, mia):
    return make_song(film, mia, "City of Stars")


@pytest.fixture
def other(seb):
    """The same song as another film has it."""
    return make_song(make_film("Snatch", year=2000), seb, "City of Stars")


def films(page):
    return [song.film.title for song, _uses in page.context["films"]]


def now(recording):
    return Recording.objects.get(pk=recording.pk)


def test_a_member_joins_songs_that_are_offered_and_whoever_disagrees_undoes_it(client, song, other, anna):
    make_song(song.film, anna, "Epilogue"), make_song(other.film, anna, "City of Stars", artist="Another")
    page = song.get_absolute_url()
    join, leave = f"/posts/{song.pk}/same/{other.pk}/", f"/posts/{song.pk}/same/undo/"
    assert join not in client.get(page).text, "a visitor is offered nothing"
    assert client.post(join)["Location"].startswith("/accounts/login/")
    client.force_login(anna)
    assert [form["action"] for form in select(client.get(page), "form.same-song")] == [join]
    assert client.post(join, follow=True).status_code == 200
    assert client.get(leave).status_code == 405
    assert sorted(films(client.get(STARS))) == ["La La Land", "Snatch"]
    assert STARS in links(client.get(other.get_absolute_url()), SAME)
    assert len(messages_of(client.post(join, follow=True))) == 1
    recording = Recording.objects.get()
    assert [(edit.editor, edit.texts["songs"]) for edit in recording.revisions.all()] == [(anna, [other.pk])]
    client.post(leave)
    assert films(client.get(STARS)) == ["Snatch"]
    joined = recording.revisions.latest("pk")
    client.post(f"/revisions/{joined.pk}/restore/")
    assert sorted(films(client.get(STARS))) == ["La La Land", "Snatch"]
    assert recording.revisions.count() == 3
    assert client.post(f"/posts/{song.pk}/same/999999/").status_code == 404


def test_a_song_is_of_one_recording_and_each_loses_it_with_a_version(client, song, other, mia, seb):
    make_same_song(song, mia), make_same_song(other, seb, make_film("Ponyo"))
    first, second = Song.objects.get(pk=song.pk).recording, other.recording
    song.same_as(other, seb)
    assert [sorted(each.songs.values_list("film__title", flat=True)) for each in (first, second)] == [
        [Post.objects.filter(recording=first).get().film.title],
        ["La La Land", "Ponyo", "Snatch"],
    ]
    assert song.pk in first.revisions.latest("pk").texts["songs"]
    assert (first.slug, second.slug) == ("city-of-stars", "city-of-stars-cast")


def test_what_a_viewer_has_not_seen_is_on_no_page_of_a_song(client, song, other, mia, seb):
    bench = make_moment(other.film, seb, "The Bench", position=2.0)
    other.hear({bench.pk: ("theme", "Softly.")}, seb)
    other.same_as(song, seb)
    recording = Recording.objects.get()
    recording.artist = "Everybody"
    recording.revise(seb)
    client.force_login(mia)
    Progress.objects.set_progress(mia, other.film, ProgressPoint(1.0))
    page = client.get(STARS)
    assert sorted(films(page)) == ["La La Land", "Snatch"]
    assert "The Bench" not in page.text
    assert "Softly" not in page.text
    Post.objects.filter(pk=other.pk).update(reveals_at=2.0)
    assert films(client.get(STARS)) == ["La La Land"]
    for address in (STARS, f"{STARS}history/", f"{STARS}feed/", song.get_absolute_url()):
        assert "Snatch" not in client.get(address).text, address
    Post.objects.filter(pk=song.pk).update(author=seb, reveals_at=2.0)
    Progress.objects.set_progress(mia, song.film, ProgressPoint(1.0))
    assert [client.get(f"{STARS}{end}").status_code for end in ("", "edit/", "history/", "feed/")] == [
        404
    ] * 4
    Progress.objects.set_progress(mia, other.film, SEEN)
    assert films(client.get(STARS)) == ["Snatch"]


def test_cover_and_original_show_each_other_and_ids_lead_elsewhere(client, song, other, mia, as_seb):
    original, cover = Recording.objects.of(song, mia), Recording.objects.of(other, mia)
    address = f"{cover.get_absolute_url()}edit/"
    ids = {"musicbrainz": f"https://musicbrainz.org/recording/{'0A1b2c3d-' + '1234-' * 3}0123456789ab/"}
    client.post(address, FORM | ids | {"isrc": "us-um7-16-12345", "cover_of": STARS, "source": "The sleeve"})
    cover = now(cover)
    assert (cover.original, cover.isrc) == (original, "USUM71612345")
    assert cover.musicbrainz_url.endswith("/recording/0a1b2c3d-1234-1234-1234-0123456789ab")
    assert original.musicbrainz_url.endswith("search?type=recording&query=City%20of%20Stars%20Cast")
    page = client.get(cover.get_absolute_url())
    assert STARS in links(page)
    assert cover.musicbrainz_url in links(page)
    assert cover.get_absolute_url() in links(client.get(STARS), COVERS)
    wrong_ones = [
        {"musicbrainz": "x"}, {"isrc": "12"}, {"cover_of": cover.get_absolute_url()},
        {"cover_of": "/songs/nowhere/"}, {"title": ""}, {"listen_url": "javascript:x"},
    ]  # fmt: skip
    for wrong in wrong_ones:
        assert client.post(address, FORM | wrong).status_code == 422, wrong
    client.post(f"{STARS}edit/", FORM | {"cover_of": cover.get_absolute_url()})
    assert now(original).original is None, "of two that cover each other neither is the original"
    assert client.post(f"{STARS}edit/", FORM | {"title": "Stars"})["Location"] == "/songs/stars/"
    assert client.get(STARS)["Location"] == "/songs/stars/"


def test_staff_merge_remove_and_lock_with_rows_in_the_ledger(client, song, other, mia, keith, as_seb):
    kept, twin = Recording.objects.of(song, mia), Recording.objects.of(other, mia)
    assert twin.merge_into(keith, kept, "The same.") is True
    assert client.get(twin.get_absolute_url())["Location"] == STARS
    assert sorted(films(client.get(STARS))) == ["La La Land", "Snatch"]
    assert FormerRecordingSlug.objects.get().recording == kept
    assert [twin.merge_into(keith, kept), kept.merge_into(keith, twin), twin.restore(keith)] == [False] * 3
    kept.lock(keith)
    assert messages_of(client.post(f"/posts/{other.pk}/same/undo/", follow=True)) != []
    assert kept.songs.count() == 2, "its facts are locked"
    assert client.get(f"{STARS}edit/").context["closed"] is True
    kept.unlock(keith), kept.remove(keith, "spam")
    assert client.get(STARS).status_code == 404
    assert STARS not in links(client.get(song.get_absolute_url()))
    kept.restore(keith)
    assert sorted(films(client.get(STARS))) == ["La La Land", "Snatch"]
    assert [row.action for row in rows()] == ["merge", "lock-facts", "open-facts", "remove", "restore"]
    assert verified().partition(" ")[2] == "rows follow one another, 0 removed texts match."
    assert differences() == {}


def test_search_and_sitemap_name_a_song_once(client, song, other, mia, whole_sitemap):
    def found():
        groups = results.search("city of stars", stranger(), "songs").groups
        return [row.title for group in groups for row in group.rows]

    assert found() == ["City of Stars"] * 2
    make_same_song(song, mia, other.film)
    other.same_as(song, mia)
    assert found() == ["City of Stars"]
    body = client.get("/sitemap-recordings-1.xml").text
    assert (body.count("<loc>"), STARS in body) == (1, True)
    Post.objects.filter(kind="song").update(spoiler=True)
    assert client.get("/sitemap-recordings-1.xml").text.count("<loc>") == 0


def test_the_migration_joins_songs_of_the_same_title_and_artist(song, other, mia):
    make_song(song.film, mia, "By", artist="Prince"), make_song(other.film, mia, "by", artist="prince")
    make_song(song.film, mia, "Alone", artist=""), make_song(other.film, mia, "Alone", artist="")
    make_song(song.film, mia, "Alone", artist="One"), make_song(other.film, mia, "Alone", artist="Two")
    migration = import_module("moments.migrations.0098_songs_joined")
    for _twice in range(2):
        migration.join(apps, None)
        joined = {each.slug: each.songs.count() for each in Recording.objects.all()}
        assert joined == {"city-of-stars": 2, "by-prince": 2}
