"""A synthetic site: right in every count, the same for the same seed, and no danger to a real one."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from moments.management.commands import populate as command
from moments.management.synthetic.threads import REPLIES
from moments.management.synthetic.words import Words
from moments.management.synthetic.world import World, synthetic_members
from moments.models import (
    Comment,
    CommentVote,
    DiaryEntry,
    FeelingTally,
    Film,
    Moment,
    Post,
    PostVote,
    Reaction,
    Review,
    Song,
    SongUse,
    Source,
    Tag,
    Tagging,
    Trivia,
    Verdict,
)
from moments.models.counters import COUNTERS, RENDERED_TEXTS
from moments.threads import MAX_DEPTH
from reelive.slugs import names
from reelive.text import slugify
from tests.support.counters import differences
from tests.support.ledger import verified
from tests.support.rows import for_each

SMALL = {"members": 30, "moments": 40, "comments": 150, "votes": 200, "until": "2026-01-31"}


def populate(**options):
    out = StringIO()
    words = [word for name, value in options.items() for word in (f"--{name}", str(value)) if word != "True"]
    call_command("populate", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def site(db):
    return populate(**SMALL)


def test_everything_is_made_in_the_numbers_asked_for(site):
    votes = PostVote.objects.count() + CommentVote.objects.count()
    made = (
        User.objects.count(),
        Moment.objects.count(),
        Comment.objects.count(),
        votes,
        Film.objects.count(),
    )
    assert made == (30, 40, 150, 200, 2)
    assert (Song.objects.count(), Trivia.objects.count(), Review.objects.count()) == (10, 12, 4)
    for model in (Tag, Tagging, Reaction, FeelingTally, DiaryEntry, SongUse, Source, Verdict):
        assert model.objects.exists(), model
    assert site.startswith("Done: 30 members, 2 films, 66 posts,")


def test_every_count_and_text_is_right_at_once(site):
    assert differences([*RENDERED_TEXTS, *COUNTERS]) == {}


def test_everything_says_that_it_is_synthetic(site):
    assert not User.objects.exclude(username__startswith="synthetic-").exists()
    assert not Tag.objects.exclude(name__startswith="synthetic ").exists()
    assert set(User.objects.values_list("password", flat=True)) == {"!"}


def test_rows_are_what_the_models_ask_for(site):
    for model in (User, Film, Moment, Song, Trivia, Tag, Comment.objects.listed()):
        rows = getattr(model, "objects", model)
        for row in rows.all()[:10]:
            row.full_clean()


def test_titles_keep_their_address_when_a_post_is_revised(site):
    for post in Post.objects.all():
        assert names(post.slug, slugify(post.title, fallback=post.kind))


def test_threads_are_deep_and_whole(site):
    comments = Comment.objects.select_related("parent", "root")
    assert all(comment.depth == (comment.parent.depth + 1 if comment.parent else 0) for comment in comments)
    assert all(comment.root.post_id == comment.post_id for comment in comments if comment.root)
    assert 2 <= max(comment.depth for comment in comments) <= MAX_DEPTH
    assert abs(sum(bool(comment.depth) for comment in comments) / len(comments) - REPLIES) < 0.35


def test_nobody_votes_for_their_own(site):
    assert not any(vote.voter_id == vote.post.author_id for vote in PostVote.objects.select_related("post"))
    own = [
        vote
        for vote in CommentVote.objects.select_related("comment")
        if vote.voter_id == vote.comment.author_id
    ]
    assert own == []


def snapshot():
    posts = Post.objects.order_by("pk").values_list(
        "title", "body", "votes", "comment_count", "created", "hot"
    )
    comments = Comment.objects.order_by("pk").values_list("body", "depth", "votes", "author__username")
    return [*posts, *comments, *Tag.objects.order_by("name").values_list("name", "post_count")]


def test_the_same_seed_makes_the_same_site(site):
    first = snapshot()
    User.objects.all().delete()
    Film.objects.all().delete()
    populate(**SMALL)
    assert snapshot() == first
    User.objects.all().delete()
    Film.objects.all().delete()
    populate(**SMALL, seed=2)
    assert snapshot() != first


def test_a_second_run_adds_more(site):
    populate(members=5, moments=10, comments=20, votes=30, until="2026-01-31")
    populate(comments=10, votes=40, until="2026-01-31")
    assert (User.objects.count(), Moment.objects.count(), Comment.objects.count()) == (35, 50, 180)
    assert differences([*RENDERED_TEXTS, *COUNTERS]) == {}


def test_no_more_votes_than_members_can_cast(db):
    populate(members=3, moments=4, votes=500)
    assert PostVote.objects.count() == 2 * Post.objects.count()
    assert differences([*RENDERED_TEXTS, *COUNTERS]) == {}


def test_it_can_be_stopped(db, monkeypatch):
    def stop(self, targets):
        yield from original(self, targets[:3])
        raise KeyboardInterrupt

    original = command.ThreadMaker.make
    monkeypatch.setattr(command.ThreadMaker, "make", stop)
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("populate", "--members=9", "--moments=9", "--comments=50", "--votes=9", stdout=out)
    assert end.value.code == 130
    assert out.getvalue().startswith("Stopped: 9 members, ")
    call_command("recount", stdout=StringIO())
    assert differences([*RENDERED_TEXTS, *COUNTERS]) == {}


def test_what_is_removed_has_its_row_in_the_ledger(db, monkeypatch):
    monkeypatch.setattr("moments.management.synthetic.posts.REMOVED_EVERY", 5)
    populate(**SMALL)
    removed = Post.objects.filter(state="removed").count()
    assert removed > 1
    assert verified() == f"{removed} rows follow one another, {removed} removed texts match."
    assert differences() == {}


def test_a_site_with_real_members_is_left_alone(mia):
    with pytest.raises(CommandError, match="real members"):
        populate(**SMALL)
    assert User.objects.count() == 1
    populate(**SMALL, yes=True)
    assert synthetic_members().count() == 30


def test_the_house_is_not_a_real_member(db):
    User.objects.create_user("house")
    populate(members=2)
    assert User.objects.count() == 3


@for_each(
    "options, sentence",
    [
        ({}, "Say how many"),
        ({"members": -1}, "Say how many"),
        ({"moments": 3}, "add --members"),
        ({"members": 3, "votes": 3}, "add --moments"),
        ({"members": 3, "moments": 3, "films": 0}, "add --films"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_sentence(db, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        populate(**options)
    assert not User.objects.exists()


@for_each("total, slots, most", [(0, 5, 3), (7, 0, 3), (100, 7, 99), (100, 7, 3), (1, 900, 1)])
def test_things_are_spread_to_the_last_one(db, total, slots, most):
    shares = World("1", None).spread(total, slots, most)
    assert len(shares) == slots
    assert sum(shares) == min(total, slots * most)
    assert max(shares, default=0) <= most


def test_words_are_in_a_repeatable_order(db):
    first, second = (Words(World("7", None).random).title() for _ in range(2))
    assert first == second
