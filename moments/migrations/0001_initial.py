# The whole schema; what comes later changes it step by step.

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import taggit.managers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SongUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('performed', 'performed on screen'), ('background', 'in the background'), ('theme', 'as a theme'), ('reprise', 'as a reprise'), ('credits', 'over the credits')], default='background', max_length=10)),
                ('note', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=500)),
                ('title', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Film',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('visible', 'Visible'), ('withheld', 'Withheld with its film'), ('removed', 'Removed by a moderator'), ('deleted', 'Deleted by its author')], default='visible', max_length=8)),
                ('slug', models.CharField(editable=False, max_length=100, unique=True)),
                ('medium', models.CharField(choices=[('film', 'Film'), ('series', 'Series')], default='film', max_length=6)),
                ('title', models.CharField(max_length=150)),
                ('original_title', models.CharField(blank=True, max_length=150)),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1874), django.core.validators.MaxValueValidator(2100)])),
                ('director', models.CharField(blank=True, max_length=150, verbose_name='directed by')),
                ('music', models.CharField(blank=True, max_length=150, verbose_name='music by')),
                ('runtime', models.PositiveSmallIntegerField(blank=True, help_text='In minutes.', null=True, validators=[django.core.validators.MinValueValidator(1)])),
                ('language', models.CharField(blank=True, help_text='The language it was made in.', max_length=10)),
                ('summary', models.TextField(blank=True, help_text='What it is about, spoiling nothing.', max_length=1000)),
                ('palette', models.JSONField(blank=True, default=list)),
                ('imdb', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\Att\\d{7,10}\\Z', 'Like tt3783958.')], verbose_name='IMDb id')),
                ('tmdb', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\A\\d{1,10}\\Z', 'A number.')], verbose_name='TMDB id')),
                ('wikidata', models.CharField(blank=True, max_length=14, validators=[django.core.validators.RegexValidator('\\AQ\\d{1,12}\\Z', 'Like Q20856802.')], verbose_name='Wikidata id')),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('nonce', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('moment_count', models.PositiveIntegerField(default=0, editable=False)),
                ('song_count', models.PositiveIntegerField(default=0, editable=False)),
                ('trivia_count', models.PositiveIntegerField(default=0, editable=False)),
                ('relive_count', models.PositiveIntegerField(default=0, editable=False)),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='films_added', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='FormerFilmSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=100, unique=True)),
                ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='moments.film')),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('visible', 'Visible'), ('withheld', 'Withheld with its film'), ('removed', 'Removed by a moderator'), ('deleted', 'Deleted by its author')], default='visible', max_length=8)),
                ('votes', models.PositiveIntegerField(default=0, editable=False)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('edited', models.DateTimeField(blank=True, editable=False, null=True)),
                ('nonce', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('palette', models.JSONField(blank=True, default=list)),
                ('still', models.ImageField(blank=True, upload_to='stills/')),
                ('still_alt', models.CharField(blank=True, max_length=1500, verbose_name='description of the still')),
                ('still_widths', models.JSONField(blank=True, default=list, editable=False)),
                ('kind', models.CharField(choices=[('moment', 'Moment'), ('song', 'Song'), ('trivia', 'Trivia')], editable=False, max_length=6)),
                ('title', models.CharField(max_length=150, validators=[django.core.validators.MinLengthValidator(3)])),
                ('slug', models.CharField(editable=False, max_length=100)),
                ('body', models.TextField(blank=True, max_length=10000)),
                ('body_html', models.TextField(blank=True, editable=False)),
                ('excerpt', models.CharField(blank=True, editable=False, max_length=300)),
                ('context', models.TextField(blank=True, max_length=1000)),
                ('context_html', models.TextField(blank=True, editable=False)),
                ('spoiler', models.BooleanField(default=False, verbose_name='gives away what happens')),
                ('reveals_at', models.FloatField(blank=True, help_text='The place in the story that it belongs to.', null=True)),
                ('comment_count', models.PositiveIntegerField(default=0, editable=False)),
                ('hot', models.FloatField(default=0, editable=False)),
                ('position', models.FloatField(blank=True, help_text="Its place on the story's line.", null=True)),
                ('season', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('episode', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('timecode', models.PositiveIntegerField(blank=True, help_text='Seconds from the start.', null=True)),
                ('relive_count', models.PositiveIntegerField(default=0, editable=False)),
                ('felt_by', models.PositiveIntegerField(default=0, editable=False)),
                ('artist', models.CharField(blank=True, max_length=200)),
                ('listen_url', models.URLField(blank=True, max_length=500, verbose_name='where to listen')),
                ('status', models.CharField(blank=True, editable=False, max_length=9)),
                ('confirms', models.PositiveIntegerField(default=0, editable=False)),
                ('disputes', models.PositiveIntegerField(default=0, editable=False)),
                ('author', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
                ('film', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='moments.film')),
            ],
        ),
        migrations.CreateModel(
            name='FormerPostSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('moment', 'Moment'), ('song', 'Song'), ('trivia', 'Trivia')], max_length=6)),
                ('slug', models.CharField(max_length=100)),
                ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='moments.film')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='moments.post')),
            ],
        ),
        migrations.CreateModel(
            name='FeelingTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('feeling', models.CharField(choices=[('joy', 'Joy'), ('laughter', 'Laughter'), ('wonder', 'Wonder'), ('love', 'Love'), ('hope', 'Hope'), ('triumph', 'Triumph'), ('nostalgia', 'Nostalgia'), ('longing', 'Longing'), ('tension', 'Tension'), ('fear', 'Fear'), ('anger', 'Anger'), ('heartbreak', 'Heartbreak')], max_length=10)),
                ('house', models.PositiveSmallIntegerField(default=0)),
                ('count', models.PositiveIntegerField(default=0)),
                ('strength', models.FloatField(default=0, editable=False)),
                ('moment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='moments.post')),
            ],
            options={
                'verbose_name_plural': 'feeling tallies',
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('visible', 'Visible'), ('withheld', 'Withheld with its film'), ('removed', 'Removed by a moderator'), ('deleted', 'Deleted by its author')], default='visible', max_length=8)),
                ('votes', models.PositiveIntegerField(default=0, editable=False)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('edited', models.DateTimeField(blank=True, editable=False, null=True)),
                ('nonce', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('depth', models.PositiveSmallIntegerField(default=0)),
                ('body', models.TextField(max_length=10000)),
                ('body_html', models.TextField(editable=False)),
                ('best', models.FloatField(default=0, editable=False)),
                ('reply_count', models.PositiveIntegerField(default=0, editable=False)),
                ('descendants', models.PositiveIntegerField(default=0, editable=False)),
                ('author', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='moments.comment')),
                ('root', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='thread', to='moments.comment')),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='moments.post')),
            ],
        ),
        migrations.CreateModel(
            name='Moment',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('moments.post',),
        ),
        migrations.CreateModel(
            name='Song',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('moments.post',),
        ),
        migrations.CreateModel(
            name='Trivia',
            fields=[
            ],
            options={
                'verbose_name_plural': 'trivia',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('moments.post',),
        ),
        migrations.CreateModel(
            name='PostVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='post_votes', to='moments.post')),
                ('voter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Reaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('feeling', models.CharField(choices=[('joy', 'Joy'), ('laughter', 'Laughter'), ('wonder', 'Wonder'), ('love', 'Love'), ('hope', 'Hope'), ('triumph', 'Triumph'), ('nostalgia', 'Nostalgia'), ('longing', 'Longing'), ('tension', 'Tension'), ('fear', 'Fear'), ('anger', 'Anger'), ('heartbreak', 'Heartbreak')], max_length=10)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to=settings.AUTH_USER_MODEL)),
                ('moment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='moments.post')),
            ],
        ),
        migrations.CreateModel(
            name='Relive',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(default=django.utils.timezone.localdate)),
                ('note', models.TextField(blank=True, max_length=2000)),
                ('note_html', models.TextField(blank=True, editable=False)),
                ('public', models.BooleanField(default=False, verbose_name='everybody may read the note')),
                ('feelings', models.JSONField(blank=True, default=list)),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='relivings', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('visible', 'Visible'), ('withheld', 'Withheld with its film'), ('removed', 'Removed by a moderator'), ('deleted', 'Deleted by its author')], default='visible', max_length=8)),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('slug', models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name='slug')),
                ('post_count', models.PositiveIntegerField(default=0, editable=False)),
                ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged_from', to='moments.tag')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Tagging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hot', models.FloatField(default=0, editable=False)),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taggings', to='moments.post')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taggings', to='moments.tag')),
            ],
        ),
        migrations.AddField(
            model_name='post',
            name='tags',
            field=taggit.managers.TaggableManager(blank=True, help_text='A comma-separated list of tags.', through='moments.Tagging', to='moments.Tag', verbose_name='Tags'),
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stance', models.CharField(choices=[('confirm', 'Confirms'), ('dispute', 'Disputes')], max_length=7)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='source')),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='CommentVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('comment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='comment_votes', to='moments.comment')),
                ('voter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('comment', 'voter'), name='comment_vote_once')],
            },
        ),
        migrations.AddIndex(
            model_name='film',
            index=models.Index(fields=['state', '-moment_count', '-id'], name='film_most_moments'),
        ),
        migrations.AddIndex(
            model_name='film',
            index=models.Index(fields=['state', '-created', '-id'], name='film_newest'),
        ),
        migrations.AddIndex(
            model_name='film',
            index=models.Index(fields=['state', '-year', '-id'], name='film_latest'),
        ),
        migrations.AddIndex(
            model_name='film',
            index=models.Index(fields=['state', 'title', 'id'], name='film_title'),
        ),
        migrations.AddConstraint(
            model_name='formerpostslug',
            constraint=models.UniqueConstraint(fields=('film', 'kind', 'slug'), name='former_post_slug_once'),
        ),
        migrations.AddIndex(
            model_name='feelingtally',
            index=models.Index(fields=['feeling', '-strength', '-moment'], name='tally_strongest'),
        ),
        migrations.AddConstraint(
            model_name='feelingtally',
            constraint=models.UniqueConstraint(fields=('moment', 'feeling'), name='tally_once'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['post', 'depth', '-best', 'id'], name='comment_best'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['post', 'depth', '-id'], name='comment_new'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['root', 'depth', '-best', 'id'], name='comment_descendants'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['author', '-id'], name='comment_author_new'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['state', '-id'], name='comment_state_new'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('depth', 0), ('parent', None), ('root', None)), models.Q(('depth__gt', 0), ('parent__isnull', False), ('root__isnull', False)), _connector='OR'), name='comment_replies_have_a_root'),
        ),
        migrations.AddField(
            model_name='songuse',
            name='moment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='songs_heard', to='moments.moment'),
        ),
        migrations.AddField(
            model_name='relive',
            name='moment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relivings', to='moments.moment'),
        ),
        migrations.AddField(
            model_name='songuse',
            name='song',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='moments.song'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='trivia',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='moments.trivia'),
        ),
        migrations.AddField(
            model_name='source',
            name='trivia',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='moments.trivia'),
        ),
        migrations.AddConstraint(
            model_name='postvote',
            constraint=models.UniqueConstraint(fields=('post', 'voter'), name='post_vote_once'),
        ),
        migrations.AddConstraint(
            model_name='reaction',
            constraint=models.UniqueConstraint(fields=('moment', 'member', 'feeling'), name='reaction_once'),
        ),
        migrations.AddIndex(
            model_name='tag',
            index=models.Index(fields=['state', '-post_count', 'id'], name='tag_most_used'),
        ),
        migrations.AddIndex(
            model_name='tagging',
            index=models.Index(fields=['tag', '-hot', '-content_object'], name='tagging_hot'),
        ),
        migrations.AddConstraint(
            model_name='tagging',
            constraint=models.UniqueConstraint(fields=('content_object', 'tag'), name='tagging_once'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['state', '-hot', '-id'], name='post_hot'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['state', 'kind', '-hot', '-id'], name='post_kind_hot'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['state', '-created', '-id'], name='post_new'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['state', 'kind', '-created', '-id'], name='post_kind_new'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['state', '-votes', '-hot', '-id'], name='post_top'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['state', 'kind', '-votes', '-hot', '-id'], name='post_kind_top'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['film', 'kind', 'position', 'id'], name='post_film_story'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['film', 'kind', '-votes', '-hot', '-id'], name='post_film_top'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['film', '-created', '-id'], name='post_film_new'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['author', '-created', '-id'], name='post_author_new'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('film', 'kind', 'slug'), name='post_slug_once'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'moment'), ('position__isnull', False)), models.Q(models.Q(('kind', 'moment'), _negated=True), ('episode', None), ('position', None), ('season', None), ('timecode', None)), _connector='OR'), name='post_only_moments_have_a_place'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'song'), models.Q(('artist', ''), ('listen_url', '')), _connector='OR'), name='post_only_songs_have_artists'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'trivia'), ('status', ''), _connector='XOR'), name='post_only_trivia_have_a_status'),
        ),
        migrations.AddIndex(
            model_name='relive',
            index=models.Index(fields=['member', '-date', '-id'], name='relive_diary'),
        ),
        migrations.AddConstraint(
            model_name='relive',
            constraint=models.UniqueConstraint(fields=('member', 'moment', 'date'), name='relive_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='songuse',
            constraint=models.UniqueConstraint(fields=('song', 'moment'), name='song_use_once'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(fields=('trivia', 'member'), name='verdict_once'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('stance', 'confirm'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='verdict_dispute_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(fields=('trivia', 'url'), name='source_once'),
        ),
    ]
