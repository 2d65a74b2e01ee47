"""Posts and comments: sharing, editing, and what members do about them."""

from functools import partial

from moments.models import POST_KINDS
from moments.syndication import listings, page_metadata
from moments.syndication.atom import feed
from moments.urls.places import FILM
from moments.views import (
    comments,
    diary_entries,
    embeds,
    join,
    labels,
    posts,
    progress,
    reactions,
    revisions,
    send_on,
    share,
    verdicts,
    votes,
)
from reelive.routes import form, list_page, page, verb

post_urls = [
    page("share/", share.share, name="share", section="share", crawled=False),
    verb("preview/", posts.preview, name="preview"),
    form(FILM + "moments/new/", posts.post_add, {"kind": "moment"}, name="moment-add", section="share"),
    form(FILM + "songs/new/", posts.post_add, {"kind": "song"}, name="song-add", section="share"),
    form(FILM + "trivia/new/", posts.post_add, {"kind": "trivia"}, name="trivia-add", section="share"),
    form(FILM + "reviews/new/", posts.post_add, {"kind": "review"}, name="review-add", section="share"),
    page(FILM + "choose/", posts.moment_choices, name="moment-choices", crawled=False),
    page(FILM + "similar/<word:kind>/", posts.post_similar, name="post-similar", crawled=False),
    *(
        route
        for kind, view, name, section in (
            ("moment", posts.moment, "moment", "films"),
            ("song", posts.song, "song", "songs"),
            ("trivia", posts.trivia, "trivia-post", "trivia"),
            ("review", posts.review, "review", "films"),
        )
        for route in list_page(
            FILM + f"{POST_KINDS[kind].segment}/<word:slug>/",
            view,
            feed(partial(listings.comments, kind=kind)),
            name=name,
            section=section,
            metadata=page_metadata.of_post,
        )
    ),
    page("posts/<int:post_id>/", posts.post, name="post", crawled=False, metadata=page_metadata.of_post),
    form("posts/<int:post_id>/edit/", posts.post_edit, name="post-edit"),
    form("posts/<int:post_id>/delete/", posts.post_delete, name="post-delete"),
    verb("posts/<int:post_id>/undelete/", posts.post_undelete, name="post-undelete"),
    page("posts/<int:post_id>/history/", revisions.post_history, name="post-history", crawled=False),
    form("posts/<int:post_id>/join/", join.post_join, name="post-join"),
    verb("posts/<int:post_id>/upvote/", votes.post_upvote, name="post-upvote"),
    verb("posts/<int:post_id>/unvote/", votes.post_unvote, name="post-unvote"),
    verb("posts/<int:post_id>/comments/", comments.comment_add, name="comment-add"),
    form("trivia/<int:trivia_id>/verdict/", verdicts.verdict_add, name="verdict-add"),
    verb("trivia/<int:trivia_id>/verdict/revoke/", verdicts.verdict_revoke, name="verdict-revoke"),
    verb("moments/<int:moment_id>/feel/", reactions.feel, name="feel"),
    verb("moments/<int:moment_id>/unfeel/", reactions.unfeel, name="unfeel"),
    verb("moments/<int:moment_id>/progress/", progress.moment_progress, name="moment-progress"),
    verb("moments/<int:moment_id>/relive/", diary_entries.diary_entry_add, name="diary-entry-add"),
    form("diary/<int:entry_id>/edit/", diary_entries.diary_entry_edit, name="diary-entry-edit"),
    verb("diary/<int:entry_id>/delete/", diary_entries.diary_entry_delete, name="diary-entry-delete"),
    verb("diary/<int:entry_id>/undelete/", diary_entries.diary_entry_undelete, name="diary-entry-undelete"),
    page("posts/<int:post_id>/send/", send_on.post_send, name="post-send", crawled=False),
    page("embed/posts/<int:post_id>/", embeds.embed_post, name="embed-post"),
    page("art/<int:seed>-<word:colours>.svg", share.art, name="art"),
]

comment_urls = [
    page("comments/<int:comment_id>/", comments.comment, name="comment", metadata=page_metadata.of_post),
    form("comments/<int:comment_id>/reply/", comments.comment_reply, name="comment-reply"),
    form("comments/<int:comment_id>/edit/", comments.comment_edit, name="comment-edit"),
    form("comments/<int:comment_id>/delete/", comments.comment_delete, name="comment-delete"),
    verb("comments/<int:comment_id>/undelete/", comments.comment_undelete, name="comment-undelete"),
    page("comments/<int:comment_id>/history/", revisions.comment_history, name="comment-history"),
    page("comments/<int:comment_id>/send/", send_on.comment_send, name="comment-send", crawled=False),
    verb("revisions/<int:revision_id>/restore/", revisions.revision_restore, name="revision-restore"),
    form("revisions/<int:revision_id>/revoke/", revisions.revision_revoke, name="revision-revoke"),
    form("comments/<int:comment_id>/join/", join.comment_join, name="comment-join"),
    verb("comments/<int:comment_id>/upvote/", votes.comment_upvote, name="comment-upvote"),
    verb("comments/<int:comment_id>/unvote/", votes.comment_unvote, name="comment-unvote"),
]

label_urls = [
    form("hiding/", labels.hiding, name="hiding"),
    form("posts/<int:post_id>/labels/", labels.post_labels, name="post-labels"),
    verb("posts/<int:post_id>/label/", labels.post_label, name="post-label"),
    verb("posts/<int:post_id>/unlabel/", labels.post_unlabel, name="post-unlabel"),
    form("comments/<int:comment_id>/labels/", labels.comment_labels, name="comment-labels"),
    verb("comments/<int:comment_id>/label/", labels.comment_label, name="comment-label"),
    verb("comments/<int:comment_id>/unlabel/", labels.comment_unlabel, name="comment-unlabel"),
]
