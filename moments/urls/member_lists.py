"""Lists of members: reading them, writing them, and writing them with others."""

from django.utils.translation import gettext_lazy as _

from moments.syndication import member_listings, page_metadata
from moments.syndication.atom import feed
from moments.urls.places import FILM, MEMBER
from moments.views import (
    comments,
    join,
    list_entries,
    list_writers,
    member_lists,
    notifications,
    reports,
    send_on,
)
from reelive.routes import form, list_page, page, verb

LIST, NAMED = "lists/<int:list_id>/", MEMBER + "lists/<word:slug>/"
ENTRY, WRITER = "lists/entries/<int:list_entry_id>/", "lists/writers/<int:writer_id>/"

member_list_urls = [
    *list_page(
        "lists/",
        member_lists.lists,
        feed(member_listings.member_lists_of_all),
        name="lists",
        title=_("Lists"),
    ),
    form("lists/new/", member_lists.list_add, name="list-add"),
    page("lists/cover/<str:colours>.svg", member_lists.list_cover, name="list-cover"),
    *list_page(
        MEMBER + "lists/",
        member_lists.member_lists,
        feed(member_listings.member_lists),
        name="member-lists",
        metadata=page_metadata.of_member,
    ),
    *list_page(
        NAMED,
        member_lists.member_list,
        feed(member_listings.list_entries),
        name="member-list",
        metadata=page_metadata.of_member_list,
    ),
    *list_page(
        NAMED + "comments/",
        comments.list_thread,
        feed(member_listings.comments_of_list),
        name="list-comments",
        metadata=page_metadata.of_list_thread,
    ),
    verb(NAMED + "comments/new/", comments.list_comment_add, name="list-comment-add"),
    form(NAMED + "join/", join.list_join, name="list-join"),
    form(NAMED + "thread/", notifications.list_thread_choice, name="list-thread-choice"),
    page(LIST, member_lists.list_by_number, name="list", metadata=page_metadata.of_member_list),
    form(LIST + "edit/", member_lists.list_edit, name="list-edit"),
    form(LIST + "delete/", member_lists.list_delete, name="list-delete"),
    verb(LIST + "undelete/", member_lists.list_undelete, name="list-undelete"),
    verb(NAMED + "upvote/", member_lists.list_upvote, name="list-upvote"),
    verb(NAMED + "unvote/", member_lists.list_unvote, name="list-unvote"),
    verb(NAMED + "copy/", member_lists.list_copy, name="list-copy"),
    form(NAMED + "report/", reports.list_report, name="list-report"),
    page(NAMED + "send/", send_on.list_send, name="list-send", crawled=False),
    form(LIST + "writers/", list_writers.list_writers, name="list-writers"),
    page(LIST + "films/", list_entries.list_films, name="list-films", crawled=False),
    verb(LIST + "films/add/", list_entries.list_film_add, name="list-film-add"),
    verb(WRITER + "accept/", list_writers.writer_accept, name="list-writer-accept"),
    verb(WRITER + "leave/", list_writers.writer_leave, name="list-writer-leave"),
    verb(WRITER + "remove/", list_writers.writer_remove, name="list-writer-remove"),
    form("posts/<int:post_id>/lists/", list_entries.post_lists, name="post-lists"),
    form(FILM + "lists/", list_entries.film_lists, name="film-lists"),
    form(ENTRY + "edit/", list_entries.entry_edit, name="list-entry-edit"),
    verb(ENTRY + "up/", list_entries.entry_up, name="list-entry-up"),
    verb(ENTRY + "down/", list_entries.entry_down, name="list-entry-down"),
    verb(ENTRY + "remove/", list_entries.entry_remove, name="list-entry-remove"),
]
