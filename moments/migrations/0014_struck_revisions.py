from importlib import import_module

from django.db import migrations

moderators = import_module("moments.migrations.0002_moderators")
RIGHTS = {("moments", "revision"): ("view", "change")}


def let_moderators_strike(apps, schema_editor):
    moderators.grant(apps, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("moments", "0013_verdict_reports")]
    operations = [migrations.RunPython(let_moderators_strike, migrations.RunPython.noop)]
