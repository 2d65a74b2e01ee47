"""What addresses declare of themselves, and who reads it: bars, robots, the sitemap, feeds."""

import re
from pkgutil import iter_modules

from django.urls import resolve, reverse

from moments import views
from moments.urls import urlpatterns
from reelive.routes import declaration_of, declarations, form, list_page, page, verb
from tests.support.rows import for_each

DECLARED = {pattern.name: pattern.callback.declaration for pattern in urlpatterns}


def test_every_address_declares_itself():
    assert all(declared.name == name for name, declared in DECLARED.items())
    addresses = dict(declarations())
    assert addresses["/films/*/songs/*/feed/"].name == "song-feed"
    assert addresses["/accounts/"].name == "settings"


def test_every_module_of_views_answers_at_an_address():
    modules = {f"{views.__name__}.{module.name}" for module in iter_modules(views.__path__)}
    assert modules - {pattern.callback.__module__ for pattern in urlpatterns} == set()


def test_every_page_that_is_in_an_index_says_what_it_is():
    silent = {name for name, page in DECLARED.items() if page.indexed and not (page.title or page.metadata)}
    assert silent == set()


def test_every_list_names_its_feed():
    feeds = {name for name in DECLARED if name.endswith("-feed")}
    assert {page.feed for page in DECLARED.values()} - {""} == feeds
    assert {page.feed.removesuffix("-feed") for page in DECLARED.values() if page.feed} <= {
        name for name, page in DECLARED.items() if page.indexed
    }


def test_no_form_or_verb_is_read_by_robots_or_in_an_index(client, db):
    closed = [line.removeprefix("Disallow: ") for line in client.get("/robots.txt").text.splitlines()]
    closed = [re.escape(path).replace(r"\*", ".*") for path in closed if path.startswith("/")]
    for address, declared in declarations():
        assert declared.crawled == (not any(re.match(path, address) for path in closed)), address
        assert declared.crawled or not declared.indexed


def test_one_view_at_two_addresses_has_two_declarations():
    def view(request):
        pass

    first, second = page("a/", view, name="a", section="films"), form("b/", view, name="b")
    assert (first.callback.declaration.section, second.callback.declaration.section) == ("films", "")
    assert (first.callback.declaration.crawled, second.callback.declaration.crawled) == (True, False)
    assert verb("c/", view, name="c").callback.declaration.crawled is False
    assert not hasattr(view, "declaration")


def test_a_list_and_its_feed_share_their_title():
    feed, listed = list_page("films/", print, repr, name="films", title="Films", indexed=True)
    assert (feed.name, str(feed.pattern)) == ("films-feed", "films/feed/")
    assert (feed.callback.declaration.title, feed.callback.declaration.indexed) == ("Films", False)
    assert (listed.callback.declaration.feed, str(listed.pattern)) == ("films-feed", "films/")


@for_each("name, section", [
    ("home", "feed"), ("films", "films"), ("share", "share"), ("search", "search"), ("tags", ""),
])  # fmt: skip
def test_the_bar_marks_the_section_of_the_page(name, section, rf):
    request = rf.get(reverse(name))
    assert declaration_of(request).section == ""
    request.resolver_match = resolve(reverse(name))
    assert declaration_of(request).section == section
