"""The site's addresses: plural list, singular page, noun-verb action, and all that is declared of each."""

from functools import partial

from django.urls import register_converter
from django.utils.translation import gettext_lazy as _

from moments.models import POST_KINDS, SitePage
from moments.syndication import listings, page_metadata, robots, sitemaps
from moments.syndication.atom import feed
from moments.syndication.page_metadata import of_artist
from moments.views import (
    appeals,
    comments,
    diary,
    diary_entries,
    feelings,
    films,
    guest_reactions,
    join,
    labels,
    ledger,
    lists,
    members,
    mutes,
    posts,
    progress,
    reactions,
    record,
    relive_mode,
    reports,
    revisions,
    search,
    share,
    site_pages,
    verdicts,
    votes,
    welcome,
)  # fmt: skip
from reelive.converters import WordConverter
from reelive.routes import form, former, list_page, page, verb

register_converter(WordConverter, "word")

FILM, MEMBER, ARTIST = "films/<word:film>/", "members/<word:name>/", "songs/by/<word:artist>/"

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
    *list_page("songs/", lists.songs, feed(listings.songs), name="songs", title=_("Songs"), section="songs"),
    *list_page(
        ARTIST, lists.artist, feed(listings.artist), name="artist", section="songs", metadata=of_artist
    ),
    *list_page(
        "trivia/", lists.trivia, feed(listings.trivia), name="trivia", title=_("Trivia"), section="trivia"
    ),
    *list_page("tags/", lists.tags, feed(listings.tags), name="tags", title=_("Tags")),
    page("tags/suggest/", share.tag_suggest, name="tag-suggest", crawled=False),
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

film_urls = [
    *list_page(
        "films/",
        films.films,
        feed(listings.films),
        name="films",
        title=_("Films and series"),
        section="films",
    ),
    form("films/new/", films.film_add, name="film-add", section="films"),
    page("films/suggest/", films.film_suggest, name="film-suggest", crawled=False),
    *list_page(
        FILM, films.film, feed(listings.film), name="film", section="films", metadata=page_metadata.of_film
    ),
    *(
        route
        for tab in ("songs", "trivia")
        for route in list_page(
            FILM + f"{tab}/",
            films.film,
            feed(listings.film_part),
            {"tab": tab},
            name=f"film-{tab}",
            section="films",
            metadata=page_metadata.of_film_part,
        )
    ),
    form(FILM + "edit/", films.film_edit, name="film-edit"),
    page(FILM + "history/", revisions.film_history, name="film-history"),
    form(FILM + "progress/", progress.film_progress, name="film-progress"),
    verb(FILM + "progress/undo/", progress.progress_undo, name="progress-undo"),
    page(FILM + "barcode.svg", films.film_barcode, name="film-barcode"),
]

