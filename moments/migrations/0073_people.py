"""People, what they are credited for in films, and the history of their facts.

Old code may run meanwhile: it names none of the new tables and columns, and a revision of its own has no person.
"""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("moments", "0072_seasons_and_episodes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Credit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('director', 'Director'), ('creator', 'Creator'), ('writer', 'Writer'), ('composer', 'Composer'), ('camera', 'Cinematographer'), ('editor', 'Film editor'), ('dance', 'Choreographer'), ('design', 'Production designer'), ('producer', 'Producer'), ('cast', 'Cast')], default='cast', max_length=8, verbose_name='role')),
                ('character', models.CharField(blank=True, max_length=100, verbose_name='character')),
                ('gives_away', models.BooleanField(default=False, verbose_name='gives something away')),
                ('season', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='season')),
                ('episode', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='episode')),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('year', models.PositiveSmallIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'credit',
                'verbose_name_plural': 'credits',
            },
        ),
        migrations.CreateModel(
            name='FormerPersonSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=100, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('visible', 'Visible'), ('withheld', 'Withheld with its film'), ('removed', 'Removed by a moderator'), ('deleted', 'Deleted by its author')], default='visible', max_length=8, verbose_name='state')),
                ('slug', models.CharField(editable=False, max_length=100, unique=True, verbose_name='slug')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('name_key', models.CharField(default='', editable=False, max_length=200)),
                ('sort_name', models.CharField(blank=True, help_text='Where it is not the last word that it stands by, such as “Miyazaki Hayao”.', max_length=100, verbose_name='name in the alphabet')),
                ('sort_title', models.CharField(default='', editable=False, max_length=120)),
                ('other_names', models.CharField(blank=True, help_text='Parted by commas, in any script.', max_length=300, verbose_name='other names')),
                ('born', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1000), django.core.validators.MaxValueValidator(2100)], verbose_name='born')),
                ('died', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1000), django.core.validators.MaxValueValidator(2100)], verbose_name='died')),
                ('imdb', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\Anm\\d{7,10}\\Z', 'Like nm0000001.')], verbose_name='IMDb id')),
                ('tmdb', models.CharField(blank=True, max_length=12, validators=[django.core.validators.RegexValidator('\\A\\d{1,10}\\Z', 'A number.')], verbose_name='TMDB id')),
                ('wikidata', models.CharField(blank=True, max_length=14, validators=[django.core.validators.RegexValidator('\\AQ\\d{1,12}\\Z', 'Like Q20856802.')], verbose_name='Wikidata id')),
                ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('edited', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='edited')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='facts locked')),
                ('film_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='films')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['name'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='revision',
            name='revision_of_one_text',
        ),
        migrations.AddField(
            model_name='credit',
            name='film',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='moments.film', verbose_name='film'),
        ),
        migrations.AddField(
            model_name='person',
            name='added_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people_added', to=settings.AUTH_USER_MODEL, verbose_name='added by'),
        ),
        migrations.AddField(
            model_name='person',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged_from', to='moments.person', verbose_name='merged into'),
        ),
        migrations.AddField(
            model_name='person',
            name='removal',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moments.ledgerentry', verbose_name='removal'),
        ),
        migrations.AddField(
            model_name='formerpersonslug',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='moments.person'),
        ),
        migrations.AddField(
            model_name='credit',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='moments.person', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='revision',
            name='person',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='moments.person'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(condition=models.Q(('person__isnull', False)), fields=['person', '-id'], name='revision_person_new'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('post__isnull', False), ('comment__isnull', True), ('film__isnull', True), ('season__isnull', True), ('episode__isnull', True), ('person__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', False), ('film__isnull', True), ('season__isnull', True), ('episode__isnull', True), ('person__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('film__isnull', False), ('season__isnull', True), ('episode__isnull', True), ('person__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('film__isnull', True), ('season__isnull', False), ('episode__isnull', True), ('person__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('film__isnull', True), ('season__isnull', True), ('episode__isnull', False), ('person__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('film__isnull', True), ('season__isnull', True), ('episode__isnull', True), ('person__isnull', False)), _connector='OR'), name='revision_of_one_text'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('film_count', 0), _negated=True), fields=['state', '-film_count', '-id'], name='person_most_films'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('film_count', 0), _negated=True), fields=['state', 'sort_title', 'id'], name='person_alphabet'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['state', '-created', '-id'], name='person_newest'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['name_key', 'id'], name='person_called'),
        ),
        migrations.AddIndex(
            model_name='credit',
            index=models.Index(fields=['film', 'place', 'id'], name='credit_of_film'),
        ),
        migrations.AddIndex(
            model_name='credit',
            index=models.Index(fields=['person', '-year', '-film', 'id'], name='credit_of_person'),
        ),
        migrations.AddConstraint(
            model_name='credit',
            constraint=models.UniqueConstraint(models.F('film'), models.F('person'), models.F('role'), models.F('character'), django.db.models.functions.comparison.Coalesce('season', -1), django.db.models.functions.comparison.Coalesce('episode', -1), name='credit_once'),
        ),
    ]
