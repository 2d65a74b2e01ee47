"""The group of moderators, and who is in it."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import apps
from django.contrib.auth.models import Group

from moments import migrations
from tests.support.makers import make_member

# Migrations before a renaming name a model as it was called then.
PRESENT_NAMES = {"relive": "diaryentry"}


def group_of_moderators():
    """The group as the migrations make it; where the tables were flushed before, it is made again."""
    return Group.objects.filter(name="Moderators").first() or _group_made_again()


def _group_made_again():
    names = [name for _finder, name, _is_package in iter_modules(migrations.__path__, "moments.migrations.")]
    grant = import_module("moments.migrations.0002_moderators").grant
    for module in map(import_module, sorted(names)):
        grant(apps, in_present_words(getattr(module, "RIGHTS", {})))
    return Group.objects.get(name="Moderators")


def in_present_words(rights):
    """The rights by the names that the models have now."""
    return {(app, PRESENT_NAMES.get(model, model)): verbs for (app, model), verbs in rights.items()}


def make_moderator(name):
    """Somebody in the group, who is no superuser."""
    member = make_member(name, is_staff=True)
    member.groups.add(group_of_moderators())
    return member
