"""What newcomers say in links alone: everybody sees it, and the moderators are asked to look at it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from moments.models import Comment, Film, Moment, Report
from moments.models.mixins.authored import LINKS_ALONE
from reelive.markdown import is_link_only, render
from tests.support.makers import make_comment, make_member, make_moment

LINK = "https://watches.example/cheap"


def joined(hours):
    return timezone.now() - timedelta(hours=hours)


@pytest.fixture
def newcomer(db):
    return make_member("laura", date_joined=joined(1))


ALONE = [
    LINK,
    f"[The best and cheapest watches that money can buy]({LINK})",
    f"Look: {LINK} !!! :)",
    f"- {LINK}\n- http://other.example\n\n> {LINK}",
    f">!{LINK}!<",
    f"@mia @seb {LINK}",
    f"**[Watches]({LINK})** ~~{LINK}~~",
]
NOT_ALONE = [
    "",
    "Two people, one bench.",
    "@mia",
    "Ask [me](mailto:laura@example.org)",
    f"The bench is up there still: {LINK}",
    f"`{LINK}`",
]


@pytest.mark.parametrize(
    ("texts", "expected"), [(ALONE, True), (NOT_ALONE, False)], ids=["alone", "with words"]
)
def test_links_alone_are_told_from_links_with_words(texts, expected):
    assert {text: is_link_only(render(text, {"mia", "seb"})) for text in texts} == dict.fromkeys(
        texts, expected
    )


def test_a_newcomer_s_comment_of_links_is_reported_and_stays(client, moment, newcomer):
    client.force_login(newcomer)
    client.post(reverse("comment-add", args=[moment.pk]), {"body": LINK})
    comment, report = Comment.objects.get(), Report.objects.get()
    assert (comment.state, Moment.objects.get().comment_count) == ("visible", 1)
    assert (report.comment, report.member, report.note, report.state) == (comment, None, LINKS_ALONE, "open")
    assert report.snapshot == LINK
    assert LINK in client.get(moment.get_absolute_url()).text


def test_a_newcomer_s_post_of_links_is_reported_and_stays(film, newcomer):
    post = make_moment(film, newcomer, body=LINK)
    report = Report.objects.get()
    assert (report.post.pk, Moment.objects.get().state) == (post.pk, "visible")


@pytest.mark.parametrize(("hours", "body"), [(1, "Two people, one bench."), (25, LINK)])
def test_words_and_members_of_more_than_a_day_are_not(moment, hours, body):
    make_comment(moment, make_member("laura", date_joined=joined(hours)), body)
    assert Report.objects.count() == 0


def test_a_newcomer_adds_a_film_shares_three_scenes_and_mends_them_all(client, newcomer):
    client.force_login(newcomer)
    client.post(reverse("film-add"), {"title": "Past Lives", "year": 2023, "medium": "film"})
    film = Film.objects.get()
    for title in ("The bar", "The ferry", "Waiting for the car"):
        texts = {"title": title, "body": f"What happens there: {title}.", "anyway": "1"}
        client.post(reverse("moment-add", args=[film.slug]), texts)
        for context in ("Early.", "Late."):
            url = reverse("post-edit", args=[Moment.objects.get(title=title).pk])
            assert client.post(url, texts | {"context": context}).status_code == 302
    facts = {"title": "Past Lives", "year": 2023, "medium": "film", "director": "Celine Song"}
    assert client.post(reverse("film-edit", args=[film.slug]), facts).status_code == 302
    assert list(Moment.objects.values_list("context", flat=True)) == ["Late."] * 3
    assert Film.objects.get().director == "Celine Song"


def test_an_edit_to_links_alone_is_reported_once(film, moment, newcomer):
    comment = make_comment(moment, newcomer, "Two people, one bench.")
    comment.revise(LINK)
    comment.revise(f"{LINK}/more")
    post = make_moment(film, newcomer)
    post.body = LINK
    post.revise()
    assert sorted(str(report.target.pk) for report in Report.objects.all()) == sorted(
        map(str, (comment.pk, post.pk))
    )


def test_nothing_of_it_shows_to_readers_or_to_the_newcomer(client, moment, newcomer):
    make_comment(moment, newcomer, LINK)
    for member in (None, newcomer):
        if member:
            client.force_login(member)
        pages = [client.get(url).text for url in (moment.get_absolute_url(), "/members/laura/", "/ledger/")]
        assert not any(LINKS_ALONE in page for page in pages)


def test_the_queue_of_the_staff_shows_it(client, moment, newcomer, keith):
    make_comment(moment, newcomer, LINK)
    client.force_login(keith)
    queue = client.get(reverse("admin:moments_report_changelist")).text
    assert str(Report.objects.get()) in queue


@pytest.mark.parametrize("take_texts", [True, False])
def test_a_newcomer_may_leave_again(moment, newcomer, take_texts):
    make_comment(moment, newcomer, LINK)
    delete_account(newcomer, take_texts)
    assert Comment.objects.get().state == ("deleted" if take_texts else "visible")
