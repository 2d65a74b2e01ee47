"""The page of a search: its excerpts, its rows, and what it says when nothing was found."""

from moments.models import Season
from moments.search.highlight import marked
from moments.search.kinds import KINDS_WITH_TAB
from moments.search.query import parse
from moments.search.results import search
from tests.support.makers import (
    make_comment,
    make_credit,
    make_episode,
    make_film,
    make_list,
    make_member,
    make_moment,
    make_review,
    make_song,
    make_trivia,
)
from tests.support.pages import links, texts, the
from tests.support.rows import for_each
from tests.support.search import ANYBODY

TABS = ["all", *KINDS_WITH_TAB]


# Excerpts.


@for_each("query, text, shown", [
    ("amelie", "Voilà Amélie!", "Voilà <mark>Amélie</mark>!"),
    ("art", "start art artful", "start <mark>art</mark> artful"),
    ('"of stars"', "City — of_stars, & <b>", "City — <mark>of_stars</mark>, &amp; &lt;b&gt;"),
    ("<script>", "a <script>alert(1)", "a &lt;<mark>script</mark>&gt;alert(1)"),
    ("don't", "I don’t know", "I <mark>don’t</mark> know"),
    ("b", "x " * 50 + "b" + " y" * 300, "…" + "x " * 29 + "<mark>b</mark>" + " y" * 90 + "…"),
    ("b", "no such word", None),
    ("a night", "A day " + "x " * 99 + "a night", "…" + "x " * 28 + "<mark>a</mark> <mark>night</mark>"),
    ("a night", "A day", None),
    ("a", "A day", "<mark>A</mark> day"),
    ("strasse", "In der Straße.", "In der <mark>Straße</mark>."),
    ("mobius", "A Møbius strip", "A <mark>Møbius</mark> strip"),
    ("whats up", "So what’s up?", "So <mark>what’s</mark> <mark>up</mark>?"),
    ("spider-man", "Here Spiderman comes", "Here <mark>Spiderman</mark> comes"),
    ("千尋", "千と千尋の神隠し", "千と<mark>千尋</mark>の神隠し"),
    ("ぽにょ", "崖の上のポニョ", "崖の上の<mark>ポニョ</mark>"),
])  # fmt: skip
def test_an_excerpt_shows_the_words_where_they_stand(query, text, shown):
    excerpt = marked(text, parse(query).wanted)
    assert excerpt == shown or (excerpt and excerpt.rstrip("…").startswith(shown.rstrip("… y")))


def test_other_forms_of_a_word_are_marked_where_they_were_found():
    terms = parse("dancing the cars").wanted
    shown = "They <mark>dance</mark> on the <mark>car</mark> and the chance"
    assert marked("They dance on the car and the chance", terms, stems=True) == shown
    assert marked("To be or not", parse("not the").wanted, stems=True) == "To be or <mark>not</mark>"


def test_an_unfinished_word_is_marked_to_its_end():
    terms = parse("gosl").wanted
    assert marked("Ryan Gosling sings", terms, terms) == "Ryan <mark>Gosling</mark> sings"


def test_an_excerpt_is_of_a_bearable_length():
    terms = parse("b").wanted
    for text in ("x" * 9000 + " b " + "y" * 9000, "b" + "é" * 9000, "b " * 5000, "é " * 5000 + "b"):
        assert (excerpt := marked(text, terms)) is None or len(excerpt.replace("<mark>b</mark>", "b")) < 310


def test_a_result_shows_the_place_of_the_word(client, film, mia):
    make_moment(film, mia, "Late", body="First nothing. " * 40 + "Then a **lamp** <b>goes</b> on.")
    page = client.get("/search/", {"q": "lamp"}).content.decode()
    assert "Then a <mark>lamp</mark> &lt;b&gt;goes&lt;/b&gt; on." in page


# The page.


def test_the_page_keeps_the_query_and_offers_every_kind(client, moment):
    response = client.get("/search/", {"q": 'lovely "night"', "kind": "moments"})
    assert the(response, "main input[name=q]")["value"] == 'lovely "night"'
    tabs = response.context["tabs"]
    assert [tab["label"] for tab in tabs[1:]] == [kind.label for kind in KINDS_WITH_TAB.values()]
    assert [tab["label"] for tab in tabs if tab["current"]] == [KINDS_WITH_TAB["moments"].label]
    hidden = the(response, "main input[name=kind]")
    assert (hidden["type"], hidden["value"]) == ("hidden", "moments")


def test_the_page_helps_when_nothing_was_asked_found_or_understood(client, moment):
    help_to_ask = texts(client.get("/search/"), "main h2")
    nothing = client.get("/search/", {"q": "nosferatu"})
    assert help_to_ask != []
    assert set(help_to_ask).isdisjoint(texts(nothing, "main h2"))
    assert links(nothing, ".empty") == ["/share/"]
    page = client.get("/search/", {"q": "foo:bar"})
    assert search("foo:bar", ANYBODY).problem in page.content.decode()
    assert the(page, "main input[name=q]")["value"] == "foo:bar"


def test_the_page_leads_to_all_of_a_kind_when_it_shows_a_few(client, film, mia):
    for number in range(4):
        make_film(f"Lamp {number}")
    groups = client.get("/search/", {"q": "lamp"}).context["groups"]
    assert [(group["label"], len(group["rows"]), group["url"]) for group in groups] == [
        ("Films", 3, "/search/?q=lamp&kind=films")
    ]


def test_the_page_does_not_know_other_kinds(client, db):
    assert client.get("/search/", {"q": "x", "kind": "poems"}).status_code == 404


@for_each("kind", TABS)
def test_every_kind_has_its_rows(client, moment, seb, mia, film, kind):
    make_song(film, mia, "Lovely song")
    make_trivia(film, mia, "Lovely claim")
    make_comment(make_moment(film, mia, "Bench", tags=["lovely"]), seb, "Lovely <b>indeed</b>.")
    make_film("Lovely")
    make_member("lovely")
    make_list(mia, title="Lovely list")
    make_credit(film, "Ann Lovely")
    make_review(film, mia, "Lovely throughout")
    season, _episode = make_episode(film, 1, 2, title="Lovely morning")
    Season.objects.filter(pk=season.pk).update(title="Lovely spring")
    page = client.get("/search/", {"q": "lovely", "kind": kind}).content.decode()
    signs = {
        "moments": "A Lovely Night", "songs": "Lovely song", "trivia": "Lovely claim",
        "comments": "<mark>Lovely</mark> &lt;b&gt;indeed&lt;/b&gt;.", "films": "/films/lovely/",
        "tags": "/tags/lovely/", "members": "/members/lovely/", "people": "/people/ann-lovely/",
        "lists": "/members/mia/lists/lovely-list/",
        "reviews": "Lovely throughout", "seasons": "Lovely spring", "episodes": "Lovely morning",
    }  # fmt: skip
    shown = {name for name, sign in signs.items() if sign in page}
    assert shown == (set(signs) if kind == "all" else {kind})


# Help for forms.


def test_the_page_shows_the_marks_and_nobody_elses_markup(client, film, mia):
    make_moment(film, mia, "The Pier", body="A <b>lamp</b> and a piano on the pier.")
    page = client.get("/search/", {"q": "piano"}).content.decode()
    assert "<mark>piano</mark>" in page
    assert "&lt;b&gt;lamp&lt;/b&gt;" in page
