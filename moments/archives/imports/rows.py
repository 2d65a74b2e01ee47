"""Making the rows of an archive again: as the member's own, with their own dates, and as news for nobody."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from moments.archives.imports.fields import (
    CommentRow,
    DiaryRow,
    FolderRow,
    PostRow,
    ProgressRow,
    ReactionRow,
    SavedRow,
    SourceRow,
    feelings_of,
    tags_of,
)
from moments.archives.imports.finding import (
    LeftOut,
    about_for,
    answered_by,
    film_for,
    post_for,
    values_of,
)
from moments.models import (
    POST_KINDS,
    Comment,
    DiaryEntry,
    Kind,
    Moment,
    Post,
    Progress,
    Reaction,
    SavedFolder,
    SavedPost,
    Source,
    Trivia,
)
from moments.tasks import make_still_widths

MOST_SOURCES = 10  # of a claim
SHARED_COLUMNS = ("title", "body", "context", "spoiler", "reveals_at", "still_alt")
OF_KIND = {
    Kind.MOMENT: ("position", "season", "episode", "timecode"),
    Kind.SONG: ("artist", "listen_url"),
    Kind.TRIVIA: (),
    Kind.REVIEW: ("rating",),
}


class Already(Exception):
    """The same is here, made in another way: it stays as it is."""


def past(when):
    """The same time, but never one that is still to come."""
    return when and min(when, timezone.now())


def ensure_visible(row):
    """What a moderator removed elsewhere is not brought along. Raises LeftOut."""
    if row.get("state") != "visible":
        raise LeftOut


def make_post(importing, archive, row):
    ensure_visible(row)
    said = values_of(PostRow, row)
    film = film_for(importing, row)
    columns = {name: said[name] for name in (*SHARED_COLUMNS, *OF_KIND[said["kind"]])}
    model, author = POST_KINDS[said["kind"]].model, importing.member
    post = model(film=film, author=author, created=past(said["created"]), **columns)
    if said["kind"] == Kind.MOMENT and post.position is None:
        post.leave_unplaced()
    picture = archive.picture(row.get("still"))
    post.publish(tags_of(row), picture, is_told=False)
    Post.objects.filter(pk=post.pk).update(edited=past(said["edited"]), still_alt=said["still_alt"])
    if picture and said["kind"] == Kind.MOMENT:
        transaction.on_commit(partial(make_still_widths.enqueue, post.pk))
    return post.pk


def make_source(importing, _archive, row):
    said = values_of(SourceRow, row)
    post = post_for(importing.member, row, kind=Kind.TRIVIA, author_id=importing.member.pk)
    claim = Trivia.objects.get(pk=post.pk)
    if claim.sources.count() >= MOST_SOURCES:
        raise LeftOut
    source, is_new = Source.objects.get_or_create(
        trivia=claim, url=said["url"], defaults={"title": said["title"] or said["url"][:200]}
    )
    if not is_new:
        raise Already
    claim.update_status()
    return source.pk


def make_comment(importing, _archive, row):
    ensure_visible(row)
    said = values_of(CommentRow, row)
    about = about_for(importing.member, row)
    parent = answered_by(importing.member, row, about)
    written = {"author": importing.member, "body": said["body"], "created": past(said["created"])}
    comment = Comment(**{about.model_name: about}, **written)
    comment.publish(parent, is_told=False)
    Comment.objects.filter(pk=comment.pk).update(edited=past(said["edited"]))
    return comment.pk


def make_entry(importing, archive, row):
    """Whoever did not see it there does not see it here, whatever the member chose here for their diary."""
    said = values_of(DiaryRow, row)
    moment = moment_for(importing.member, row)
    if not said["date"] or said["date"] > timezone.localdate():
        raise LeftOut
    same = {"member": importing.member, "moment_id": moment.pk, "date": said["date"]}
    if DiaryEntry.objects.filter(**same).exists():
        raise Already
    audience = said["audience"] or audience_there(archive, importing.member)
    entry = moment.relive(
        importing.member, said["date"], said["note"], said["public"], audience, is_told=False
    )
    columns = {"feelings": feelings_of(row), "created": past(said["created"])}
    DiaryEntry.objects.filter(pk=entry.pk).update(**columns)
    return entry.pk


def audience_there(archive, member):
    """Who saw the diary where it comes from; empty where that is who sees it here, or nobody said."""
    audience = (archive.profile or {}).get("diary_audience")
    is_known = audience in User.DiaryAudience.values and audience != member.diary_audience
    return audience if is_known else ""


def make_reaction(importing, _archive, row):
    said = values_of(ReactionRow, row)
    moment = moment_for(importing.member, row)
    if not moment.feel(importing.member, said["feeling"], is_told=False):
        raise Already
    same = {"moment_id": moment.pk, "member": importing.member, "feeling": said["feeling"]}
    reaction = Reaction.objects.get(**same)
    Reaction.objects.filter(pk=reaction.pk).update(created=past(said["created"]))
    return reaction.pk


def moment_for(member, row):
    post = post_for(member, row, kind=Kind.MOMENT)
    return Moment.objects.select_related("film").get(pk=post.pk)


def make_progress(importing, _archive, row):
    said = values_of(ProgressRow, row)
    film = film_for(importing, row)
    if Progress.objects.filter(member=importing.member, film=film).exists():
        raise Already
    bookmark = None
    if row.get("post"):
        bookmark = moment_for(importing.member, row)
    return Progress.objects.create(
        member=importing.member,
        film=film,
        place=said["place"],
        story_time=said["story_time"],
        bookmark=bookmark if bookmark and bookmark.film_id == film.pk else None,
        updated=past(said["updated"]),
    ).pk


def make_folder(importing, _archive, row):
    name = values_of(FolderRow, row)["name"]
    if SavedFolder.objects.filter(member=importing.member, name=name).exists():
        raise Already
    return SavedFolder.objects.named(importing.member, name).pk


def make_saved(importing, _archive, row):
    said = values_of(SavedRow, row)
    post = post_for(importing.member, row)
    saved, is_changed = SavedPost.objects.add(importing.member, post.pk)
    if not is_changed:
        raise Already
    saved.amend(said["note"], said["folder"])
    SavedPost.objects.filter(pk=saved.pk).update(created=past(said["created"]))
    return saved.pk


POST_MAKERS = {
    "posts": make_post,
    "sources": make_source,
    "comments": make_comment,
    "diary": make_entry,
    "reactions": make_reaction,
    "progress": make_progress,
    "folders": make_folder,
    "saved": make_saved,
}
