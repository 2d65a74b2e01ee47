"""What everybody reads: lists, tags, feelings and the search."""

from django.utils.translation import gettext_lazy as _

from moments.syndication import listings, page_metadata, recording_listings
from moments.syndication.atom import feed
from moments.syndication.page_metadata import of_artist
from moments.syndication.tags_together import tags_together
from moments.urls.places import ARTIST, RECORDING, USE
from moments.views import (
    feelings,
    lists,
    random_moment,
    recordings,
    revisions,
    search,
    share,
    song_uses,
)
from reelive.routes import form, list_page, page, verb

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
        RECORDING,
        recordings.recording,
        feed(recording_listings.recording),
        name="recording",
        section="songs",
        metadata=page_metadata.of_recording,
    ),
    form(RECORDING + "edit/", recordings.recording_edit, name="recording-edit", section="songs"),
    page(RECORDING + "history/", revisions.recording_history, name="recording-history"),
    verb("posts/<int:song_id>/recording/", recordings.song_recording, name="song-recording"),
    verb("posts/<int:song_id>/same/<int:other_id>/", recordings.song_join, name="song-join"),
    verb("posts/<int:song_id>/same/undo/", recordings.song_leave, name="song-leave"),
    form("posts/<int:song_id>/heard/", song_uses.song_use_add, name="song-use-add"),
    page(USE, song_uses.song_use, name="song-use", section="songs", crawled=False),
    form(USE + "edit/", song_uses.song_use_edit, name="song-use-edit", section="songs"),
    page(USE + "history/", revisions.song_use_history, name="song-use-history", crawled=False),
    form(USE + "verdict/", song_uses.song_use_verdict, name="song-use-verdict"),
    verb(USE + "verdict/revoke/", song_uses.song_use_verdict_revoke, name="song-use-verdict-revoke"),
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
