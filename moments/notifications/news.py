"""One piece of news: what it is about, and the members whom it may concern."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from moments.models.notification import OF_ONESELF, OF_STAFF

MEMBERS_AT_ONCE = 500


@dataclass(frozen=True)
class News:
    """What is to be told, and to whom.

    Args:
        kind: the slug of a NewsKind.
        members: those whom it may concern; who does not want to hear it is left out later.
        subject: what it is about, such as "comment/12"; news of one kind about the same thing share a row.
        person: the key of who did it; None where nobody is named.
        post, comment, member_list: the keys of where it leads.
        number: the key of what else it is about.
        detail: what else it says, such as the slug of a flag.
        feeds: whether it puts its post into the feeds of the members.
        tells: whether it is told; what is not only gets into feeds.
        of_what_it_has: whether it is told because of what its post has, which that tells: only to those for
            whom the post is not veiled.
    """

    kind: str
    members: QuerySet
    subject: str
    person: Any = None
    post: Any = None
    comment: Any = None
    member_list: Any = None
    number: Any = None
    detail: str = ""
    feeds: bool = False
    tells: bool = True
    of_what_it_has: bool = False

    @property
    def is_of_thread(self):
        """Whether who wants to hear nothing of the thread of its post or list is not told either."""
        is_in_thread = self.post or (self.member_list and self.comment)
        return bool(is_in_thread) and self.kind not in (*OF_STAFF, *OF_ONESELF)
