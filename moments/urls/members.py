"""Members: their pages, what they follow and keep, whom they do not see, what they are told and report."""

from django.utils.translation import gettext_lazy as _

from moments.syndication import listings, page_metadata
from moments.syndication.atom import feed
from moments.urls.places import ARTIST, FILM, MEMBER
from moments.views import (
    diary,
    drafts,
    favourites,
    filters,
    follows,
    members,
    mentions,
    mutes,
    notifications,
    private_feeds,
    record,
    reminders,
    reports,
    saved,
    send_on,
    upvoted,
    welcome,
)
from reelive.routes import form, list_page, page, verb

member_urls = [
    *list_page(
        MEMBER, members.member, feed(listings.member), name="member", metadata=page_metadata.of_member
    ),
    *list_page(
        MEMBER + "comments/",
        members.member_comments,
        feed(listings.member_comments),
        name="member-comments",
        metadata=page_metadata.of_member,
    ),
    *list_page(
        MEMBER + "diary/",
        diary.member_diary,
        feed(listings.member_diary),
        name="member-diary",
        metadata=page_metadata.of_member,
    ),
    page(
        MEMBER + "diary/<int:year>/<int:month>/",
        diary.member_month,
        name="member-month",
        indexed=True,
        metadata=page_metadata.of_month,
    ),
    page(
        MEMBER + "<int:year>/",
        diary.member_year,
        name="member-year",
        indexed=True,
        metadata=page_metadata.of_year,
    ),
    page(MEMBER + "<int:year>/send/", send_on.year_send, name="year-send", crawled=False),
]

follow_urls = [
    page(
        MEMBER + "followers/",
        follows.member_followers,
        name="member-followers",
        crawled=False,
        metadata=page_metadata.of_member,
    ),
    page(
        MEMBER + "following/",
        follows.member_following,
        name="member-following",
        crawled=False,
        metadata=page_metadata.of_member,
    ),
    page("requests/", follows.requests, name="requests", title=_("Requests to follow you"), crawled=False),
    verb("requests/<int:request_id>/accept/", follows.request_accept, name="request-accept"),
    verb("requests/<int:request_id>/decline/", follows.request_decline, name="request-decline"),
    verb(MEMBER + "follow/", follows.member_follow, name="member-follow"),
    verb(MEMBER + "unfollow/", follows.member_unfollow, name="member-unfollow"),
    verb(FILM + "follow/", follows.film_follow, name="film-follow"),
    verb(FILM + "unfollow/", follows.film_unfollow, name="film-unfollow"),
    verb("tags/<word:tag>/follow/", follows.tag_follow, name="tag-follow"),
    verb("tags/<word:tag>/unfollow/", follows.tag_unfollow, name="tag-unfollow"),
    verb(ARTIST + "follow/", follows.artist_follow, name="artist-follow"),
    verb(ARTIST + "unfollow/", follows.artist_unfollow, name="artist-unfollow"),
]

mute_urls = [
    page("mentions/suggest/", mentions.mention_suggest, name="mention-suggest", crawled=False),
    form("mutes/", mutes.mutes, name="mutes"),
    verb("mutes/<word:column>/<str:key>/add/", filters.filter_add, name="filter-add"),
    verb("mutes/<word:column>/<str:key>/remove/", filters.filter_remove, name="filter-remove"),
    verb(MEMBER + "mute/", mutes.member_mute, name="member-mute"),
    verb(MEMBER + "unmute/", mutes.member_unmute, name="member-unmute"),
    verb(MEMBER + "restrict/", mutes.member_restrict, name="member-restrict"),
    verb(MEMBER + "unrestrict/", mutes.member_unrestrict, name="member-unrestrict"),
]

