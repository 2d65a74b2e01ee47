"""The site's addresses: plural list, singular page, noun-verb action."""

from django.urls import register_converter

from moments import feeds as atom
from moments import ledger_feed, sitemaps
from moments.views import (
    appeals,
    comments,
    diary,
    feeds,
    feelings,
    felt,
    films,
    horizons,
    labels,
    ledger,
    machines,
    members,
    posts,
    relive,
    relivings,
    reports,
    revisions,
    search,
    share,
    silences,
    standing,
    verdicts,
    votes,
)
from reelive.converters import WordConverter
from reelive.routes import form, page, verb

register_converter(WordConverter, "word")

FILM = "films/<word:film>/"

feed_urls = [
    page("", feeds.home, name="home"),
    page("new/", feeds.new, name="new"),
    page("top/", feeds.top, name="top"),
    page("songs/", feeds.songs, name="songs"),
    page("trivia/", feeds.trivia, name="trivia"),
    page("tags/", feeds.tags, name="tags"),
    page("tags/suggest/", share.tag_suggest, name="tag-suggest"),
    page("tags/<word:tag>/", feeds.tag, name="tag"),
    page("feelings/", feelings.feelings, name="feelings"),
    page("feelings/<word:feeling>/", feelings.feeling, name="feeling"),
    page("search/", search.search, name="search"),
]

film_urls = [
    page("films/", films.films, name="films"),
    form("films/new/", films.film_add, name="film-add"),
    page("films/suggest/", films.film_suggest, name="film-suggest"),
    page(FILM, films.film, name="film"),
    page(FILM + "songs/", films.film, {"tab": "songs"}, name="film-songs"),
    page(FILM + "trivia/", films.film, {"tab": "trivia"}, name="film-trivia"),
    form(FILM + "edit/", films.film_edit, name="film-edit"),
    form(FILM + "progress/", horizons.film_progress, name="film-progress"),
    page(FILM + "barcode.svg", films.film_barcode, name="film-barcode"),
]

post_urls = [
    page("share/", share.share, name="share"),
    verb("preview/", posts.preview, name="preview"),
    form(FILM + "moments/new/", posts.post_add, {"kind": "moment"}, name="moment-add"),
    form(FILM + "songs/new/", posts.post_add, {"kind": "song"}, name="song-add"),
    form(FILM + "trivia/new/", posts.post_add, {"kind": "trivia"}, name="trivia-add"),
    page(FILM + "similar/<word:kind>/", posts.post_similar, name="post-similar"),
    page(FILM + "moments/<word:slug>/", posts.moment, name="moment"),
    page(FILM + "songs/<word:slug>/", posts.song, name="song"),
    page(FILM + "trivia/<word:slug>/", posts.trivium, name="trivium"),
    page("posts/<int:post_id>/", posts.post, name="post"),
    form("posts/<int:post_id>/edit/", posts.post_edit, name="post-edit"),
    form("posts/<int:post_id>/delete/", posts.post_delete, name="post-delete"),
    page("posts/<int:post_id>/history/", revisions.post_history, name="post-history"),
    verb("posts/<int:post_id>/upvote/", votes.post_upvote, name="post-upvote"),
    verb("posts/<int:post_id>/withdraw/", votes.post_withdraw, name="post-withdraw"),
    verb("posts/<int:post_id>/comments/", comments.comment_add, name="comment-add"),
    form("trivia/<int:trivia_id>/verdict/", verdicts.verdict_add, name="verdict-add"),
    verb("trivia/<int:trivia_id>/verdict/withdraw/", verdicts.verdict_withdraw, name="verdict-withdraw"),
    verb("moments/<int:moment_id>/feel/", relivings.feel, name="feel"),
    verb("moments/<int:moment_id>/unfeel/", relivings.unfeel, name="unfeel"),
    verb("moments/<int:moment_id>/progress/", horizons.moment_progress, name="moment-progress"),
    verb("moments/<int:moment_id>/relive/", relivings.relive_add, name="relive-add"),
    form("relivings/<int:relive_id>/edit/", relivings.relive_edit, name="relive-edit"),
    verb("relivings/<int:relive_id>/delete/", relivings.relive_delete, name="relive-delete"),
    page("art/<int:seed>-<word:colours>.svg", share.art, name="art"),
]

relive_urls = [
    page(FILM + "relive/", relive.cover, name="film-relive"),
    page(FILM + "relive/<int:moment_id>/", relive.moment, name="relive-moment"),
    page(FILM + "relive/end/", relive.end, name="relive-end"),
    page(FILM + "relive/card.png", relive.card, name="relive-card"),
    verb(FILM + "relive/diary/", felt.relive_diary, name="relive-diary"),
    verb("relive/<int:moment_id>/feel/", felt.relive_feel, name="relive-feel"),
    verb("relive/<int:moment_id>/unfeel/", felt.relive_unfeel, name="relive-unfeel"),
    verb("relive/<int:moment_id>/bookmark/", felt.relive_bookmark, name="relive-bookmark"),
    form("relive/kept/", felt.felt_kept, name="felt-kept"),
]

