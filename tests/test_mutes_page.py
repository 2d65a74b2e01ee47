"""The page of all that a viewer mutes: what stands there, and the form by which more is muted."""

import pytest

from moments.models import Filter, Mute, Post
from moments.models.filter import LONGEST_WORD
from tests.support.filters import TOMORROW, make_dance, what_of
from tests.support.makers import make_film
from tests.support.pages import messages_of, select, the, words_of
from tests.support.rows import for_each


@pytest.fixture
def dance(film, mia):
    return make_dance(film, mia)


def test_the_page_lists_everything_with_until_when(as_seb, seb, mia, dance):
    for column, value in what_of(dance).items():
        Filter.objects.add(seb, column, value, TOMORROW if column == "tag" else None)
    Mute.objects.add(seb, mia, TOMORROW)
    page = as_seb.get("/mutes/")
    sections = {section["aria-labelledby"]: section.select("li > p") for section in select(page, ".mutes")}
    names = {key: [words_of(row) for row in rows] for key, rows in sections.items()}
    firsts = {key: [row.split(" ")[0] for row in rows] for key, rows in names.items()}
    assert firsts == {
        "mutes": ["@mia"],
        "restricts": [],
        "muted-word": ["dance"],
        "muted-tag": ["#tap"],
        "muted-film": ["Cats"],
        "muted-post": ["The"],
    }
    assert ["until" in names[key][0] for key in ("mutes", "muted-tag", "muted-film")] == [True, True, False]


def test_what_is_gone_is_not_named_there_and_can_be_taken_off(as_seb, seb, dance, keith):
    Filter.objects.add(seb, "post", dance.pk)
    dance.remove(keith, "spam")
    page = as_seb.get("/mutes/")
    assert "The Dänce" not in page.text
    as_seb.post(the(page, "[aria-labelledby=muted-post] form")["action"])
    assert Filter.objects.count() == 0


def test_a_veiled_post_is_not_named_there(as_seb, seb, dance):
    Post.objects.filter(pk=dance.pk).update(spoiler=True)
    Filter.objects.add(seb, "post", dance.pk)
    assert "The Dänce" not in as_seb.get("/mutes/").text


REFUSED = {
    "nothing": ({"kind": "word", "name": ""}, "name"),
    "a word of every text": ({"kind": "word", "name": "the"}, "name"),
    "a letter": ({"kind": "word", "name": "x"}, "name"),
    "signs": ({"kind": "word", "name": "!!!"}, "name"),
    "a text": ({"kind": "word", "name": "so many words as no one word has"}, "name"),
    "a long word": ({"kind": "word", "name": "x" * (LONGEST_WORD + 1)}, "name"),
    "an unknown tag": ({"kind": "tag", "name": "nobody used it"}, "name"),
    "an unknown film": ({"kind": "film", "name": "Nothing"}, "name"),
    "an unknown member": ({"kind": "member", "name": "nobody"}, "name"),
    "oneself": ({"kind": "member", "name": "seb"}, "name"),
    "an unknown kind": ({"kind": "colour", "name": "red"}, "kind"),
    "no day": ({"kind": "word", "name": "waltz", "lasts": "until"}, "day"),
    "a day of before": ({"kind": "word", "name": "waltz", "lasts": "until", "day": "2020-01-01"}, "day"),
    "a day far off": ({"kind": "word", "name": "waltz", "lasts": "until", "day": "9999-01-01"}, "day"),
}


@for_each("name", REFUSED)
def test_the_form_says_what_is_wrong(name, as_seb, dance):
    sent, field = REFUSED[name]
    response = as_seb.post("/mutes/", sent)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Filter.objects.count() + Mute.objects.count() == 0


FOUND = {
    "tag": ("#Tap  Dance", lambda row: row.tag.name, "tap dance"),
    "film": ("CATS", lambda row: row.film.title, "Cats"),
    "word": ("Wáltz!", lambda row: row.word, "waltz"),
}


@for_each("kind", FOUND)
def test_the_form_finds_what_is_called_like_that(kind, as_seb, dance):
    typed, name, expected = FOUND[kind]
    as_seb.post("/mutes/", {"kind": kind, "name": typed})
    assert name(Filter.objects.get()) == expected


def test_of_two_films_of_one_name_the_page_of_each_mutes_it(as_seb, dance):
    twin = make_film("Cats", year=1998)
    assert as_seb.post("/mutes/", {"kind": "film", "name": "Cats"}).status_code == 422
    as_seb.post("/mutes/", {"kind": "film", "name": twin.slug})
    assert Filter.objects.get().film == twin


def test_members_mute_members_there(as_seb, seb, mia):
    as_seb.post("/mutes/", {"kind": "member", "name": "@Mia", "lasts": "week"})
    row = Mute.objects.get()
    assert (row.member, row.other, row.until is None) == (seb, mia, False)
    assert messages_of(as_seb.get("/mutes/"))[0].startswith("Muted until")
