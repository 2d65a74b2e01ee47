import accounts.models.user
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """An empty database gets the tables at once; another one takes the steps that made them."""

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_suspended_until'),
        ('accounts', '0003_folds'),
        ('accounts', '0004_outcomes'),
        ('accounts', '0005_time_zone'),
        ('accounts', '0006_words_of_the_house'),
        ('accounts', '0007_retired_names'),
        ('accounts', '0008_letters'),
        ('accounts', '0009_plain_names'),
        ('accounts', '0010_language_of_the_browser'),
        ('accounts', '0011_names_for_staff'),
        ('accounts', '0012_welcomed'),
        ('accounts', '0013_unread_notifications'),
        ('accounts', '0014_follow_counts'),
        ('accounts', '0015_private_accounts'),
        ('accounts', '0016_letters_of_notifications'),
        ('accounts', '0017_list_count'),
        ('accounts', '0018_links'),
        ('accounts', '0019_diary_audience'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('key', models.CharField(max_length=120, primary_key=True, serialize=False)),
                ('tat', models.FloatField(help_text='Theoretical arrival time, in seconds since 1970.')),
            ],
        ),
        migrations.CreateModel(
            name='RetiredName',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('username', models.CharField(help_text='3 to 30 letters, digits, hyphens or underscores.', max_length=30, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z0-9_-]{3,30}\\Z', 'Use 3 to 30 of a–z, 0–9, - and _.')], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('bio', models.TextField(blank=True, max_length=500, verbose_name='about the member')),
                ('bio_html', models.TextField(blank=True, editable=False)),
                ('suspended_until', models.DateField(blank=True, editable=False, null=True)),
                ('avatar', models.ImageField(blank=True, upload_to='avatars/', verbose_name='picture')),
                ('theme', models.CharField(choices=[('system', 'Follow my system'), ('dark', 'Dark'), ('light', 'Light')], default='system', max_length=6, verbose_name='theme')),
                ('language', models.CharField(blank=True, default='', max_length=10, verbose_name='language')),
                ('time_zone', models.CharField(default=accounts.models.user.zone_of_the_site, max_length=50, verbose_name='time zone')),
                ('spoiler_stance', models.CharField(choices=[('veil', 'Veil what I have not seen'), ('hide', 'Leave it out of lists'), ('show', 'Show me everything')], default='veil', max_length=4, verbose_name='spoilers')),
                ('hiding_thresholds', models.JSONField(blank=True, db_column='folds', default=dict, help_text='From how many flags of each kind on a post or comment is hidden; 0: never.')),
                ('unread_report_results', models.PositiveIntegerField(db_column='outcomes', default=0, editable=False, verbose_name='outcomes of their reports that they have not read')),
                ('unread_notifications', models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='notifications that they have not read')),
                ('follower_count', models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='members who follow them')),
                ('following_count', models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='members whom they follow')),
                ('list_count', models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='public lists')),
                ('is_private', models.BooleanField(db_default=False, default=False, verbose_name='Only followers whom I accept see my comments, diary and followers')),
                ('diary_audience', models.CharField(choices=[('everyone', 'Everybody'), ('followers', 'My followers'), ('me', 'Only me')], db_default='everyone', default='everyone', help_text='An entry for which you choose somebody else is shown to them instead.', max_length=9, verbose_name='who sees my diary')),
                ('is_suggested', models.BooleanField(db_default=True, default=True, verbose_name='Suggest me to members who share films and feelings with me')),
                ('sessions_ended', models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='how often all of their sessions were ended')),
                ('welcomed', models.DateTimeField(editable=False, null=True, verbose_name='when they had answered or skipped the questions for newcomers')),
                ('mail_refused', models.DateTimeField(editable=False, null=True, verbose_name='since when mail servers refuse their address')),
                ('letter_key', models.CharField(db_default='', default='', editable=False, max_length=22)),
                ('links', models.JSONField(blank=True, db_default=[], default=list, verbose_name='links')),
                ('fediverse', models.CharField(blank=True, db_default='', default='', max_length=150, verbose_name='Fediverse address')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'member',
                'verbose_name_plural': 'members',
                'abstract': False,
                'indexes': [models.Index(fields=['-date_joined'], name='user_newest')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='user_username_any_case'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='user_email_any_case')],
            },
            managers=[
                ('objects', accounts.models.user.MemberManager()),
            ],
        ),
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
    ]