comment_urls = [
    page("comments/<int:comment_id>/", comments.comment, name="comment"),
    form("comments/<int:comment_id>/reply/", comments.comment_reply, name="comment-reply"),
    form("comments/<int:comment_id>/edit/", comments.comment_edit, name="comment-edit"),
    form("comments/<int:comment_id>/delete/", comments.comment_delete, name="comment-delete"),
    page("comments/<int:comment_id>/history/", revisions.comment_history, name="comment-history"),
    verb("revisions/<int:revision_id>/restore/", revisions.revision_restore, name="revision-restore"),
    form("revisions/<int:revision_id>/withdraw/", revisions.revision_withdraw, name="revision-withdraw"),
    verb("comments/<int:comment_id>/upvote/", votes.comment_upvote, name="comment-upvote"),
    verb("comments/<int:comment_id>/withdraw/", votes.comment_withdraw, name="comment-withdraw"),
]

member_urls = [
    page("members/<word:name>/", members.member, name="member"),
    page("members/<word:name>/comments/", members.member_comments, name="member-comments"),
    page("members/<word:name>/relived/", diary.member_relived, name="member-relived"),
    page("members/<word:name>/relived/<int:year>/<int:month>/", diary.member_month, name="member-month"),
    page("members/<word:name>/<int:year>/", diary.member_year, name="member-year"),
]

silence_urls = [
    form("silences/", silences.silences, name="silences"),
    verb("members/<word:name>/mute/", silences.member_mute, name="member-mute"),
    verb("members/<word:name>/unmute/", silences.member_unmute, name="member-unmute"),
    verb("members/<word:name>/restrict/", silences.member_restrict, name="member-restrict"),
    verb("members/<word:name>/unrestrict/", silences.member_unrestrict, name="member-unrestrict"),
]

atom_urls = [
    page("feed/", atom.feed(atom.hot), name="home-feed"),
    page("new/feed/", atom.feed(atom.new), name="new-feed"),
    page("top/feed/", atom.feed(atom.top), name="top-feed"),
    page("songs/feed/", atom.feed(atom.songs), name="songs-feed"),
    page("trivia/feed/", atom.feed(atom.trivia), name="trivia-feed"),
    page(FILM + "feed/", atom.feed(atom.film), name="film-feed"),
    page(FILM + "songs/feed/", atom.feed(atom.film_songs), name="film-songs-feed"),
    page(FILM + "trivia/feed/", atom.feed(atom.film_trivia), name="film-trivia-feed"),
    page("tags/<word:tag>/feed/", atom.feed(atom.tag), name="tag-feed"),
    page("feelings/<word:feeling>/feed/", atom.feed(atom.feeling), name="feeling-feed"),
    page("members/<word:name>/feed/", atom.feed(atom.member), name="member-feed"),
    page(
        FILM + "moments/<word:slug>/feed/", atom.feed(atom.comments), {"kind": "moment"}, name="moment-feed"
    ),
    page(FILM + "songs/<word:slug>/feed/", atom.feed(atom.comments), {"kind": "song"}, name="song-feed"),
    page(
        FILM + "trivia/<word:slug>/feed/", atom.feed(atom.comments), {"kind": "trivia"}, name="trivium-feed"
    ),
]

label_urls = [
    form("folding/", labels.folding, name="folding"),
    form("posts/<int:post_id>/labels/", labels.post_labels, name="post-labels"),
    verb("posts/<int:post_id>/label/", labels.post_label, name="post-label"),
    verb("posts/<int:post_id>/unlabel/", labels.post_unlabel, name="post-unlabel"),
    form("comments/<int:comment_id>/labels/", labels.comment_labels, name="comment-labels"),
    verb("comments/<int:comment_id>/label/", labels.comment_label, name="comment-label"),
    verb("comments/<int:comment_id>/unlabel/", labels.comment_unlabel, name="comment-unlabel"),
]

report_urls = [
    page("standing/", standing.standing, name="standing"),
    page("reports/", reports.reports, name="reports"),
    verb("reports/heard/", reports.reports_heard, name="reports-heard"),
    form("posts/<int:post_id>/report/", reports.post_report, name="post-report"),
    form("comments/<int:comment_id>/report/", reports.comment_report, name="comment-report"),
    form("verdicts/<int:verdict_id>/report/", reports.verdict_report, name="verdict-report"),
    form("members/<word:name>/report/", reports.member_report, name="member-report"),
]

ledger_urls = [
    page("ledger/", ledger.ledger, name="ledger"),
    page("ledger/export.jsonl", ledger.ledger_export, name="ledger-export"),
    page("ledger/feed/", ledger_feed.view, name="ledger-feed"),
    page("ledger/<int:number>/", ledger.ledger_entry, name="ledger-entry"),
    form("ledger/<int:number>/appeal/", appeals.appeal, name="appeal"),
]

machine_urls = [
    page("robots.txt", machines.robots, name="robots"),
    page("sitemap.xml", sitemaps.index, name="sitemap"),
    page("sitemap-<word:section>-<int:part>.xml", sitemaps.section, name="sitemap-section"),
]

urlpatterns = [
    *feed_urls,
    *film_urls,
    *atom_urls,  # before the posts: no song is called "feed"
    *post_urls,
    *relive_urls,
    *comment_urls,
    *member_urls,
    *silence_urls,
    *label_urls,
    *report_urls,
    *ledger_urls,
    *machine_urls,
]
