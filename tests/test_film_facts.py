"""The facts of a film: what edits keep, and what becomes of them when a member leaves."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from moments.models import Film, FormerFilmSlug, Mute, Revision
from moments.models.film import FACTS
from moments.models.film_ids import FILM_IDS
from moments.models.refusals import Refused
from reelive import partial_dates
from tests.support.film_facts import edit, history, now, send, typed
from tests.support.makers import make_credit, make_film, make_moment
from tests.support.pages import links, text_of
from tests.support.rows import for_each


@pytest.fixture
def ponyo(db):
    return make_film("Ponyo", year=2008, director="Hayao Miyazaki", runtime=101, summary="A fish || a girl.")


# What an edit keeps.


def test_an_edit_keeps_the_facts_from_before_and_who_changed_them(as_mia, ponyo, mia):
    send(as_mia, ponyo, title="Gake no Ue", year=1901, director="", summary="Buy pills.")
    revision = Revision.objects.get()
    assert revision.texts == {
        "title": "Ponyo",
        "original_title": "",
        "year": 2008,
        "released": "",
        "medium": "film",
        "director": "Hayao Miyazaki",
        "music": "",
        "runtime": 101,
        "cuts": [],
        "language": "",
        "summary": "A fish || a girl.",
        "imdb": "",
        "tmdb": "",
        "wikidata": "",
        "tvdb": "",
        "letterboxd": "",
        "palette": ponyo.palette,
        "still": "",
        "still_alt": "",
        "genres": [],
        "countries": [],
        "languages": [],
        "other_titles": "",
        "credits": [],
    }
    assert (revision.target, revision.editor, revision.entry) == (ponyo, mia, None)
    assert revision.created == now(ponyo).edited


OTHERS = {"year": 1999, "runtime": 7, "palette": [], "cuts": [["Long", 9]], "released": "1999-12"}


@for_each("name", FACTS)
def test_every_fact_is_kept(name, ponyo, mia):
    before = getattr(ponyo, name)
    edit(ponyo, mia, **{name: OTHERS.get(name, "tt1")})
    assert Revision.objects.get().texts[name] == before


def test_the_very_first_edits_are_kept_too(as_mia, ponyo):
    for summary in ("One.", "Two.", "One."):
        send(as_mia, ponyo, summary=summary)
    kept = Revision.objects.order_by("pk").values_list("texts__summary", flat=True)
    assert list(kept) == ["A fish || a girl.", "One.", "Two."]


def test_an_edit_that_changes_nothing_keeps_nothing(as_mia, ponyo):
    assert send(as_mia, ponyo)["Location"] == ponyo.get_absolute_url()
    assert (Revision.objects.count(), now(ponyo).edited) == (0, None)


def test_who_opened_the_form_earlier_undoes_nothing_of_what_came_meanwhile(client, ponyo, mia, seb):
    """Two forms are open at once, and each changes one fact."""
    forms = [typed(ponyo, director="H. Miyazaki"), typed(ponyo, music="Joe Hisaishi")]
    for member, form in zip((mia, seb), forms, strict=True):
        client.force_login(member)
        client.post(reverse("film-edit", args=["ponyo"]), form)
    assert (now(ponyo).director, now(ponyo).music) == ("H. Miyazaki", "Joe Hisaishi")
    assert Revision.objects.count() == 2


def test_of_two_who_change_the_same_fact_the_later_one_stays_and_both_are_kept(client, ponyo, mia, seb):
    forms = [typed(ponyo, summary="A fish."), typed(ponyo, summary="A girl.")]
    for member, form in zip((mia, seb), forms, strict=True):
        client.force_login(member)
        client.post(reverse("film-edit", args=["ponyo"]), form)
    kept = Revision.objects.order_by("pk").values_list("texts__summary", "editor__username")
    assert [*kept, now(ponyo).summary] == [("A fish || a girl.", "mia"), ("A fish.", "seb"), "A girl."]


def test_an_edit_under_way_takes_the_address_of_now(ponyo, mia):
    stale = Film.objects.get(pk=ponyo.pk)
    edit(ponyo, mia, title="Gake no Ue")
    stale.summary = "A fish."
    stale.revise(mia, seen=ponyo.texts)
    assert (now(ponyo).title, now(ponyo).slug) == ("Gake no Ue", "gake-no-ue")
    assert [row.slug for row in FormerFilmSlug.objects.all()] == ["ponyo"]


@for_each("version", ["-1", "x", "9" * 30])
def test_a_version_that_never_was_is_refused(version, as_mia, ponyo):
    assert send(as_mia, ponyo, version=version, summary="No.").status_code == 422
    assert Revision.objects.count() == 0


def test_a_form_without_a_version_is_taken(as_mia, ponyo):
    as_mia.post(reverse("film-edit", args=["ponyo"]), {"title": "Ponyo", "year": "2009", "medium": "film"})
    assert (now(ponyo).year, now(ponyo).palette) == (2009, ponyo.palette)


def test_an_edit_comes_too_late_for_a_film_that_is_gone(ponyo, mia, keith):
    stale = Film.objects.get(pk=ponyo.pk)
    ponyo.remove(keith, "spam")
    stale.summary = "Written too late."
    with pytest.raises(Refused):
        stale.revise(mia)
    assert (Revision.objects.count(), now(ponyo).summary) == (0, "A fish || a girl.")


def test_a_revision_is_of_one_text(ponyo, mia):
    moment = make_moment(ponyo, mia)
    for texts in ({}, {"post": moment, "film": ponyo}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Revision.objects.create(created=timezone.now(), **texts)


# Leaving.


@pytest.mark.parametrize("take_texts", [True, False])
def test_facts_and_their_history_stay_without_the_name(take_texts, client, ponyo, mia):
    edit(ponyo, mia, summary="A fish and a boy.")
    delete_account(mia, take_texts)
    assert (now(ponyo).summary, Revision.objects.get().editor) == ("A fish and a boy.", None)
    assert links(history(client, ponyo), ".revision-head") == []


# By what other places know it.


def test_ids_lead_to_other_places_and_to_those_of_series_among_them(as_mia, ponyo):
    send(as_mia, ponyo, tvdb="12345", letterboxd="ponyo-2008")
    film = now(ponyo)
    assert film.outside_links == [
        ("TheTVDB", "https://thetvdb.com/dereferrer/movie/12345"),
        ("Letterboxd", "https://letterboxd.com/film/ponyo-2008/"),
    ]
    film.medium = "series"
    assert film.outside_links[0] == ("TheTVDB", "https://thetvdb.com/dereferrer/series/12345")


def test_an_id_of_another_form_is_refused(as_mia, ponyo):
    response = send(as_mia, ponyo, tvdb="tt1", letterboxd="https://letterboxd.com/film/ponyo/")
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"tvdb", "letterboxd"})


@for_each("name", FILM_IDS)
def test_a_film_is_found_by_an_index_of_each_id(name, db):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by the number of rows.")
    plan = Film.objects.filter(**{f"{name}__gt": "", f"{name}__in": ["1", "2"]}).explain()
    assert f"USING INDEX film_{name}" in plan


# Dates of which a part is known, cuts, and where an edit is known from.

DATES = {"2008": "2008", "2008-7": "July 2008", "2008-07-19": "19 July 2008"}


@for_each("date", DATES)
def test_a_date_is_kept_and_read_as_far_as_it_is_known(date, as_mia, client, ponyo):
    send(as_mia, ponyo, released=date)
    kept = now(ponyo).released
    assert (kept, partial_dates.worded(kept)) == ({"2008-7": "2008-07"}.get(date, date), DATES[date])
    assert DATES[date] in text_of(client.get(ponyo.get_absolute_url()))


@for_each("date", ["2008-13", "2008-02-30", "1600", "July", "20080719", "2008-07-19T10:00"])
def test_what_is_no_date_is_refused(date, as_mia, ponyo):
    assert send(as_mia, ponyo, released=date).status_code == 422
    assert now(ponyo).released == ""


def test_cuts_have_a_name_and_minutes_and_come_back_in_the_form(as_mia, ponyo):
    send(as_mia, ponyo, cuts="Director’s cut, 137\n\n Open, air cut , 90 ")
    cuts = [["Director’s cut", 137], ["Open, air cut", 90]]
    assert now(ponyo).cuts == cuts
    send(as_mia, ponyo, summary="A fish.")
    assert now(ponyo).cuts == cuts
    for wrong in ("Long", "Long, 0", "Long, ten", "x" * 61 + ", 5", "\n".join(["Cut, 9"] * 11)):
        assert send(as_mia, ponyo, cuts=wrong).status_code == 422
    ((_, changes), *_older) = history(as_mia, ponyo).context["edits"][1:]
    runs = [run for change in changes for passage in change.passages for run in passage.runs]
    assert runs == [("new", "Director’s cut, 137 minutes\nOpen, air cut, 90 minutes")]


def test_an_edit_names_where_it_is_known_from(as_mia, client, ponyo, mia):
    page = "https://www.example.org/ponyo"
    send(as_mia, ponyo, year="2009", source=page)
    send(as_mia, ponyo, year="2008", source="The booklet of the disc")
    send(as_mia, ponyo, year="2007", source=page)
    assert (
        list(Revision.objects.order_by("pk").values_list("source", flat=True))[1] == "The booklet of the disc"
    )
    client.logout()
    for answer in (client.get(ponyo.get_absolute_url()), history(client, ponyo)):
        assert page in links(answer)
        assert "The booklet of the disc" in text_of(answer)
    assert now(ponyo).sources(AnonymousUser()) == [page, "The booklet of the disc"]


def test_a_source_that_is_no_address_of_the_web_is_refused(as_mia, ponyo):
    assert send(as_mia, ponyo, year="2009", source="javascript://alert(1)").status_code == 422


def test_the_source_goes_with_a_version_that_is_struck(ponyo, mia, keith):
    ponyo.year = 2009
    ponyo.revise(mia, source="Mia’s aunt, 12 Elm Street")
    Revision.objects.get().strike(keith)
    assert Revision.objects.get().source == ""


def test_who_mutes_an_editor_reads_none_of_their_sources(as_seb, ponyo, mia, seb):
    ponyo.year = 2009
    ponyo.revise(mia, source="Buy pills")
    Mute.objects.create(member=seb, other=mia)
    for answer in (as_seb.get(ponyo.get_absolute_url()), history(as_seb, ponyo)):
        assert "Buy pills" not in text_of(answer)


def test_an_edit_reads_the_credits_once_and_leaves_them(ponyo):
    make_credit(ponyo, "Hayao Miyazaki", role="director")
    film = Film.objects.get(pk=ponyo.pk)
    film.summary = "A fish who wants to be a girl."
    with CaptureQueriesContext(connection) as queries:
        film.revise()
    read = [query["sql"] for query in queries if '"moments_credit"' in query["sql"]]
    assert len(read) == 1, read
    assert [credit.person.name for credit in Film.objects.get(pk=ponyo.pk).credits.all()] == [
        "Hayao Miyazaki"
    ]
    make_credit(Film.objects.get(pk=ponyo.pk), "Joe Hisaishi", role="composer")
    film.title = "Ponyo on the Cliff"
    film.revise()
    assert film.credits.count() == 2
