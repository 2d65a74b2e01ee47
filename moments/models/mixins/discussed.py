"""What members comment on: posts and lists."""

from django.db import models


class Discussed(models.Model):
    """Has a thread, and counts its comments as `comment_count`. It is Addressed, Lockable and Authored too.

    Its page is at `link`, and it has a `shown_title` and is `named` as a viewer may know it. A `film` and
    `is_veiled` say what the thread gives away.
    """

    class Meta:
        abstract = True

    @property
    def is_public(self):
        """Whether the number of a comment on it may lead everybody to it."""
        return True

    @property
    def new_comments(self):
        """How many comments are new to the viewer, where `LastRead.objects.laid_over` asked for that."""
        return sum(row.new_comments for row in getattr(self, "my_last_reads", ()))

    def is_shared_by(self, viewer):
        """Whether every comment on it is news to them, unless they chose otherwise."""
        return self.author_id == viewer.pk

    # Addresses by hand like those of `Authored`.

    @property
    def verbs_url(self):
        """What the addresses begin with of what members do about its thread."""
        return self.numbered_url

    @property
    def thread_url(self):
        """Where its thread is read page by page."""
        return self.link

    @property
    def comment_add_url(self):
        """Where a comment on it is sent to."""
        return f"{self.verbs_url}comments/"

    @property
    def thread_choice_url(self):
        """Where a member chooses what they hear of its thread."""
        return f"{self.verbs_url}thread/"
