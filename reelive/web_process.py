"""A process of the web server: the site, and what the process does beside it."""

import sys

from django.conf import settings

from reelive.wsgi import application, in_one_thread, in_turn, is_stuck

# isort: split
# Only now is Django ready for what knows models.
from reelive.connections import SlowConnections
from reelive.housekeeping import keep_tidy

__all__ = ["application"]

# One thread works at a time; each of the others would ask for the interpreter's lock 200 times a second.
sys.setswitchinterval(0.05)
SlowConnections(settings.PORT, is_stuck).watch()
keep_tidy(lambda work: in_turn(in_one_thread, work))
