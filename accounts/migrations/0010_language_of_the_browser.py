import accounts.models
import django.core.validators
from django.db import migrations, models


def follow_the_browser(apps, schema_editor):
    """Nobody could choose a language so far: everybody follows their browser until they do."""
    User = apps.get_model("accounts", "User")
    User.objects.filter(language="en").update(language="")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_plain_names")]

    operations = [
        migrations.AlterField(
            "user", "language", models.CharField("language", blank=True, default="", max_length=10)
        ),
        migrations.AlterField(
            model_name='user',
            name='bio',
            field=models.TextField(blank=True, max_length=500, verbose_name='about the member'),
        ),
        migrations.AlterField(
            model_name='user',
            name='email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='e-mail'),
        ),
        migrations.AlterField(
            model_name='user',
            name='hiding_thresholds',
            field=models.JSONField(blank=True, db_column='folds', default=dict, help_text='From how many flags of each kind on a post or comment is hidden; 0: never.'),
        ),
        migrations.AlterField(
            model_name='user',
            name='spoiler_stance',
            field=models.CharField(choices=[('veil', 'Veil what I have not seen'), ('hide', 'Leave it out of lists'), ('show', 'Show me everything')], default='veil', max_length=4, verbose_name='spoilers'),
        ),
        migrations.AlterField(
            model_name='user',
            name='theme',
            field=models.CharField(choices=[('system', 'Follow my system'), ('dark', 'Dark'), ('light', 'Light')], default='system', max_length=6, verbose_name='theme'),
        ),
        migrations.AlterField(
            model_name='user',
            name='time_zone',
            field=models.CharField(default=accounts.models.zone_of_the_site, max_length=50, verbose_name='time zone'),
        ),
        migrations.AlterField(
            model_name='user',
            name='username',
            field=models.CharField(help_text='3 to 30 letters, digits, hyphens or underscores.', max_length=30, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z0-9_-]{3,30}\\Z', 'Use 3 to 30 of a–z, 0–9, - and _.')], verbose_name='username'),
        ),
        migrations.RunPython(follow_the_browser, migrations.RunPython.noop, elidable=True),
    ]
