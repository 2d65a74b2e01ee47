"""Stored texts with spoilers are rendered anew, since a spoiler now hides lists, quotations and code too.

Other texts stay as they are: what changed for them is no secret, and `manage.py recount --texts` renders all.
The release before may go on: it shows both shapes, and what it writes meanwhile `recount --texts` brings up to
date. Stopped half-way, this begins again and finds less to do.
"""

import re

from django.db import migrations, models
from django.db.models import Q

from reelive.markdown import excerpt, render

CHUNK = 500
EXCERPT_LENGTH = 180
# By model: each column that is typed, and the one that holds its HTML.
TEXTS = {
    ("moments", "Post"): [("body", "body_html"), ("context", "context_html")],
    ("moments", "Comment"): [("body", "body_html")],
    ("moments", "DiaryEntry"): [("note", "note_html")],
    ("accounts", "User"): [("bio", "bio_html")],
}
MENTION = re.compile(r'<a href="/members/([^/"]+)/" class="mention"')


def render_anew(apps, schema_editor):
    alias = schema_editor.connection.alias
    for names, columns in TEXTS.items():
        rows = apps.get_model(*names)._base_manager.using(alias)
        for typed, stored in columns:
            render_column(rows, typed, stored, with_excerpt=(names[1], typed) == ("Post", "body"))


def render_column(rows, typed, stored, *, with_excerpt):
    hiding = rows.filter(Q(**{f"{typed}__contains": ">!"}) | Q(**{f"{typed}__contains": "||"})).order_by("pk")
    last = 0
    while found := list(hiding.filter(pk__gt=last).values_list("pk", typed, stored)[:CHUNK]):
        for pk, text, before in found:
            # Who was linked stays linked, and nobody else comes to it.
            new = {stored: render(text, MENTION.findall(before))}
            if new[stored] == before:
                continue
            if with_excerpt:
                new["excerpt"] = excerpt(text, EXCERPT_LENGTH)
            # A text that was edited meanwhile is another one.
            rows.filter(pk=pk, **{typed: text}).update(**new)
        last = found[-1][0]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("moments", "0023_names_for_staff"),
        ("accounts", "0011_names_for_staff"),
    ]

    operations = [
        # A title may be one letter; no table changes by that.
        migrations.AlterField(
            model_name="post", name="title", field=models.CharField(max_length=150, verbose_name="title")
        ),
        migrations.RunPython(render_anew, migrations.RunPython.noop),
    ]
