"""Choosing moments in a form: a few at a time, found by words or by time, and never all of a film."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moments.models import Mute, Post, Progress, Song, SongUse, Trivia
from moments.spoilers.rules import ProgressPoint
from tests.support.makers import make_copies, make_film, make_member, make_moment, make_song, make_trivia
from tests.support.pages import select, texts, the
from tests.support.rows import for_each

SONG = {"title": "City of Stars", "body": "It turns up again and again.", "artist": "Ryan Gosling"}
CLAIM = {"title": "One take", "body": "The traffic scene was shot in a single take."}


def story_of_six():
    film, mia = make_film(), make_member("mia")
    titles = [
        "The Traffic Jam",
        "A Lovely Night",
        "The Planetarium",
        "Éclair at Dusk",
        "Audition",
        "The Ending",
    ]
    story = [
        make_moment(film, mia, title, position=float(number), timecode=number * 600)
        for number, title in enumerate(titles, 1)
    ]
    return {"film": film, "mia": mia, "story": story}


SCENE = story_of_six


@pytest.fixture
def story(staged):
    return staged["story"]


def add(film, kind="song"):
    return reverse(f"{kind}-add", args=[film.slug])


def found(client, film, **query):
    page = client.get(reverse("moment-choices", args=[film.slug]), {"field": "heard_in"} | query)
    return texts(page, "li[role=option]")


def offered(page, name="heard_in"):
    return texts(page, f"#picker-{name} .picker-found label")


def chosen(page, name="heard_in"):
    return [box["value"] for box in select(page, f"#picker-{name} .picked input[type=checkbox]")]


# What is found.


def test_the_newest_five_are_offered_first(client, film, story):
    assert found(client, film) == [
        "6. The Ending · 1:00:00",
        "5. Audition · 0:50:00",
        "4. Éclair at Dusk · 0:40:00",
        "3. The Planetarium · 0:30:00",
        "2. A Lovely Night · 0:20:00",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lovely", ["A Lovely Night"]),
        ("eclair du", ["Éclair at Dusk"]),
        ("the tra", ["The Traffic Jam"]),
        ("30:00", ["The Planetarium", "A Lovely Night", "Éclair at Dusk"]),
        ("0:21:00", ["A Lovely Night", "The Planetarium", "The Traffic Jam"]),
        ("nobody", []),
        ("%", []),
    ],
)
def test_a_moment_is_found_by_its_title_or_by_its_time(client, film, story, text, expected):
    names = [label.partition(". ")[2].partition(" · ")[0] for label in found(client, film, q=text)]
    assert names[: len(expected)] == expected
    assert bool(names) == bool(expected)


def test_a_moment_of_a_series_is_found_by_its_episode(client, mia):
    series = make_film("Dark", medium="series")
    for season, episode in [(1, 1), (1, 2), (2, 1)]:
        make_moment(series, mia, f"Scene {season}-{episode}", season=season, episode=episode)
    assert [label[3:] for label in found(client, series, q="s1e2")] == ["S1 E2 · Scene 1-2"]
    assert len(found(client, series, q="S1")) == 2


def test_moments_of_other_films_are_not_found(client, film, story, mia):
    make_moment(make_film("Snatch"), mia, "A Lovely Mess")
    assert len(found(client, film, q="lovely")) == 1


def test_what_is_veiled_is_offered_when_asked_for_and_never_by_its_words(as_seb, seb, film, story):
    Progress.objects.set_progress(seb, film, ProgressPoint(2.0, 1200.0))
    assert [label[:2] for label in found(as_seb, film)] == ["2.", "1."]
    later = found(as_seb, film, later="1")
    assert [label[:2] for label in later] == ["3.", "4.", "5.", "6."]
    assert "Audition" not in " ".join(later)
    assert found(as_seb, film, q="audition", later="1") == found(as_seb, film, q="audition") == []
    assert found(as_seb, film, q="50:00", later="1")[0][:2] == "5."


def test_moments_of_muted_members_are_not_offered(as_seb, seb, film, story):
    Mute.objects.create(member=seb, other=story[0].author)
    assert found(as_seb, film) == found(as_seb, film, q="lovely") == []


@pytest.mark.parametrize("field", ["", "nonsense"])
def test_choices_for_no_field_are_not_found(client, film, field):
    assert client.get(reverse("moment-choices", args=[film.slug]), {"field": field}).status_code == 404


# The form without script.


def test_a_search_gives_the_form_back_with_what_was_found_and_nothing_lost(as_mia, film, story):
    typed = SONG | {
        "heard_in": [story[0].pk],
        f"heard_in_role_{story[0].pk}": "reprise",
        f"heard_in_note_{story[0].pk}": "On the piano",
        "heard_in_find": "lovely",
        "find": "heard_in",
        "artist": "",
    }
    page = as_mia.post(add(film), typed)
    assert page.status_code == 200
    assert not Song.objects.exists()
    assert select(page, "[data-errors], .errorlist") == [], "nothing is checked yet"
    assert (chosen(page), offered(page)) == ([str(story[0].pk)], ["2. A Lovely Night · 0:20:00"])
    assert the(page, "#id_title")["value"] == "City of Stars"
    assert the(page, "#id_heard_in")["value"] == "lovely"
    assert the(page, ".picked option[selected]")["value"] == "reprise"
    assert the(page, f"[name=heard_in_note_{story[0].pk}]")["value"] == "On the piano"


def test_a_search_in_the_closed_part_of_the_form_opens_it(as_mia, film, story):
    form = {"title": "The Bench", "after_find": "lovely", "find": "after", "placing": "after"}
    page = as_mia.post(add(film, "moment"), form)
    assert the(page, "form details").has_attr("open")
    assert offered(page, "after") == ["2. A Lovely Night · 0:20:00"]


def test_later_ones_are_offered_by_a_box_to_tick(as_seb, seb, film, story):
    Progress.objects.set_progress(seb, film, ProgressPoint(2.0, 1200.0))
    page = as_seb.post(add(film), SONG | {"heard_in_later": "on", "find": "heard_in"})
    assert [label[:2] for label in offered(page)] == ["3.", "4.", "5.", "6."]
    as_seb.post(add(film), SONG | {"heard_in": [story[4].pk]})
    assert SongUse.objects.get().moment_id == story[4].pk


def test_of_a_chip_and_another_choice_the_choice_counts(as_mia, film, story):
    as_mia.post(add(film, "trivia"), CLAIM | {"about": [story[0].pk, story[1].pk]})
    assert Trivia.objects.get().reveals_at == 2.0


# Songs.


def test_a_song_says_how_it_is_heard_in_each_moment(as_mia, film, story):
    first, second = (moment.pk for moment in story[:2])
    form = SONG | {
        "heard_in": [first, second],
        f"heard_in_role_{first}": "performed",
        f"heard_in_note_{first}": "  Whistled on the pier ",
        f"heard_in_role_{second + 10}": "theme",
    }
    as_mia.post(add(film), form)
    uses = SongUse.objects.order_by("moment__position").values_list("moment", "role", "note")
    assert list(uses) == [(first, "performed", "Whistled on the pier"), (second, "background", "")]
    song = Song.objects.get()
    page = as_mia.get(reverse("post-edit", args=[song.pk]))
    assert the(page, f"[name=heard_in_note_{first}]")["value"] == "Whistled on the pier"
    as_mia.post(
        reverse("post-edit", args=[song.pk]),
        SONG | {"heard_in": [first], f"heard_in_role_{first}": "credits", f"heard_in_note_{first}": ""},
    )
    assert list(uses.all()) == [(first, "credits", "")]


@pytest.mark.parametrize(("part", "value"), [("role", "sung"), ("note", "x" * 201)])
def test_a_wrong_use_comes_back_with_all_that_was_typed(as_mia, film, story, part, value):
    pk = story[0].pk
    response = as_mia.post(add(film), SONG | {"heard_in": [pk], f"heard_in_{part}_{pk}": value})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["heard_in"])
    assert chosen(response) == [str(pk)]
    assert not SongUse.objects.exists()


@for_each("key", ["999999", "-1", "x", "9" * 30, "１", "start", "\x00"])
def test_what_is_no_moment_of_the_film_cannot_be_chosen(as_mia, film, story, key):
    for kind, field, form in (("song", "heard_in", SONG), ("trivia", "about", CLAIM)):
        response = as_mia.post(add(film, kind), form | {field: key})
        assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_a_moment_of_another_film_cannot_be_chosen(as_mia, film, mia):
    other = make_moment(make_film("Snatch"), mia)
    response = as_mia.post(add(film), SONG | {"heard_in": other.pk})
    assert list(response.context["form"].errors) == ["heard_in"]


def test_more_than_a_hundred_moments_are_too_many(as_mia, film, story):
    response = as_mia.post(add(film), SONG | {"heard_in": list(range(1, 103))})
    assert list(response.context["form"].errors) == ["heard_in"]


def test_how_a_song_is_heard_waits_behind_the_sign_in(client, film, story, mia):
    pk = story[0].pk
    typed = {"heard_in": pk, f"heard_in_role_{pk}": "reprise", f"heard_in_note_{pk}": "On the piano"}
    client.post(add(film), SONG | typed | {f"heard_in_junk_{pk}": "x", "title_note_1": "x"})
    draft = client.session["drafts"][add(film)]
    assert draft == SONG | {name: str(value) for name, value in typed.items()}
    client.post("/accounts/login/", {"login": "mia", "password": "correct horse"})
    page = client.get(add(film))
    assert chosen(page) == [str(pk)]
    assert the(page, ".picked option[selected]")["value"] == "reprise"
    assert the(page, f"[name=heard_in_note_{pk}]")["value"] == "On the piano"


def test_a_link_to_the_form_may_choose_the_moment(as_mia, film, story):
    page = as_mia.get(add(film), {"heard_in": story[1].pk})
    assert chosen(page) == [str(story[1].pk)]
    assert chosen(as_mia.get(add(film), {"heard_in": "nonsense"})) == []


# Whatever the film has.


def of_form(client, url):
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    return len(queries), len(page.content)


@for_each("kind", ["moment", "song", "trivia"])
def test_no_form_grows_with_the_film(as_mia, film, mia, story, kind):
    post = {"song": make_song, "trivia": make_trivia}.get(kind, make_moment)(film, mia)
    urls = [add(film, kind), reverse("post-edit", args=[post.pk])]
    before = [of_form(as_mia, url) for url in urls]
    make_copies(
        story[0], 300, slug=lambda n: f"copy-{n}", position=lambda n: 10.0 + n, title=lambda n: f"Scene {n}"
    )
    assert Post.objects.filter(film=film, kind="moment").count() > 300
    after = [of_form(as_mia, url) for url in urls]
    assert [queries for queries, _size in after] == [queries for queries, _size in before]
    assert all(abs(new - old) < 1_000 for (_, new), (_, old) in zip(after, before, strict=True))
    assert len(found(as_mia, film, q="scene")) == 8
