"""Edits of posts and comments, and what is kept of them."""

from datetime import timedelta

from django.urls import reverse

from moments.models import Comment
from tests.support.makers import make_comment, make_moment

LATER = timedelta(minutes=6)


def age(target):
    """Its five silent minutes are over."""
    target.created -= LATER
    type(target)._base_manager.filter(pk=target.pk).update(created=target.created)
    return target


def edit(target, by=None, **texts):
    """An edit from a form: the object is loaded anew, as a request does."""
    target = type(target).objects.get(pk=target.pk)
    if isinstance(target, Comment):
        return target.revise(texts["body"], by)
    for name, text in texts.items():
        setattr(target, name, text)
    return target.revise(by=by)


def kept(target):
    return [revision.texts["body"] for revision in target.revisions.order_by("id")]


def history(client, target, **query):
    return client.get(target.history_url, query)


def make_remark(moment, seb):
    return age(make_comment(moment, seb, "The bench, at nine."))


def make_scene(film, mia):
    tags = ["stars", "tap dance"]
    return age(make_moment(film, mia, "On the hill", body="They dance at night.", tags=tags))


def make_edited(kind, scene, moment, mia):
    """A post or a comment of mia's that says something else by now."""
    if kind == "post":
        edit(scene, body="They dance at dusk.")
        return scene
    comment = age(make_comment(moment, mia, "They dance at night."))
    edit(comment, body="They dance at dusk.")
    return comment


def restore(client, revision):
    return client.post(reverse("revision-restore", args=[revision.pk]))


def leak(target, body="Ring 555 0199 at night."):
    """Three versions, the second with what should never have been said: the revision that holds it."""
    edit(target, body=body)
    edit(target, body="They dance at dawn.")
    return target.revisions.order_by("-id").first()
