"""Into whose feeds a post goes, and which posts go into the feed of a member who begins to follow."""

from accounts.models import User
from moments.models import Credit, FeedEntry, Follow, Post, Tagging
from moments.models.follow import ENTRIES_ON_FOLLOWING
from moments.models.post_queryset import NEW
from moments.notifications.news import MEMBERS_AT_ONCE


def followers_of(post, told_up_to):
    """The next members whom a post reaches, in the order of their keys: pairs of what they follow and a
    queryset of them, which reads no more rows than one step is for. The last are what it may have in secret.

    Args:
        told_up_to: the key of the last member who was reached before.
    """
    tags = Tagging.objects.filter(content_object=post.pk, tag__state="visible").values("tag")
    credited = Credit.objects.open().filter(film=post.film_id).values("person")
    reasons = {"person": post.author_id, "film": post.film_id, "credited__in": credited, "tag__in": tags}
    reasons["artist"] = post.artist_slug
    for column, value in reasons.items():
        if value not in (None, ""):
            follows = Follow.objects.filter(**{column: value}, member__gt=told_up_to).order_by("member")
            keys = follows.values("member").distinct()[:MEMBERS_AT_ONCE]
            yield column, User.objects.filter(pk__in=keys)


def fill(event):
    """The feed of a member gets the newest posts of what they follow, unless they have stopped by now."""
    follow = Follow.objects.select_for_update(no_key=True).filter(pk=event.number).first()
    if follow:  # and who ends it now waits until this is done
        newest = _posts_of(follow).order_by(*NEW).only("author", "created")
        FeedEntry.objects.add(newest[:ENTRIES_ON_FOLLOWING], [follow.member_id])


def _posts_of(follow):
    posts = Post.objects.listed()
    if follow.person_id:
        return posts.filter(author=follow.person_id)
    if follow.film_id:
        return posts.filter(film=follow.film_id)
    if follow.credited_id:
        return posts.filter(film__in=Credit.objects.open().filter(person=follow.credited_id).values("film"))
    if follow.artist:
        return posts.filter(kind="song", artist_slug=follow.artist)
    newest = Tagging.objects.filter(tag=follow.tag_id).order_by("-pk")
    return posts.filter(pk__in=newest.values("content_object")[:ENTRIES_ON_FOLLOWING])
