"""Taking over the profile and the settings of an archive, for members who want that."""

from django.conf import settings

from accounts.forms.profile import ProfileForm
from accounts.models import User

PROFILE_FIELDS = (
    *("bio", "links", "fediverse", "theme", "language", "time_zone"),
    *("spoiler_stance", "diary_audience", "is_private", "is_suggested"),
)


def take_over(member, archive):
    """Returns whether there was a profile that the form of the site would take.

    What the archive of an earlier release does not know stays as it is.
    """
    row = archive.profile
    if row is None:
        return False
    member = User.objects.get(pk=member.pk)
    said = {name: row.get(name, getattr(member, name)) for name in PROFILE_FIELDS}
    if isinstance(said["links"], list):
        said["links"] = "\n".join(map(str, said["links"]))
    if said["language"] not in dict(settings.LANGUAGES):
        said["language"] = ""
    form = ProfileForm(said, {}, instance=member)
    if not form.is_valid():
        return False
    form.save()
    picture = archive.picture(row.get("avatar"))
    if picture:
        member.set_avatar(picture)
        member.save(update_fields=["avatar"])
    return True
