"""The wheel of the twelve feelings, and the list of each with its choices."""

from itertools import product
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from moments.feelings import FEELINGS
from moments.graphics.wheel import AROUND, LONGEST_PETAL, Petal, describe_wheel, draw_wheel
from moments.models import FeelingTally, Progress
from moments.spoilers.rules import SEEN, ProgressPoint
from moments.views import feelings as pages
from tests.support.makers import make_copies, make_film, make_moment, make_more_posts
from tests.support.pages import links, select, the
from tests.support.rows import for_each

SVG = "{http://www.w3.org/2000/svg}"


def felt(moment, **strengths):
    """Give a moment tallies of these strengths, as if so much had been felt there."""
    for slug, strength in strengths.items():
        FeelingTally.objects.create(moment=moment, feeling=slug, house=9, strength=strength)
    return moment


def make_more_felt(moment, number):
    """Copies of a moment, at which the same was felt."""
    more = make_more_posts(moment, number)
    for tally in FeelingTally.objects.filter(moment=moment.pk):
        make_copies(tally, number, moment_id=lambda place: more[place].pk)


def shown(response):
    return [post.title for post in response.context["posts"]]


def strongest(response):
    return {
        door["feeling"].slug: door["moment"].title for door in response.context["choices"] if door["moment"]
    }


@pytest.fixture
def ponyo(db):
    return make_film("Ponyo", year=2008)


# The wheel


def test_the_page_of_the_feelings_names_the_strongest_moment_of_each(client, film, mia):
    felt(make_moment(film, mia, "Pure"), joy=0.7)
    felt(make_moment(film, mia, "Mixed"), joy=0.4, fear=0.4)
    response = client.get("/feelings/")
    assert strongest(response) == {"joy": "Pure", "fear": "Mixed"}
    petal = the(response, 'svg a[href="/feelings/joy/"]')["aria-label"]
    assert all(word in petal for word in (str(FEELINGS["joy"].name), "Pure", film.title))
    cards = select(response, ".feeling-card")
    assert [len(card.select(".feeling-card-moment")) for card in cards].count(0) == 10


def test_the_questions_for_the_wheel_are_written_once_for_all_members(film, mia, seb, monkeypatch):
    felt(make_moment(film, mia, "Pure"), joy=0.7)
    first, second = Client(), Client()
    first.force_login(mia), second.force_login(seb)
    first.get("/feelings/")
    monkeypatch.setattr(pages, "tallies_of", None)
    assert strongest(second.get("/feelings/")) == {"joy": "Pure"}


def test_the_strongest_moment_is_one_that_the_reader_may_know(client, film, mia, seb):
    known = felt(make_moment(film, mia, "Known", position=1.0), heartbreak=0.3)
    felt(make_moment(film, mia, "They part", position=9.0, spoiler=True), heartbreak=0.9)
    response = client.get("/feelings/")
    assert strongest(response) == {"heartbreak": "Known"}
    assert "They part" not in response.content.decode()
    client.force_login(seb)
    for progress, expected in [(SEEN, "They part"), (ProgressPoint(known.position), "Known")]:
        Progress.objects.set_progress(seb, film, progress)
        assert strongest(client.get("/feelings/")) == {"heartbreak": expected}


def test_the_wheel_has_a_link_to_each_of_the_twelve():
    assert sorted(AROUND) == sorted(FEELINGS)
    svg = ElementTree.fromstring(
        draw_wheel({}).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    )
    links = svg.findall(f"{SVG}a")
    assert [link.get("href") for link in links] == [f"/feelings/{slug}/" for slug in AROUND]
    assert [link.get("aria-label") for link in links] == [FEELINGS[slug].name for slug in AROUND]
    assert (svg.get("role"), bool(svg.get("aria-label"))) == ("group", True)


def test_the_strongest_petal_reaches_the_rim():
    wheel = draw_wheel({"joy": Petal(FEELINGS["joy"], 0.8), "fear": Petal(FEELINGS["fear"], 0.4)})
    fills = [part.split('"')[1] for part in wheel.split('class="wheel-fill" d=')[1:]]
    reach = dict(zip(AROUND, [float(fill.split("A")[1].split(" ")[0]) for fill in fills], strict=True))
    assert reach["joy"] == LONGEST_PETAL
    assert reach["love"] < reach["fear"] < reach["joy"]


