"""The ledger, the pages of the site itself, what machines read, and what had another address before."""

from django.utils.translation import gettext_lazy as _

from moments.models import SitePage
from moments.syndication import listings, opensearch, robots, sitemaps
from moments.syndication.atom import feed
from moments.urls.places import FILM, MEMBER
from moments.views import app, appeals, embeds, ledger, pushes, share, site_pages, statistics
from reelive.routes import form, former, list_page, page, verb

ledger_urls = [
    *list_page("ledger/", ledger.ledger, feed(listings.ledger), name="ledger", title=_("Moderation log")),
    page("ledger/export.jsonl", ledger.ledger_export, name="ledger-export"),
    page("ledger/key.txt", ledger.ledger_key, name="ledger-key"),
    page("ledger/<int:number>/", ledger.ledger_entry, name="ledger-entry"),
    form("ledger/<int:number>/appeal/", appeals.appeal, name="appeal"),
]

site_page_urls = [
    *(
        page(
            f"{name}/",
            site_pages.site_page,
            {"name": name.value},
            name=name.value,
            title=name.label,
            indexed=True,
        )
        for name in SitePage.Name
    ),
    page(
        "about/stats/",
        statistics.statistics,
        name="statistics",
        title=_("The site in numbers"),
        indexed=True,
    ),
    page("keys/", site_pages.keys, name="keys", title=_("Keyboard shortcuts")),
]

app_urls = [
    page("app/", app.app, name="app", title=_("Get the app"), indexed=True),
    page("offline/", app.offline, name="offline", crawled=False),
    page("sw.js", app.service_worker, name="service-worker", crawled=False),
    page(FILM + "relive/offline/", app.film_offline, name="film-offline", crawled=False),
    page("diary/", app.own_diary, name="own-diary", crawled=False),
    page("share/receive/", share.receive, name="share-receive", crawled=False),
    verb("push/add/", pushes.push_add, name="push-add"),
    verb("push/<int:subscription_id>/remove/", pushes.push_remove, name="push-remove"),
]

machine_urls = [
    page("robots.txt", robots.robots, name="robots"),
    page("opensearch.xml", opensearch.description, name="opensearch"),
    page("search/opensearch.json", opensearch.suggestions, name="opensearch-suggest", crawled=False),
    page("oembed/", embeds.oembed, name="oembed"),
    page("sitemap.xml", sitemaps.index, name="sitemap"),
    page("sitemap-<word:section>-<int:part>.xml", sitemaps.section, name="sitemap-section"),
]

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
