"""Fixtures on a living site: of a row that is there they change what they name, never what people did.

Django writes every column of a loaded row, those that the fixture leaves out with their defaults: a second
load would take votes, removals and stills away.
"""

import json

from django.core.serializers.base import DeserializedObject
from django.core.serializers.json import Serializer
from django.core.serializers.python import Deserializer as PythonDeserializer

from moments.models import Moment, Song, Trivia
from moments.models.counters import user_columns

__all__ = ["Deserializer", "Serializer"]

# What a fixture need not say of a post, since its model does.
SAID_BY_MODEL = {
    model._meta.label_lower: {"kind": model.proxy_kind, "status": model.first_status}
    for model in (Moment, Song, Trivia)
}


class FixtureRow(DeserializedObject):
    """A row of a fixture that remembers which columns it names."""

    def __init__(self, row, named):
        super().__init__(row.object, row.m2m_data, row.deferred_fields)
        self.named = frozenset(named) - user_columns(row.object._meta.concrete_model)

    def save(self, save_m2m=True, using=None, **options):
        if self.is_known(using):
            if not self.named:
                return
            options["update_fields"] = self.named
        super().save(save_m2m, using, **options)

    def is_known(self, using):
        rows = type(self.object)._base_manager.using(using)
        return self.object.pk is not None and rows.filter(pk=self.object.pk).exists()


def Deserializer(stream, **options):
    """The rows of a JSON fixture, one by one, in the place of Django's own."""
    for record in json.load(stream):
        named = record["fields"]
        record["fields"] = SAID_BY_MODEL.get(record["model"].lower(), {}) | named
        for row in PythonDeserializer([record], **options):
            yield FixtureRow(row, named)