post_urls = [
    page("share/", share.share, name="share", section="share", crawled=False),
    verb("preview/", posts.preview, name="preview"),
    form(FILM + "moments/new/", posts.post_add, {"kind": "moment"}, name="moment-add", section="share"),
    form(FILM + "songs/new/", posts.post_add, {"kind": "song"}, name="song-add", section="share"),
    form(FILM + "trivia/new/", posts.post_add, {"kind": "trivia"}, name="trivia-add", section="share"),
    page(FILM + "choose/", posts.moment_choices, name="moment-choices", crawled=False),
    page(FILM + "similar/<word:kind>/", posts.post_similar, name="post-similar", crawled=False),
    *(
        route
        for kind, view, name, section in (
            ("moment", posts.moment, "moment", "films"),
            ("song", posts.song, "song", "songs"),
            ("trivia", posts.trivia, "trivia-post", "trivia"),
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
    page("art/<int:seed>-<word:colours>.svg", share.art, name="art"),
]

relive_urls = [
    page(FILM + "relive/", relive_mode.cover, name="film-relive"),
    page(FILM + "relive/<int:moment_id>/", relive_mode.moment, name="relive-moment"),
    page(FILM + "relive/end/", relive_mode.end, name="relive-end"),
    page(FILM + "relive/card.png", relive_mode.card, name="relive-card"),
    verb(FILM + "relive/diary/", guest_reactions.relive_diary, name="relive-diary"),
    verb("relive/<int:moment_id>/feel/", guest_reactions.relive_feel, name="relive-feel"),
    verb("relive/<int:moment_id>/unfeel/", guest_reactions.relive_unfeel, name="relive-unfeel"),
    verb("relive/<int:moment_id>/bookmark/", guest_reactions.relive_bookmark, name="relive-bookmark"),
    form("relive/kept/", guest_reactions.guest_reactions, name="guest-reactions"),
]

comment_urls = [
    page("comments/<int:comment_id>/", comments.comment, name="comment", metadata=page_metadata.of_post),
    form("comments/<int:comment_id>/reply/", comments.comment_reply, name="comment-reply"),
    form("comments/<int:comment_id>/edit/", comments.comment_edit, name="comment-edit"),
    form("comments/<int:comment_id>/delete/", comments.comment_delete, name="comment-delete"),
    verb("comments/<int:comment_id>/undelete/", comments.comment_undelete, name="comment-undelete"),
    page("comments/<int:comment_id>/history/", revisions.comment_history, name="comment-history"),
    verb("revisions/<int:revision_id>/restore/", revisions.revision_restore, name="revision-restore"),
    form("revisions/<int:revision_id>/revoke/", revisions.revision_revoke, name="revision-revoke"),
    form("comments/<int:comment_id>/join/", join.comment_join, name="comment-join"),
    verb("comments/<int:comment_id>/upvote/", votes.comment_upvote, name="comment-upvote"),
    verb("comments/<int:comment_id>/unvote/", votes.comment_unvote, name="comment-unvote"),
]

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
]

mute_urls = [
    form("mutes/", mutes.mutes, name="mutes"),
    verb(MEMBER + "mute/", mutes.member_mute, name="member-mute"),
    verb(MEMBER + "unmute/", mutes.member_unmute, name="member-unmute"),
    verb(MEMBER + "restrict/", mutes.member_restrict, name="member-restrict"),
    verb(MEMBER + "unrestrict/", mutes.member_unrestrict, name="member-unrestrict"),
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

ledger_urls = [
    *list_page("ledger/", ledger.ledger, feed(listings.ledger), name="ledger", title=_("Moderation log")),
    page("ledger/export.jsonl", ledger.ledger_export, name="ledger-export"),
    page("ledger/key.txt", ledger.ledger_key, name="ledger-key"),
    page("ledger/<int:number>/", ledger.ledger_entry, name="ledger-entry"),
    form("ledger/<int:number>/appeal/", appeals.appeal, name="appeal"),
]

site_page_urls = [
    page(
        f"{name}/",
        site_pages.site_page,
        {"name": name.value},
        name=name.value,
        title=name.label,
        indexed=True,
    )
    for name in SitePage.Name
]

machine_urls = [
    page("robots.txt", robots.robots, name="robots"),
    page("sitemap.xml", sitemaps.index, name="sitemap"),
    page("sitemap-<word:section>-<int:part>.xml", sitemaps.section, name="sitemap-section"),
]

urlpatterns = [
    *list_urls,
    *film_urls,
    *post_urls,
    *relive_urls,
    *comment_urls,
    *member_urls,
    *mute_urls,
    *label_urls,
    *report_urls,
    *ledger_urls,
    *site_page_urls,
    *machine_urls,
]

# What had another address before.
former_urls = [
    former("silences/", "mutes"),
    former("admin/moments/relive/", "admin:moments_diaryentry_changelist"),
    former("admin/moments/relive/<path:object_id>/change/", "admin:moments_diaryentry_change"),
    former("standing/", "record"),
    former("folding/", "hiding"),
    former("reports/heard/", "reports-read"),
    former(MEMBER + "relived/", "member-diary"),
    former(MEMBER + "relived/<int:year>/<int:month>/", "member-month"),
    former("relivings/<int:entry_id>/edit/", "diary-entry-edit"),
    former("relivings/<int:entry_id>/delete/", "diary-entry-delete"),
    former("posts/<int:post_id>/withdraw/", "post-unvote"),
    former("comments/<int:comment_id>/withdraw/", "comment-unvote"),
    former("trivia/<int:trivia_id>/verdict/withdraw/", "verdict-revoke"),
    former("revisions/<int:revision_id>/withdraw/", "revision-revoke"),
]
