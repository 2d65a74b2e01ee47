import json
from datetime import timedelta
from email.utils import make_msgid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from reelive.sealing import seal

NAMES = ('subject', 'body', 'from_email', 'to')


def seal_letters(apps, schema_editor):
    """Letters lay open among the tasks: those that wait are sealed, the others and all traces go."""
    work = apps.get_model('django_tasks_database', 'DBTaskResult').objects.using(schema_editor.connection.alias)
    letters = work.filter(task_path='accounts.mail.deliver')
    letters.filter(status__in=['FAILED', 'SUCCESSFUL']).delete()
    for row in list(letters):
        row.task_path, row.status = 'accounts.mail.send_letter', 'READY'
        row.args_kwargs = {'args': [sealed(apps, row).pk], 'kwargs': {}}
        row.save()
    work.exclude(traceback='').update(traceback='')


def sealed(apps, row):
    contents = dict(zip(NAMES, row.args_kwargs['args']))
    contents['headers'] = {'Message-ID': make_msgid(domain=settings.SITE_HOST)}
    member = apps.get_model('accounts', 'User').objects.filter(email__iexact=contents['to'][0]).first()
    return apps.get_model('accounts', 'Letter').objects.create(
        member=member,
        sealed=seal(json.dumps(contents), 'letter'),
        expires=row.enqueued_at + timedelta(days=3),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_retired_names'),
        ('django_tasks_database', '0018_rename_succeeded_status'),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.TextField()),
                ('expires', models.DateTimeField()),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['expires'], name='letter_expires')],
            },
        ),
        migrations.RunPython(seal_letters, migrations.RunPython.noop),
    ]
