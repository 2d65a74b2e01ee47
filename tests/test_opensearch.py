"""What browsers are told of the search, and what they are suggested: what everybody may see."""

import json
from xml.etree import ElementTree

import pytest

from moments.models import Mute, Progress
from moments.spoilers.rules import SEEN
from tests.support.makers import make_film, make_member, make_moment
from tests.support.pages import select

pytestmark = pytest.mark.django_db
SPEC = "{http://a9.com/-/spec/opensearch/1.1/}"
SITE = "https://reelive.example"


def suggested(client, typed):
    answer = client.get("/search/opensearch.json", {"q": typed})
    assert answer["Content-Type"] == "application/x-suggestions+json"
    return json.loads(answer.content)


def test_each_page_says_where_the_search_is_described(client, as_seb):
    for page in (client.get("/"), as_seb.get("/films/")):
        (link,) = select(page, "link[rel=search]")
        assert (link["type"], link["href"]) == ("application/opensearchdescription+xml", "/opensearch.xml")


def test_the_description_leads_to_the_search_and_its_suggestions(client, settings):
    settings.SITE_URL = SITE
    answer = client.get("/opensearch.xml")
    root = ElementTree.fromstring(answer.content)
    assert answer["Content-Type"] == "application/opensearchdescription+xml"
    assert root.find(f"{SPEC}ShortName").text == "Reelive"
    assert {url.get("type"): url.get("template") for url in root.findall(f"{SPEC}Url")} == {
        "text/html": f"{SITE}/search/?q={{searchTerms}}",
        "application/x-suggestions+json": f"{SITE}/search/opensearch.json?q={{searchTerms}}",
        "application/opensearchdescription+xml": f"{SITE}/opensearch.xml",
    }


def test_films_posts_and_members_are_suggested_with_their_addresses(client, mia, settings):
    settings.SITE_URL = SITE
    film = make_film("Stars")
    moment = make_moment(film, mia, "Starlight")
    make_member("starling")
    assert suggested(client, " star ") == [
        "star",
        ["Stars", "Starlight", "@starling"],
        [],
        [f"{SITE}{path}" for path in ("/films/stars/", moment.get_absolute_url(), "/members/starling/")],
    ]
    assert suggested(client, "") == ["", [], [], []]


def test_a_member_is_suggested_what_everybody_is(client, as_seb, film, mia, seb):
    make_moment(film, mia, "Hidden ending", spoiler=True), make_moment(film, mia, "Hidden room")
    Progress.objects.set_progress(seb, film, SEEN)
    Mute.objects.add(seb, mia)
    assert suggested(as_seb, "hidden")[1] == ["Hidden room"]
    assert as_seb.get("/search/opensearch.json?q=hidden")["Cache-Control"] == "public, max-age=60"
