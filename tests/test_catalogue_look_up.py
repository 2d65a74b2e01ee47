"""Looking titles up elsewhere, at a server that speaks like Wikidata and TMDB, or lies."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moments.catalogue import looking_up
from moments.catalogue.becoming import film_of_title
from moments.catalogue.rows import row_of
from moments.catalogue.suggesting import suggest_titles
from moments.catalogue.writing import write_rows
from moments.models import CatalogueTitle
from moments.tasks import tidy
from reelive import outgoing
from tests.support.film_places import cut_off, film_places, led_elsewhere, out_of_order, silent
from tests.support.makers import make_title
from tests.support.pages import messages_of, select

pytestmark = pytest.mark.django_db


def claims(**values):
    return {
        number: [{"mainsnak": {"snaktype": "value", "datavalue": {"value": value}}, "rank": "normal"}]
        for number, value in values.items()
    }


FILM = {
    "id": "Q700", "labels": {"en": {"value": "Amber Quay"}}, "sitelinks": {},
    "claims": claims(P31={"id": "Q11424"}, P57={"id": "Q701"}, P345="tt0000700",
                     P577={"time": "+1977-03-01T00:00:00Z", "precision": 11}),
}  # fmt: skip
GAME = {"id": "Q702", "labels": {"en": {"value": "Amber Quay"}}, "claims": claims(P31={"id": "Q7889"})}
PERSON = {"id": "Q701", "labels": {"mul": {"value": "Noor Salem"}}}
WIKIDATA = {
    "amber": {"search": [{"id": "Q700"}, {"id": "Q702"}, {"id": "P31"}, "nonsense"]},
    "Q700|Q702": {"entities": {"Q700": FILM, "Q702": GAME, "Q9": {"missing": ""}}},
    "Q701": {"entities": {"Q701": PERSON}},
}
TMDB = {
    "amber": {
        "results": [
            {
                "media_type": "movie",
                "id": 71,
                "title": "Amber",
                "release_date": "1983-01-01",
                "vote_count": 9,
                "genre_ids": [18, 878, 18, 999, "35", True, [28]],
            },
            {
                "media_type": "tv",
                "id": 71,
                "name": "Amber Days",
                "first_air_date": "2015-02-02",
                "genre_ids": [10759],
            },
            {"media_type": "person", "id": 3, "name": "Amber"},
            {"media_type": "movie", "id": 72, "title": "Amber, Undated", "release_date": ""},
            {"media_type": "movie", "id": 73, "title": None, "release_date": 7, "vote_count": "many"},
            "nonsense",
        ]
    }
}


@pytest.fixture
def places(monkeypatch, settings):
    cache.clear()
    settings.CATALOGUE_LOOKUP = "WIKIDATA"
    monkeypatch.setattr(outgoing, "SILENCE", 0.3)
    with film_places() as (found, address):
        monkeypatch.setattr(looking_up, "WIKIDATA", address)
        monkeypatch.setattr(looking_up, "TMDB", address)
        yield found


def look_up(client, text="amber", **form):
    return client.post(reverse("catalogue-look-up"), {"q": text, "then": "share", **form})


def titles(*names):
    return list(CatalogueTitle.objects.order_by("title").values_list("title", *names))


def test_a_title_is_looked_up_on_wikidata_and_chosen_from_the_catalogue(as_mia, places, settings):
    settings.CONTACT_EMAIL = "keeper@reelive.example"
    places.answers = WIKIDATA
    response = look_up(as_mia, body="A quay at dusk.")
    assert response["Location"] == f"/share/?{urlencode({'q': 'amber', 'body': 'A quay at dusk.'})}"
    assert titles("year", "director", "imdb", "wikidata", "source") == [
        ("Amber Quay", 1977, "Noor Salem", "tt0000700", "Q700", "wikidata")
    ]
    assert set(places.agents) == {f"Reelive/1.0 ({settings.SITE_URL}; keeper@reelive.example)"}
    page = as_mia.get(response["Location"])
    assert [title.title for title in page.context["titles"]] == ["Amber Quay"]
    asked = len(places.asked)
    look_up(as_mia, "Amber")
    assert len(places.asked) == asked


def test_tmdb_is_asked_where_there_is_a_key_and_nothing_of_it_is_kept_for_longer_than_six_months(
    as_mia, places, settings
):
    settings.CATALOGUE_LOOKUP, settings.TMDB_API_KEY = "OFF", "0123456789abcdef0123"
    places.answers = TMDB
    assert look_up(as_mia).status_code == 302
    assert titles("medium", "year", "tmdb", "source", "genres") == [
        ("Amber", "film", 1983, "71", "tmdb", "drama science-fiction"),
        ("Amber Days", "series", 2015, "71", "tmdb", "action adventure"),
    ]
    page = as_mia.get(reverse("share"), {"q": "amber"})
    assert "not endorsed or certified by TMDB" in select(page, ".look-up")[0].text
    now = timezone.now()
    CatalogueTitle.objects.filter(title="Amber").update(fetched=now - timedelta(days=181))
    tidy(now)
    assert titles() == [("Amber Days",)]


def test_tmdb_adds_nothing_but_its_id_to_what_stays(as_mia, places, settings, mia):
    settings.CATALOGUE_LOOKUP, settings.TMDB_API_KEY = "OFF", "0123456789abcdef0123"
    make_title("Amber", 1983, director="Ida Holm", ids={"tmdb": "71"})
    make_title("Weir", 2011, director="Jo Berg")
    known = titles("original_title", "others", "genres", "known", "source", "fetched")
    results = [each | {"original_title": "Bernstein"} for each in TMDB["amber"]["results"][:1]]
    places.answers = {"amber": {"results": [*results, *TMDB["amber"]["results"][1:2]]}}
    look_up(as_mia)
    write_rows([row_of("film", "Weir", 2011, "Das Wehr", director="Jo Berg", ids={"tmdb": "72"})], "tmdb")
    of_others = CatalogueTitle.objects.exclude(source="tmdb").order_by("title")
    names = ("title", "original_title", "others", "genres", "known", "source", "fetched")
    assert list(of_others.values_list(*names)) == known
    assert list(of_others.values_list("tmdb", flat=True)) == ["71", "72"]


def test_another_source_takes_the_place_of_tmdb(as_mia, places, settings):
    settings.CATALOGUE_LOOKUP, settings.TMDB_API_KEY = "OFF", "0123456789abcdef0123"
    places.answers = TMDB
    look_up(as_mia)
    mine = [row_of("film", "Amber!", 1983, "Bernstein", director="Ida Holm", ids={"tmdb": "71"})] * 2
    assert (write_rows(mine, "csv"), write_rows(mine, "csv")) == ({"changed": 1, "same": 1}, {"same": 2})
    CatalogueTitle.objects.exclude(fetched=None).update(fetched=timezone.now() - timedelta(days=181))
    tidy(timezone.now())
    assert titles("original_title", "director", "tmdb", "genres", "known", "source", "fetched") == [
        ("Amber!", "Bernstein", "Ida Holm", "71", "", 0, "csv", None)
    ]
    assert [title.title for title in suggest_titles("bernst")] == ["Amber!"]


def test_a_film_made_of_what_tmdb_said_has_its_name_alone(as_mia, places, settings, mia):
    settings.CATALOGUE_LOOKUP, settings.TMDB_API_KEY = "OFF", "0123456789abcdef0123"
    places.answers = {"amber": {"results": [TMDB["amber"]["results"][0] | {"original_title": "Bernstein"}]}}
    look_up(as_mia)
    row = CatalogueTitle.objects.get()
    film = film_of_title(row.pk, mia)
    assert (row.original_title, row.genres) == ("Bernstein", "drama science-fiction")
    assert (film.title, film.year, film.tmdb, film.original_title, film.genres) == (
        "Amber", 1983, "71", "", [],
    )  # fmt: skip


def test_asking_tmdb_again_keeps_nothing_of_it_for_longer(as_mia, places, settings):
    settings.CATALOGUE_LOOKUP, settings.TMDB_API_KEY = "OFF", "0123456789abcdef0123"
    places.answers = TMDB
    look_up(as_mia)
    long_ago = timezone.now() - timedelta(days=179)
    CatalogueTitle.objects.update(fetched=long_ago)
    cache.clear()
    look_up(as_mia)
    assert titles("fetched") == [("Amber", long_ago), ("Amber Days", long_ago)]


@pytest.mark.parametrize(
    "answer",
    [silent, led_elsewhere, out_of_order, cut_off, b"<html>", b"[]", b"[" * 100_000, {"error": {"code": "x"}},
     b'{"search": "' + b"a" * (4 << 20) + b'"}'],
    ids=["silent", "led elsewhere", "out of order", "cut off", "no JSON", "a list", "deep", "error", "huge"],
)  # fmt: skip
def test_a_place_that_does_not_answer_rightly_is_told_and_asked_again_later(as_mia, places, answer):
    places.answers = {"amber": answer}
    response = look_up(as_mia)
    assert response["Location"] == "/share/?q=amber"
    assert len(messages_of(as_mia.get(response["Location"]))) == 1
    assert titles() == []
    places.answers, asked = WIKIDATA, len(places.asked)
    look_up(as_mia)
    assert len(places.asked) == asked
    cache.clear()  # a minute later
    look_up(as_mia)
    assert titles() == [("Amber Quay",)]


def test_answers_that_lie_enter_nothing(as_mia, places):
    lies = {"id": "Q700", "labels": {"en": "x"}, "claims": {"P31": [{"mainsnak": "x"}]}}
    places.answers = {"amber": {"search": [{"id": "Q700"}]}, "Q700": {"entities": {"Q700": lies, "x": 5}}}
    assert look_up(as_mia).status_code == 302
    assert titles() == []


def test_a_site_that_asks_nobody_has_no_such_button(as_mia, places, settings):
    assert select(as_mia.get(reverse("share"), {"q": "amber"}), ".look-up") != []
    assert select(Client().get(reverse("share"), {"q": "amber"}), ".look-up") == []
    settings.CATALOGUE_LOOKUP = "OFF"
    assert select(as_mia.get(reverse("share"), {"q": "amber"}), ".look-up") == []
    assert look_up(as_mia).status_code == 404
    assert places.asked == []
