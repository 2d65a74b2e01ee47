import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class InStateAlone(migrations.SeparateDatabaseAndState):
    """Many changes of the state that change no table. Models are rendered once after them, not after each."""

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)


class Migration(migrations.Migration):
    """What tables and columns are called on the pages of the staff. Nothing changes in the database."""

    dependencies = [
        ("moments", "0022_plain_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    names = [
        migrations.AlterModelOptions(
            name="appeal",
            options={"verbose_name": "appeal", "verbose_name_plural": "appeals"},
        ),
        migrations.AlterModelOptions(
            name="comment",
            options={"verbose_name": "comment", "verbose_name_plural": "comments"},
        ),
        migrations.AlterModelOptions(
            name="feelingtally",
            options={"verbose_name": "feeling tally", "verbose_name_plural": "feeling tallies"},
        ),
        migrations.AlterModelOptions(
            name="film",
            options={"ordering": ["title"], "verbose_name": "film", "verbose_name_plural": "films"},
        ),
        migrations.AlterModelOptions(
            name="moment",
            options={"verbose_name": "moment", "verbose_name_plural": "moments"},
        ),
        migrations.AlterModelOptions(
            name="report",
            options={"verbose_name": "report", "verbose_name_plural": "reports"},
        ),
        migrations.AlterModelOptions(
            name="revision",
            options={"verbose_name": "revision", "verbose_name_plural": "revisions"},
        ),
        migrations.AlterModelOptions(
            name="song",
            options={"verbose_name": "song", "verbose_name_plural": "songs"},
        ),
        migrations.AlterModelOptions(
            name="songuse",
            options={"verbose_name": "song use", "verbose_name_plural": "song uses"},
        ),
        migrations.AlterModelOptions(
            name="source",
            options={"ordering": ["id"], "verbose_name": "source", "verbose_name_plural": "sources"},
        ),
        migrations.AlterModelOptions(
            name="tag",
            options={"ordering": ["name"], "verbose_name": "tag", "verbose_name_plural": "tags"},
        ),
        migrations.AlterModelOptions(
            name="trivia",
            options={"verbose_name": "trivia", "verbose_name_plural": "trivia"},
        ),
        migrations.AlterModelOptions(
            name="verdict",
            options={"ordering": ["id"], "verbose_name": "verdict", "verbose_name_plural": "verdicts"},
        ),
        migrations.AlterField(
            model_name="appeal",
            name="answer",
            field=models.TextField(blank=True, editable=False, max_length=2000, verbose_name="answer"),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="answered",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered"),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="answered by",
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="author",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="appeals",
                to=settings.AUTH_USER_MODEL,
                verbose_name="author",
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="created",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="removal",
            field=models.OneToOneField(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeal",
                to="moments.ledgerentry",
                verbose_name="removal",
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="text",
            field=models.TextField(editable=False, max_length=2000, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="comment",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="author",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="body",
            field=models.TextField(max_length=10000, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="comment",
            name="created",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="comment",
            name="depth",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="depth"),
        ),
        migrations.AlterField(
            model_name="comment",
            name="edited",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited"),
        ),
        migrations.AlterField(
            model_name="comment",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="replies",
                to="moments.comment",
                verbose_name="parent",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="post",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="moments.post",
                verbose_name="post",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="removal",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="moments.ledgerentry",
                verbose_name="removal",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="reply_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="replies"),
        ),
        migrations.AlterField(
            model_name="comment",
            name="state",
            field=models.CharField(
                choices=[
                    ("visible", "Visible"),
                    ("withheld", "Withheld with its film"),
                    ("removed", "Removed by a moderator"),
                    ("deleted", "Deleted by its author"),
                ],
                default="visible",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="votes",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="votes"),
        ),
        migrations.AlterField(
            model_name="diaryentry",
            name="created",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="diaryentry",
            name="date",
            field=models.DateField(default=django.utils.timezone.localdate, verbose_name="date"),
        ),
        migrations.AlterField(
            model_name="diaryentry",
            name="member",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="diary_entries",
                to=settings.AUTH_USER_MODEL,
                verbose_name="member",
            ),
        ),
        migrations.AlterField(
            model_name="diaryentry",
            name="moment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="diary_entries",
                to="moments.moment",
                verbose_name="moment",
            ),
        ),
        migrations.AlterField(
            model_name="diaryentry",
            name="note",
            field=models.TextField(blank=True, max_length=2000, verbose_name="note"),
        ),
        migrations.AlterField(
            model_name="diaryentry",
            name="removal",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="moments.ledgerentry",
                verbose_name="removal",
            ),
        ),
        migrations.AlterField(
            model_name="feelingtally",
            name="count",
            field=models.PositiveIntegerField(default=0, verbose_name="members"),
        ),
        migrations.AlterField(
            model_name="feelingtally",
            name="feeling",
            field=models.CharField(
                choices=[
                    ("joy", "Joy"),
                    ("laughter", "Laughter"),
                    ("wonder", "Wonder"),
                    ("love", "Love"),
                    ("hope", "Hope"),
                    ("triumph", "Triumph"),
                    ("nostalgia", "Nostalgia"),
                    ("longing", "Longing"),
                    ("tension", "Tension"),
                    ("fear", "Fear"),
                    ("anger", "Anger"),
                    ("heartbreak", "Heartbreak"),
                ],
                max_length=10,
                verbose_name="feeling",
            ),
        ),
        migrations.AlterField(
            model_name="feelingtally",
            name="house",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="our first guess"),
        ),
        migrations.AlterField(
            model_name="feelingtally",
            name="strength",
            field=models.FloatField(default=0, editable=False, verbose_name="strength"),
        ),
        migrations.AlterField(
            model_name="film",
            name="added_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="films_added",
                to=settings.AUTH_USER_MODEL,
                verbose_name="added by",
            ),
        ),
        migrations.AlterField(
            model_name="film",
            name="created",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="film",
            name="edited",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited"),
        ),
        migrations.AlterField(
            model_name="film",
            name="language",
            field=models.CharField(
                blank=True, help_text="The language it was made in.", max_length=10, verbose_name="language"
            ),
        ),
        migrations.AlterField(
            model_name="film",
            name="medium",
            field=models.CharField(
                choices=[("film", "Film"), ("series", "Series")],
                default="film",
                max_length=6,
                verbose_name="film or series",
            ),
        ),
        migrations.AlterField(
            model_name="film",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="merged_from",
                to="moments.film",
                verbose_name="merged into",
            ),
        ),
        migrations.AlterField(
            model_name="film",
            name="moment_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="moments"),
        ),
        migrations.AlterField(
            model_name="film",
            name="original_title",
            field=models.CharField(blank=True, max_length=150, verbose_name="original title"),
        ),
        migrations.AlterField(
            model_name="film",
            name="palette",
            field=models.JSONField(blank=True, default=list, verbose_name="colours"),
        ),
        migrations.AlterField(
            model_name="film",
            name="relive_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="diary entries"),
        ),
        migrations.AlterField(
            model_name="film",
            name="removal",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="moments.ledgerentry",
                verbose_name="removal",
            ),
        ),
        migrations.AlterField(
            model_name="film",
            name="runtime",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="In minutes.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="length",
            ),
        ),
        migrations.AlterField(
            model_name="film",
            name="slug",
            field=models.CharField(editable=False, max_length=100, unique=True, verbose_name="slug"),
        ),
        migrations.AlterField(
            model_name="film",
            name="song_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="songs"),
        ),
        migrations.AlterField(
            model_name="film",
            name="state",
            field=models.CharField(
                choices=[
                    ("visible", "Visible"),
                    ("withheld", "Withheld with its film"),
                    ("removed", "Removed by a moderator"),
                    ("deleted", "Deleted by its author"),
                ],
                default="visible",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="film",
            name="summary",
            field=models.TextField(
                blank=True, help_text="What it is about, spoiling nothing.", max_length=1000, verbose_name="summary"
            ),
        ),
        migrations.AlterField(
            model_name="film",
            name="title",
            field=models.CharField(max_length=150, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="film",
            name="trivia_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="trivia"),
        ),
        migrations.AlterField(
            model_name="film",
            name="year",
            field=models.PositiveSmallIntegerField(
                validators=[
                    django.core.validators.MinValueValidator(1874),
                    django.core.validators.MaxValueValidator(2100),
                ],
                verbose_name="year",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="artist",
            field=models.CharField(blank=True, max_length=200, verbose_name="artist"),
        ),
        migrations.AlterField(
            model_name="post",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="author",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="body",
            field=models.TextField(blank=True, max_length=10000, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="post",
            name="comment_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="comments"),
        ),
        migrations.AlterField(
            model_name="post",
            name="confirms",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="confirming"),
        ),
        migrations.AlterField(
            model_name="post",
            name="context",
            field=models.TextField(blank=True, max_length=1000, verbose_name="context"),
        ),
        migrations.AlterField(
            model_name="post",
            name="created",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="post",
            name="disputes",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="disputing"),
        ),
        migrations.AlterField(
            model_name="post",
            name="edited",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="edited"),
        ),
        migrations.AlterField(
            model_name="post",
            name="episode",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(9997)],
                verbose_name="episode",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="felt_by",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="members who felt something"),
        ),
        migrations.AlterField(
            model_name="post",
            name="film",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="posts",
                to="moments.film",
                verbose_name="film",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="kind",
            field=models.CharField(
                choices=[("moment", "Moment"), ("song", "Song"), ("trivia", "Trivia")],
                editable=False,
                max_length=6,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="palette",
            field=models.JSONField(blank=True, default=list, verbose_name="colours"),
        ),
        migrations.AlterField(
            model_name="post",
            name="position",
            field=models.FloatField(
                blank=True, help_text="Its place on the story's line.", null=True, verbose_name="position"
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="relive_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="diary entries"),
        ),
        migrations.AlterField(
            model_name="post",
            name="removal",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="moments.ledgerentry",
                verbose_name="removal",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="season",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(9999)],
                verbose_name="season",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="slug",
            field=models.CharField(editable=False, max_length=100, verbose_name="slug"),
        ),
        migrations.AlterField(
            model_name="post",
            name="state",
            field=models.CharField(
                choices=[
                    ("visible", "Visible"),
                    ("withheld", "Withheld with its film"),
                    ("removed", "Removed by a moderator"),
                    ("deleted", "Deleted by its author"),
                ],
                default="visible",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="status",
            field=models.CharField(blank=True, editable=False, max_length=9, verbose_name="status"),
        ),
        migrations.AlterField(
            model_name="post",
            name="still",
            field=models.ImageField(blank=True, upload_to="stills/", verbose_name="still"),
        ),
        migrations.AlterField(
            model_name="post",
            name="timecode",
            field=models.PositiveIntegerField(
                blank=True, help_text="Seconds from the start.", null=True, verbose_name="timecode"
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="title",
            field=models.CharField(
                max_length=150, validators=[django.core.validators.MinLengthValidator(3)], verbose_name="title"
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="votes",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="votes"),
        ),
        migrations.AlterField(
            model_name="report",
            name="closed",
            field=models.DateTimeField(editable=False, null=True, verbose_name="closed"),
        ),
        migrations.AlterField(
            model_name="report",
            name="closed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="closed by",
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="created",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="report",
            name="member",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reports",
                to=settings.AUTH_USER_MODEL,
                verbose_name="member",
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="note",
            field=models.TextField(blank=True, max_length=1000, verbose_name="note"),
        ),
        migrations.AlterField(
            model_name="report",
            name="outcome",
            field=models.TextField(blank=True, editable=False, max_length=1000, verbose_name="outcome"),
        ),
        migrations.AlterField(
            model_name="report",
            name="reason",
            field=models.CharField(
                choices=[
                    ("illegal", "Illegal"),
                    ("copyright", "Copyright notice"),
                    ("private", "Private data"),
                    ("spam", "Spam or malware"),
                    ("other", "Something else"),
                ],
                max_length=12,
                verbose_name="reason",
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="state",
            field=models.CharField(
                choices=[("open", "Waiting"), ("kept", "Looked at and kept"), ("acted", "Acted upon")],
                default="open",
                editable=False,
                max_length=5,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="weight",
            field=models.FloatField(default=1, editable=False, verbose_name="weight"),
        ),
        migrations.AlterField(
            model_name="revision",
            name="created",
            field=models.DateTimeField(verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="revision",
            name="editor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="editor",
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="revocation",
            field=models.ForeignKey(
                db_column="withdrawal_id",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="moments.ledgerentry",
                verbose_name="revocation",
            ),
        ),
        migrations.AlterField(
            model_name="songuse",
            name="moment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="songs_heard",
                to="moments.moment",
                verbose_name="moment",
            ),
        ),
        migrations.AlterField(
            model_name="songuse",
            name="note",
            field=models.CharField(blank=True, max_length=200, verbose_name="note"),
        ),
        migrations.AlterField(
            model_name="songuse",
            name="role",
            field=models.CharField(
                choices=[
                    ("performed", "performed on screen"),
                    ("background", "in the background"),
                    ("theme", "as a theme"),
                    ("reprise", "as a reprise"),
                    ("credits", "over the credits"),
                ],
                default="background",
                max_length=10,
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            model_name="songuse",
            name="song",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="uses",
                to="moments.song",
                verbose_name="song",
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="title",
            field=models.CharField(max_length=200, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="source",
            name="url",
            field=models.URLField(max_length=500, verbose_name="address"),
        ),
        migrations.AlterField(
            model_name="tag",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="merged_from",
                to="moments.tag",
                verbose_name="merged into",
            ),
        ),
        migrations.AlterField(
            model_name="tag",
            name="post_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="posts"),
        ),
        migrations.AlterField(
            model_name="tag",
            name="removal",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="moments.ledgerentry",
                verbose_name="removal",
            ),
        ),
        migrations.AlterField(
            model_name="tag",
            name="state",
            field=models.CharField(
                choices=[
                    ("visible", "Visible"),
                    ("withheld", "Withheld with its film"),
                    ("removed", "Removed by a moderator"),
                    ("deleted", "Deleted by its author"),
                ],
                default="visible",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="created",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="verdicts",
                to=settings.AUTH_USER_MODEL,
                verbose_name="member",
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="reason"),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="removal",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="moments.ledgerentry",
                verbose_name="removal",
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="stance",
            field=models.CharField(
                choices=[("confirm", "Confirms"), ("dispute", "Disputes")], max_length=7, verbose_name="stance"
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="state",
            field=models.CharField(
                choices=[
                    ("visible", "Visible"),
                    ("withheld", "Withheld with its film"),
                    ("removed", "Removed by a moderator"),
                    ("deleted", "Deleted by its author"),
                ],
                default="visible",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="trivia",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="verdicts",
                to="moments.trivia",
                verbose_name="claim",
            ),
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="action",
            field=models.CharField(
                choices=[
                    ("remove", "Removed"),
                    ("restore", "Restored"),
                    ("lock", "Locked the thread of"),
                    ("unlock", "Opened the thread of"),
                    ("lock-facts", "Locked the facts of"),
                    ("open-facts", "Opened the facts of"),
                    ("edit", "Edited"),
                    ("withdraw", "Revoked a former version of"),
                    ("merge", "Merged"),
                    ("suspend", "Suspended"),
                    ("reinstate", "Reinstated"),
                    ("appeal", "Appealed against the removal of"),
                    ("answer", "Answered the appeal about"),
                    ("strike", "Took away the words of the appeal about"),
                    ("rights", "Changed the rights of"),
                    ("sign", "Began to sign the ledger"),
                ],
                max_length=12,
            ),
        ),
    ]
    operations = [InStateAlone(state_operations=names)]
