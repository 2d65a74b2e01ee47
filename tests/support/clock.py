"""A clock that stands still until a test moves it."""

from datetime import timedelta

from django.utils import timezone


class Clock:
    def __init__(self, monkeypatch):
        self.now = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def forward(self, *pause, **parts):
        self.now += pause[0] if pause else timedelta(**parts)
