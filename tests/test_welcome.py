"""The three questions for a newcomer: each may be skipped, and none is asked again."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from moments.models import Progress, Reaction
from moments.spoilers.rules import SEEN
from tests.support.makers import make_film, make_moment
from tests.support.pages import links, select, the
from tests.support.pictures import picture
from tests.support.rows import for_each

WELCOME = "/welcome/"
NEW = {"username": "ana", "email": "ana@example.org", "password1": "planetarium at night"}


def answer(client, step, **sent):
    return client.post(WELCOME, {"step": step} | sent)


def seb_now():
    return User.objects.get(username="seb")


def test_who_signs_up_is_led_there(client, db):
    assert client.post("/accounts/signup/", NEW)["Location"] == WELCOME
    assert client.get(WELCOME).status_code == 200


def test_who_came_from_a_page_goes_back_there_and_is_told_of_it(client, moment):
    page = client.post("/accounts/signup/", NEW | {"next": "/new/"}, follow=True)
    assert page.redirect_chain[-1][0] == "/new/"
    assert WELCOME in links(page, "#toasts")


def test_who_signs_in_is_not_led_there(client, seb):
    response = client.post("/accounts/login/", {"login": "seb", "password": "correct horse"})
    assert response["Location"] == "/"


def test_three_answers_set_progress_a_feeling_and_a_picture(as_seb, moment, film, seb):
    other = make_film("Snatch")
    assert answer(as_seb, "films", seen=[film.pk])["Location"] == f"{WELCOME}?step=scene"
    assert Progress.objects.of(seb, film) == SEEN
    assert Progress.objects.of(seb, other) is None
    led = answer(as_seb, "scene", scene=moment.pk, feeling="joy")
    assert led["Location"] == f"{WELCOME}?step=picture"
    assert Reaction.objects.values_list("member", "moment", "feeling").get() == (seb.pk, moment.pk, "joy")
    assert answer(as_seb, "picture", avatar=picture())["Location"] == "/"
    assert seb_now().avatar
    assert seb_now().welcomed is not None


def test_each_may_be_skipped(as_seb, film):
    led = [answer(as_seb, step, skip="one")["Location"] for step in ("films", "scene", "picture")]
    assert led == [f"{WELCOME}?step=scene", f"{WELCOME}?step=picture", "/"]
    assert not Progress.objects.exists()
    assert seb_now().welcomed is not None


def test_all_may_be_skipped_at_once_and_are_never_asked_again(as_seb, film):
    assert answer(as_seb, "films", skip="all")["Location"] == "/"
    assert as_seb.get(WELCOME)["Location"] == "/"
    assert answer(as_seb, "films", seen=[film.pk])["Location"] == "/"
    assert not Progress.objects.exists()


@for_each(
    "step, sent",
    [
        ("films", {"seen": [999_999]}),
        ("scene", {}),
        ("scene", {"feeling": "joy"}),
        ("scene", {"feeling": "boredom", "scene": 1}),
        ("scene", {"scene": "x", "feeling": "joy"}),
        ("picture", {}),
    ],
)
def test_what_is_no_answer_is_asked_again(step, sent, as_seb, moment):
    refused = answer(as_seb, step, **sent)
    assert refused.status_code == 422
    assert select(refused, ".errorlist li")
    assert seb_now().welcomed is None


def test_there_is_no_fourth_question(as_seb):
    assert as_seb.get(f"{WELCOME}?step=salary").status_code == 404
    assert answer(as_seb, "salary").status_code == 404


def test_visitors_sign_in_first(client, db):
    assert client.get(WELCOME)["Location"].startswith("/accounts/login/")


def test_scenes_are_of_the_films_that_one_has_seen_and_never_veiled(as_seb, film, mia, seb):
    other = make_film("Snatch")
    make_moment(film, mia, "Hidden end", spoiler=True)
    make_moment(film, mia, "The bench")
    seen = make_moment(other, mia, "The dog")
    offered = as_seb.get(f"{WELCOME}?step=scene").context["form"].moments.values()
    assert {post.title for post in offered} == {"The bench", "The dog"}
    Progress.objects.set_progress(seb, other, SEEN)
    (only,) = as_seb.get(f"{WELCOME}?step=scene").context["form"].moments.values()
    assert only.pk == seen.pk


@for_each("step, queries", [("films", 4), ("scene", 5), ("picture", 2)])
def test_the_questions_cost_the_same_for_one_film_and_for_many(step, queries, as_seb, film, mia):
    counts = []
    for _round in range(2):
        as_seb.get(f"{WELCOME}?step={step}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            as_seb.get(f"{WELCOME}?step={step}")
        counts.append(len(asked))
        for number in range(15):
            make_moment(make_film(f"Film {number}"), mia)
    assert counts[0] <= queries + 1
    assert counts[1] <= queries


def test_the_form_is_one_of_plain_html(as_seb, moment):
    for step in ("films", "scene", "picture"):
        form = the(as_seb.get(f"{WELCOME}?step={step}"), "main form")
        assert (form["method"], form["action"]) == ("post", reverse("welcome"))
