"""Reviews: a fourth kind of posts, with their stars, and how many a film has.

The code of before may run meanwhile: the new columns are empty or have a default in the database, and no row of
its own says anything in them. Once the new code has shared the first review, the code of before fails on pages
that list it, since it knows no such kind. On PostgreSQL the table of posts is read once to check the constraint,
and nothing is written to it meanwhile; SQLite copies the table.
"""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("moments", "0080_whole_films")]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('moments.post',),
        ),
        migrations.AddField(
            model_name='film',
            name='review_count',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='reviews'),
        ),
        migrations.AddField(
            model_name='post',
            name='rating',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)], verbose_name='rating'),
        ),
        migrations.AlterField(
            model_name='draft',
            name='form',
            field=models.CharField(choices=[('moment', 'A moment'), ('song', 'A song'), ('trivia', 'A piece of trivia'), ('review', 'A review'), ('comment', 'A comment'), ('reply', 'A reply'), ('post-edit', 'An edit of a post'), ('comment-edit', 'An edit of a comment')], max_length=12),
        ),
        migrations.AlterField(
            model_name='formerpostslug',
            name='kind',
            field=models.CharField(choices=[('moment', 'Moment'), ('song', 'Song'), ('trivia', 'Trivia'), ('review', 'Review')], max_length=6),
        ),
        migrations.AlterField(
            model_name='post',
            name='kind',
            field=models.CharField(choices=[('moment', 'Moment'), ('song', 'Song'), ('trivia', 'Trivia'), ('review', 'Review')], editable=False, max_length=6, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('rating', None), models.Q(('kind', 'review'), ('rating__range', (1, 10))), _connector='OR'), name='post_only_reviews_have_a_rating'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('kind', 'review')), fields=['film', '-created', '-id'], name='post_review_new'),
        ),
    ]