notification_urls = [
    page("notifications/", notifications.inbox, name="notifications", section="notifications", crawled=False),
    verb("notifications/read/", notifications.all_read, name="notifications-read"),
    verb("notifications/unread/", notifications.all_unread, name="notifications-unread"),
    form("notifications/settings/", notifications.choices, name="notification-choices"),
    verb("notifications/letters/stop/", notifications.no_letters, name="no-letters"),
    verb("notifications/letters/again/", notifications.letters_again, name="letters-again"),
    form(
        "notifications/unsubscribe/<str:token>/", notifications.unsubscribe, name="notification-unsubscribe"
    ),
    form("notifications/feeds/", private_feeds.private_feeds, name="private-feeds"),
    verb(
        "notifications/feeds/<word:purpose>/revoke/",
        private_feeds.private_feed_revoke,
        name="private-feed-revoke",
    ),
    verb("notifications/letters/renew/", private_feeds.letter_links_renew, name="letter-links-renew"),
    page(
        "feeds/<str:feed_token>/<slug:purpose>.<slug:form>",
        private_feeds.private_feed,
        name="private-feed-read",
        crawled=False,
    ),
    verb("notifications/<int:notification_id>/open/", notifications.opened, name="notification-open"),
    verb("notifications/<int:notification_id>/read/", notifications.read, name="notification-read"),
    verb("notifications/<int:notification_id>/unread/", notifications.unread, name="notification-unread"),
    form("posts/<int:post_id>/thread/", notifications.thread_choice, name="thread-choice"),
]

saved_urls = [
    page("saved/", saved.saved, name="saved", crawled=False),
    form("saved/<int:saved_id>/edit/", saved.saved_edit, name="saved-edit"),
    form("saved/folders/<int:folder_id>/edit/", saved.saved_folder_edit, name="saved-folder-edit"),
    verb("saved/folders/<int:folder_id>/delete/", saved.saved_folder_delete, name="saved-folder-delete"),
    page("upvoted/", upvoted.upvoted, name="upvoted", crawled=False),
    page("upvoted/comments/", upvoted.upvoted_comments, name="upvoted-comments", crawled=False),
    verb("posts/<int:post_id>/save/", saved.post_save, name="post-save"),
    verb("posts/<int:post_id>/unsave/", saved.post_unsave, name="post-unsave"),
]

favourite_urls = [
    page("favourites/", favourites.favourites, name="favourites", crawled=False),
    form("favourites/<word:film>/", favourites.favourite_choose, name="favourite-choose"),
    verb("moments/<int:moment_id>/favourite/", favourites.favourite_add, name="favourite-add"),
    verb("moments/<int:moment_id>/unfavourite/", favourites.favourite_remove, name="favourite-remove"),
    verb("moments/<int:moment_id>/favourite/up/", favourites.favourite_up, name="favourite-up"),
]

draft_urls = [
    page("drafts/", drafts.drafts, name="drafts", crawled=False),
    verb("drafts/<int:draft_id>/discard/", drafts.draft_discard, name="draft-discard"),
    verb("drafts/<int:draft_id>/restore/", drafts.draft_restore, name="draft-restore"),
    verb("drafts/<int:draft_id>/call-off/", drafts.draft_call_off, name="draft-call-off"),
    verb("drafts/<int:draft_id>/publish/", drafts.draft_publish, name="draft-publish"),
]

reminder_urls = [
    page("reminders/", reminders.reminders, name="reminders", crawled=False),
    form("posts/<int:post_id>/remind/", reminders.post_remind, name="post-remind"),
    verb("reminders/<int:reminder_id>/delete/", reminders.reminder_delete, name="reminder-delete"),
]

report_urls = [
    form("welcome/", welcome.welcome, name="welcome"),
    page("record/", record.record, name="record", crawled=False),
    page("reports/", reports.reports, name="reports", crawled=False),
    verb("reports/read/", reports.reports_read, name="reports-read"),
    form("posts/<int:post_id>/report/", reports.post_report, name="post-report"),
    form("comments/<int:comment_id>/report/", reports.comment_report, name="comment-report"),
    form("verdicts/<int:verdict_id>/report/", reports.verdict_report, name="verdict-report"),
    form(FILM + "report/", reports.film_report, name="film-report"),
    form(MEMBER + "report/", reports.member_report, name="member-report"),
]
