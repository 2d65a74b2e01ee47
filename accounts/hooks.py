"""What other apps do when a member is looked up, signs in, leaves or is judged, unknown to this app.

An AppConfig names a function by its dotted path:

- `on_login(request, member)`: the member has just signed in with this request. It may answer
  with the place to which that leads, if it is another than the one that they came from.
- `on_delete(member, take_texts)`: the member leaves, with their texts or without them.
- `on_time_zone(member)`: the member's clock is another one from now on.
- `beside_member()`: what the app wants to know of each member who is looked up by their key: expressions by
  the names that they get at the member, in which the time of now is a Given of that name.
- `on_audience(member)`: their account, or their diary, is for other people from now on.
- `on_moderation(by, action, member, note=…, texts=…)`: somebody of the staff acted on the member.
"""

from django.apps import apps
from django.utils.module_loading import import_string


def hooks(name):
    """The functions that the apps name for one of these."""
    paths = [getattr(app, name, None) for app in apps.get_app_configs()]
    return [import_string(path) for path in paths if path]
