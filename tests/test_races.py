"""Two people at once: nothing is lost, nothing is doubled, nobody sees an error."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from moments.feelings import FEELINGS
from moments.models import (
    Comment,
    DiaryEntry,
    FeelingTally,
    Film,
    Label,
    LedgerEntry,
    Moment,
    Post,
    PostVote,
    Report,
    Tag,
    Trivia,
    Verdict,
)
from tests.support.counters import differences
from tests.support.makers import make_comment, make_film, make_member, make_moment, make_trivia
from tests.support.races import PEOPLE, at_once, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
DAY = {"date": "2026-01-01"}


def test_votes_of_many_are_all_counted(people, scene):
    at_once(lambda member: Post.objects.get(pk=scene.pk).upvote(member), people)
    assert Post.objects.get(pk=scene.pk).votes == PostVote.objects.count() == PEOPLE


def test_a_vote_cast_many_times_at_once_counts_once(people, scene):
    fan = people[0]
    added = at_once(lambda _: Post.objects.get(pk=scene.pk).upvote(fan), people)
    assert sorted(added) == [False] * (PEOPLE - 1) + [True]
    assert Post.objects.get(pk=scene.pk).votes == PostVote.objects.count() == 1


@pytest.mark.parametrize("kind", ["wrong", "spoiler"])
def test_labels_of_many_are_all_counted(people, scene, kind):
    at_once(lambda member: Post.objects.get(pk=scene.pk).label(member, kind), people)
    assert getattr(Post.objects.get(pk=scene.pk), f"{kind}_labels") == Label.objects.count() == PEOPLE
    at_once(lambda member: Post.objects.get(pk=scene.pk).unlabel(member, kind), people)
    assert getattr(Post.objects.get(pk=scene.pk), f"{kind}_labels") == Label.objects.count() == 0


def test_a_label_given_many_times_at_once_counts_once(people, scene):
    comment, fan = make_comment(scene, people[1]), people[0]
    added = at_once(lambda _: Comment.objects.get(pk=comment.pk).label(fan, "unkind"), people)
    assert sorted(added) == [False] * (PEOPLE - 1) + [True]
    assert Comment.objects.get(pk=comment.pk).unkind_labels == Label.objects.count() == 1
    gone = at_once(lambda _: Comment.objects.get(pk=comment.pk).unlabel(fan, "unkind"), people)
    assert sorted(gone) == [False] * (PEOPLE - 1) + [True]
    assert Comment.objects.get(pk=comment.pk).unkind_labels == Label.objects.count() == 0


def test_a_report_sent_many_times_at_once_is_one(people, scene):
    made = at_once(lambda _: Report.objects.file(people[0], scene, "spam")[1], people)
    assert sorted(made) == [False] * (PEOPLE - 1) + [True]
    assert Report.objects.count() == 1


def test_moderators_who_judge_at_once_give_one_outcome(people, scene):
    for member in people[:3]:
        Report.objects.file(member, scene, "spam")
    report = Report.objects.first()
    at_once(lambda member: Report.objects.get(pk=report.pk).keep(member, f"Fine, says {member}."), people)
    assert Report.objects.values("outcome").distinct().count() == 1
    assert list(
        User.objects.filter(unread_report_results__gt=0).values_list("unread_report_results", flat=True)
    ) == [1, 1, 1]


def test_feelings_of_many_are_all_tallied(people, scene):
    at_once(lambda member: Moment.objects.get(pk=scene.pk).feel(member, "joy"), people)
    assert FeelingTally.objects.get(moment=scene).count == PEOPLE
    assert Moment.objects.get(pk=scene.pk).felt_by == PEOPLE


def test_several_feelings_of_one_member_at_once_make_one_who_felt(people, scene):
    scene.upvote(people[1])
    fan, slugs = people[0], list(FEELINGS)[:PEOPLE]
    added = at_once(lambda slug: Moment.objects.get(pk=scene.pk).feel(fan, slug), slugs)
    assert added == [True] * PEOPLE
    assert Moment.objects.get(pk=scene.pk).felt_by == 1
    assert differences() == {}
    at_once(lambda slug: Moment.objects.get(pk=scene.pk).unfeel(fan, slug), slugs)
    assert Moment.objects.get(pk=scene.pk).felt_by == 0
    assert differences() == {}


def test_a_feeling_sent_many_times_at_once_counts_once(people, scene):
    scene.upvote(people[1])
    added = at_once(lambda _: Moment(pk=scene.pk).feel(people[0], "joy"), people)
    assert sorted(added) == [False] * (PEOPLE - 1) + [True]
    assert differences() == {}


def test_votes_cast_and_taken_back_at_once_leave_counts_that_agree(people, scene):
    comment = make_comment(scene, scene.author)
    for fan in people[:4]:
        scene.upvote(fan)
    deeds = [
        lambda fan: Post(pk=scene.pk).upvote(fan),
        lambda fan: Post(pk=scene.pk).unvote(fan),
        lambda fan: Comment.objects.get(pk=comment.pk).upvote(fan),
    ]
    at_once(lambda job: job[0](job[1]), [(deed, fan) for fan in people[:5] for deed in deeds])
    assert differences() == {}


def test_entries_of_one_day_written_at_once_are_one(people, scene):
    scene.upvote(people[1])
    scene.feel(people[0], "joy")
    entries = at_once(
        lambda _: Moment(pk=scene.pk, film_id=scene.film_id).relive(people[0], note="Again."), people
    )
    assert sorted(entry.is_new for entry in entries) == [False] * (PEOPLE - 1) + [True]
    assert (DiaryEntry.objects.get().note, DiaryEntry.objects.get().feelings) == ("Again.", ["joy"])
    assert differences() == {}


def test_whole_evenings_and_single_entries_never_wait_for_each_other(people):
    film, mia = make_film(), make_member("mia")
    scenes = [make_moment(film, mia) for _ in range(6)]
    clients = [signed_in(member) for member in people]
    for member in people:
        for scene in scenes:
            scene.feel(member, "joy")

    def evening(client):
        return [client.post(reverse("relive-diary", args=[film.slug])).status_code]

    def single(client):
        added = [client.post(reverse("diary-entry-add", args=[scene.pk]), DAY) for scene in reversed(scenes)]
        own = DiaryEntry.objects.filter(member=client.session["_auth_user_id"]).values_list("pk", flat=True)
        gone = [client.post(reverse("diary-entry-delete", args=[pk])) for pk in own]
        return [response.status_code for response in added + gone]

    acts = [evening, single] * (PEOPLE // 2)
    answers = at_once(lambda job: job[0](job[1]), list(zip(acts, clients, strict=True)))
    assert {code for codes in answers for code in codes} == {302}
    assert differences() == {}


def test_verdicts_of_many_are_all_counted_and_settle_the_claim(people, scene):
    claim = make_trivia(scene.film, scene.author)
    at_once(lambda member: Trivia.objects.get(pk=claim.pk).judge(member, "dispute", "No."), people)
    stored = Trivia.objects.get()
    assert (stored.status, stored.confirms, stored.disputes) == ("disputed", 0, PEOPLE)


def test_a_verdict_given_changed_and_revoked_at_once_leaves_counts_that_agree(people, scene):
    claim, fan = make_trivia(scene.film, scene.author), people[0]
    deeds = [
        lambda claim: claim.judge(fan, "confirm"),
        lambda claim: claim.judge(fan, "dispute", "No."),
        lambda claim: claim.revoke_verdict(fan),
        lambda claim: claim.judge(people[1], "confirm"),
    ]
    at_once(lambda deed: deed(Trivia.objects.get(pk=claim.pk)), deeds * 2)
    stored = Trivia.objects.get()
    assert (stored.confirms, stored.disputes) == Verdict.objects.counts()


def test_posts_of_one_title_find_different_addresses(people, scene):
    film = Film.objects.get()
    moments = at_once(
        lambda member: make_moment(film, member, "The Same Title", tags=[f"of {member}", "new"]), people
    )
    assert len({moment.slug for moment in moments}) == PEOPLE
    assert Film.objects.get().moment_count == PEOPLE + 1
    assert Tag.objects.get(name="new").post_count == PEOPLE


def test_a_form_sent_many_times_at_once_makes_one_post(people, scene):
    fan, film = people[0], Film.objects.get()
    form = {"title": "Sent in a hurry", "body": "Clicked too often.", "tags": "haste", "nonce": uuid4()}
    url = reverse("trivia-add", args=[film.slug])
    answers = at_once(lambda _: signed_in(fan).post(url, form), people[:4])
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert Post.objects.filter(kind="trivia").count() == Film.objects.get().trivia_count == 1


def test_the_same_words_sent_at_once_from_several_forms_are_said_once(people, scene):
    url = reverse("comment-add", args=[scene.pk])
    answers = at_once(lambda _: signed_in(people[0]).post(url, {"body": "Buy my watches."}), people[:4])
    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
    assert Comment.objects.count() == Post.objects.get().comment_count == 1


def test_comments_of_many_are_all_counted(people, scene):
    parent = make_comment(scene, people[0])
    at_once(lambda member: make_comment(scene, member, parent=Comment.objects.get(pk=parent.pk)), people)
    assert Post.objects.get(pk=scene.pk).comment_count == PEOPLE + 1
    assert Comment.objects.get(pk=parent.pk).reply_count == PEOPLE


def test_removing_at_once_is_counted_once(people, scene):
    removed = at_once(lambda member: Post.objects.get(pk=scene.pk).remove(member, "spam"), people)
    assert sorted(removed) == [False] * (PEOPLE - 1) + [True]
    assert LedgerEntry.objects.count() == 1
    assert Film.objects.get().moment_count == 0
