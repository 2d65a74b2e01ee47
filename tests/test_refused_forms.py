"""A form that comes back says so at its head, asks plainly, and names before what it will ask for."""

import pytest
from django.test import Client
from django.urls import reverse

from moments.models import Film, Moment, Post
from tests.support.accounts import confirm_it_is_me
from tests.support.makers import make_comment, make_film, make_moment, make_trivia
from tests.support.pages import links, select, texts, the, words_of
from tests.support.rows import for_each

MOMENT = {"title": "The Bench", "body": "Two people, one bench, a city below."}
FILM = {"title": "Past Lives", "year": 2023, "medium": "film"}


@pytest.fixture
def addresses(moment, mia, seb):
    """Forms of all families, each with something that is wrong in it and the field where that is."""
    comment = make_comment(moment, mia)
    return [
        (reverse("moment-add", args=[moment.film.slug]), MOMENT | {"title": ""}, "title"),
        (reverse("song-add", args=[moment.film.slug]), MOMENT, "artist"),
        (reverse("trivia-add", args=[moment.film.slug]), MOMENT | {"sources": "nowhere"}, "sources"),
        (reverse("film-add"), FILM | {"year": 2101}, "year"),
        (reverse("film-edit", args=[moment.film.slug]), FILM | {"runtime": 0}, "runtime"),
        (reverse("verdict-add", args=[make_trivia(moment.film, mia).pk]), {"stance": "dispute"}, "reason"),
        (reverse("comment-reply", args=[comment.pk]), {"body": ""}, "body"),
        (reverse("diary-entry-edit", args=[moment.relive(seb).pk]), {"date": "2999-01-01"}, "date"),
        (reverse("film-progress", args=[moment.film.slug]), {"seen": ""}, "seen"),
        (reverse("profile-edit"), {"theme": "dark", "time_zone": "Nowhere"}, "time_zone"),
    ]


def test_every_form_says_at_its_head_what_is_wrong_and_leads_there(as_seb, addresses):
    for url, sent, name in addresses:
        page = as_seb.post(url, sent)
        assert page.status_code == 422, url
        summary = the(page, "main form [role=alert]")
        assert (summary["tabindex"], summary.has_attr("autofocus")) == ("-1", True), url
        link = next(link for link in summary.select("a") if link["data-error-of"] == name)
        assert select(page, link["href"]), f"{url} leads to nothing: {link['href']}"


def test_a_form_that_was_not_sent_says_nothing_of_the_kind(as_seb, addresses):
    for url, _sent, _name in addresses:
        assert select(as_seb.get(url), "main [role=alert]") == [], url


def test_no_browser_speaks_for_the_site(as_seb, addresses):
    for url, _sent, name in addresses:
        form = the(as_seb.get(url), f"main form:has([name={name}])")
        assert form.has_attr("novalidate"), url


DOORS = ["account_login", "account_signup", "account_reset_password"]
OWN = ["account_change_password", "account_email", "account_reauthenticate", "account-delete", "hiding"]


@for_each("name", [*DOORS, *OWN])
def test_forms_of_an_account_say_it_in_the_same_way(name, as_seb):
    confirm_it_is_me(as_seb)
    visitor = as_seb if name in OWN else Client()
    url = reverse(name)
    form = max(select(visitor.get(url), "main form"), key=lambda form: len(form.select(".field")))
    assert form.has_attr("novalidate")
    summary = the(visitor.post(url, {"action_add": "1"}), "main form [role=alert]:not([hidden])")
    assert (summary["tabindex"], summary.has_attr("autofocus")) == ("-1", True)
    assert summary.select("a[data-error-of]")


def test_the_question_to_join_says_it_in_the_same_way(client, moment):
    page = client.post(moment.join_url, {"deed": "comment", "body": ""})
    assert page.status_code == 422
    assert the(page, "main form").has_attr("novalidate")
    assert the(page, "main form [role=alert] a")["data-error-of"] == "body"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("year", 2101, "max_value"),
        ("year", 1, "min_value"),
        ("year", "soon", "invalid"),
        ("year", "", "required"),
        ("runtime", 0, "min_value"),
        ("title", "x" * 151, "max_length"),
    ],
)
def test_what_is_wrong_is_said_once_beside_the_field_in_words_of_ours(as_seb, db, field, value, code):
    page = as_seb.post(reverse("film-add"), FILM | {field: value})
    assert [error.code for error in page.context["form"].errors.as_data()[field]] == [code]
    (said,) = texts(page, f".field:has(#id_{field}) .errorlist li")
    assert not said.startswith("Ensure")
    assert not Film.objects.exists()


