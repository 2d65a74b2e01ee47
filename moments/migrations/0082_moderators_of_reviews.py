"""Moderators may act on reviews, as on posts of the other kinds."""

from importlib import import_module

from django.db import migrations

moderators = import_module("moments.migrations.0002_moderators")
RIGHTS = {("moments", "review"): ("view", "change")}


def let_moderators_act(apps, schema_editor):
    moderators.grant(apps, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("moments", "0081_reviews")]
    operations = [migrations.RunPython(let_moderators_act, migrations.RunPython.noop)]
