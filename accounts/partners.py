"""What the other apps do when somebody comes, leaves or is judged, without this one knowing of them.

An AppConfig names its function by a dotted path: as `welcome`, called with the request and the member who
signs in; as `farewell`, with the member who leaves and whether to take the texts; as `record`, with who of
the staff acts on a member, the name of the act, that member and a note.
"""

from django.apps import apps
from django.utils.module_loading import import_string


def partners(occasion):
    """The functions that the apps name for "welcome", "farewell" or "record"."""
    paths = [getattr(app, occasion, None) for app in apps.get_app_configs()]
    return [import_string(path) for path in paths if path]
