"""`loaddata` that needs nothing before or afterwards.

What the fixtures of the house refer to comes along where it is missing; texts are rendered, rows counted;
twice is like once. `catalogue` is a table and no fixture, and is loaded the same way.
"""

from django.conf import settings
from django.core import serializers
from django.core.management.commands import loaddata

from moments.catalogue.loading import load, sentences
from moments.catalogue.sources import tables
from moments.management.fixtures import CATALOGUE, CATALOGUE_FILE, in_order, plain
from moments.models.counters import recompute
from moments.search.index import catch_up


class Command(loaddata.Command):
    # They import every view, which takes a third of the time of a load and tells nothing of it.
    requires_system_checks = ()

    def loaddata(self, fixture_labels):
        labels = [plain(label) for label in fixture_labels]
        self.loaded, self.asked_for = [], set(labels)
        serializers.register_serializer("json", "moments.management.serializer")
        super().loaddata(in_order([label for label in labels if label != CATALOGUE]))
        if CATALOGUE in labels:
            self.load_starter()
        recompute(self.loaded)
        catch_up()

    def load_starter(self):
        outcome = load(settings.BASE_DIR / "fixtures" / CATALOGUE_FILE, tables.STARTER, again=True)
        if self.verbosity:
            sentences(outcome, self.stdout.write)

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
