"""`loaddata` that needs nothing before or afterwards.

What the fixtures of the house refer to comes along where it is missing; texts are rendered, rows counted;
twice is like once.
"""

from django.core import serializers
from django.core.management.commands import loaddata

from moments.management.fixtures import in_order, plain
from moments.models.counters import recompute
from moments.search.index import catch_up


class Command(loaddata.Command):
    # They import every view, which takes a third of the time of a load and tells nothing of it.
    requires_system_checks = ()

    def loaddata(self, fixture_labels):
        labels = [plain(label) for label in fixture_labels]
        self.loaded, self.asked_for = [], set(labels)
        serializers.register_serializer("json", "moments.management.serializer")
        super().loaddata(in_order(labels))
        recompute(self.loaded)
        catch_up()

    def load_label(self, fixture_label):
        self.is_asked_for = fixture_label in self.asked_for
        super().load_label(fixture_label)

    def save_obj(self, obj):
        if not self.is_asked_for and obj.is_known(self.using):
            return False
        saved = super().save_obj(obj)
        if saved:
            self.loaded.append(obj.object)
        return saved
