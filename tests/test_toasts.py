"""What is said after a deed, with a link to what came of it and a way to undo it."""

from django.contrib.messages.storage.base import Message
from django.urls import reverse
from django.utils.timezone import localdate

from moments.models import DiaryEntry, Progress
from moments.spoilers.cookies import PROGRESS
from moments.spoilers.rules import SEEN
from reelive.toasts import ToastVerbs, verbs_of
from tests.support.makers import make_comment, make_moment
from tests.support.pages import links, select, texts
from tests.support.rows import for_each

HTMX = {"HX-Request": "true"}


@for_each("tags", ["", None, "safe", "[]", '"x"', '{"unknown": 1}', "{"])
def test_messages_of_others_have_no_verbs(tags):
    assert verbs_of(Message(20, "Hello", tags)) == ToastVerbs()


def test_a_progress_is_said_and_undone(as_seb, film, mia, seb):
    scenes = [make_moment(film, mia, position=float(number)) for number in (1, 2, 3)]
    make_moment(film, seb, position=9.0)  # one's own is not seen for that
    page = as_seb.post(reverse("moment-progress", args=[scenes[1].pk]), headers=HTMX)
    assert "2" in texts(page, ".toast p")[0]
    assert "4" in texts(page, ".toast p")[0]
    (undo,) = [form["action"] for form in select(page, ".toast form")]
    assert as_seb.post(undo, {"next": "/new/"})["Location"] == "/new/"
    assert Progress.objects.of(seb, film) is None


def test_an_undo_brings_back_what_was_said_before(as_seb, film, moment, seb):
    Progress.objects.set_progress(seb, film, SEEN)
    page = as_seb.post(reverse("moment-progress", args=[moment.pk]), headers=HTMX)
    as_seb.post(select(page, ".toast form")[0]["action"])
    assert Progress.objects.of(seb, film) == SEEN


@for_each("was", ["", "?was=", "?was=x", "?was=WzEuMCxudWxsXQ"])
def test_only_the_site_says_what_was_before(was, as_seb, film, seb):
    Progress.objects.set_progress(seb, film, SEEN)
    assert as_seb.post(reverse("progress-undo", args=[film.slug]) + was).status_code == 404
    assert Progress.objects.of(seb, film) == SEEN


def test_the_same_progress_again_needs_no_undo(as_seb, film, moment, seb):
    Progress.objects.set_progress(seb, film, moment.progress)
    page = as_seb.post(reverse("moment-progress", args=[moment.pk]), headers=HTMX)
    assert (len(select(page, ".toast")), len(select(page, ".toast form"))) == (1, 0)


def test_visitors_can_undo_it_too(client, film, moment):
    page = client.post(reverse("film-progress", args=[film.slug]), {"seen": "all"}, follow=True)
    (undo,) = [form["action"] for form in select(page, ".toast form")]
    client.post(undo)
    assert not client.cookies[PROGRESS].value


def test_an_entry_is_said_linked_and_undone(as_seb, moment, seb):
    page = as_seb.post(reverse("diary-entry-add", args=[moment.pk]), {"date": localdate()}, headers=HTMX)
    entry = DiaryEntry.objects.get()
    assert links(page, ".toast") == [entry.link]
    (undo,) = select(page, ".toast form")
    assert (undo["action"], undo["data-hx-target"]) == (
        reverse("diary-entry-delete", args=[entry.pk]),
        "#relive",
    )
    part = as_seb.post(undo["action"], headers=HTMX)
    assert select(part, "#relive")
    assert not DiaryEntry.objects.exists()
    (again,) = select(part, ".toast form")
    assert again["data-hx-target"] == "#relive"
    assert select(as_seb.post(again["action"], headers=HTMX), "#relive")
    assert DiaryEntry.objects.get().pk == entry.pk


def test_an_entry_that_was_there_before_is_not_undone_with_what_was_added(as_seb, moment, seb):
    moment.relive(seb, note="From the first time.")
    page = as_seb.post(
        reverse("diary-entry-add", args=[moment.pk]), {"note": "Again.", "date": localdate()}, headers=HTMX
    )
    assert (len(select(page, ".toast")), select(page, ".toast form")) == (1, [])


def test_who_reports_stays_and_is_led_to_their_reports(as_seb, moment, mia):
    comment = make_comment(moment, mia)
    thread = f"{moment.get_absolute_url()}?sort=new"
    form = as_seb.get(
        reverse("comment-report", args=[comment.pk]), headers={"Referer": f"http://testserver{thread}"}
    )
    back = select(form, "main form input[name=next]")[0]["value"]
    address = reverse("comment-report", args=[comment.pk])
    page = as_seb.post(address, {"reason": "spam", "next": back}, follow=True)
    assert page.redirect_chain[-1][0] == f"{thread}#c{comment.pk}"
    assert links(page, ".toast") == [reverse("reports")]


def test_the_undo_of_a_fragment_leads_to_the_page_that_it_is_on(as_seb, moment):
    headers = HTMX | {"HX-Current-URL": f"http://testserver{moment.get_absolute_url()}"}
    page = as_seb.post(reverse("moment-progress", args=[moment.pk]), headers=headers)
    assert select(page, ".toast input[name=next]")[0]["value"] == moment.get_absolute_url()
