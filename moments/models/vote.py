"""An upvote: one for each voter, taken back at any time, and never on one's own post, comment or list."""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from reelive.prepared import PreparedDelete, PreparedUpdate, insert_new


def counting_votes(rows, rank):
    """A prepared statement: count votes at one of these rows by its key, and set the column of its rank."""
    return PreparedUpdate(
        lambda pk, step, value: (rows.filter(pk=pk), {"votes": F("votes") + step, rank: value})
    )


class VoteManager(models.Manager):
    def of(self, voter, target):
        return self.filter(voter=voter, **{self.model.target_field: target})

    def cast(self, voter, target):
        """Whether the vote is new; the unique row decides when two come at once. Both are keys."""
        return insert_new(self.model(voter_id=voter, **{f"{self.model.target_field}_id": target}))

    def drop(self, voter, target):
        """Whether there was one to drop. Both are keys."""
        return self._dropping(voter, target) == 1

    @cached_property
    def _dropping(self):
        return PreparedDelete(lambda voter, target: self.of(voter, target))


class Vote(models.Model):
    target_field = None

    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = VoteManager()

    class Meta:
        abstract = True


class PostVote(Vote):
    target_field = "post"

    post = models.ForeignKey("moments.Post", models.CASCADE, related_name="post_votes", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "voter"], name="post_vote_once")]
        indexes = [models.Index(fields=["voter", "-id"], name="post_vote_of_voter")]

    def __str__(self):
        return f"{self.voter} for {self.post}"


class CommentVote(Vote):
    target_field = "comment"

    comment = models.ForeignKey(
        "moments.Comment", models.CASCADE, related_name="comment_votes", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "voter"], name="comment_vote_once")]
        indexes = [models.Index(fields=["voter", "-id"], name="comment_vote_of_voter")]

    def __str__(self):
        return f"{self.voter} for {self.comment}"


class MemberListVote(Vote):
    target_field = "member_list"

    member_list = models.ForeignKey(
        "moments.MemberList", models.CASCADE, related_name="member_list_votes", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member_list", "voter"], name="member_list_vote_once")]
        indexes = [models.Index(fields=["voter", "-id"], name="member_list_vote_of_voter")]

    def __str__(self):
        return f"{self.voter} for {self.member_list}"
