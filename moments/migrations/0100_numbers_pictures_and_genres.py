"""Link pictures of a member's numbers, genres of titles of the catalogue, and one form of ids for all tables.

The code of before may run meanwhile: the new column has a default in the database, and all else changes what the
code checks, not the tables. SQLite copies the catalogue, whose index of words is made anew after the migrations.
"""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("moments", "0099_moderators_of_recordings")]

    operations = [
        migrations.AlterField(
            model_name="linkpicture",
            name="kind",
            field=models.CharField(
                choices=[
                    ("post", "Post"),
                    ("film", "Film"),
                    ("tag", "Tag"),
                    ("feeling", "Feeling"),
                    ("member", "Member"),
                    ("year", "Year"),
                    ("numbers", "Numbers"),
                    ("list", "List"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name='cataloguetitle',
            name='genres',
            field=models.CharField(blank=True, db_default='', default='', max_length=100, verbose_name='genres'),
        ),
        migrations.AlterField(
            model_name='episode',
            name='imdb',
            field=models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\Att[0-9]{7,10}\\Z', 'Like tt3783958.')], verbose_name='IMDb id'),
        ),
        migrations.AlterField(
            model_name='episode',
            name='tmdb',
            field=models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\A[1-9][0-9]{0,9}\\Z', 'A number.')], verbose_name='TMDB id'),
        ),
        migrations.AlterField(
            model_name='episode',
            name='tvdb',
            field=models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\A[1-9][0-9]{0,9}\\Z', 'A number.')], verbose_name='TheTVDB id'),
        ),
        migrations.AlterField(
            model_name='film',
            name='imdb',
            field=models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\Att[0-9]{7,10}\\Z', 'Like tt3783958.')], verbose_name='IMDb id'),
        ),
        migrations.AlterField(
            model_name='film',
            name='letterboxd',
            field=models.CharField(blank=True, db_default='', default='', max_length=100, validators=[django.core.validators.RegexValidator('\\A[a-z0-9][a-z0-9-]{0,98}\\Z', 'Like la-la-land.')], verbose_name='Letterboxd id'),
        ),
        migrations.AlterField(
            model_name='film',
            name='tmdb',
            field=models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\A[1-9][0-9]{0,9}\\Z', 'A number.')], verbose_name='TMDB id'),
        ),
        migrations.AlterField(
            model_name='film',
            name='tvdb',
            field=models.CharField(blank=True, db_default='', default='', max_length=12, validators=[django.core.validators.RegexValidator('\\A[1-9][0-9]{0,9}\\Z', 'A number.')], verbose_name='TheTVDB id'),
        ),
        migrations.AlterField(
            model_name='film',
            name='wikidata',
            field=models.CharField(blank=True, max_length=14, validators=[django.core.validators.RegexValidator('\\AQ[1-9][0-9]{0,11}\\Z', 'Like Q20856802.')], verbose_name='Wikidata id'),
        ),
        migrations.AlterField(
            model_name='person',
            name='imdb',
            field=models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\Anm[0-9]{7,10}\\Z', 'Like nm0000001.')], verbose_name='IMDb id'),
        ),
        migrations.AlterField(
            model_name='person',
            name='tmdb',
            field=models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\A[1-9][0-9]{0,9}\\Z', 'A number.')], verbose_name='TMDB id'),
        ),
        migrations.AlterField(
            model_name='person',
            name='wikidata',
            field=models.CharField(blank=True, max_length=14, validators=[django.core.validators.RegexValidator('\\AQ[1-9][0-9]{0,11}\\Z', 'Like Q20856802.')], verbose_name='Wikidata id'),
        ),
        migrations.AlterField(
            model_name='season',
            name='imdb',
            field=models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\Att[0-9]{7,10}\\Z', 'Like tt3783958.')], verbose_name='IMDb id'),
        ),
        migrations.AlterField(
            model_name='season',
            name='tmdb',
            field=models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\A[1-9][0-9]{0,9}\\Z', 'A number.')], verbose_name='TMDB id'),
        ),
        migrations.AlterField(
            model_name='season',
            name='tvdb',
            field=models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\A[1-9][0-9]{0,9}\\Z', 'A number.')], verbose_name='TheTVDB id'),
        ),
    ]
