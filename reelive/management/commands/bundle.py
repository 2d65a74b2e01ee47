"""One style sheet out of the many small ones, and one script, so that a first visit asks once."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from reelive.script_bundle import SCRIPT, joined

BUNDLE = "css/site.css"
FIRST = "layers.css"
OF_STAFF = "admin"  # so begin those for the pages of the staff, which are Django's own and link it themselves


def sheets(folder: Path) -> list[Path]:
    """The sources in their order: the one that orders the layers, then the rest by name."""
    ours = (path for path in folder.glob("*.css") if not path.name.startswith(OF_STAFF))
    return sorted(ours, key=lambda path: (path.name != FIRST, path.name))


def squeeze(css: str) -> str:
    """The same rules without comments and needless space; strings are left as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    parts = re.split(r'("[^"\n]*")', css)
    parts[::2] = [re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", part)) for part in parts[::2]]
    return "".join(parts).replace(";}", "}").strip()


class Command(BaseCommand):
    help = "Join static/css, and what static/js/site.js imports, in build/ for collectstatic to hash."

    def handle(self, *args, **options):
        source = Path(settings.BASE_DIR, "static")
        style = squeeze("\n".join(path.read_text() for path in sheets(source / "css"))) + "\n"
        for name, text in {BUNDLE: style, SCRIPT: joined(source / "js")}.items():
            target = Path(settings.BASE_DIR, "build", name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
            if options["verbosity"]:
                self.stdout.write(f"{target.relative_to(settings.BASE_DIR)}: {len(text):,} characters")
