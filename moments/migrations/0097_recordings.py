"""Recordings, which join the songs of several films; from when to when a song is heard, and verdicts on that.

Safe while the old code runs: what it inserts is joined to no recording, heard at no time and judged by nobody,
by empty columns and defaults in the database. Once the new code has kept the first verdict on a song, the code
of before fails on the lists of verdicts in the admin and in an export of whoever gave it, since it takes each
for one on trivia. On PostgreSQL the tables of posts, verdicts and revisions are read once to check their
constraints, and nothing is written to them meanwhile; SQLite copies them.
"""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moments', '0094_homecomings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerRecordingSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=100, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Recording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('visible', 'Visible'), ('withheld', 'Withheld with its film'), ('removed', 'Removed by a moderator'), ('deleted', 'Deleted by its author')], default='visible', max_length=8, verbose_name='state')),
                ('slug', models.CharField(editable=False, max_length=100, unique=True, verbose_name='slug')),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('artist', models.CharField(blank=True, max_length=200, verbose_name='artist')),
                ('musicbrainz', models.CharField(blank=True, max_length=36, validators=[django.core.validators.RegexValidator('\\A[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\Z', 'The id of a recording there: 32 letters and digits in five groups.')], verbose_name='MusicBrainz id')),
                ('isrc', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\A[A-Z]{2}[A-Z0-9]{3}\\d{7}\\Z', 'Twelve letters and digits, such as USUM71612345.')], verbose_name='ISRC')),
                ('listen_url', models.URLField(blank=True, max_length=500, verbose_name='where to listen')),
                ('sort_title', models.CharField(default='', editable=False, max_length=120)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('edited', models.DateTimeField(editable=False, null=True, verbose_name='edited')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='facts locked')),
            ],
            options={
                'verbose_name': 'recording',
                'verbose_name_plural': 'recordings',
                'ordering': ['title'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='post',
            name='post_only_songs_have_artists',
        ),
        migrations.RemoveConstraint(
            model_name='revision',
            name='revision_of_one_text',
        ),
        migrations.AddField(
            model_name='revision',
            name='song_use',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='moments.songuse'),
        ),
        migrations.AddField(
            model_name='songuse',
            name='added_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='song_uses_added', to=settings.AUTH_USER_MODEL, verbose_name='added by'),
        ),
        migrations.AddField(
            model_name='songuse',
            name='confirms',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='confirming'),
        ),
        # Of what is there already nobody knows when it was said.
        migrations.AddField(
            model_name='songuse',
            name='created',
            field=models.DateTimeField(editable=False, null=True, verbose_name='created'),
        ),
        migrations.AlterField(
            model_name='songuse',
            name='created',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True, verbose_name='created'),
        ),
        migrations.AddField(
            model_name='songuse',
            name='disputes',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='disputing'),
        ),
        migrations.AddField(
            model_name='songuse',
            name='edited',
            field=models.DateTimeField(editable=False, null=True, verbose_name='edited'),
        ),
        migrations.AddField(
            model_name='songuse',
            name='ends',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='to'),
        ),
        migrations.AddField(
            model_name='songuse',
            name='starts',
            field=models.PositiveIntegerField(blank=True, help_text='Seconds from the start of the film or episode.', null=True, verbose_name='from'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='song_use',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='moments.songuse', verbose_name='song use'),
        ),
        migrations.AlterField(
            model_name='verdict',
            name='trivia',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='moments.trivia', verbose_name='claim'),
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(condition=models.Q(('song_use__isnull', False)), fields=['song_use', '-created', '-id'], name='verdict_on_use_newest'),
        ),
        migrations.AddConstraint(
            model_name='songuse',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), models.Q(('ends__gt', models.F('starts')), ('starts__isnull', False)), _connector='OR'), name='song_use_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(condition=models.Q(('song_use__isnull', False)), fields=('song_use', 'member'), name='verdict_on_use_once'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('trivia__isnull', False), ('song_use__isnull', True)), models.Q(('trivia__isnull', True), ('song_use__isnull', False)), _connector='OR'), name='verdict_on_one_claim'),
        ),
        migrations.AddField(
            model_name='recording',
            name='added_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='recordings_added', to=settings.AUTH_USER_MODEL, verbose_name='added by'),
        ),
        migrations.AddField(
            model_name='recording',
            name='merged_into',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged_from', to='moments.recording', verbose_name='merged into'),
        ),
        migrations.AddField(
            model_name='recording',
            name='original',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='covers', to='moments.recording', verbose_name='original'),
        ),
        migrations.AddField(
            model_name='recording',
            name='removal',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moments.ledgerentry', verbose_name='removal'),
        ),
        migrations.AddField(
            model_name='formerrecordingslug',
            name='recording',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='moments.recording'),
        ),
        migrations.AddField(
            model_name='post',
            name='recording',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='songs', to='moments.recording'),
        ),
        migrations.AddField(
            model_name='revision',
            name='recording',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='moments.recording'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('recording__isnull', False)), fields=['recording', '-hot', '-id'], name='post_recording_hot'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(condition=models.Q(('recording__isnull', False)), fields=['recording', '-id'], name='revision_recording_new'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(condition=models.Q(('song_use__isnull', False)), fields=['song_use', '-id'], name='revision_song_use_new'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'song'), models.Q(('artist', ''), ('listen_url', ''), ('recording', None)), _connector='OR'), name='post_only_songs_have_artists'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('post__isnull', False), ('comment__isnull', True), ('film__isnull', True), ('season__isnull', True), ('episode__isnull', True), ('person__isnull', True), ('recording__isnull', True), ('song_use__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', False), ('film__isnull', True), ('season__isnull', True), ('episode__isnull', True), ('person__isnull', True), ('recording__isnull', True), ('song_use__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('film__isnull', False), ('season__isnull', True), ('episode__isnull', True), ('person__isnull', True), ('recording__isnull', True), ('song_use__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('film__isnull', True), ('season__isnull', False), ('episode__isnull', True), ('person__isnull', True), ('recording__isnull', True), ('song_use__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('film__isnull', True), ('season__isnull', True), ('episode__isnull', False), ('person__isnull', True), ('recording__isnull', True), ('song_use__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('film__isnull', True), ('season__isnull', True), ('episode__isnull', True), ('person__isnull', False), ('recording__isnull', True), ('song_use__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('film__isnull', True), ('season__isnull', True), ('episode__isnull', True), ('person__isnull', True), ('recording__isnull', False), ('song_use__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('film__isnull', True), ('season__isnull', True), ('episode__isnull', True), ('person__isnull', True), ('recording__isnull', True), ('song_use__isnull', False)), _connector='OR'), name='revision_of_one_text'),
        ),
        migrations.AddIndex(
            model_name='recording',
            index=models.Index(fields=['state', '-created', '-id'], name='recording_newest'),
        ),
    ]
