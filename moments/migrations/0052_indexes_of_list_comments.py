"""The indexes of threads of lists hold nothing but these, so posts pay nothing for them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("moments", "0051_list_comments"),
    ]

    operations = [
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('member_list__isnull', False)), fields=['member_list', 'depth', '-best', 'id'], name='comment_list_best'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('member_list__isnull', False)), fields=['member_list', 'depth', '-votes', '-id'], name='comment_list_top'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('member_list__isnull', False)), fields=['member_list', 'depth', '-id'], name='comment_list_new'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('member_list__isnull', False)), fields=['member_list', '-created'], name='comment_list_newest'),
        ),
        migrations.AddIndex(
            model_name='threadchoice',
            index=models.Index(condition=models.Q(('member_list__isnull', False)), fields=['member_list', 'level', 'member'], name='thread_choice_of_list'),
        ),
    ]
