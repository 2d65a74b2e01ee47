"""The feeds of films and tags, and of what a member said and relived."""

from moments.models.kinds import POST_KINDS
from tests.support.atom import BASE, entries, links, read
from tests.support.makers import make_comment, make_film, make_moment, moderator
from tests.support.pages import select


def test_the_feed_of_films_has_the_newest_first_and_keeps_the_choices(client, film):
    film.summary, film.year = "Two people in <Los Angeles>.", 2016
    film.save()
    make_film("Severance", medium="series", year=2022)
    feed = read(client, "/films/feed/")
    assert entries(feed) == ["Severance (2022)", "La La Land (2016)"]
    assert entries(feed, "content") == [None, "<p>Two people in &lt;Los Angeles&gt;.</p>"]
    assert entries(read(client, "/films/feed/?decade=2010")) == ["La La Land (2016)"]
    chosen = read(client, "/films/feed/?sort=title&medium=series&utm=x")
    assert entries(chosen) == ["Severance (2022)"]
    assert links(chosen)["alternate"] == f"{BASE}/films/?medium=series"
    named = select(client.get("/films/?medium=series&sort=title"), "link[rel=alternate]")
    assert f"{BASE}/films/feed/?medium=series" in [link["href"] for link in named]


def test_a_film_that_was_removed_leaves_the_feed_of_films(client, film):
    film.remove(moderator(), "spam")
    assert entries(read(client, "/films/feed/")) == []


def test_the_feed_of_tags_has_the_newest_first_each_from_the_day_of_its_first_post(client, film, mia):
    first = make_moment(film, mia, tags=["dusk"])
    make_moment(film, mia, tags=["dusk", "sea"])
    feed = read(client, "/tags/feed/")
    assert entries(feed) == ["#sea", "#dusk"]
    assert entries(feed, "published")[1] == first.created.isoformat()
    for post in film.posts.all():
        post.delete_by_author()
    assert entries(read(client, "/tags/feed/")) == []


def test_a_member_s_comments_have_a_feed_without_those_under_what_is_gone(client, film, moment, seb, mia):
    gone = make_moment(film, mia)
    make_comment(gone, seb, "Under what is gone.")
    make_comment(moment, seb, "Still >!here!<.")
    make_comment(moment, mia, "Of another.")
    gone.delete_by_author()
    feed = read(client, "/members/seb/comments/feed/")
    assert entries(feed) == [f"seb on {moment.title}"]
    assert "Still" in entries(feed, "content")[0]
    assert ">here<" not in entries(feed, "content")[0]


def test_the_feed_of_a_diary_has_only_what_everybody_may_read(client, film, mia, seb):
    told, own, gone = (make_moment(film, seb, title) for title in ("Told", "For oneself", "Gone"))
    told.feel(mia, "joy")
    told.relive(mia, note="For >!all!< to read.", public=True)
    own.relive(mia, note="For me alone.")
    gone.relive(mia, note="Of what is gone.", public=True)
    gone.delete_by_author()
    for viewer in (None, seb, mia):
        client.logout() if viewer is None else client.force_login(viewer)
        feed = read(client, "/members/mia/diary/feed/")
        assert entries(feed) == ["For oneself · La La Land", "Told · La La Land"]
        assert "to read" in entries(feed, "content")[1]
        assert "Joy" in entries(feed, "content")[1]
        text = client.get("/members/mia/diary/feed/").text
        for secret in ("me alone", "what is gone", ">all<"):
            assert secret not in text


def test_a_diary_s_feed_tells_nothing_of_a_veiled_moment(client, film, mia):
    hidden = make_moment(film, mia, "He leaves her", spoiler=True)
    hidden.feel(mia, "heartbreak")
    hidden.relive(mia, note="I cried at the piano.", public=True)
    feed = read(client, "/members/mia/diary/feed/")
    assert entries(feed) == [f"{POST_KINDS['moment'].veiled_title} · La La Land"]
    text = client.get("/members/mia/diary/feed/").text
    for secret in ("He leaves", hidden.slug, "cried", "Heartbreak"):
        assert secret not in text


def test_a_removed_note_is_not_in_the_feed_of_its_diary(client, moment, mia):
    entry = moment.relive(mia, note="Buy it here.", public=True)
    assert "Buy it here." in client.get("/members/mia/diary/feed/").text
    entry.remove(moderator(), "spam")
    assert "Buy it here." not in client.get("/members/mia/diary/feed/").text
