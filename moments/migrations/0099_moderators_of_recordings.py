"""Moderators may act on recordings, as on films."""

from importlib import import_module

from django.db import migrations

moderators = import_module("moments.migrations.0002_moderators")
RIGHTS = {("moments", "recording"): ("view", "change")}


def let_moderators_act(apps, schema_editor):
    moderators.grant(apps, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("moments", "0098_songs_joined")]
    operations = [migrations.RunPython(let_moderators_act, migrations.RunPython.noop)]
