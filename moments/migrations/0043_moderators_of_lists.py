from importlib import import_module

from django.db import migrations

moderators = import_module("moments.migrations.0002_moderators")
RIGHTS = {("moments", "memberlist"): ("view", "change")}


def let_moderators_remove(apps, schema_editor):
    moderators.grant(apps, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("moments", "0042_member_lists")]
    operations = [migrations.RunPython(let_moderators_remove, migrations.RunPython.noop)]
