"""`loaddata` that needs nothing afterwards: texts are rendered, rows counted; twice is like once."""

from django.core import serializers
from django.core.management.commands import loaddata

from moments.derived import fill


class Command(loaddata.Command):
    def loaddata(self, fixture_labels):
        self.loaded = []
        serializers.register_serializer("json", "moments.fixtures")
        super().loaddata(fixture_labels)
        fill(self.loaded)

    def save_obj(self, obj):
        saved = super().save_obj(obj)
        if saved:
            self.loaded.append(obj.object)
        return saved
