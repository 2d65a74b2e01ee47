"""The pages of the ledger, read by everybody, and the tombstones and locks that lead to its rows."""

import pytest

from moments.ledger.sentences import describe
from moments.models import Comment, Post
from tests.support.ledger import make_acts, rows
from tests.support.makers import make_comment, make_film, make_member, make_moment, moderator
from tests.support.pages import links, text_of


@pytest.fixture
def acts(film, mia, seb, keith):
    return make_acts(film, mia, seb, keith)


# Its pages.


def listed(client, **filters):
    return [row.number for row in client.get("/ledger/", filters).context["rows"]]


def test_everybody_reads_the_ledger_newest_first(acts, client):
    page = client.get("/ledger/").content.decode()
    assert listed(client) == [4, 3, 2, 1]
    assert "It sells pills." in page
    assert acts[-1].hash in page


def test_rows_are_found_by_who_what_why_and_where(acts, client, mia, keith):
    make_moment(make_film("Snatch"), mia).remove(keith, "illegal")
    found = [
        listed(client, actor="@Keith"),
        listed(client, action="restore"),
        listed(client, reason="private"),
        listed(client, film="la-la-land"),
        listed(client, film="la-la-land", actor="keith", action="remove", reason="spam"),
    ]
    assert found == [[5, 3, 2, 1], [4], [2], [4, 3, 2, 1], [1]]
    for nonsense in ({"action": "burn"}, {"reason": "dull"}, {"film": "nowhere"}, {"after": "x"}):
        assert client.get("/ledger/", nonsense).status_code == 404


def test_a_row_is_read_with_its_film_while_that_can_be_seen(acts, client, film, keith):
    urls = ("/ledger/", "/ledger/2/", "/ledger/feed/")
    described = describe(acts[1].subject, film.title)
    assert film.title in described
    assert [described in client.get(url).content.decode() for url in urls] == [True] * 3
    film.remove(keith, "copyright")
    assert ["La La Land" in client.get(url).content.decode() for url in urls] == [False] * 3
    film.restore(keith)
    assert "the film La La Land (2016)" in client.get("/ledger/").content.decode()


def test_a_row_shows_what_was_hashed(acts, client):
    page = client.get("/ledger/2/").content.decode()
    assert acts[1].hash in page
    assert acts[0].hash in page
    assert client.get("/ledger/99/").status_code == 404


def test_the_feed_has_the_newest_rows_and_the_filters(acts, client):
    feed = client.get("/ledger/feed/", {"action": "lock"}).content.decode()
    assert feed.count("<entry>") == 1
    page = client.get("/ledger/", {"action": "lock"}).content.decode()
    assert page.count('/ledger/feed/?action=lock"') == 2  # in the head and at the foot
    assert "It turned into a quarrel about shoes." in feed


def test_every_page_shows_the_newest_hash(client, moment, keith, django_capture_on_commit_callbacks):
    shown = []
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            moment.lock(keith) or moment.unlock(keith)
        newest = rows().last().hash[:8]
        shown.append(f">{newest}</code>" in client.get("/films/").content.decode())
    assert shown == [True, True]


def test_a_note_is_text_and_no_markup(moment, keith, client):
    moment.remove(keith, "spam", "<script>alert(1)</script>")
    for url in ("/ledger/", "/ledger/1/", "/ledger/feed/"):
        assert "<script>alert" not in client.get(url).content.decode()


# Tombstones and locks.


def test_a_tombstone_names_the_reason_and_the_row(acts, client):
    removed = Comment.objects.get()
    page = client.get(removed.post.get_absolute_url())
    assert removed.removal.get_reason_display() in text_of(page)
    assert links(page, ".thread .tombstone") == ["/ledger/2/"]
    assert "Elm Street" not in text_of(page)


def test_a_removed_post_names_its_reason(client, moment, keith):
    moment.remove(keith, "copyright", "A letter of the studio.")
    page = client.get(moment.get_absolute_url(), follow=True)
    assert moment.removal.get_reason_display() in text_of(page)
    assert "/ledger/1/" in links(page)


def test_nobody_adds_to_a_locked_thread(as_seb, moment, keith):
    parent = make_comment(moment, make_member("tracy"))
    moment.lock(keith)
    for url in (f"/posts/{moment.pk}/comments/", f"/comments/{parent.pk}/reply/"):
        response = as_seb.post(url, {"body": "One more thing."})
        assert response.status_code == 422
        assert "One more thing." in response.content.decode()
    assert Comment.objects.count() == 1
    page = as_seb.get(moment.get_absolute_url())
    assert links(page, "#comments .tombstone") == ["/ledger/?action=lock&film=la-la-land"]
    assert "/reply/" not in text_of(page)


def test_a_thread_that_is_opened_again_takes_comments(as_seb, moment, keith):
    moment.lock(keith)
    moment.unlock(keith)
    as_seb.post(f"/posts/{moment.pk}/comments/", {"body": "One more thing."})
    assert Comment.objects.count() == 1


# Suspension.


def test_a_row_leads_to_what_it_is_about(acts, client, film):
    comment, post = Comment.objects.get(), Post.objects.first()
    film.remove(moderator(), "copyright")
    assert [row.target_url for row in rows()] == [
        f"/posts/{post.pk}/",
        f"/comments/{comment.pk}/",
        f"/posts/{comment.post_id}/",
        f"/posts/{post.pk}/",
        "",
    ]
