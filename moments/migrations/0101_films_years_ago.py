"""Diary entries of whole films come back years later as well: those that were written never to are planned anew.

The code of before may run meanwhile. What it writes of films in that time comes back from its next edit on; what
becomes due of films in these minutes it tells without the name of the film.
"""

import datetime

from django.db import migrations

NEVER = datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC)
AT_ONCE = 5_000


def plan_anew(apps, schema_editor):
    entries = apps.get_model("moments", "DiaryEntry").objects.using(schema_editor.connection.alias)
    never = entries.filter(whole_film__isnull=False, returns=NEVER, date__gt=datetime.date.min)
    while keys := list(never.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        entries.filter(pk__in=keys).update(returns=None)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("moments", "0100_numbers_pictures_and_genres")]

    operations = [migrations.RunPython(plan_anew, migrations.RunPython.noop, elidable=True)]
