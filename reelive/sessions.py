"""Sessions. Those of visitors, who only leave a draft or a feeling in them, are kept for a few days."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import cached_db, db

VISITOR_SECONDS = 3 * 24 * 60 * 60


class SessionStore(cached_db.SessionStore if settings.REDIS_URL else db.SessionStore):
    def get_session_cookie_age(self):
        return super().get_session_cookie_age() if SESSION_KEY in self else VISITOR_SECONDS
