"""Rows of every kind in the tables of a former database, made from what its migrations say of the models."""

from datetime import UTC, date, datetime
from uuid import UUID

from django.db import connection, models, transaction
from django.db.migrations import executor

BY_TYPE = {
    models.BooleanField: False,
    models.JSONField: {},
    models.DateField: date(2026, 2, 14),
    models.DateTimeField: datetime(2026, 2, 14, 12, tzinfo=UTC),
    models.UUIDField: UUID(int=1),
    models.BinaryField: b"bytes",
    models.CharField: "1",
    models.TextField: "1",
}
# Of which of several things a row may be about: there is a row of each, and nobody follows themselves.
KINDS = {
    "moments_deletion": ("post", "comment", "entry"),
    "moments_filter": ("tag", "film", "post"),
    "moments_follow": ("person", "film", "tag"),
    "moments_listentry": ("post", "film"),
}


def models_now():
    """The models by their tables, as the migrations that were made so far leave them."""
    loader = executor.MigrationExecutor(connection).loader
    made = [node for node in loader.applied_migrations if node in loader.graph.nodes]
    found = loader.project_state(made).apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in found}


@transaction.atomic
def fill(tables):
    """Write rows into each of these tables that is there and has none. Returns them."""
    there, made = models_now(), []
    for table in sorted(tables & set(there)):
        if not there[table].objects.exists():
            for name in KINDS.get(table, ("",)):
                make(there[table], name, made)
    return made


def make(model, name, made):
    """A row with a value in each column that needs one, and in that of this name; adds it to those made."""
    row = model()
    for field in model._meta.concrete_fields:
        if field.name == name and field.is_relation:
            setattr(row, field.attname, field.related_model.objects.order_by("-pk").first().pk)
        elif field.name == name or needs_value(field):
            setattr(row, field.attname, value_of(field, made))
    row.save(force_insert=True)
    made.append(row)
    return row


def needs_value(field):
    if field.primary_key and not field.is_relation:
        return False
    return not (field.null or field.has_default() or field.has_db_default())


def value_of(field, made):
    if field.is_relation:
        return (field.related_model.objects.order_by("pk").first() or make(field.related_model, "", made)).pk
    return field.choices[0][0] if field.choices else BY_TYPE.get(type(field), "1")
