"""What has several tags at once: one address for each set, nothing veiled or muted, and a walk that ends."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moments.models import Mute, Tag
from moments.syndication import tags_together
from reelive import statements
from tests.support.atom import entries, read
from tests.support.database import plan_of
from tests.support.makers import make_moment, make_song, moderator
from tests.support.pages import links, select, texts
from tests.support.rows import for_each

pytestmark = pytest.mark.django_db


def titles(client, tags):
    return texts(client.get(f"/tags/{tags}/"), ".card-title")


def address(*names):
    return reverse("tags-together", args=[",".join(names)])


@pytest.fixture
def tagged(film, mia):
    make_moment(film, mia, "Pier", tags=["sea", "dusk", "lamp"])
    make_song(film, mia, "Tune", tags=["sea", "dusk"])
    make_moment(film, mia, "Boat", tags=["sea"])
    make_moment(film, mia, "Roof", tags=["dusk", "night"])


def test_what_has_all_of_them_is_listed(client, tagged):
    assert titles(client, "dusk,sea") == ["Tune", "Pier"]
    assert titles(client, "dusk,lamp,sea") == ["Pier"]
    assert titles(client, "lamp,night") == []


def test_hot_first_whichever_tag_is_the_rarest(client, tagged, seb, anna, film):
    for voter in (seb, anna):
        film.posts.get(title="Pier").upvote(voter)
    assert titles(client, "dusk,sea") == ["Pier", "Tune"]


@for_each("asked", ["sea,dusk", "dusk,sea,dusk", "sea,sea,dusk"])
@for_each("end", ["", "feed/"])
def test_another_order_leads_to_the_one_address(asked, end, client, tagged):
    answer = client.get(f"/tags/{asked}/{end}")
    assert (answer.status_code, answer["Location"]) == (301, f"/tags/dusk,sea/{end}")


def test_a_merged_tag_leads_on_and_one_alone_is_its_own_page(client, tagged):
    Tag.objects.get(name="night").merge_into(moderator(), Tag.objects.get(name="lamp"))
    assert client.get("/tags/dusk,night/")["Location"] == "/tags/dusk,lamp/"
    assert client.get("/tags/lamp,night/")["Location"] == "/tags/lamp/"
    assert client.get("/tags/lamp,night/feed/")["Location"] == "/tags/lamp/feed/"


@for_each("asked", ["dusk,nothing", "dusk,", ",", "dusk,lamp,night,sea,stars", "a,b,c,d,e"])
def test_what_is_no_set_of_up_to_four_tags_is_not_found(asked, client, tagged, moment):
    assert client.get(f"/tags/{asked}/").status_code == 404


def test_a_removed_tag_is_not_found(client, tagged):
    Tag.objects.get(name="sea").take_out_of_sight()
    assert client.get("/tags/dusk,sea/").status_code == 404


def test_the_feed_has_the_same(client, tagged):
    assert entries(read(client, "/tags/dusk,sea/feed/")) == ["Tune · La La Land", "Pier · La La Land"]


def test_veiled_and_muted_posts_are_left_out(as_seb, film, mia, seb, anna):
    make_moment(film, mia, "Known", tags=["sea", "dusk"])
    make_moment(film, mia, "Veiled", tags=["sea", "dusk"], spoiler=True)
    make_moment(film, anna, "Muted", tags=["sea", "dusk"])
    Mute.objects.add(seb, anna)
    assert titles(as_seb, "dusk,sea") == ["Known"]


def test_only_so_many_of_the_rarest_are_asked(client, tagged, film, mia, monkeypatch):
    monkeypatch.setattr(tags_together, "MOST_WALKED", 1)
    monkeypatch.setattr(statements, "_kept", {})
    assert titles(client, "dusk,lamp,sea") == ["Pier"]
    make_moment(film, mia, "Lamp", tags=["lamp"])
    assert titles(client, "dusk,lamp,sea") == []


def test_the_rarest_tag_is_walked_and_the_others_are_looked_up(client, tagged):
    with CaptureQueriesContext(connection) as queries:
        client.get("/tags/dusk,sea/")
    (walked,) = [
        query["sql"] for query in queries if "moments_tagging" in query["sql"] and "EXISTS" in query["sql"]
    ]
    plan = plan_of(walked)
    assert "tagging_hot" in plan
    assert not re.search("TEMP B-TREE|Seq Scan|Sort Key", plan)


def test_a_tag_offers_what_its_posts_have_besides(client, tagged):
    page = client.get("/tags/sea/")
    assert [(link.text, link["href"]) for link in select(page, ".and-with a")] == [
        ("dusk", "/tags/dusk,sea/"),
        ("lamp", "/tags/lamp,sea/"),
    ]
    assert texts(client.get("/tags/dusk,sea/"), ".and-with a") == ["lamp"]


def test_four_tags_are_narrowed_down_no_further(client, film, mia):
    make_moment(film, mia, tags=["a1", "b1", "c1", "d1", "e1"])
    assert texts(client.get("/tags/a1,b1,c1/"), ".and-with a") == ["d1", "e1"]
    assert texts(client.get("/tags/a1,b1,c1,d1/"), ".and-with a") == []


def test_search_engines_list_none_of_them(client, tagged):
    page = client.get("/tags/dusk,sea/")
    assert [meta["content"] for meta in select(page, "meta[name=robots]")] == ["noindex"]
    assert {"/tags/dusk/", "/tags/sea/"} <= set(links(page))


def test_words_of_all_languages_have_addresses(client, film, mia):
    make_moment(film, mia, "One", tags=["日本", "été"])
    assert titles(client, "été,日本") == ["One"]
