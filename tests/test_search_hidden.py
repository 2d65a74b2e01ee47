"""What a search never finds, and what it keeps to itself of a spoiler."""

from accounts.models import User
from moments.models import FeelingTally, Tag
from moments.models.kinds import POST_KINDS
from tests.support.makers import make_comment, make_member, make_moment, moderator
from tests.support.pages import text_of
from tests.support.search import found, indexed, titles

# What is never found.


def test_deleted_and_removed_posts_are_not_found(moment, mia):
    assert titles("lovely") == ["A Lovely Night"]
    moment.remove(moderator(), "spam")
    assert found("lovely") == {}
    moment.restore(moderator())
    assert titles("lovely") == ["A Lovely Night"]
    moment.delete_by_author()
    assert found("lovely") == found("deleted") == {}
    assert indexed("moments_post") == []


def test_nothing_of_a_removed_film_is_found(moment, film, seb):
    make_comment(moment, seb, "That lamp post again.")
    film.remove(moderator(), "spam")
    assert found("lovely") == found("land") == found("lamp") == {}
    film.restore(moderator())
    assert set(found("lovely")) == {"posts"}
    assert set(found("lamp")) == {"comments"}


def test_deleted_comments_removed_tags_and_closed_accounts_are_not_found(moment, mia, seb):
    comment = make_comment(moment, seb, "That lamp post again.")
    assert (set(found("lamp")), set(found("stars")), set(found("seb"))) == (
        {"comments"},
        {"tags"},
        {"members"},
    )
    comment.delete_by_author()
    Tag.objects.get(name="stars").remove(moderator(), "spam")
    seb.suspend(moderator(), "Spam.")
    assert found("lamp") == found("stars") == found("seb") == {}
    assert indexed("moments_comment") == []
    seb.reinstate(moderator())
    assert found("seb") == {"members": ["seb"]}


def test_a_comment_on_a_deleted_post_is_not_found(moment, seb):
    make_comment(moment, seb, "That lamp post again.")
    moment.delete_by_author()
    assert found("lamp") == {}


def test_nobody_is_found_by_an_address_of_mail(mia):
    for text in ("mia@example.org", "example", '"example org"'):
        assert found(text) == {}


def test_an_edit_is_found_by_its_new_words_alone(moment, mia):
    moment.title, moment.body = "The bench", "Shoes are changed."
    moment.revise(["stars"])
    assert titles("bench") == titles("shoes") == ["The bench"]
    assert found("lovely") == {}


# Spoilers.


def test_a_veiled_post_is_not_found_by_what_it_feels_like(film, mia):
    shown, hidden = make_moment(film, mia, tags=["end"]), make_moment(film, mia, tags=["end"], spoiler=True)
    for moment in (shown, hidden):
        FeelingTally.objects.create(moment=moment, feeling="heartbreak", house=3, strength=0.4)
    assert titles("feeling:heartbreak") == titles("tag:end") == [shown.title]
    assert titles("feeling:heartbreak", viewer=mia) == [hidden.title, shown.title]


def test_a_spoiler_shows_neither_title_nor_text(client, film, mia, seb):
    post = make_moment(film, mia, "He leaves her", body="At the very end the piano closes.", spoiler=True)
    make_comment(post, seb, "I cried when the piano closed.")
    page = text_of(client.get("/search/", {"q": "piano"}))
    kind = POST_KINDS["moment"]
    assert page.count(str(kind.veiled_title)) == 1
    assert kind.described % {"film": film.title} in page
    assert "He leaves her" not in page
    assert "closes" not in page
    assert "I cried" not in page


def test_a_member_who_wants_to_see_everything_does(client, film, mia):
    make_moment(film, mia, "He leaves her", body="The piano closes.", spoiler=True)
    client.force_login(make_member("laura", spoiler_stance="show"))
    page = client.get("/search/", {"q": "piano"}).content.decode()
    assert "He leaves her" in page
    assert "The <mark>piano</mark> closes." in page


def test_what_a_text_hides_finds_nothing(client, film, mia):
    post = make_moment(film, mia, "The end", body="The piano >!plays on without her!< and then silence.")
    make_comment(post, mia, "Only ||heartbroken|| people.\n\n>!- sad\n\n- sadder!<")
    User.objects.filter(pk=mia.pk).update(bio="Plays >!the kazoo!<.")
    assert [found(word) for word in ("without", "heartbroken", "sadder", "kazoo")] == [{}] * 4
    page = client.get("/search/", {"q": "piano silence"}).content.decode()
    assert "The end" in page
    assert "plays on" not in page
