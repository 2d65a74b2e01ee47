"""What a search offers where nothing holds all words: what may be meant, and what holds most of them."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from moments.models import Comment, Film, MemberList, Mute, Post
from moments.search import vocabulary
from moments.search.analyser import is_word
from moments.search.index import catch_up, dialect
from moments.search.results import search
from moments.search.schema import POSTS, SLIPS, WORDS
from tests.support.makers import make_comment, make_film, make_list, make_member, make_moment, moderator
from tests.support.pages import links, text_of, the
from tests.support.rows import for_each
from tests.support.search import ANYBODY, make_shelf


@pytest.fixture
def shelf(film, mia, seb):
    make_moment(film, mia, "Sebastian at the piano", body="Sebastian plays on, and the lamp goes out.")
    return make_shelf(film, mia, seb)


def near(text, kind="all", viewer=ANYBODY):
    results = search(text, viewer, kind)
    assert results.groups == []
    shown = {
        group.kind.slug: [str(getattr(row, "title", row)) for row in group.rows] for group in results.near
    }
    return results.meant and results.meant.text, shown


@for_each("typed, meant", [
    ("sebastien", "sebastian"), ("sebatsian", "sebastian"), ("sebastiann", "sebastian"), ("pino", "piano"),
    ("la la lnad", "la la land"), ("Sebastien piano", "sebastian piano"), ("tapdance city", "tap dance city"),
    ("tag:dance danse", "tag:dance dance"), ("xyzzyq", None), ("sebastien -lamp", None), ("4711", None),
    ("ポニャ", None),
])  # fmt: skip
def test_a_misspelt_word_is_replaced_by_the_nearest(shelf, typed, meant):
    assert near(typed)[0] == meant


def test_what_the_nearest_word_finds_is_shown_at_once(shelf):
    assert near("sebastien")[1] == {"posts": ["Sebastian at the piano"]}
    assert near("sebastien", "moments")[1] == {"moments": ["Sebastian at the piano"]}
    assert near("la la lnad")[1]["films"] == ["La La Land"]


def test_what_holds_most_and_the_rarest_words_comes_first(shelf):
    meant, shown = near("who tap danced with sebastian over the sea")
    assert meant is None
    assert set(shown["posts"]) == {"Sebastian at the piano", "A Lovely Night", "Running on the waves"}
    assert near("pier in one take that was hummed")[1]["posts"][0] == "One take"


def test_other_forms_of_a_word_are_near(shelf):
    assert "A Lovely Night" in near("tap dancing")[1]["posts"]


def test_filters_and_unwanted_words_hold_there_too(shelf):
    assert near("girl dancing piano film:ponyo")[1] == {"posts": ["Running on the waves"]}
    assert "City of Stars" not in near("dusk piano waves -hummed")[1].get("posts", [])
    assert near("dusk piano waves kind:song")[1] == {"posts": ["City of Stars"]}


def test_nothing_near_is_shown_beside_what_was_found(shelf):
    results = search("sebastian", ANYBODY)
    assert results.groups
    assert (results.near, results.meant) == ([], None)


def test_what_is_muted_or_removed_is_not_near(shelf, film, seb):
    laura = make_member("laura")
    post = make_moment(film, laura, "Zanzibar")
    assert near("zanzibr", viewer=seb) == ("zanzibar", {"posts": ["Zanzibar"]})
    Mute.objects.create(member=seb, other=laura)
    assert near("zanzibr", viewer=seb) == (None, {})
    post.remove(moderator(), "spam")
    assert near("zanzibr") == (None, {})


def test_no_word_is_offered_that_stands_in_no_public_text(shelf, film, mia, seb):
    """Neither by its letters nor by keeping another one from being offered."""
    private = make_list(mia, title="Mine", visibility="private")
    remark = make_comment(private, mia, "Zanzibar")
    assert near("zanzibr") == near("zanzibarr") == (None, {})
    assert near("zanzibarpiano")[0] is None
    make_moment(film, mia, "Zanziber")
    for typed in ("zanzibr", "zanzibar"):
        assert near(typed) == ("zanziber", {"posts": ["Zanziber"]})
    unlisted = make_list(seb, visibility="unlisted")
    Comment.objects.filter(pk=remark.pk).update(member_list=unlisted)
    assert near("zanzibr")[0] == "zanziber"
    MemberList.objects.filter(pk=unlisted.pk).update(visibility="public")
    assert near("zanzibr")[0] == "zanzibar"
    User.objects.filter(pk=seb.pk).update(is_private=True)
    assert near("zanzibr")[0] == "zanziber"


def test_the_words_about_what_was_removed_are_not_offered(film, mia, seb):
    lost = make_film("Lost")
    moment = make_moment(film, mia)
    make_moment(lost, mia, "Timbuktu")
    make_comment(moment, seb, "Zanzibar, Timbuktu")
    assert (near("zanzibr")[0], near("timbuktv")[0]) == ("zanzibar", "timbuktu")
    moment.remove(moderator(), "spam")
    assert near("zanzibr") == (None, {})
    Film.objects.filter(pk=lost.pk).update(state="removed")
    assert near("timbuktv") == (None, {})


def test_words_are_counted_once_a_row_and_forgotten_with_the_last(film, mia, seb):
    first, second = (make_moment(film, mia, f"Zanzibar zanzibar {n}") for n in range(2))
    comment = make_comment(first, seb, "Zanzibar!")
    catch_up()
    assert vocabulary.counts(dialect(), ["zanzibar"]) == {"zanzibar": 3}
    assert vocabulary.counts(dialect(), ["zanzibar"], "moments_post") == {"zanzibar": 2}
    for target in (first, second, comment):
        target.remove(moderator(), "spam")
    catch_up()
    assert vocabulary.counts(dialect(), ["zanzibar"]) == {}
    assert dialect().rows(f"SELECT * FROM {SLIPS} WHERE word = 'zanzibar'") == []


def test_the_words_agree_with_the_index_after_edits(shelf):
    for post in Post.objects.all():
        post.title = f"{post.title} anew"
        post.revise(["stars"])
    catch_up()
    words = set(dialect().rows(f"SELECT word, place, rows FROM {WORDS} WHERE place = 'moments_post'"))
    held = {}
    for tokens in dialect().entered(POSTS, list(Post.objects.values_list("pk", flat=True))).values():
        for token in filter(is_word, tokens):
            held[token] = held.get(token, 0) + 1
    assert words == {(word, "moments_post", rows) for word, rows in held.items()}


@given(st.text("abcé", min_size=1, max_size=8), st.text("abcé", min_size=1, max_size=8))
def test_the_distance_is_one_of_a_metric(one, other):
    assert vocabulary.distance(one, other) == vocabulary.distance(other, one)
    assert (vocabulary.distance(one, other) == 0) == (one == other)
    assert vocabulary.distance(one, other) <= max(len(one), len(other))


def test_one_slip_of_any_sort_is_one_step():
    for slip in ("lnad", "lan", "lande", "lund"):
        assert vocabulary.distance(slip, "land") == 1


def test_help_costs_the_same_whatever_the_number_of_words(film, mia):
    def cost():
        catch_up()
        with CaptureQueriesContext(connection) as queries:
            search("zanzibr lnad", ANYBODY)
        return len(queries)

    make_moment(film, mia, "Zanzibar land")
    few = cost()
    for number in range(20):
        make_moment(film, mia, f"Zanzibar land {number}", body=f"Word{number} other{number}")
    assert cost() == few


# The page.


def test_the_page_offers_the_word_that_may_be_meant(client, shelf):
    page = client.get("/search/", {"q": "sebastien"})
    assert links(page, ".search-near") == ["/search/?q=sebastian"]
    assert "Sebastian at the piano" in text_of(page)
    assert links(client.get("/search/", {"q": "tap dancing piano"}), ".search-near") == []


@for_each("typed, written", [
    ("sebastien", "Sebastian"), ("sebastien piano", "Sebastian piano"),
    ("Piano sebastien", "Piano Sebastian"),
    ("la la lnad", "la la Land"), ("eclaire", "Éclair"), ("pino", "piano"),
])  # fmt: skip
def test_the_word_is_offered_as_it_is_mostly_written(client, shelf, film, mia, typed, written):
    make_moment(film, mia, "Éclair at Dusk")
    page = client.get("/search/", {"q": typed})
    assert f" {written}?" in the(page, ".search-near a").text
    assert links(page, ".search-near") == [f"/search/?{urlencode({'q': near(typed)[0]})}"]


def test_what_is_veiled_tells_no_way_of_writing(client, film, mia):
    make_moment(film, mia, "QuuxTwist", body="A QuuxTwist.", spoiler=True)
    page = client.get("/search/", {"q": "quuxtwisd"})
    assert "QuuxTwist" not in page.text


@for_each("kind, offered", [
    ("all", "/share/"), ("moments", "/share/"), ("songs", "/share/"), ("trivia", "/share/"),
    ("films", "/films/new/?title=xyzzyq"), ("comments", None), ("tags", None), ("members", None),
])  # fmt: skip
def test_only_what_members_share_is_offered_to_be_shared(client, shelf, kind, offered):
    page = client.get("/search/", {"q": "xyzzyq", "kind": kind})
    assert links(page, ".empty") == ([offered] if offered else [])


def test_tabs_say_how_many_there_are(client, shelf, film, mia):
    for number in range(120):
        make_moment(film, mia, f"Lamp {number}")
    make_film("The lamp")
    tabs = client.get("/search/", {"q": "lamp", "kind": "films"}).context["tabs"]
    counted = {tab["url"].rpartition("=")[2]: tab["count"] for tab in tabs}
    assert counted["moments"] == "99+"
    assert (counted["films"], counted["songs"], counted["comments"]) == ("1", "", "")


def test_an_empty_page_leads_to_films_and_lists(client, shelf):
    page = client.get("/search/")
    assert "/films/la-la-land/" in links(page, "main")
    assert {"/tags/", "/feelings/"} < set(links(page, "main"))
