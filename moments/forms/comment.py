from moments.models import Comment
from moments.models.comment import COMMENT_LIMIT
from reelive.fields import ProseField

from .fields import OnceForm


class CommentForm(OnceForm):
    once_in = Comment
    body = ProseField(
        label="Your comment",
        max_length=COMMENT_LIMIT,
        error_messages={"required": "Write something first."},
    )
