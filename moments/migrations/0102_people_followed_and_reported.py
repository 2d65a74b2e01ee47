"""People are followed and reported, each by a column of its own beside those of members, films and others.

The code of before may run meanwhile: it leaves the new columns empty, which the new conditions allow. Both
databases look once at all follows and reports to check these; SQLite copies the tables.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moments', '0101_films_years_ago'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='follow',
            name='follow_of_one_thing',
        ),
        migrations.RemoveConstraint(
            model_name='report',
            name='report_one_target',
        ),
        migrations.AddField(
            model_name='follow',
            name='credited',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='moments.person'),
        ),
        migrations.AddField(
            model_name='report',
            name='credited',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='moments.person'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(fields=('credited', 'member'), name='follow_credited_once'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(models.Q(('person__isnull', False), ('film__isnull', True), ('tag__isnull', True), ('credited__isnull', True)), models.Q(('person__isnull', True), ('film__isnull', False), ('tag__isnull', True), ('credited__isnull', True)), models.Q(('person__isnull', True), ('film__isnull', True), ('tag__isnull', False), ('credited__isnull', True)), models.Q(('person__isnull', True), ('film__isnull', True), ('tag__isnull', True), ('credited__isnull', False)), _connector='OR'), ('artist', '')), models.Q(('credited', None), ('film', None), ('person', None), ('tag', None), models.Q(('artist', ''), _negated=True)), _connector='OR'), name='follow_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('post__isnull', False), ('comment__isnull', True), ('verdict__isnull', True), ('film__isnull', True), ('person__isnull', True), ('member_list__isnull', True), ('credited__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', False), ('verdict__isnull', True), ('film__isnull', True), ('person__isnull', True), ('member_list__isnull', True), ('credited__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('verdict__isnull', False), ('film__isnull', True), ('person__isnull', True), ('member_list__isnull', True), ('credited__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('verdict__isnull', True), ('film__isnull', False), ('person__isnull', True), ('member_list__isnull', True), ('credited__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('verdict__isnull', True), ('film__isnull', True), ('person__isnull', False), ('member_list__isnull', True), ('credited__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('verdict__isnull', True), ('film__isnull', True), ('person__isnull', True), ('member_list__isnull', False), ('credited__isnull', True)), models.Q(('post__isnull', True), ('comment__isnull', True), ('verdict__isnull', True), ('film__isnull', True), ('person__isnull', True), ('member_list__isnull', True), ('credited__isnull', False)), _connector='OR'), name='report_one_target'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open'), ('credited__isnull', False)), fields=('member', 'credited'), name='report_once_on_credited'),
        ),
    ]