# What a label promises.


def label(page, name):
    return words_of(the(page, f"label[for=id_{name}]"))


def test_what_may_be_needed_is_not_called_optional(as_mia, as_seb, film, mia):
    for url, name in (
        (reverse("moment-add", args=[film.slug]), "still_alt"),
        (reverse("verdict-add", args=[make_trivia(film, mia).pk]), "reason"),
    ):
        said = label(as_seb.get(url), name)
        assert "needed" in said
        assert "optional" not in said


# What may be there already.


@pytest.mark.parametrize("kind", ["moment", "film"])
def test_a_twin_is_asked_about_at_the_head_with_both_answers(as_mia, mia, kind):
    film = make_film("Past Lives", year=2023)
    twin = make_moment(film, mia, "The Bench") if kind == "moment" else film
    url = reverse("moment-add", args=[film.slug]) if kind == "moment" else reverse("film-add")
    sent = MOMENT if kind == "moment" else FILM
    page = as_mia.post(url, sent)
    box = the(page, "main form [role=alert]")
    assert box.has_attr("autofocus")
    assert box.select("h2")
    assert twin.get_absolute_url() in [link["href"] for link in box.select("a")]
    (answer,) = box.select("button[name=anyway]")
    first, *_others = select(page, "main form button")
    assert first.get("name") is None, "Enter answers nothing"
    assert the(page, "#id_title")["value"] == sent["title"]
    as_mia.post(url, sent | {answer["name"]: answer["value"]})
    assert (Moment if kind == "moment" else Film).objects.count() == 2


# After sharing.


def test_after_sharing_it_is_said_so_with_what_one_may_do_next(as_mia, film):
    page = as_mia.post(reverse("moment-add", args=[film.slug]), MOMENT, follow=True)
    toast = the(page, "#toasts .toast p")
    song = f"{reverse('song-add', args=[film.slug])}?heard_in={Moment.objects.get().pk}"
    assert [link["href"] for link in toast.select("a")] == ["#relive", song]
    assert select(page, "#relive")
    assert as_mia.get(song).status_code == 200
    assert links(page, "#toasts")


def test_one_s_own_post_shows_votes_when_others_gave_some(as_mia, moment, seb):
    votes = "[data-page-vote] .vote"
    assert select(as_mia.get(moment.get_absolute_url()), votes) == []
    moment.upvote(seb)
    assert texts(as_mia.get(moment.get_absolute_url()), votes) == ["1"]


# Tags.


def test_tags_of_the_film_are_offered_and_ticked_ones_are_added(as_mia, film, moment):
    url = reverse("moment-add", args=[film.slug])
    boxes = [box["value"] for box in select(as_mia.get(url), "[name=film_tags]")]
    assert sorted(boxes) == ["stars", "tap dance"]
    as_mia.post(url, MOMENT | {"tags": "dusk, stars", "film_tags": ["tap dance", "stars"]})
    shared = Post.objects.get(title="The Bench")
    assert sorted(shared.tags.names()) == ["dusk", "stars", "tap dance"]


def test_eight_tags_are_the_most_however_they_are_said(as_mia, film, moment):
    sent = MOMENT | {"tags": "a1, b1, c1, d1, e1, f1, g1", "film_tags": ["tap dance", "stars"]}
    page = as_mia.post(reverse("moment-add", args=[film.slug]), sent)
    assert list(page.context["form"].errors) == ["tags"]
    ticked = [box["value"] for box in select(page, "[name=film_tags][checked]")]
    assert sorted(ticked) == ["stars", "tap dance"]


def test_a_tag_of_what_is_veiled_is_not_offered(as_seb, film, mia):
    make_moment(film, mia, tags=["the twist"], spoiler=True)
    assert select(as_seb.get(reverse("moment-add", args=[film.slug])), "[name=film_tags]") == []
