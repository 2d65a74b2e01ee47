"""The group of moderators, and who is in it."""

from django.contrib.auth.models import Group

from tests.support.makers import make_member


def group_of_moderators():
    """The group that the migrations made, which tables keep when they are emptied."""
    return Group.objects.get(name="Moderators")


def make_moderator(name):
    """Somebody in the group, who is no superuser."""
    member = make_member(name, is_staff=True)
    member.groups.add(group_of_moderators())
    return member
