from moments.models.comment import COMMENT_LIMIT

from .fields import OnceForm, ProseField


class CommentForm(OnceForm):
    body = ProseField(
        label="Your comment",
        max_length=COMMENT_LIMIT,
        error_messages={"required": "Write something first."},
    )
