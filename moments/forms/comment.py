from django.utils.translation import gettext_lazy as _

from moments.models import Comment
from moments.models.comment import COMMENT_LIMIT
from reelive.fields import ProseField

from .fields import SubmitOnceForm


class CommentForm(SubmitOnceForm):
    once_in = Comment
    body = ProseField(
        label=_("Your comment"),
        max_length=COMMENT_LIMIT,
        error_messages={"required": _("Write something first.")},
    )
