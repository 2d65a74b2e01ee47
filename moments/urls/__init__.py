"""The site's addresses: plural list, singular page, noun-verb action, and all that is declared of each."""

from moments.urls.films import film_urls, people_urls, relive_urls
from moments.urls.lists import list_urls
from moments.urls.logs import log_urls
from moments.urls.member_lists import member_list_urls
from moments.urls.members import (
    draft_urls,
    favourite_urls,
    follow_urls,
    member_urls,
    mute_urls,
    notification_urls,
    reminder_urls,
    report_urls,
    saved_urls,
)
from moments.urls.posts import comment_urls, label_urls, post_urls
from moments.urls.site import app_urls, former_urls, ledger_urls, machine_urls, site_page_urls
from moments.urls.takealong import homecoming_urls, player_urls, take_along_urls

__all__ = ["former_urls", "urlpatterns"]

urlpatterns = [
    *list_urls,
    *film_urls,
    *people_urls,
    *log_urls,
    *post_urls,
    *relive_urls,
    *comment_urls,
    *member_urls,
    *follow_urls,
    *mute_urls,
    *notification_urls,
    *saved_urls,
    *favourite_urls,
    *draft_urls,
    *member_list_urls,
    *reminder_urls,
    *label_urls,
    *report_urls,
    *take_along_urls,
    *homecoming_urls,
    *player_urls,
    *ledger_urls,
    *site_page_urls,
    *app_urls,
    *machine_urls,
]
