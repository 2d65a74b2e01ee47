from django.db import migrations, models

NAMES = ("about", "rules", "privacy", "contact")


def make_pages(apps, schema_editor):
    """Empty ones, which show the text that comes with the site."""
    pages = apps.get_model("moments", "SitePage")
    pages.objects.bulk_create(pages(name=name) for name in NAMES)


class Migration(migrations.Migration):

    dependencies = [
        ('moments', '0024_spoilers_over_blocks'),
    ]

    operations = [
        migrations.CreateModel(
            name='SitePage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(choices=[('about', 'About'), ('rules', 'Rules'), ('privacy', 'Privacy'), ('contact', 'Contact')], editable=False, max_length=10, unique=True, verbose_name='page')),
                ('body', models.TextField(blank=True, max_length=20000, verbose_name='text')),
                ('body_html', models.TextField(blank=True, editable=False)),
                ('edited', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='edited')),
            ],
            options={
                'verbose_name': 'page of the site',
                'verbose_name_plural': 'pages of the site',
                'ordering': ['pk'],
            },
        ),
        migrations.RunPython(make_pages, migrations.RunPython.noop),
    ]