def test_the_wheel_says_its_numbers():
    petals = {"fear": Petal(FEELINGS["fear"], 0.4), "joy": Petal(FEELINGS["joy"], 0.8)}
    assert describe_wheel(petals).endswith(": Joy 80 %, Fear 40 %.")
    nothing = describe_wheel({"love": Petal(FEELINGS["love"])})
    assert (bool(nothing), "%" in nothing) == (True, False)
    assert f'<desc id="wheel-d">{describe_wheel(petals)}</desc>' in draw_wheel(petals)


def test_words_cannot_break_out_of_the_wheel():
    hostile = '"><script>alert(1)</script>'
    wheel = draw_wheel({"joy": Petal(FEELINGS["joy"], 1.0, hostile, hostile)})
    assert "<script" not in wheel
    assert escape(hostile) in wheel


# The list of one


def test_a_feelings_list_goes_by_share_and_not_by_count(client, film, mia):
    felt(make_moment(film, mia, "Mixed"), joy=0.4, fear=0.4)
    felt(make_moment(film, mia, "Pure"), joy=0.7)
    assert shown(client.get("/feelings/joy/")) == ["Pure", "Mixed"]
    assert shown(client.get("/feelings/fear/")) == ["Mixed"]


def test_a_list_says_nothing_of_what_is_veiled(client, film, mia, seb):
    felt(make_moment(film, mia, "Known", position=1.0), fear=0.2)
    felt(make_moment(film, mia, "They part", position=9.0, spoiler=True), fear=0.9)
    assert shown(client.get("/feelings/fear/")) == ["Known"]
    client.force_login(mia)
    assert shown(client.get("/feelings/fear/")) == ["They part", "Known"]


def test_a_feeling_can_be_had_in_one_film(client, film, ponyo, mia):
    felt(make_moment(film, mia, "Here"), joy=0.4)
    felt(make_moment(ponyo, mia, "There"), joy=0.7)
    response = client.get("/feelings/joy/?film=la-la-land")
    assert shown(response) == ["Here"]
    assert response.context["choice"].parts == [{"words": "in La La Land", "without": "/feelings/joy/"}]


@pytest.mark.parametrize("few", [0, 5_000], ids=["walked", "gathered"])
def test_a_feeling_can_be_had_from_one_decade(client, film, ponyo, mia, monkeypatch, few):
    monkeypatch.setattr(pages, "FEW_TO_SORT", few)
    felt(make_moment(film, mia, "New"), joy=0.4)
    felt(make_moment(ponyo, mia, "Old"), joy=0.7)
    assert shown(client.get("/feelings/joy/?decade=2010")) == ["New"]
    assert shown(client.get("/feelings/joy/?decade=2000")) == ["Old"]
    assert shown(client.get("/feelings/joy/?decade=1950")) == []


def test_a_feeling_can_be_had_with_another(client, film, mia):
    felt(make_moment(film, mia, "Both"), joy=0.4, longing=0.3)
    felt(make_moment(film, mia, "A trace"), joy=0.5, longing=pages.LEAST_OF_OTHER / 2)
    felt(make_moment(film, mia, "One"), joy=0.7)
    assert shown(client.get("/feelings/joy/?with=longing")) == ["Both"]
    assert shown(client.get("/feelings/longing/?with=joy")) == ["Both", "A trace"]


def test_choices_add_up_and_each_can_be_left_out(client, film, ponyo, mia):
    felt(make_moment(film, mia, "All three"), joy=0.4, hope=0.3)
    felt(make_moment(film, mia, "Without hope"), joy=0.6)
    felt(make_moment(ponyo, mia, "Too old"), joy=0.5, hope=0.5)
    response = client.get("/feelings/joy/?film=la-la-land&decade=2010&with=hope")
    assert shown(response) == ["All three"]
    assert [(part["words"], part["without"]) for part in response.context["choice"].parts] == [
        ("in La La Land", "/feelings/joy/?decade=2010&with=hope"),
        ("from the 2010s", "/feelings/joy/?film=la-la-land&with=hope"),
        ("with Hope", "/feelings/joy/?film=la-la-land&decade=2010"),
    ]
    chosen = {
        field["name"]: field.select("option[selected]")[0]["value"] for field in select(response, "select")
    }
    assert chosen == {"film": "la-la-land", "decade": "2010"}


