"""Writes the migration of `moments` that stands for all that there are: `python -m tests.support.squash`.

The one that stood for fewer goes: what it stood for is noted in each database, one by one. What migrations
did to rows is left out where they say that it may be, or give nothing but rights; of another one nobody but a
person can tell, so that it is named and nothing is written. `tests/test_squashed_migrations.py` says whether
the tables and rights are the same, on both databases.
"""

import os
import re
import sys
from importlib import import_module
from pathlib import Path

import django
from django.db import migrations
from django.db.migrations.writer import MigrationWriter

from reelive.create_models import CreateModels
from tests.support.all_steps import EveryStep

APP = "moments"
FOLDER = Path(__file__).resolve().parents[2] / APP / "migrations"
# Of these it is known what an empty database needs of their rows: what HEAD and TAIL write.
KNOWN_UNTIL = "0050_drafts"
HEAD = '''\
moderators = import_module("moments.migrations.0002_moderators")
site_pages = import_module("moments.migrations.0025_site_pages")
FORMER, PRESENT = ("moments", "relive"), ("moments", "diaryentry")
WITH_RIGHTS = (
{names}
)


def make_moderators(apps, schema_editor):
    """The group, with the rights that these migrations give it one after another."""
    for name in WITH_RIGHTS:
        rights = import_module(f"moments.migrations.{{name}}").RIGHTS
        rights = {{PRESENT if table == FORMER else table: verbs for table, verbs in rights.items()}}
        moderators.grant(apps, rights)


class Migration(migrations.Migration):
    """An empty database gets the tables at once, as these steps would leave them; others take the steps.

    What they did to rows need not be done where there are none: here stand only the rows that they wrote.
    """
'''
TAIL = """\
        migrations.RunPython(make_moderators, migrations.RunPython.noop),
        migrations.RunPython(site_pages.make_pages, migrations.RunPython.noop),
    ]
"""


def steps(graph):
    """The names of all migrations, one after another."""
    (last,) = graph.leaf_nodes(APP)
    return [name for app, name in graph.forwards_plan(last) if app == APP]


def with_rights(names):
    return [name for name in names if hasattr(import_module(f"{APP}.migrations.{name}"), "RIGHTS")]


def untold(loader, names):
    """The steps that write rows, of which nothing says that an empty database can do without."""
    known = {*names[: names.index(KNOWN_UNTIL) + 1], *with_rights(names)}
    nothing = migrations.RunPython.noop
    return [
        name
        for name in names
        if name not in known
        and any(
            isinstance(step, migrations.RunSQL)
            or (isinstance(step, migrations.RunPython) and step.code != nothing and not step.elidable)
            for step in loader.graph.nodes[APP, name].operations
        )
    ]


def made_at_once(loader):
    """One migration that makes what all of them leave, and what it depends on."""
    models = [model for (app, _name), model in loader.project_state().models.items() if app == APP]
    made = [
        migrations.CreateModel(
            model.name, list(model.fields.items()), model.options, model.bases, model.managers
        )
        for model in models
    ]
    apps = {app for name in steps(loader.graph) for app, _name in loader.graph.nodes[APP, name].dependencies}
    attributes = {
        "replaces": [(APP, name) for name in steps(loader.graph)],
        "initial": True,
        "dependencies": sorted(loader.graph.leaf_nodes(app)[0] for app in apps - {APP}),
        "operations": [CreateModels(made)],
    }
    return type("Migration", (migrations.Migration,), attributes)("all", APP)


def written(migration, names):
    text = MigrationWriter(migration, include_header=False).as_string()
    rights = "\n".join(f'    "{name}",' for name in with_rights(names))
    text = re.sub(r"class Migration.*\n", lambda _found: HEAD.format(names=rights), text, count=1)
    return "from importlib import import_module\n\n" + text.rstrip().removesuffix("]").rstrip() + "\n" + TAIL


def main():
    django.setup()
    loader = EveryStep(None)
    names = steps(loader.graph)
    if left := untold(loader, names):
        sys.exit(f"Say of each of these whether an empty database needs the rows that it writes: {left}")
    text = written(made_at_once(loader), names)
    for former in FOLDER.glob("0001_squashed_*.py"):
        former.unlink()
    last = names[-1]
    (FOLDER / f"0001_squashed_{last}.py").write_text(text)
    print(f"moments/migrations/0001_squashed_{last}.py stands for {len(names)} migrations")  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    main()
