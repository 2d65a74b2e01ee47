"""Forms and sentences ask the viewer, so that what this browser revealed counts in them as on every page."""

from types import SimpleNamespace

from django.urls import reverse

from moments.models import Progress
from moments.spoilers.rules import UNSEEN
from moments.templatetags.posts import progress_text
from moments.viewer.browser import Browser
from moments.viewer.viewer import Visitor
from tests.support.pages import texts


def labels_of_places(client, film):
    return texts(client.get(reverse("moment-add", args=[film.slug])), "#picker-after .picker-found label")


def test_a_form_names_a_moment_that_the_browser_revealed(as_seb, seb, moment):
    Progress.objects.set_progress_of_all(seb, {moment.film_id: UNSEEN})
    before = labels_of_places(as_seb, moment.film)
    as_seb.get(reverse("post", args=[moment.pk]), {"show": "1"}, follow=True)
    assert moment.title not in " ".join(before)
    assert moment.title in " ".join(labels_of_places(as_seb, moment.film))


def test_a_visitor_asks_for_no_stance_of_their_own(moment, rf):
    visitor = Visitor(rf.get("/"), Browser({}))
    told = progress_text(moment.film, visitor, None, 0)
    assert told == progress_text(moment.film, SimpleNamespace(spoiler_stance="veil"), None, 0)
    assert told != progress_text(moment.film, SimpleNamespace(spoiler_stance="show"), None, 0)