def test_a_list_without_moments_says_how_to_find_some(client, film, mia):
    felt(make_moment(film, mia, "Joyful"), joy=0.4)
    assert links(client.get("/feelings/joy/?decade=1990"), ".empty") == ["/feelings/joy/"]


def test_pages_keep_the_choices(client, film, ponyo, mia):
    joyful = make_moment(film, mia, "Joyful 0")
    more = make_more_posts(joyful, 29, title=lambda number: f"Joyful {number + 1}")
    for number, moment in enumerate([joyful, *more]):
        felt(moment, joy=0.3 + number / 100, love=0.2)
    other = felt(make_moment(ponyo, mia), joy=0.9, love=0.2)
    make_more_felt(other, 29)
    first = client.get("/feelings/joy/?film=la-la-land&with=love")
    cursor = first.context["next_cursor"]
    assert f"?film=la-la-land&amp;with=love&amp;after={cursor}" in first.content.decode()
    second = client.get("/feelings/joy/", {"film": "la-la-land", "with": "love", "after": cursor})
    assert shown(first) + shown(second) == [f"Joyful {number}" for number in reversed(range(30))]
    assert second.context["next_cursor"] is None


def test_a_film_that_was_renamed_is_still_found(client, film, mia):
    felt(make_moment(film, mia, "Here"), joy=0.4)
    film.title = "City of Stars"
    film.revise()
    response = client.get("/feelings/joy/?film=la-la-land")
    assert shown(response) == ["Here"]


@for_each(
    "query",
    [
        "film=nowhere",
        "film=%00",
        "decade=2015",
        "decade=0",
        "decade=abc",
        "decade=１９９０",
        "with=ennui",
        "with=joy",
        "after=x",
    ],
)
def test_choices_that_there_are_not_are_not_found(client, film, query):
    assert client.get(f"/feelings/joy/?{query}").status_code == 404


def test_a_feeling_that_there_is_not_is_not_found(client, db):
    assert client.get("/feelings/ennui/").status_code == 404


def test_more_cards_come_without_the_page_around_them(client, film, mia):
    make_more_felt(felt(make_moment(film, mia), joy=0.5), 25)
    cursor = client.get("/feelings/joy/").context["next_cursor"]
    response = client.get("/feelings/joy/", {"after": cursor}, headers={"HX-Request": "true"})
    assert len(shown(response)) == 1
    assert "<html" not in response.content.decode()


CHOICES = ["film=la-la-land", "decade=2010", "with=hope", "film=la-la-land&decade=2010&with=hope"]


def test_a_choice_costs_the_same_at_one_row_and_at_a_hundred(film, mia, seb):
    visitor, member = Client(), Client()
    member.force_login(seb)
    visitor.get("/feelings/joy/")  # whoever comes first asks for the picture of the page
    moment, counts = felt(make_moment(film, mia), joy=0.5, hope=0.4), []
    for rows in (1, 100):
        make_more_felt(moment, rows - 1)
        counted = {}
        for client, query in product((visitor, member), CHOICES):
            with CaptureQueriesContext(connection) as asked:
                assert len(shown(client.get(f"/feelings/joy/?{query}"))) == min(25, rows)
            counted[client, query] = len(asked)
        counts.append(counted)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 13


def test_the_feed_of_a_feeling_says_nothing_of_what_is_veiled(client, film, mia):
    felt(make_moment(film, mia, "Known"), fear=0.2)
    felt(make_moment(film, mia, "They part", spoiler=True), fear=0.9)
    feed = ElementTree.fromstring(client.get("/feelings/fear/feed/").content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.find(f"{atom}title").text for entry in feed.findall(f"{atom}entry")] == [
        "Known · La La Land"
    ]


def test_the_second_feeling_is_a_link_that_keeps_the_rest_of_the_choice(client, film, mia):
    felt(make_moment(film, mia), joy=0.5, love=0.3)
    page = client.get("/feelings/joy/?film=la-la-land")
    chips = [chip["href"] for chip in select(page, "nav .feeling-links a")]
    assert chips == [f"/feelings/joy/?film=la-la-land&with={slug}" for slug in FEELINGS if slug != "joy"]
    chosen = client.get("/feelings/joy/?film=la-la-land&with=love")
    (current,) = select(chosen, "nav .feeling-links a[aria-current]")
    assert current["href"] == "/feelings/joy/?film=la-la-land"
    assert the(chosen, "form.choice input[name=with]")["value"] == "love"
