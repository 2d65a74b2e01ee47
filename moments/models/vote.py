"""An upvote: one a voter, withdrawn at any time, never on one's own."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Vote(models.Model):
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class PostVote(Vote):
    post = models.ForeignKey("moments.Post", models.CASCADE, related_name="post_votes", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "voter"], name="post_vote_once")]

    def __str__(self):
        return f"{self.voter} for {self.post}"


class CommentVote(Vote):
    comment = models.ForeignKey(
        "moments.Comment", models.CASCADE, related_name="comment_votes", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "voter"], name="comment_vote_once")]

    def __str__(self):
        return f"{self.voter} for {self.comment}"
