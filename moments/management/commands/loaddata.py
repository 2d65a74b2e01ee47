"""`loaddata` that needs nothing afterwards: texts are rendered, rows counted; twice is like once."""

from django.core import serializers
from django.core.management.commands import loaddata

from moments.counters import recompute


class Command(loaddata.Command):
    def loaddata(self, fixture_labels):
        self.loaded = []
        serializers.register_serializer("json", "moments.management.serializer")
        super().loaddata(fixture_labels)
        recompute(self.loaded)

    def save_obj(self, obj):
        saved = super().save_obj(obj)
        if saved:
            self.loaded.append(obj.object)
        return saved
