"""Seasons and episodes with their history, and indexes for the moments of each.

Old code that still runs knows neither table: its revisions name none of them, and its posts are entered in the
indexes all the same. On SQLite the table of revisions is copied, since a condition of it changes; on PostgreSQL
the new condition is proved by one walk of that table, and nothing is written to posts while the four indexes
are built, of which only moments of series are part.
"""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import reelive.partial_dates
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("moments", "0071_dates_cuts_and_sources"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Episode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=150, verbose_name='title')),
                ('released', models.CharField(blank=True, db_default='', default='', max_length=10, validators=[reelive.partial_dates.validate], verbose_name='first shown')),
                ('summary', models.TextField(blank=True, max_length=2000, verbose_name='summary')),
                ('imdb', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\Att\\d{7,10}\\Z', 'Like tt3783958.')], verbose_name='IMDb id')),
                ('tmdb', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\A\\d{1,10}\\Z', 'A number.')], verbose_name='TMDB id')),
                ('tvdb', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\A\\d{1,10}\\Z', 'A number.')], verbose_name='TheTVDB id')),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('edited', models.DateTimeField(editable=False, null=True, verbose_name='edited')),
                ('season', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(9999)], verbose_name='season')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(9997)], verbose_name='number')),
                ('absolute', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='number in the whole series')),
                ('runtime', models.PositiveSmallIntegerField(blank=True, help_text='In minutes.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='length')),
                ('after_season', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9999)], verbose_name='after season')),
                ('after_episode', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(9997)], verbose_name='after episode')),
            ],
            options={
                'verbose_name': 'episode',
                'verbose_name_plural': 'episodes',
            },
        ),
        migrations.CreateModel(
            name='Season',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=150, verbose_name='title')),
                ('released', models.CharField(blank=True, db_default='', default='', max_length=10, validators=[reelive.partial_dates.validate], verbose_name='first shown')),
                ('summary', models.TextField(blank=True, max_length=2000, verbose_name='summary')),
                ('imdb', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\Att\\d{7,10}\\Z', 'Like tt3783958.')], verbose_name='IMDb id')),
                ('tmdb', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\A\\d{1,10}\\Z', 'A number.')], verbose_name='TMDB id')),
                ('tvdb', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\A\\d{1,10}\\Z', 'A number.')], verbose_name='TheTVDB id')),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('edited', models.DateTimeField(editable=False, null=True, verbose_name='edited')),
                ('number', models.PositiveSmallIntegerField(help_text='0 for specials.', validators=[django.core.validators.MaxValueValidator(9999)], verbose_name='number')),
            ],
            options={
                'verbose_name': 'season',
                'verbose_name_plural': 'seasons',
            },
        ),
        migrations.RemoveConstraint(
            model_name='revision',
            name='revision_of_one_text',
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('season__isnull', False)), fields=['film', 'season', 'position', 'id'], name='post_season_story'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('season__isnull', False)), fields=['film', 'season', '-created', '-id'], name='post_season_new'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('season__isnull', False)), fields=['film', 'season', 'episode', 'position', 'id'], name='post_episode_story'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('season__isnull', False)), fields=['film', 'season', 'episode', '-created', '-id'], name='post_episode_new'),
        ),
        migrations.AddField(
            model_name='episode',
            name='added_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss_added', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='episode',
            name='film',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='moments.film'),
        ),
        migrations.AddField(
            model_name='revision',
            name='episode',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='moments.episode'),
        ),
        migrations.AddField(
            model_name='season',
            name='added_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss_added', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='season',
            name='film',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='moments.film'),
        ),
        migrations.AddField(
            model_name='revision',
            name='season',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='moments.season'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(condition=models.Q(('season__isnull', False)), fields=['season', '-id'], name='revision_season_new'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(condition=models.Q(('episode__isnull', False)), fields=['episode', '-id'], name='revision_episode_new'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('post__isnull', False), ('comment__isnull', True), ('film__isnull', True), ('season__isnull', True), ('episode__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', False), ('film__isnull', True), ('season__isnull', True), ('episode__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('film__isnull', False), ('season__isnull', True), ('episode__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('film__isnull', True), ('season__isnull', False), ('episode__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('film__isnull', True), ('season__isnull', True), ('episode__isnull', False)), _connector='OR'), name='revision_of_one_text'),
        ),
        migrations.AddIndex(
            model_name='episode',
            index=models.Index(condition=models.Q(('imdb__gt', '')), fields=['imdb'], name='episode_imdb'),
        ),
        migrations.AddIndex(
            model_name='episode',
            index=models.Index(condition=models.Q(('tmdb__gt', '')), fields=['tmdb'], name='episode_tmdb'),
        ),
        migrations.AddIndex(
            model_name='episode',
            index=models.Index(condition=models.Q(('tvdb__gt', '')), fields=['tvdb'], name='episode_tvdb'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.UniqueConstraint(fields=('film', 'season', 'number'), name='episode_once'),
        ),
        migrations.AddConstraint(
            model_name='episode',
            constraint=models.CheckConstraint(condition=models.Q(('season', 0), models.Q(('after_episode', None), ('after_season', None)), _connector='OR'), name='episode_only_specials_stand_after'),
        ),
        migrations.AddIndex(
            model_name='season',
            index=models.Index(condition=models.Q(('imdb__gt', '')), fields=['imdb'], name='season_imdb'),
        ),
        migrations.AddIndex(
            model_name='season',
            index=models.Index(condition=models.Q(('tmdb__gt', '')), fields=['tmdb'], name='season_tmdb'),
        ),
        migrations.AddIndex(
            model_name='season',
            index=models.Index(condition=models.Q(('tvdb__gt', '')), fields=['tvdb'], name='season_tvdb'),
        ),
        migrations.AddConstraint(
            model_name='season',
            constraint=models.UniqueConstraint(fields=('film', 'number'), name='season_once'),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                fields=["-id"], name="revision_of_facts", condition=models.Q(("comment", None), ("post", None))
            ),
        ),
    ]
