"""Whom an event concerns, and as which kind of news. What does not hold any more concerns nobody."""

from django.db.models import F, Q

from accounts.models import User
from moments.models import (
    Comment,
    Credit,
    DiaryEntry,
    Draft,
    EventKind,
    Export,
    Film,
    Follow,
    FollowRequest,
    Homecoming,
    LedgerEntry,
    ListWriter,
    MemberList,
    Moment,
    Notification,
    Post,
    Reaction,
    Reminder,
    Report,
    Revision,
    State,
    ThreadChoice,
    Verdict,
)
from moments.models.appeal import target_of
from moments.models.homecoming import Problem
from moments.models.reminder import in_year
from moments.notifications.feed import followers_of
from moments.notifications.news import News
from reelive import markdown

MENTIONS_TOLD = 20  # of one text
MOMENTS_COUNTED = 1_000


def news_of(event):
    """The pieces of news that an event is, the weightiest first: whom one reaches, the next leaves out."""
    return _RULES[event.kind](event)


def concerned(event):
    """The members who have something unread about what came into sight or went out of it."""
    if event.actor_id:
        return _members(event.actor_id)
    rows = Notification.objects.unread()
    if event.comment_id:
        rows = rows.filter(comment=event.comment_id)
    elif event.post_id:
        rows = rows.filter(post=event.post_id)
    elif event.member_list_id:
        rows = rows.filter(member_list=event.member_list_id)
    else:
        rows = rows.filter(post__film=event.number)
    return User.objects.filter(pk__in=rows.values("member"))


def _members(*keys):
    return User.objects.filter(pk__in=[key for key in keys if key])


def _mentioned(texts):
    """The members whom texts mention, as far as they are told of it."""
    names = sorted(set().union(*map(markdown.addressed, texts)))[:MENTIONS_TOLD]
    return User.objects.named(names) if names else User.objects.none()


def _target(event):
    """The post, comment or list that the event is about; None when it is out of sight by now."""
    if event.comment_id:
        comments = Comment.objects.listed().visible_to(None).select_related("post", "member_list", "parent")
        return comments.filter(pk=event.comment_id).first()
    if event.member_list_id:
        return MemberList.objects.listed().filter(pk=event.member_list_id).first()
    return event.post if event.post and event.post.is_visible else None


def _of_comment(event):
    comment = _target(event)
    if comment is None:
        return []
    about, parent = comment.about, comment.parent
    place = {"person": event.actor_id, **_place_of(comment)}
    everything = ThreadChoice.objects.filter(level=ThreadChoice.Level.ALL, **{about.model_name: about.pk})
    return [
        News("mention", _mentioned([comment.body]), f"comment/{comment.pk}", **place),
        *([News("reply", _members(parent.author_id), f"comment/{parent.pk}", **place)] if parent else []),
        News("comment", _sharers_of(about), about.ledger_name, **place),
        News("thread", User.objects.filter(pk__in=everything.values("member")), about.ledger_name, **place),
    ]


def _sharers_of(about):
    """Who hears of every comment on a post or list: its author, and who writes in the list too."""
    if isinstance(about, Post):
        return _members(about.author_id)
    writers = about.writers.accepted().values("member")
    return User.objects.filter(Q(pk=about.author_id) | Q(pk__in=writers))


def _of_post(event):
    post = _target(event)
    if post is None:
        return []
    place = {"person": event.actor_id, "post": post.pk}
    mentioned = News("mention", _mentioned([post.body, post.context]), f"post/{post.pk}", **place)
    return [mentioned, *_followed(post, place, event)]


def _followed(post, place, event):
    """To those who follow its author, its film, whom that credits, a tag of it or its artist.

    What a veiled post is tagged with, and whose song it is, must not be told by telling of it at all: for
    whom it is veiled, it only gets into their feed.
    """
    pieces = []
    for column, members in followers_of(post, event.told_up_to):
        of_what_it_has = column in ("tag__in", "artist")
        tells = not (of_what_it_has and post.is_marked_spoiler)
        how = {"feeds": True, "tells": tells, "of_what_it_has": of_what_it_has}
        pieces.append(News("followed", members, f"post/{post.pk}", **place, **how))
    return pieces


