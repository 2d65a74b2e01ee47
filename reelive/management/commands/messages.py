"""Collect the texts for translators and compile what they have translated; `make messages` calls it."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

# What holds no texts of ours: packages, data, tests, scripts of others.
IGNORED = [".venv/*", "var/*", "build/*", "tests/*", "bench/*", "docs/*", "*/synthetic/*", "static/vendor/*"]


class Command(BaseCommand):
    help = "Collect texts into locale/, for English, the given languages and those that are there."

    def add_arguments(self, parser):
        parser.add_argument("languages", nargs="*", help="languages that begin, such as: de pt_BR")

    def handle(self, *args, **options):
        folder = Path(settings.LOCALE_PATHS[0])
        there = [path.parent.name for path in folder.glob("*/LC_MESSAGES")]
        languages = sorted({settings.LANGUAGE_CODE, *there, *options["languages"]})
        collected = {"locale": languages, "ignore_patterns": IGNORED, "no_wrap": True, "add_location": "file"}
        call_command("makemessages", extensions=["html", "txt", "py"], **collected)
        call_command("makemessages", domain="djangojs", extensions=["js"], **collected)
        translated = [language for language in languages if language != settings.LANGUAGE_CODE]
        if translated:
            call_command("compilemessages", locale=translated)
