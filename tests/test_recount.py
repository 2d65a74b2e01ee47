"""Counters, ranks and statuses against their rows."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from moments.models import (
    Comment,
    FeelingTally,
    Film,
    Moment,
    Notification,
    Post,
    Reaction,
    Source,
    Tag,
    Tagging,
    Trivia,
    Verdict,
)
from moments.models.counters import recompute
from moments.models.feeling import refresh_strengths
from tests.support.counters import differences
from tests.support.makers import make_comment, make_member, make_moment, make_song, make_trivia, moderator
from tests.support.notifications import tell_all
from tests.support.rows import for_each


def recount(*options):
    out = StringIO()
    call_command("recount", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def lively(film, moment, mia, seb):
    """A site on which everything that is counted has happened, some of it undone."""
    song = make_song(film, mia, tags=["stars"])
    claim = make_trivia(film, mia)
    claim.cite([("https://example.org/a", "A")])
    top = make_comment(moment, seb)
    reply = make_comment(moment, mia, parent=top)
    make_comment(moment, seb, parent=reply).delete_by_author()
    make_comment(song, seb).remove(moderator(), "spam")
    for post in (moment, song):
        post.upvote(seb)
    song.unvote(seb)
    top.upvote(mia)
    for feeling in ("joy", "hope"):
        moment.feel(seb, feeling)
        moment.feel(mia, feeling)
    moment.unfeel(mia, "hope")
    moment.relive(seb, note="Again, and again.")
    make_moment(film, seb, tags=["stars"]).remove(moderator(), "spam")
    return moment


def test_verbs_leave_nothing_to_repair(lively):
    assert differences() == {}
    assert "0 values differed." in recount("--check", "--texts")


def test_a_film_taken_out_and_brought_back_leaves_nothing_to_repair(lively, film):
    film.remove(moderator(), "spam")
    assert differences() == {}
    recount()
    film.restore(moderator())
    assert differences() == {}
    assert Film.objects.get().moment_count == 1


def test_tags_merged_while_a_film_is_out_of_sight_leave_nothing_to_repair(lively, film):
    stars, tap = Tag.objects.get(name="stars"), Tag.objects.get(name="tap dance")
    film.remove(moderator(), "spam")
    tap.merge_into(moderator(), stars)
    film.restore(moderator())
    assert differences() == {}
    assert Tag.objects.get(name="stars").post_count == 2


LIES = [
    (Film, "moment_count", 9),
    (Film, "song_count", 9),
    (Film, "trivia_count", 9),
    (Film, "relive_count", 9),
    (Tag, "post_count", 9),
    (Post, "votes", 9),
    (Post, "comment_count", 9),
    (Post, "relive_count", 9),
    (Post, "felt_by", 9),
    (Post, "hot", 1.0),
    (Tagging, "hot", 1.0),
    (Trivia, "status", "disputed"),
    (Comment, "votes", 9),
    (Comment, "best", 0.9),
    (Comment, "reply_count", 9),
    (Comment, "descendants", 9),
    (FeelingTally, "count", 9),
    (FeelingTally, "strength", 0.99),
]


def column(model, field):
    return list(model.objects.order_by("pk").values_list("pk", field))


@for_each("model, field, lie", LIES)
def test_a_wrong_column_is_found_and_repaired(lively, model, field, lie):
    truth = column(model, field)
    model.objects.update(**{field: lie})
    assert f"{model._meta.model_name}.{field}: " in recount()
    assert column(model, field) == truth


def test_a_check_finds_all_that_is_wrong_and_leaves_it(lively):
    truth = [column(model, field) for model, field, _lie in LIES]
    for model, field, lie in LIES:
        model.objects.update(**{field: lie})
    with pytest.raises(CommandError) as refusal:
        recount("--check")
    assert refusal.value.returncode == 1
    for model, field, lie in LIES:
        assert set(model.objects.values_list(field, flat=True)) == {lie}, field
    said = recount()
    assert [field for model, field, _lie in LIES if f"{model._meta.model_name}.{field}: " not in said] == []
    assert [column(model, field) for model, field, _lie in LIES] == truth
    assert differences() == {}


def test_a_wrong_number_of_people_is_found_and_repaired(lively):
    tell_all()
    truth = list(Notification.objects.order_by("pk").values_list("pk", "people"))
    assert {people for _pk, people in truth} == {0, 1}  # of some rows nobody is named
    assert differences() == {}
    Notification.objects.update(people=9)
    assert f"notification.people: {len(truth)}" in recount()
    assert list(Notification.objects.order_by("pk").values_list("pk", "people")) == truth


def test_a_missing_tally_is_written(lively):
    FeelingTally.objects.filter(feeling="joy").delete()
    recount()
    assert FeelingTally.objects.get(feeling="joy").count == 2
    assert differences() == {}


def test_strengths_are_those_that_reactions_give(film, mia):
    quiet, loud = make_moment(film, mia), make_moment(film, mia)
    for number in range(6):
        loud.feel(make_member(f"fan{number}"), "joy" if number % 3 else "fear")
    for moment in (quiet, loud):
        FeelingTally.objects.update_or_create(moment=moment, feeling="love", defaults={"house": 3})
        FeelingTally.objects.update_or_create(moment=moment, feeling="hope", defaults={"house": 1})
        refresh_strengths(list(moment.tallies.all()), Post.objects.get(pk=moment.pk).felt_by)
    assert differences() == {}


def test_a_rank_may_differ_in_its_last_bits(moment):
    Post.objects.update(hot=F("hot") + 1e-12)
    Tagging.objects.update(hot=Post.objects.get().hot)
    assert differences() == {}


def test_verdicts_are_counted(film, mia):
    claim = make_trivia(film, mia)
    Source.objects.create(trivia=claim, url="https://example.org/a", title="A")
    for number in range(9):
        Verdict.objects.create(trivia=claim, member=make_member(f"judge{number}"), stance="confirm")
    recount()
    assert Trivia.objects.get().status == "confirmed"


def test_texts_are_rendered_anew_only_when_asked_for(lively):
    Post.objects.update(body_html="old", excerpt="old")
    Comment.objects.filter(state="visible").update(body_html="old", body="[https://a.b](https://c.d)")
    User.objects.update(bio="**Hello**")
    assert "0 values differed" in recount()
    recount("--texts")
    assert Post.objects.get(pk=lively.pk).body_html == f"<p>{lively.body}</p>"
    assert Post.objects.get(pk=lively.pk).excerpt == lively.body
    assert not Comment.objects.filter(body_html="old").exists()
    assert "https://a.b (c.d)" in Comment.objects.filter(state="visible").first().body_html
    assert User.objects.first().bio_html == "<p><strong>Hello</strong></p>"


def test_what_one_row_touches_is_filled_in(moment, seb):
    reaction = Reaction.objects.create(moment=moment, member=seb, feeling="joy")
    recompute([reaction])
    assert Moment.objects.get().felt_by == 1
    assert FeelingTally.objects.get().count == 1
    assert differences() == {}


def test_proof_takes_as_many_queries_for_a_hundred_rows(lively, film, mia):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            recount("--check")
        return len(captured)

    few = queries()
    for _ in range(20):
        make_comment(make_moment(film, mia), mia)
    assert queries() == few
