"""What a page of results shows is asked and rendered once for many, and is never older than what it shows."""

import pytest

from accounts.models import User
from moments.models import Comment, Film, Follow, MemberList, Mute, Tag
from moments.models.asked import Asked
from moments.models.filter import Filters
from moments.search import loaders
from reelive import statements
from tests.support.makers import make_comment, make_list, make_member, make_moment, moderator
from tests.support.pages import text_of
from tests.support.viewers import viewing, visitor


@pytest.fixture
def lamps(film, mia, seb):
    """One row of each kind that "lamp" finds."""
    Film.objects.filter(pk=film.pk).update(summary="A lamp.")
    moment = make_moment(film, mia, "The Lamp", tags=["lamp"])
    make_comment(moment, seb, "What a lamp.")
    make_list(mia, moment, title="Lamps")
    return make_member("lamp", bio_html="<p>Light.</p>")


CHANGES = {
    "the title of a film": (lambda: Film.objects.update(title="Cats"), "La La Land", "Cats"),
    "the numbers of a film": (lambda: Film.objects.update(song_count=41), "</html>", "<b>41</b>"),
    "the picture of a film": (lambda: Film.objects.update(still="stills/x.webp"), "</html>", "stills/x.webp"),
    "a comment's votes": (lambda: Comment.objects.update(votes=4321), "0 votes", "4,321 votes"),
    "a comment's author": (lambda: Comment.objects.update(author=None), "@seb", "a former member"),
    "the state of a post": (
        lambda: Comment.objects.get().post.__class__.objects.update(spoiler=True),
        "on The Lamp",
        "may give the story away",
    ),
    "the title of a list": (lambda: MemberList.objects.update(title="Bulb lamp"), ">Lamps<", ">Bulb lamp<"),
    "the votes for a list": (lambda: MemberList.objects.update(votes=8765), "</html>", "8,765 votes"),
    "a tag's number": (lambda: Tag.objects.update(post_count=77), "</html>", "<small>77</small>"),
    "what a member says": (
        lambda: User.objects.filter(username="lamp").update(bio_html="<p>Dark.</p>"),
        "Light.",
        "Dark.",
    ),
}


@pytest.mark.django_db
def test_a_change_shows_at_once_whatever_is_kept(client, lamps):
    Comment.objects.update(votes=0)

    def page():
        return text_of(client.get("/search/?q=lamp"))

    for named, (change, old, new) in CHANGES.items():
        before = page()
        assert old in before, named
        assert new not in before, named
        change()
        after = page()
        assert new in after, named
        assert old == "</html>" or old not in after, named


def test_the_excerpt_is_marked_for_each_query_anew(client, lamps):
    for query in ("lamp", "what", "lamp"):
        page = client.get("/search/", {"q": query, "kind": "comments"})
        assert f"<mark>{query}</mark>" in page.text.lower()


FOUND = (loaders._comments, loaders._posts_of_comments, loaders._lists, loaders._films, loaders._members)


def of_each_kind():
    models = {loaders._comments: Comment, loaders._lists: MemberList, loaders._films: Film}
    posts = loaders.Post
    return {find: models.get(find, User if find is loaders._members else posts) for find in FOUND}


def seen(found):
    """All that was loaded of a row, and of what was selected beside it."""
    beside = {name: vars(row) for name, row in found._state.fields_cache.items() if row}
    whole = {"": vars(found), **beside}
    return {
        (name, key): value for name, own in whole.items() for key, value in own.items() if key != "_state"
    }


def test_a_shared_statement_gives_the_objects_of_a_query_of_ones_own(lamps, film, mia, seb, monkeypatch):
    monkeypatch.setattr(statements, "_kept", {})
    User.objects.filter(pk=mia.pk).update(is_private=True)
    Follow.objects.create(member=seb, person=mia)
    Mute.objects.create(member=lamps, other=seb)
    hidden = visitor()
    hidden.filters = Filters(film=frozenset([film.pk]))
    viewers = [visitor(), hidden, viewing(moderator()), *map(viewing, (mia, seb, lamps))]
    answers = {}
    for find, model in of_each_kind().items():
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
        for number, viewer in enumerate(viewers):
            own = {row.pk: seen(row) for row in find(viewer, keys=keys)}
            assert {pk: seen(row) for pk, row in Asked(find, viewer, keys=keys).by_key.items()} == own
            answers[find, number] = set(own)
    lists = [len(answers[loaders._lists, number]) for number in range(len(viewers))]
    assert lists == [0, 0, 1, 1, 1, 0]
    assert [len(answers[loaders._comments, number]) for number in range(len(viewers))] == [1, 0, 1, 1, 1, 0]
