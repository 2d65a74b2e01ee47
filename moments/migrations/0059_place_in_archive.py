from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("moments", "0057_staff_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name='import',
            name='place',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
