from django.db import migrations

GROUP = "Moderators"
# What a moderator may do to which table. Nothing of these tables is ever deleted by staff but the two kinds of
# facts at the end, and rights are for superusers alone.
RIGHTS = {
    ("moments", "moment"): ("view", "change"),
    ("moments", "song"): ("view", "change"),
    ("moments", "trivia"): ("view", "change"),
    ("moments", "comment"): ("view", "change"),
    ("moments", "tag"): ("view", "change"),
    ("moments", "film"): ("view", "change", "add"),
    ("moments", "relive"): ("view",),
    ("moments", "verdict"): ("view",),
    ("moments", "feelingtally"): ("view", "change", "add"),
    ("accounts", "user"): ("view", "change"),
    ("moments", "songuse"): ("view", "change", "add", "delete"),
    ("moments", "source"): ("view", "change", "add", "delete"),
}
NAMES = {"feelingtally": "feeling tally", "songuse": "song use"}


def make_moderators(apps, schema_editor):
    grant(apps, RIGHTS)


def grant(apps, rights):
    """Give the group these rights, also for later migrations with later tables.

    Permissions are made after the migrations, so those that are missing yet are made here as Django will.
    """
    kinds, permissions = (apps.get_model(*name) for name in (("contenttypes", "ContentType"), ("auth", "Permission")))
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    for (app, model), verbs in rights.items():
        kind, _made = kinds.objects.get_or_create(app_label=app, model=model)
        for verb in verbs:
            name = {"name": f"Can {verb} {NAMES.get(model, model)}"}
            permission, _made = permissions.objects.get_or_create(
                codename=f"{verb}_{model}", content_type=kind, defaults=name
            )
            group.permissions.add(permission)


def leave_them(apps, schema_editor):
    """The group stays: people may be in it."""


class Migration(migrations.Migration):
    dependencies = [
        ("moments", "0001_initial"),
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_moderators, leave_them)]
