"""Films say their genres, countries, languages and other titles, and are listed by them.

Old code may run meanwhile: a film that it adds has none of them, and of one that it edits, or to which it adds a
moment, the traits stand where they stood until the next edit or `recount`.
"""

import django.db.models.deletion
from django.db import migrations, models

from moments.models.languages import language_code

AT_ONCE = 500


def fill(apps, schema_editor):
    """The language that each film was made in is a trait already."""
    using = schema_editor.connection.alias
    films = apps.get_model("moments", "Film").objects.using(using).exclude(language="").order_by("pk")
    traits, last = apps.get_model("moments", "FilmTrait").objects.using(using), 0
    columns = ("language", "moment_count", "created", "year", "sort_title")
    while some := list(films.filter(pk__gt=last).only(*columns)[:AT_ONCE]):
        found = ((film, language_code(film.language)) for film in some)
        traits.bulk_create(
            traits.model(
                film=film,
                kind="language",
                value=code,
                **{name: getattr(film, name) for name in columns[1:]},
            )
            for film, code in found
            if code
        )
        last = some[-1].pk


def take_index_off(apps, schema_editor):
    """Before the columns go: the trigger of the search index names one of them. `migrate` puts it back."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS search_moments_film_changed CASCADE")


class Migration(migrations.Migration):

    dependencies = [("moments", "0073_people")]

    operations = [
        migrations.CreateModel(
            name='FilmTrait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('genre', 'genre'), ('country', 'country'), ('language', 'language')], max_length=8)),
                ('value', models.CharField(max_length=16)),
                ('moment_count', models.PositiveIntegerField(default=0)),
                ('created', models.DateTimeField()),
                ('year', models.PositiveSmallIntegerField()),
                ('sort_title', models.CharField(default='', max_length=120)),
            ],
        ),
        migrations.AddField(
            model_name='film',
            name='countries',
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name='countries'),
        ),
        migrations.AddField(
            model_name='film',
            name='genres',
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name='genres'),
        ),
        migrations.AddField(
            model_name='film',
            name='languages',
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name='languages'),
        ),
        migrations.AddField(
            model_name='film',
            name='other_titles',
            field=models.TextField(blank=True, db_default='', default='', max_length=4000, verbose_name='other titles'),
        ),
        migrations.AddField(
            model_name='filmtrait',
            name='film',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='listed_traits', to='moments.film'),
        ),
        migrations.AddIndex(
            model_name='filmtrait',
            index=models.Index(fields=['kind', 'value', '-moment_count', '-film'], name='film_trait_most_moments'),
        ),
        migrations.AddIndex(
            model_name='filmtrait',
            index=models.Index(fields=['kind', 'value', '-created', '-film'], name='film_trait_newest'),
        ),
        migrations.AddIndex(
            model_name='filmtrait',
            index=models.Index(fields=['kind', 'value', '-year', '-film'], name='film_trait_latest'),
        ),
        migrations.AddIndex(
            model_name='filmtrait',
            index=models.Index(fields=['kind', 'value', 'sort_title', 'film'], name='film_trait_alphabet'),
        ),
        migrations.AddConstraint(
            model_name='filmtrait',
            constraint=models.UniqueConstraint(fields=('film', 'kind', 'value'), name='film_trait_once'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(migrations.RunPython.noop, take_index_off),
    ]