def _of_credits(event):
    """A film that is new here, to those who followed somebody by then whom this edit credits. What gives
    something away is not told of."""
    revision = Revision.objects.filter(pk=event.number, film__state=State.VISIBLE).first()
    if revision is None:
        return []
    known = {fact[0] for fact in revision.texts["credits"]}
    credits = Credit.objects.open().filter(film=revision.film_id).exclude(person__in=known)
    follows = Follow.objects.filter(credited__in=credits.values("person"), created__lte=event.created)
    members = User.objects.filter(pk__in=follows.values("member"))
    place = {"person": event.actor_id, "number": revision.film_id}
    return [News("followed", members, f"film/{revision.film_id}", **place)]


def _of_follow(event):
    follow = Follow.objects.filter(pk=event.number).first()
    return [News("follow", _members(follow.person_id), "member", event.actor_id)] if follow else []


def _of_request(event):
    asked = FollowRequest.objects.filter(pk=event.number).first()
    return [News("request", _members(asked.person_id), "member", event.actor_id)] if asked else []


def _of_invitation(event):
    """An invitation that was neither answered nor taken back."""
    asked = ListWriter.objects.filter(member=event.number, member_list=event.member_list_id, accepted=None)
    member_list = _target(event)
    if member_list is None or not asked.exists():
        return []
    place = {"person": event.actor_id, "member_list": member_list.pk}
    return [News("invited", _members(event.number), member_list.ledger_name, **place)]


def _of_edit(event):
    """Only those hear of an edit whom it mentions for the first time."""
    rule = _of_comment if event.comment_id else _of_post
    return [news for news in rule(event) if news.kind == "mention"]


def _to_author(kind, target, event):
    """To the author of a post, comment or list; to nobody when that is out of sight."""
    if target is None:
        return []
    subject, place = f"{target.model_name}/{target.pk}", _place_of(target)
    return [News(kind, _members(target.author_id), subject, event.actor_id, detail=event.detail, **place)]


def _of_its_author(kind):
    """News for the author of what the event is about, whatever else there is."""

    def rule(event):
        return _to_author(kind, _target(event), event)

    return rule


def _of_upvote(event):
    target = _target(event)
    if target is None or not target.vote_model.objects.of(event.actor_id, target.pk).exists():
        return []
    return _to_author("upvote", target, event)


def _of_feeling(event):
    felt = Reaction.objects.filter(moment=event.post_id, member=event.actor_id)
    return _to_author("feeling", _target(event), event) if felt.exists() else []


def _of_diary(event):
    """Only an author hears of it who may read the entry."""
    post, entries = _target(event), DiaryEntry.objects.filter(pk=event.number)
    is_for_author = post and post.author and entries.visible_to(post.author).exists()
    return _to_author("diary", post, event) if is_for_author else []


def _of_verdict(event):
    verdicts = Verdict.objects.listed().filter(trivia=event.post_id, member=event.actor_id)
    return _to_author("verdict", _target(event), event) if verdicts.exists() else []


def _of_row(kind):
    """News of what staff did, by the number of its row in the ledger."""

    def rule(event):
        row = LedgerEntry.objects.filter(pk=event.number).first()
        target = row and target_of(row)
        if target is None or target.author_id == event.actor_id:
            return []
        return [News(kind, _members(target.author_id), row.target, number=row.pk, **_place_of(target))]

    return rule


def _place_of(target):
    if isinstance(target, Comment):
        return {"post": target.post_id, "member_list": target.member_list_id, "comment": target.pk}
    if isinstance(target, MemberList):
        return {"member_list": target.pk}
    if isinstance(target, Verdict):
        return {"post": target.post_id}
    return {"post": target.moment_id if isinstance(target, DiaryEntry) else target.pk}  # none of a film


def _of_report(event):
    report = Report.objects.filter(pk=event.number).first()
    return (
        [News("report", _members(report.member_id), f"report/{report.pk}", number=report.pk)]
        if report
        else []
    )


def _of_undone(event):
    """Older facts of a film or a part of it were put back: to those whose edits that undid."""
    revision = Revision.objects.filter(pk=event.number).first()
    if revision is None:
        return []
    of = revision.facts_of
    undone = of.revisions.filter(pk__gte=revision.pk).values("editor")
    subject = f"{of.model_name}/{of.pk}"
    return [News("undone", User.objects.filter(pk__in=undone), subject, event.actor_id, number=revision.pk)]


