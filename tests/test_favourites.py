"""The four moments at the head of a member's page: chosen by them, and seen as each viewer may."""

import pytest
from django.urls import reverse

from accounts.deletion import delete_account
from moments.models import Favourite, Mute
from moments.models.favourite import FullOfFavourites
from moments.models.refusals import Gone
from moments.viewer import favourites
from tests.support.makers import make_entry, make_film, make_moment, make_song
from tests.support.pages import select, texts
from tests.support.rows import for_each

HTMX = {"HX-Request": "true"}


@pytest.fixture
def four(film, mia, seb):
    """Seb's favourites: the Dance, the Song, the Kiss and the End."""
    moments = [make_moment(film, mia, title) for title in ("The Dance", "The Song", "The Kiss", "The End")]
    for moment in moments:
        Favourite.objects.add(seb, moment)
    return moments


def verb(name, moment):
    return reverse(f"favourite-{name}", args=[moment.pk])


def order(member):
    return list(Favourite.objects.of(member).values_list("moment__title", flat=True))


def on_page(client, member):
    return texts(client.get(member.get_absolute_url()), ".favourite b")


def test_they_stand_on_the_page_in_the_order_of_their_member(client, four, seb):
    assert on_page(client, seb) == ["The Dance", "The Song", "The Kiss", "The End"]


def test_a_member_moves_one_up_and_takes_it_out(as_seb, four, seb):
    as_seb.post(verb("up", four[2]))
    as_seb.post(verb("up", four[0]))
    assert order(seb) == ["The Dance", "The Kiss", "The Song", "The End"]
    as_seb.post(verb("remove", four[2]))
    assert order(seb) == ["The Dance", "The Song", "The End"]


def test_undoing_puts_it_back_at_its_place(as_seb, four, seb):
    page = as_seb.post(verb("remove", four[1]), follow=True)
    (undo,) = [form["action"] for form in select(page, ".toast form")]
    as_seb.post(undo)
    assert order(seb) == ["The Dance", "The Song", "The Kiss", "The End"]


def test_there_are_four_at_most(as_seb, four, film, mia, seb):
    fifth = make_moment(film, mia, "The Fifth")
    with pytest.raises(FullOfFavourites):
        Favourite.objects.add(seb, fifth)
    as_seb.post(verb("add", fifth))
    page = as_seb.post(reverse("favourite-choose", args=[film.slug]), {"moment": fifth.pk})
    assert (page.status_code, len(order(seb))) == (422, 4)


def test_the_same_one_twice_is_one(moment, seb):
    assert [Favourite.objects.add(seb, moment) for _twice in range(2)] == [True, False]
    assert order(seb) == ["A Lovely Night"]


def test_only_moments_in_sight_are_chosen(as_seb, film, moment, mia, seb, keith):
    assert as_seb.post(verb("add", make_song(film, mia))).status_code == 404
    moment.remove(keith, "spam")
    assert as_seb.post(verb("add", moment)).status_code == 404
    with pytest.raises(Gone):
        Favourite.objects.add(seb, moment)
    assert order(seb) == []


def test_one_of_another_member_cannot_be_moved_or_taken_out(as_mia, four, seb):
    answers = [as_mia.post(verb(name, four[1])).status_code for name in ("up", "remove")]
    assert (answers, len(order(seb))) == ([404, 404], 4)


def test_what_is_removed_is_gone_and_comes_back(client, four, seb, keith):
    four[0].remove(keith, "spam")
    assert on_page(client, seb) == ["The Song", "The Kiss", "The End"]
    client.force_login(seb)
    page = client.get("/favourites/")
    assert "The Dance" not in page.text
    assert len(select(page, "[data-favourite]")) == 4
    client.logout()
    four[0].restore(keith)
    assert on_page(client, seb) == ["The Dance", "The Song", "The Kiss", "The End"]


def test_what_lies_beyond_is_veiled_for_viewers(client, film, mia, seb):
    Favourite.objects.add(mia, make_moment(film, mia, "The last look", spoiler=True))
    page = client.get(mia.get_absolute_url())
    assert [item["data-veiled"] for item in select(page, ".favourite")] == ["true"]
    assert "last" not in select(page, ".favourite a")[0]["href"]
    client.force_login(mia)
    assert on_page(client, mia) == ["The last look"]


def test_what_a_muted_member_shared_is_left_out_for_the_viewer(client, four, mia, seb, keith):
    Mute.objects.add(keith, mia)
    client.force_login(keith)
    assert on_page(client, seb) == []
    Mute.objects.add(seb, mia)
    client.force_login(seb)
    assert len(on_page(client, seb)) == 4


def test_the_question_is_written_once_for_all_others(client, four, mia, keith, seb, monkeypatch):
    for member in (mia, keith):
        client.force_login(member)
        assert len(on_page(client, seb)) == 4
        monkeypatch.setattr(favourites, "on_page_of", None)


def test_the_diary_offers_its_newest_moments(as_seb, film, moment, mia, seb):
    make_entry(moment, seb), make_entry(make_moment(film, mia, "The Kiss"), seb)
    Favourite.objects.add(seb, moment)
    page = as_seb.get("/favourites/")
    assert texts(page, ".favourites-offered p a") == ["The Kiss"]
    as_seb.post(select(page, ".favourites-offered form")[0]["action"])
    assert order(seb) == ["A Lovely Night", "The Kiss"]


def test_any_moment_of_a_film_is_found_and_chosen_without_script(as_seb, moment, mia, seb):
    make_moment(make_film("Snatch"), mia, "The Caravan")
    assert "/favourites/la-la-land/" in as_seb.get("/favourites/?q=la+la").text
    choose = "/favourites/la-la-land/"
    page = as_seb.post(choose, {"moment_find": "lovely", "find": "moment"})
    (box,) = select(page, ".picker-found input")
    assert order(seb) == []
    as_seb.post(choose, {"moment": box["value"]})
    assert order(seb) == ["A Lovely Night"]


@for_each("sent", [{}, {"moment": ""}, {"moment": "0"}, {"moment": "start"}])
def test_something_that_is_no_moment_is_refused(sent, as_seb, moment, seb):
    assert as_seb.post("/favourites/la-la-land/", sent).status_code in {200, 422}
    assert order(seb) == []


def test_the_menu_of_a_moment_says_whether_it_is_one(as_seb, moment, seb):
    assert verb("add", moment) in as_seb.get(moment.labels_url, headers=HTMX).text
    Favourite.objects.add(seb, moment)
    assert verb("remove", moment) in as_seb.get(moment.labels_url, headers=HTMX).text


@pytest.mark.parametrize("take_texts", [True, False])
def test_they_go_with_the_account(take_texts, four, seb):
    delete_account(seb, take_texts)
    assert Favourite.objects.count() == 0
