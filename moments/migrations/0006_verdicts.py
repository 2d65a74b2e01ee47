from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moments", "0005_appeal")]

    operations = [
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("kind", "trivia")),
                fields=["state", "status", "-hot", "-id"],
                name="post_status_hot",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["trivia", "-created", "-id"], name="verdict_newest"),
        ),
    ]