def _of_reminder(event):
    """A reminder that its member has not deleted since, of a post that is still in sight."""
    post, rows = _target(event), Reminder.objects.filter(pk=event.number, member=event.actor_id)
    if post is None or not rows.exists():
        return []
    place = {"post": post.pk, "number": event.number}
    return [News("reminder", _members(event.actor_id), f"reminder/{event.number}", **place)]


def _of_years_ago(event):
    """A diary entry of this day: one row a day, whatever else was relived on it."""
    entry = DiaryEntry.objects.listed().filter(pk=event.number, member=event.actor_id).first()
    if entry is None:
        return []
    day = in_year(entry.date, entry.date.year + int(event.detail))
    place = {"post": entry.moment_id, "number": entry.pk, "detail": event.detail}
    return [News("years-ago", _members(entry.member_id), f"day/{day}", **place)]


def _of_unshared(event):
    """A scheduled post that is a draft again, for its member alone."""
    if not Draft.objects.of(User(pk=event.actor_id)).filter(pk=event.number).exists():
        return []
    place = {"number": event.number, "detail": event.detail}
    return [News("unshared", _members(event.actor_id), f"draft/{event.number}", **place)]


def _of_export(event):
    """An export that is still there."""
    rows = Export.objects.filter(pk=event.number, member=event.actor_id, state=Export.State.READY)
    return [News("export", _members(event.actor_id), "export", number=event.number)] if rows.exists() else []


def _of_homecoming(event):
    """What was brought, unless it is undone already; or what was given up, unless it goes on again."""
    of_state = Homecoming.State.STOPPED if event.detail == Problem.NOT_WRITTEN else Homecoming.State.DONE
    facts = {"member": event.actor_id, "state": of_state, "problem": event.detail}
    if not Homecoming.objects.filter(pk=event.number, **facts).exists():
        return []
    said = {"number": event.number, "detail": event.detail}
    return [News("brought", _members(event.actor_id), f"homecoming/{event.number}", **said)]


def _of_seen(event):
    """A film or an episode that the member has just seen, with the first of its moments."""
    film = Film.objects.listed().filter(pk=event.number).first()
    if film is None:
        return []
    moments = Moment.objects.listed().filter(film=film)
    if event.detail:
        season, episode = event.detail.split("/")
        moments = moments.filter(season=season, episode=episode)
    first = moments.order_by(F("position").asc(nulls_last=True), "id").values_list("pk", flat=True).first()
    place = {"post": first, "number": film.pk, "detail": f"{_number_of(moments)}/{event.detail}"}
    return [News("seen", _members(event.actor_id), f"film/{film.pk}/{event.detail}".rstrip("/"), **place)]


def _number_of(moments):
    """How many these are; of very many as many as one counts."""
    return moments.order_by()[:MOMENTS_COUNTED].count()


_RULES = {
    EventKind.POST: _of_post,
    EventKind.COMMENT: _of_comment,
    EventKind.EDIT: _of_edit,
    EventKind.UPVOTE: _of_upvote,
    EventKind.FEELING: _of_feeling,
    EventKind.DIARY: _of_diary,
    EventKind.VERDICT: _of_verdict,
    EventKind.SETTLED: _of_its_author("settled"),
    EventKind.FLAG: _of_its_author("flag"),
    EventKind.REMOVAL: _of_row("removal"),
    EventKind.RESTORED: _of_row("restored"),
    EventKind.ANSWER: _of_row("answer"),
    EventKind.REPORT: _of_report,
    EventKind.UNDONE: _of_undone,
    EventKind.FOLLOW: _of_follow,
    EventKind.REQUEST: _of_request,
    EventKind.INVITED: _of_invitation,
    EventKind.REMINDER: _of_reminder,
    EventKind.YEARS_AGO: _of_years_ago,
    EventKind.UNSHARED: _of_unshared,
    EventKind.EXPORT: _of_export,
    EventKind.BROUGHT: _of_homecoming,
    EventKind.SEEN: _of_seen,
    EventKind.CREDITED: _of_credits,
}
