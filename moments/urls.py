"""The site's addresses: plural list, singular page, noun-verb action."""

from django.urls import path, register_converter

from moments.views import (
    comments,
    feeds,
    films,
    members,
    posts,
    relivings,
    search,
    share,
    votes,
)
from reelive.converters import WordConverter

register_converter(WordConverter, "word")

FILM = "films/<word:film>/"

feed_urls = [
    path("", feeds.home, name="home"),
    path("new/", feeds.new, name="new"),
    path("top/", feeds.top, name="top"),
    path("songs/", feeds.kind_list, {"kind": "song", "heading": "Songs"}, name="songs"),
    path(
        "trivia/",
        feeds.kind_list,
        {"kind": "trivia", "heading": "Trivia"},
        name="trivia",
    ),
    path("tags/", feeds.tags, name="tags"),
    path("tags/suggest/", share.tag_suggest, name="tag-suggest"),
    path("tags/<word:tag>/", feeds.tag, name="tag"),
    path("feelings/", feeds.feelings, name="feelings"),
    path("feelings/<word:feeling>/", feeds.feeling, name="feeling"),
    path("search/", search.search, name="search"),
]

film_urls = [
    path("films/", films.films, name="films"),
    path("films/new/", films.film_add, name="film-add"),
    path("films/suggest/", films.film_suggest, name="film-suggest"),
    path(FILM, films.film, name="film"),
    path(FILM + "songs/", films.film, {"tab": "songs"}, name="film-songs"),
    path(FILM + "trivia/", films.film, {"tab": "trivia"}, name="film-trivia"),
    path(FILM + "edit/", films.film_edit, name="film-edit"),
    path(FILM + "barcode.svg", films.film_barcode, name="film-barcode"),
]

post_urls = [
    path("share/", share.share, name="share"),
    path("preview/", posts.preview, name="preview"),
    path(FILM + "moments/new/", posts.post_add, {"kind": "moment"}, name="moment-add"),
    path(FILM + "songs/new/", posts.post_add, {"kind": "song"}, name="song-add"),
    path(FILM + "trivia/new/", posts.post_add, {"kind": "trivia"}, name="trivia-add"),
    path(FILM + "similar/<word:kind>/", posts.post_similar, name="post-similar"),
    path(FILM + "moments/<word:slug>/", posts.moment, name="moment"),
    path(FILM + "songs/<word:slug>/", posts.song, name="song"),
    path(FILM + "trivia/<word:slug>/", posts.trivium, name="trivium"),
    path("posts/<int:post_id>/edit/", posts.post_edit, name="post-edit"),
    path("posts/<int:post_id>/delete/", posts.post_delete, name="post-delete"),
    path("posts/<int:post_id>/upvote/", votes.post_upvote, name="post-upvote"),
    path("posts/<int:post_id>/withdraw/", votes.post_withdraw, name="post-withdraw"),
    path("posts/<int:post_id>/comments/", comments.comment_add, name="comment-add"),
    path("moments/<int:moment_id>/feel/", relivings.feel, name="feel"),
    path("moments/<int:moment_id>/unfeel/", relivings.unfeel, name="unfeel"),
    path("moments/<int:moment_id>/relive/", relivings.relive_add, name="relive-add"),
    path(
        "relivings/<int:relive_id>/delete/",
        relivings.relive_delete,
        name="relive-delete",
    ),
    path("art/<int:seed>-<word:colours>.svg", share.art, name="art"),
]

comment_urls = [
    path("comments/<int:comment_id>/", comments.comment, name="comment"),
    path(
        "comments/<int:comment_id>/reply/", comments.comment_reply, name="comment-reply"
    ),
    path("comments/<int:comment_id>/edit/", comments.comment_edit, name="comment-edit"),
    path(
        "comments/<int:comment_id>/delete/",
        comments.comment_delete,
        name="comment-delete",
    ),
    path(
        "comments/<int:comment_id>/upvote/", votes.comment_upvote, name="comment-upvote"
    ),
    path(
        "comments/<int:comment_id>/withdraw/",
        votes.comment_withdraw,
        name="comment-withdraw",
    ),
]

member_urls = [
    path("members/<word:name>/", members.member, name="member"),
    path(
        "members/<word:name>/comments/", members.member_comments, name="member-comments"
    ),
    path("members/<word:name>/relived/", members.member_relived, name="member-relived"),
]

urlpatterns = feed_urls + film_urls + post_urls + comment_urls + member_urls
