"""Viewers as a request has them, without a request of their own."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from moments.spoilers.cookies import SpoilerCookies
from moments.viewer.browser import Browser
from moments.viewer.reactions import FELT_KEY
from moments.viewer.viewer import Member, Visitor


def visitor(progress=None, revealed=(), felt=None):
    """A visitor whose browser carries this.

    Args:
        progress: a ProgressPoint by the film's id.
        revealed: ids of posts.
        felt: slugs of feelings by the moment's id.
    """
    request = RequestFactory().get("/")
    request.user, request.session = AnonymousUser(), SessionStore()
    if felt:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "a session"
        request.session[FELT_KEY] = {str(moment): slugs for moment, slugs in felt.items()}
    return Visitor(request, Browser(SpoilerCookies(progress or {}, tuple(revealed)).cookies()))


def viewing(member, revealed=()):
    """The member as a viewer whose browser has revealed these posts."""
    return Member(member, Browser(SpoilerCookies(revealed=tuple(revealed)).cookies()))
