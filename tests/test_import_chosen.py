"""What members put together, chose and said, brought along: by the verbs of the site, and never trusted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from moments.archives.imports import making
from moments.models import (
    Draft,
    Event,
    Favourite,
    Filter,
    Follow,
    FollowRequest,
    ListEntry,
    MemberList,
    Mute,
    NotificationChoice,
    PostVote,
    Reminder,
)
from tests.support.imports import COMMENT, NOW, POST, archive, bring, outcome
from tests.support.makers import make_list, make_moment

LIST = {"uid": "x/lists/1", "state": "visible", "title": "Dances", "visibility": "private", "created": NOW}
FILM = {name: POST[name] for name in ("film", "film_title", "film_year", "film_medium")}
ENTRY = {"uid": "x/list-entries/1", "list_uid": LIST["uid"], "created": NOW, "note": "Why."}
DRAFT = {"uid": "x/drafts/1", "form": "moment", "values": {"title": "Later"}, "created": NOW, "updated": NOW}
VOTE = {"uid": "x/upvotes/1", "created": NOW}
FOLLOW = {"uid": "x/follows/1", "created": NOW}
FILTER = {"uid": "x/filters/1", "created": NOW}


def day(number):
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def at(post, **columns):
    return {"post": post.get_absolute_url(), "post_uid": "", **columns}


def test_a_list_takes_what_is_here_and_is_of_its_maker_alone(film, moment, seb):
    entries = [
        ENTRY | at(moment),
        ENTRY | FILM | {"uid": "x/list-entries/2"},
        ENTRY | {"uid": "x/list-entries/3", "post": "/films/la-la-land/moments/none/"},
        ENTRY | at(moment, uid="x/list-entries/4", list_uid="x/lists/of-another"),
        ENTRY | at(moment, uid="x/list-entries/5"),
    ]
    made = outcome(bring(seb, archive(lists=[LIST], **{"list-entries": entries})))
    assert made["list-entries"] == {"made": 2, "left out": 2, "known": 1}
    (mine,) = MemberList.objects.all()
    assert (mine.author, mine.visibility, mine.entry_count, mine.created.year) == (seb, "private", 2, 2024)
    assert list(mine.entries.order_by("position").values_list("post", "film", "note", "writer")) == [
        (moment.pk, None, "Why.", seb.pk),
        (None, film.pk, "Why.", seb.pk),
    ]


def test_nobody_puts_anything_into_the_list_of_another(film, moment, mia, seb):
    theirs = make_list(mia, film)
    row = ENTRY | at(moment, list_uid=f"localhost/lists/{theirs.pk}", list=theirs.link)
    assert outcome(bring(seb, archive(**{"list-entries": [row]}))) == {"list-entries": {"left out": 1}}
    assert ListEntry.objects.count() == 1


def test_a_list_that_a_moderator_removed_there_is_left_out(mia):
    assert outcome(bring(mia, archive(lists=[LIST | {"state": "removed"}]))) == {"lists": {"left out": 1}}


def test_what_was_scheduled_is_a_draft_and_its_text_stays_without_its_post(mia):
    later = (timezone.now() + timedelta(days=1)).isoformat()
    scheduled = DRAFT | FILM | {"publish_at": later, "values": {"title": "Later", "publish_at": later}}
    lost = DRAFT | {"uid": "x/drafts/2", "form": "reply", "values": {"body": "And so"}, "post": "/posts/9/"}
    assert outcome(bring(mia, archive(drafts=[scheduled, lost]))) == {"drafts": {"made": 2}}
    first, second = Draft.objects.order_by("pk")
    assert (first.publish_at, first.due, first.values, str(first.film)) == (
        None, None, {"title": "Later"}, "La La Land (2016)",
    )  # fmt: skip
    assert (second.post, second.values) == (None, {"body": "And so"})
    assert first.updated.date() == timezone.now().date(), "an old one would be gone tomorrow"


def test_no_picture_of_another_is_in_a_draft(mia):
    row = DRAFT | {"values": {"title": "Later", "picture_held": "x" * 43, "nonce": "1", "a b": "x"}}
    bring(mia, archive(drafts=[row]))
    assert Draft.objects.get().values == {"title": "Later"}


def test_films_and_tags_that_are_not_here_are_neither_followed_nor_muted(mia):
    rows = [FOLLOW | FILM, FOLLOW | {"uid": "x/follows/2", "tag": "rain"}]
    rows += [FOLLOW | {"uid": "x/follows/3", "artist": "nobody"}]
    filters = [FILTER | FILM, FILTER | {"uid": "x/filters/2", "tag": "rain"}]
    made = outcome(bring(mia, archive(follows=rows, filters=filters)))
    assert made == {"filters": {"left out": 2}, "follows": {"left out": 3}}


def test_members_are_followed_by_name_without_being_told_or_asked(mia, seb, keith):
    keith.is_private = True
    keith.save()
    names = ("seb", "keith", "mia", "nobody", "reelive")
    rows = [FOLLOW | {"uid": f"x/follows/{name}", "member": f"/members/{name}/"} for name in names]
    assert outcome(bring(mia, archive(follows=rows))) == {"follows": {"made": 1, "left out": 4}}
    assert [follow.person for follow in Follow.objects.all()] == [seb]
    assert FollowRequest.objects.count() == 0
    assert set(Event.objects.values_list("kind", flat=True)) == {"fill"}


def test_whom_a_member_follows_here_is_not_muted_for_their_name(mia, seb, keith):
    Follow.objects.follow(mia, person=seb)
    rows = [
        {"uid": f"x/mutes/{name}", "member": f"/members/{name}/", "created": NOW} for name in ("seb", "keith")
    ]
    assert outcome(bring(mia, archive(mutes=rows))) == {"mutes": {"known": 1, "made": 1}}
    assert [mute.other for mute in Mute.objects.all()] == [keith]
    assert Follow.objects.filter(member=mia, person=seb).exists()


def test_a_vote_is_cast_once_and_never_on_ones_own(film, moment, mia, seb):
    own = make_moment(film, seb, "Mine")
    rows = [VOTE | at(moment), VOTE | at(moment, uid="x/upvotes/2"), VOTE | at(own, uid="x/upvotes/3")]
    made = outcome(bring(seb, archive(upvotes=rows)))
    assert made == {"upvotes": {"made": 1, "known": 1, "left out": 1}}
    moment.refresh_from_db()
    assert (moment.votes, PostVote.objects.get().created.year) == (1, 2024)
    assert Event.objects.filter(kind="upvote").count() == 0


def test_so_many_votes_are_cast_in_a_day(film, mia, seb, monkeypatch):
    monkeypatch.setattr(making, "MOST_MADE", {"upvotes": 2})
    rows = [VOTE | at(make_moment(film, seb), uid=f"x/upvotes/{number}") for number in range(3)]
    assert outcome(bring(mia, archive(upvotes=rows))) == {"upvotes": {"made": 2, "later": 1}}


def test_four_favourites_and_no_more_behind_those_that_are_here(film, mia):
    moments = [make_moment(film, mia) for _number in range(5)]
    Favourite.objects.add(mia, moments[0])
    rows = [at(post, uid=f"x/favourites/{post.pk}", place=1) for post in moments[1:]]
    made = outcome(bring(mia, archive(favourites=rows)))
    assert made == {"favourites": {"made": 3, "left out": 1}}
    assert [row.moment_id for row in Favourite.objects.of(mia)] == [post.pk for post in moments[:4]]


def test_a_reminder_that_came_back_there_comes_back_no_more(mia, moment):
    row = at(moment, uid="x/reminders/1", date=day(3), note="Again.", created=NOW)
    told = row | {"uid": "x/reminders/2", "date": day(4), "told": NOW}
    over = row | {"uid": "x/reminders/3", "date": day(-3)}
    assert outcome(bring(mia, archive(reminders=[row, told, over]))) == {
        "reminders": {"made": 1, "left out": 2}
    }
    assert [str(reminder.date) for reminder in Reminder.objects.all()] == [day(3)]


def test_choices_of_news_are_settings_and_leave_those_that_are_here(mia):
    NotificationChoice.objects.create(member=mia, kind="reply", site=True)
    rows = [
        {"uid": f"x/choices/{kind}", "kind": kind, "site": False, "mail": "never", "push": None}
        for kind in ("reply", "follow", "sight")
    ]
    file = archive(**{"notification-choices": rows})
    assert outcome(bring(mia, file)) == {"notification-choices": {"left out": 3}}
    made = outcome(bring(mia, file, with_settings=True))
    assert made == {"notification-choices": {"known": 1, "made": 1, "left out": 1}}
    chosen = NotificationChoice.objects.filter(member=mia).order_by("kind")
    assert list(chosen.values_list("kind", "site")) == [("follow", False), ("reply", True)]


ODD = [
    ("lists", LIST, {"title": ""}), ("lists", LIST, {"visibility": "all"}), ("lists", LIST, {"created": 5}),
    ("lists", LIST, {"body": "x" * 2_001}), ("lists", LIST, {"created": []}),
    ("list-entries", ENTRY, {"list_uid": "a\x00"}), ("list-entries", ENTRY, {"list_uid": [1]}),
    ("drafts", DRAFT, {"form": "film"}), ("drafts", DRAFT, {"values": "Later"}),
    ("drafts", DRAFT, {"values": {}}), ("drafts", DRAFT, {"values": {"title": ["a"], "body": {"a": 1}}}),
    ("drafts", DRAFT, {"values": {"body": "x" * 100_001}}), ("drafts", DRAFT, {"updated": None}),
    ("filters", FILTER, {"word": "the"}), ("filters", FILTER, {"word": "x" * 61}),
    ("filters", FILTER, {"word": ["blood"]}), ("filters", FILTER, {"word": "blood", "until": NOW}),
    ("filters", FILTER, {"word": "blood", "until": "2999-01-01T00:00:00Z"}), ("filters", FILTER, {}),
    ("filters", FILTER, {"tag": {"a": 1}}), ("filters", FILTER, {"tag": "\x00"}),
    ("follows", FOLLOW, {"member": "/members/%00/"}), ("follows", FOLLOW, {"member": 5}),
    ("follows", FOLLOW, {"artist": "a\x00"}), ("follows", FOLLOW, {"artist": []}), ("follows", FOLLOW, {}),
    ("mutes", FOLLOW, {"member": "seb"}), ("upvotes", VOTE, {"post": "/films/%00/moments/a/"}),
    ("upvotes", VOTE, {"post_uid": "a\x00"}), ("upvotes", VOTE, {"post": {"a": 1}}),
    ("list-upvotes", VOTE, {"list": "/members/seb/lists/%00/"}), ("list-upvotes", VOTE, {"list": None}),
    ("favourites", VOTE, {"post": "/posts/1/"}), ("reminders", VOTE, {"date": 5}),
    ("thread-choices", VOTE, {"level": "loud"}), ("notification-choices", VOTE, {"kind": "reply", "mail": 5}),
    ("comment-upvotes", VOTE, {"fingerprint": ["a"]}), ("comment-upvotes", VOTE, {"fingerprint": "a\x00"}),
    ("notification-choices", VOTE, {"kind": ["reply"]}), ("comments", COMMENT, {"post_uid": "a\x00"}),
]  # fmt: skip


@pytest.mark.parametrize(("part", "row", "odd"), ODD)
def test_a_row_that_no_form_would_take_is_left_out(part, row, odd, mia, film):
    importing = bring(mia, archive(**{part: [row | odd]}), with_settings=True)
    assert (importing.state, outcome(importing)) == ("done", {part: {"left out": 1}})
    assert [model.objects.count() for model in (MemberList, Draft, Filter, Follow, Mute)] == [0] * 5
