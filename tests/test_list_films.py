"""Films are chosen for a list by their titles, also such as are no film here before they stand in one."""

import pytest
from django.urls import reverse

from moments.models import Film
from moments.models.list_writer import ListWriter
from tests.support.makers import make_list, make_member, make_title
from tests.support.pages import select

KEPT = ("title", "year", "added_by")


@pytest.fixture
def piers(mia):
    return make_list(mia, title="Piers")


def entries(member_list):
    return [entry.film.title for entry in member_list.entries.select_related("film").order_by("position")]


def buttons(client, member_list, query):
    page = client.get(reverse("list-films", args=[member_list.pk]), {"q": query})
    (add,) = {form["action"] for form in select(page, "#share-films form") if "films/add" in form["action"]}
    return add, [button["value"] for button in select(page, "#share-films button[name=film]")]


def test_a_title_that_is_not_here_becomes_a_film_in_the_list_once(piers, film, as_mia, mia):
    title = make_title("La La Landing", 1990)
    add, (here, other) = buttons(as_mia, piers, "la la land")
    assert (here, other) == (str(film.pk), f"catalogue:{title.pk}")
    for value in (other, here, other):  # the last is pressed twice
        assert as_mia.post(add, {"film": value})["Location"] == reverse("list-films", args=[piers.pk])
    assert entries(piers) == ["La La Landing", "La La Land"]
    assert Film.objects.values_list(*KEPT).get(title="La La Landing") == ("La La Landing", 1990, mia.pk)
    assert buttons(as_mia, piers, "la la landi")[1] == []
    for value in ("", "x", "catalogue:77777", "999999"):
        assert as_mia.post(add, {"film": value}).status_code == 404
    assert len(entries(piers)) == Film.objects.count() == 2


def test_co_writers_put_films_in_and_others_find_no_such_page(piers, film, client, mia, seb):
    add, there = reverse("list-film-add", args=[piers.pk]), reverse("list-films", args=[piers.pk])
    client.force_login(seb)
    assert (client.post(add, {"film": film.pk}).status_code, client.get(there).status_code) == (404, 404)
    ListWriter.objects.create(member_list=piers, member=seb, accepted=piers.created)
    assert client.post(add, {"film": film.pk}).status_code == 302
    assert entries(piers) == ["La La Land"]
    client.force_login(make_member("laura"))
    title = make_title("Quay", 1991)
    assert client.post(add, {"film": f"catalogue:{title.pk}"}).status_code == 404
    assert not Film.objects.filter(title="Quay").exists()
    client.force_login(mia)
    assert client.get(there).context["inside"] == {film.pk}


def test_a_title_is_chosen_where_one_logs_and_goes_on_to_the_form(as_mia):
    title = make_title("Harbour Lights", 1990)
    (button,) = select(as_mia.get(reverse("log"), {"q": "harb"}), ".not-here button")
    answer = as_mia.post(reverse("catalogue-choose"), {"film": button["value"], "then": "log"})
    assert answer["Location"] == Film.objects.get(title=title.title).log_url == "/films/harbour-lights/log/"
