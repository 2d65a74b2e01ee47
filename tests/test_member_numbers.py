"""What a member has seen in numbers: the people they saw most, and the picture for whoever shares it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from moments.models import LinkPicture, link_picture
from tests.support.link_pictures import named_picture, opened, paint_all, painted, rows
from tests.support.makers import make_credit, make_film
from tests.support.pages import links, select

PAGE, SITE = "/members/mia/numbers/", "/static/img/link.png"
MARCH = "?first=2024-03-01&last=2024-03-31"


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def seen(mia):
    """Two films by one director, whose one actor is in three films and gives one of these away."""
    films = [make_film(f"Pier {number}", palette=[f"#{number}0{number}0{number}0"]) for number in range(1, 4)]
    for number, film in enumerate(films):
        make_credit(film, "Ida Holm", role="director" if number < 2 else "producer")
        make_credit(film, "Ann Lee", gives_away=number == 2)
        make_credit(film, f"Once Only {number}")
        film.log(mia, date(2024, number + 3, 9), feelings=["joy"])
    return films


def people(client, query=""):
    found = client.get(PAGE + query).context["numbers"]["people"]
    return {role: [(person.name, number) for person, number in rows] for role, rows in found.items()}


def test_whom_they_saw_most_is_named_with_what_can_be_told(client, seen):
    assert people(client) == {"director": [("Ida Holm", 2)], "cast": [("Ann Lee", 2)]}
    assert {"/people/ida-holm/", "/people/ann-lee/"} <= set(links(client.get(PAGE)))
    assert people(client, MARCH) == {"director": [], "cast": []}


def test_a_span_has_a_picture_of_its_own_and_is_sent_on_with_its_days(client, seen):
    assert named_picture(client, PAGE) == SITE
    whole, march = painted(client, PAGE), painted(client, PAGE + MARCH)
    assert opened(whole).size == opened(march).size == (1200, 630)
    assert whole != march
    assert rows() == [("numbers", rows()[0][1], ""), ("numbers", rows()[0][1], "20240301-20240331")]
    assert f'property="og:url" content="http://localhost:8000{PAGE}{MARCH}"'.replace("&", "&amp;") in (
        client.get(PAGE + MARCH).text
    )
    page = client.get(f"{PAGE}send/{MARCH}")
    assert page.context["sent"].path == PAGE + MARCH
    fields = {field["name"]: field["value"] for field in select(page, "#fediverse input[type=hidden]")}
    assert fields == {"first": "2024-03-01", "last": "2024-03-31"}


def test_what_others_may_not_see_is_in_no_picture(client, seen, mia):
    before = painted(client, PAGE)
    seen[2].diary_entries.update(audience="me")
    seen[2].ratings.all().delete()
    LinkPicture.objects.all().delete()
    assert painted(client, PAGE) != before
    User.objects.filter(pk=mia.pk).update(is_private=True)
    assert client.get(PAGE).status_code == 404
    LinkPicture.objects.update(wanted=timezone.now())
    paint_all()
    assert rows() == []


def test_a_member_without_films_has_no_picture(client, mia):
    assert named_picture(client, PAGE) == ""
    assert rows() == []


def test_spans_are_bounded_and_go_when_nobody_looks(client, seen, monkeypatch):
    monkeypatch.setattr(link_picture, "MOST_DETAILS", 2)
    for day in range(1, 5):
        client.get(f"{PAGE}?first=2024-03-0{day}&last=2024-04-30")
    paint_all()
    assert len(rows()) == 2
    LinkPicture.objects.sweep(timezone.now() + link_picture.UNSEEN_KEPT_FOR - timedelta(hours=1))
    assert len(rows()) == 2
    LinkPicture.objects.sweep(timezone.now() + link_picture.UNSEEN_KEPT_FOR + timedelta(hours=1))
    assert rows() == []


def test_what_the_table_of_limits_says_of_them_is_so(settings):
    table = (settings.BASE_DIR / "docs" / "limits.md").read_text(encoding="utf-8")
    most, days = link_picture.MOST_DETAILS, link_picture.UNSEEN_KEPT_FOR.days
    assert f"{most} of one member's years, and {most} of the days that their numbers are asked for" in table
    assert f"those of some days {days} days from when they were last looked at" in table
