"""What everybody reads: lists, tags, feelings and the search."""

from django.utils.translation import gettext_lazy as _

from moments.syndication import listings, page_metadata
from moments.syndication.atom import feed
from moments.syndication.page_metadata import of_artist
from moments.syndication.tags_together import tags_together
from moments.urls.places import ARTIST
from moments.views import feelings, lists, random_moment, search, share
from reelive.routes import list_page, page

list_urls = [
    *list_page(
        "",
        lists.home,
        feed(listings.home),
        name="home",
        title=_("Hot"),
        section="feed",
        metadata=page_metadata.of_home,
    ),
    *list_page("new/", lists.new, feed(listings.new), name="new", title=_("New"), section="feed"),
    *list_page("top/", lists.top, feed(listings.top), name="top", title=_("Top"), section="feed"),
    page(
        "following/", lists.following, name="following", title=_("Following"), section="feed", crawled=False
    ),
    page("random/", random_moment.random, name="random", crawled=False),
    *list_page("songs/", lists.songs, feed(listings.songs), name="songs", title=_("Songs"), section="songs"),
    *list_page(
        ARTIST, lists.artist, feed(listings.artist), name="artist", section="songs", metadata=of_artist
    ),
    *list_page(
        "trivia/", lists.trivia, feed(listings.trivia), name="trivia", title=_("Trivia"), section="trivia"
    ),
    *list_page("tags/", lists.tags, feed(listings.tags), name="tags", title=_("Tags")),
    page("tags/suggest/", share.tag_suggest, name="tag-suggest", crawled=False),
    *list_page(
        "tags/<words:tags>/",
        lists.tags_together,
        feed(tags_together),
        name="tags-together",
        metadata=page_metadata.of_tags,
    ),
    *list_page("tags/<word:tag>/", lists.tag, feed(listings.tag), name="tag", metadata=page_metadata.of_tag),
    page(
        "feelings/", feelings.feelings, name="feelings", title=_("Feelings"), section="feelings", indexed=True
    ),
    *list_page(
        "feelings/<word:feeling>/",
        feelings.feeling,
        feed(listings.feeling),
        name="feeling",
        section="feelings",
        metadata=page_metadata.of_feeling,
    ),
    page(
        "search/",
        search.search,
        name="search",
        title=_("Search"),
        section="search",
        crawled=False,
        metadata=page_metadata.of_search,
    ),
    page("search/suggest/", search.suggest, name="search-suggest", crawled=False),
]
