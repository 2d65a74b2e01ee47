"""Sessions. Those of visitors, who leave next to nothing in them, are kept for a few days.

They lie in the database alone, also where there is Redis: whoever signed out while a machine could not reach
it would be signed in again by what it still holds.
"""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions import middleware
from django.contrib.sessions.backends import db
from django.db import router
from django.utils import timezone

from reelive.rows import row_by_key

VISITOR_SECONDS = 3 * 24 * 60 * 60


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        """As Django's, with a statement that is compiled once: each page of a member begins with it."""
        database = router.db_for_read(self.model)
        try:
            session = row_by_key(self.model, self.session_key, database)
        except self.model.DoesNotExist:
            session = None
        if session is None or session.expire_date <= timezone.now():
            self._session_key = session = None
        return session

    def get_session_cookie_age(self):
        return super().get_session_cookie_age() if SESSION_KEY in self else VISITOR_SECONDS


class SessionMiddleware(middleware.SessionMiddleware):
    """As Django's, but what a page asks for behind the scenes deletes no cookie.

    Signing in gives a session a new key. A question of the page before, such as whether a name is free, may
    be answered only then: its own session is gone, and to delete the cookie would sign out whoever has just
    signed in.
    """

    def process_response(self, request, response):
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie and not cookie.value and request.headers.get("Sec-Fetch-Dest") == "empty":
            del response.cookies[settings.SESSION_COOKIE_NAME]
        return response
