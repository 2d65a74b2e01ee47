"""The lists of posts: hot, new, top, by kind, by tag; page after page."""

from datetime import timedelta

from django.utils import timezone

from tests.support.makers import make_comment, make_moment, make_more_posts, make_song, make_trivia, moderator

NOW = timezone.now()


def shown(response):
    return [post.title for post in response.context["posts"]]


def ago(**span):
    return NOW - timedelta(**span)


def test_hot_weighs_votes_against_age(client, film, mia, seb, keith):
    old = make_moment(film, mia, "Old and loved", created=ago(hours=6))
    make_moment(film, mia, "Fresh", created=ago(hours=1))
    assert shown(client.get("/")) == ["Fresh", "Old and loved"]
    for member in (seb, keith):
        old.upvote(member)
    assert shown(client.get("/")) == ["Old and loved", "Fresh"]


def test_new_goes_by_time_and_top_by_votes(client, film, mia, seb):
    loved = make_moment(film, mia, "Loved", created=ago(days=3))
    make_moment(film, mia, "Newest", created=ago(hours=1))
    loved.upvote(seb)
    assert shown(client.get("/new/")) == ["Newest", "Loved"]
    assert shown(client.get("/top/")) == ["Loved", "Newest"]
    assert shown(client.get("/top/?by=day")) == ["Newest"]
    assert shown(client.get("/top/?by=week")) == ["Loved", "Newest"]


def test_lists_are_read_by_kind(client, film, mia):
    make_moment(film, mia, "A moment")
    make_song(film, mia, "A song")
    make_trivia(film, mia, "A claim")
    assert shown(client.get("/?kind=song")) == shown(client.get("/songs/")) == ["A song"]
    assert shown(client.get("/new/?kind=trivia")) == shown(client.get("/trivia/")) == ["A claim"]
    assert client.get("/?kind=poem").status_code == 404


def test_a_list_goes_on_by_cursor_without_a_gap_or_a_double(client, film, mia):
    song = make_song(film, mia, "Song 0", tags=["stars"], created=NOW)
    more = make_more_posts(song, 59, title=lambda number: f"Song {number + 1}")
    made = [one.title for one in (song, *more)]
    for url in ("/", "/new/", "/top/", "/songs/", "/tags/stars/", "/members/mia/"):
        seen, cursor = [], None
        for expected in (25, 25, 10):
            response = client.get(url, {"after": cursor} if cursor else {})
            assert len(shown(response)) == expected, url
            seen += shown(response)
            cursor = response.context["next_cursor"]
        assert cursor is None, url
        assert sorted(seen) == sorted(made), url


def test_more_cards_come_as_a_fragment(client, film, mia):
    make_more_posts(make_moment(film, mia), 29)
    cursor = client.get("/new/").context["next_cursor"]
    response = client.get("/new/", {"after": cursor}, headers={"HX-Request": "true"})
    assert len(shown(response)) == 5
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_removed_posts_leave_every_list(client, moment):
    moment.remove(moderator(), "spam")
    for url in ("/", "/new/", "/top/", "/films/la-la-land/", "/tags/stars/", "/members/mia/"):
        assert shown(client.get(url)) == []


def test_spoilers_are_veiled_for_readers_and_not_for_their_author(client, film, mia, seb):
    make_moment(film, mia, "They part", spoiler=True)
    assert [post.is_veiled for post in client.get("/").context["posts"]] == [True]
    client.force_login(mia)
    assert [post.is_veiled for post in client.get("/").context["posts"]] == [False]
    client.force_login(seb)
    for stance, expected in [("veil", [True]), ("show", [False]), ("hide", [])]:
        type(seb).objects.filter(pk=seb.pk).update(spoiler_stance=stance)
        assert [post.is_veiled for post in client.get("/").context["posts"]] == expected


def test_the_own_vote_is_shown_and_nobody_elses(client, moment, seb, keith):
    moment.upvote(keith)
    client.force_login(seb)
    assert [post.my_vote for post in client.get("/").context["posts"]] == [False]
    moment.upvote(seb)
    assert [post.my_vote for post in client.get("/").context["posts"]] == [True]


def test_a_members_page_shows_posts_comments_and_diary_entries(client, moment, mia):
    make_comment(moment, mia, "My own remark")
    moment.relive(mia)
    assert shown(client.get("/members/mia/")) == ["A Lovely Night"]
    assert [c.body for c in client.get("/members/mia/comments/").context["comments"]] == ["My own remark"]
    assert [e.moment.title for e in client.get("/members/mia/diary/").context["entries"]] == [
        "A Lovely Night"
    ]
    assert client.get("/members/MIA/")["Location"] == "/members/mia/"


def test_a_suspended_member_has_no_page(client, mia):
    mia.suspend(moderator(), "Spam.")
    assert client.get("/members/mia/").status_code == 404
