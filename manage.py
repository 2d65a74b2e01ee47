#!/usr/bin/env python
"""Runs the site's commands: `python manage.py help` lists them."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reelive.settings")
    try:
        # Asked for here, because Django would go on without settings and fail later with a riddle.
        bool(settings.DEBUG)
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"Reelive cannot start: {problem}")


if __name__ == "__main__":
    main()
