from hashlib import sha256

from django.db import migrations, models


def retire_names_of_the_ledger(apps, schema_editor):
    """Who left before this can be known where the ledger says their name, and nowhere else.

    The ledger is not a table of this app, so 0022 of moments calls this.
    """
    rows = apps.get_model("moments", "LedgerEntry").objects.order_by()
    names = set(rows.values_list("actor", flat=True).distinct())
    subjects = rows.filter(target__startswith="member/").values_list("subject", flat=True).distinct()
    names |= {subject.removeprefix("@") for subject in subjects}
    names -= set(apps.get_model("accounts", "User").objects.filter(username__in=names).values_list("username", flat=True))
    digests = {sha256(f"reelive member {name.lower()}".encode()).hexdigest() for name in names}
    retired = apps.get_model("accounts", "RetiredName")
    retired.objects.bulk_create([retired(digest=digest) for digest in sorted(digests)], ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_words_of_the_house'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='sessions_ended',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='how often all of their sessions were ended'),
        ),
        migrations.CreateModel(
            name='RetiredName',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
            ],
        ),
    ]
