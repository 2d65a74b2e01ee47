"""Fixtures on a living site: of a row that is there they change what they name, never what people did.

Django writes every column of a loaded row, those that the fixture leaves out with their defaults: a second
load would take votes, removals and stills away.
"""

import json
from contextlib import suppress

from django.apps import apps
from django.core.serializers.base import DeserializedObject
from django.core.serializers.json import Serializer
from django.core.serializers.python import Deserializer as PythonDeserializer
from django.db import DEFAULT_DB_ALIAS

from moments.models import Moment, Review, Song, Trivia
from moments.models.counters import COUNTERS, RENDERED_TEXTS

__all__ = ["Deserializer", "Serializer"]

# What a fixture need not say of a post, since its model does.
SAID_BY_MODEL = {
    model._meta.label_lower: {"kind": model.proxy_kind, "status": model.first_status}
    for model in (Moment, Song, Trivia, Review)
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


class NaturalKeys:
    """The rows that others refer to, each asked for once: a film is named by all that is told of it."""

    def __init__(self, using):
        self.using, self.known = using, {}

    def replaced(self, record):
        """The fields, with numbers in the place of the natural keys of rows that are there."""
        fields = record["fields"]
        with suppress(LookupError):  # a model that nobody knows is Django's to tell of
            for field in apps.get_model(record["model"])._meta.concrete_fields:
                if field.is_relation and isinstance(fields.get(field.name), list):
                    fields = fields | {field.name: self.number(field, fields[field.name])}
        return fields

    def number(self, field, key):
        """The primary key; the natural one where the row may come later."""
        model, (column,) = field.related_model, field.to_fields
        place = (model, tuple(key))
        if place not in self.known and column in (None, model._meta.pk.name):
            with suppress(model.DoesNotExist):
                self.known[place] = model._default_manager.db_manager(self.using).get_by_natural_key(*key).pk
        return self.known.get(place, key)


def Deserializer(stream, using=DEFAULT_DB_ALIAS, **options):
    """The rows of a JSON fixture, one by one, in the place of Django's own."""
    options["using"], keys = using, NaturalKeys(using)
    for record in json.load(stream):
        named = record["fields"]
        record["fields"] = SAID_BY_MODEL.get(record["model"].lower(), {}) | keys.replaced(record)
        for row in PythonDeserializer([record], **options):
            yield FixtureRow(row, named)


def user_columns(model):
    """The columns of a model that a fixture must not overwrite, since what members did is behind them."""
    mine = [column for column in [*COUNTERS, *RENDERED_TEXTS] if column.model._meta.concrete_model is model]
    return {field for column in mine for field in column.fields} | {"state"}
