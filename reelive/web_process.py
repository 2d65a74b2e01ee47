"""A process of the web server: the site, and what the process does beside it."""

import sys
from importlib import import_module

from django.conf import settings

from reelive.wsgi import application, in_one_thread, in_turn, is_stuck

# isort: split
# Only now is Django ready for what knows models.
from reelive.connections import SlowConnections
from reelive.garbage import look_rarely
from reelive.housekeeping import keep_tidy

__all__ = ["application"]

# One thread works at a time; each of the others would ask for the interpreter's lock 200 times a second.
sys.setswitchinterval(0.05)
# What every page needs is loaded now, so that it is no garbage that somebody looks through.
import_module(settings.ROOT_URLCONF)
look_rarely()
SlowConnections(settings.PORT, is_stuck).watch()
keep_tidy(lambda work: in_turn(in_one_thread, work))
