"""Who may judge a claim, and what a verdict that is given, changed or revoked leaves behind."""

import pytest
from django.contrib.auth.models import AnonymousUser

from moments.models import Event, EventKind, Report, SongUse, Trivia, Verdict
from moments.models.refusals import Locked, Refused
from tests.support.makers import make_moment, make_song, make_trivia, make_use, moderator
from tests.support.reports import filed

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(film, mia):
    make_trivia(film, mia)
    return Trivia.objects.get()


def who_may(claim, *viewers):
    return [claim.can_be_judged_by(viewer) for viewer in (*viewers, AnonymousUser())]


def test_others_judge_a_claim_that_is_in_sight_and_open(claim, mia, seb):
    assert who_may(claim, mia, seb) == [False, True, False]
    claim.lock(moderator())
    assert who_may(claim, mia, seb) == [False, False, False]
    claim.unlock(moderator())
    claim.remove(moderator(), "spam")
    assert who_may(claim, mia, seb) == [False, False, False]


def test_the_author_is_refused_and_everybody_where_it_is_locked(claim, mia, seb):
    with pytest.raises(Refused):
        claim.judge(mia, "confirm")
    claim.lock(moderator())
    with pytest.raises(Locked):
        claim.judge(seb, "confirm")
    assert not Verdict.objects.exists()


def test_a_verdict_counts_is_news_and_may_change(claim, seb, keith):
    assert [claim.judge(seb, "confirm") for _twice in range(2)] == [True, False]
    assert (claim.verdict_of(seb).reason, claim.verdict_of(seb).url) == ("", "")
    assert claim.judge(keith, "dispute", "No.", "https://a.example/", is_told=False)
    assert (claim.confirms, claim.disputes) == (1, 1)
    told = Event.objects.filter(kind=EventKind.VERDICT).values_list("post", "actor")
    assert list(told) == [(claim.pk, seb.pk)]
    assert claim.judge(seb, "dispute", "Not so.")
    stored = Trivia.objects.get()
    assert (stored.confirms, stored.disputes) == (0, 2)
    mine = stored.verdict_of(keith)
    assert (mine.stance, mine.reason, mine.url) == ("dispute", "No.", "https://a.example/")
    assert stored.verdict_of(AnonymousUser()) is None


def test_a_verdict_writes_nothing_back_that_changed_meanwhile(claim, film, mia, seb):
    use = make_use(make_song(film, mia), make_moment(film, mia))
    for model, judged, column, value in ((Trivia, claim, "votes", 7), (SongUse, use, "note", "She hums it.")):
        model.objects.update(**{column: value})
        judged.judge(seb, "confirm")
        assert model.objects.values_list("confirms", column).get() == (1, value)


def test_a_verdict_that_is_revoked_takes_the_reports_on_it_along_and_no_others(claim, seb, keith, mia):
    claim.judge(seb, "dispute", "No.")
    claim.judge(keith, "dispute", "Never.")
    for member in (seb, keith):
        filed(mia, claim.verdict_of(member))
    assert [claim.revoke_verdict(seb) for _twice in range(2)] == [True, False]
    assert list(Verdict.objects.values_list("member", flat=True)) == [keith.pk]
    assert (Trivia.objects.get().disputes, Report.objects.get().verdict.member) == (1, keith)
