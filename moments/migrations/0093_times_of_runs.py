"""Have the arcs of films with many moments drawn anew: their runs say from now on when they are.

Safe while the old code runs: it reads the runs as they were, and passes by what the new ones say besides.
"""

from django.db import migrations
from django.utils import timezone


def outdate(apps, schema_editor):
    arcs = apps.get_model("moments", "FilmArc").objects
    arcs.filter(outdated__isnull=True).update(outdated=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("moments", "0088_players")]

    operations = [migrations.RunPython(outdate, migrations.RunPython.noop, elidable=True)]
