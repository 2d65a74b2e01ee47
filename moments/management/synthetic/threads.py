"""Synthetic threads, as deep as real ones, and the votes for posts and comments."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from moments.models import Comment, CommentVote, PostVote
from moments.ranking import wilson
from moments.threads import MAX_DEPTH
from reelive.bulk import Table

from .posts import deleted_among
from .world import World

COMMENTS_AT_ONCE = 10_000
BODIES = 2_000
REPLIES = 0.62  # of all comments; most answer one of the last few
COMMENT_COLUMNS = (
    *("id", "post_id", "parent_id", "root_id", "depth", "author_id", "body", "body_html"),
    *("votes", "best", "reply_count", "descendants", "state", "created"),
)


class Target(NamedTuple):
    """A post that gets comments and votes."""

    key: int
    author: int
    created: datetime
    comments: int
    votes: int


class Draft:
    """A comment before it is written."""

    __slots__ = ("depth", "descendants", "parent", "place", "replies", "root")

    def __init__(self, place: int, parent: "Draft | None"):
        if parent and parent.depth == MAX_DEPTH:
            parent = parent.parent
        self.place, self.parent, self.replies, self.descendants = place, parent, 0, 0
        self.root = (parent.root or parent) if parent else None
        self.depth = parent.depth + 1 if parent else 0
        if parent:
            parent.replies += 1
            self.root.descendants += 1


class ThreadMaker:
    def __init__(self, world: World, comments: int, votes: int):
        self.world = world
        self.votes = iter(world.spread(votes, comments, len(world.members) - 1))
        self.bodies = [self.text() for _ in range(min(BODIES, comments))]
        self.table = Table(Comment, *COMMENT_COLUMNS)
        self.vote_table = Table(CommentVote, "comment_id", "voter_id", "created")

    def text(self) -> tuple[str, str]:
        comment = Comment(body=self.world.words.paragraphs(self.world.random.randint(1, 6)))
        comment.render()
        return comment.body, comment.body_html

    def make(self, targets: list[Target]):
        """Yields how many comments each batch wrote, and how many rows."""
        for batch in batches(targets, lambda target: target.comments):
            with transaction.atomic():
                keys = iter(self.table.reserve(sum(target.comments for target in batch)))
                rows, votes = [], []
                for target in batch:
                    self.add_thread(target, keys, rows, votes)
                written = self.table.write(rows)
                voted = self.vote_table.write(votes)
            yield written, written + voted

    def add_thread(self, target: Target, keys, rows: list, votes: list):
        drafts = self.grow(target.comments)
        kept, count = len(drafts) - deleted_among(len(drafts)), len(drafts) + 1
        mine = [next(keys) for _ in drafts]
        for draft, key in zip(drafts, mine, strict=True):
            author, up = self.world.someone(), next(self.votes)
            created = self.world.between(target.created, (draft.place + 1) / count)
            parent, root = (mine[above.place] if above else None for above in (draft.parent, draft.root))
            # The last ones were deleted by their authors: their words are gone.
            text = (*self.world.random.choice(self.bodies),) if draft.place < kept else ("", "")
            state = "visible" if draft.place < kept else "deleted"
            place = (key, target.key, parent, root, draft.depth, author)
            rows.append((*place, *text, up, wilson(up, 0), draft.replies, draft.descendants, state, created))
            votes += ((key, voter, created) for voter in self.world.several(up, (author,)))

    def grow(self, size: int) -> list[Draft]:
        random, drafts = self.world.random, []
        for place in range(size):
            parent = None
            if place and random.random() < REPLIES:
                parent = drafts[max(0, place - 1 - int(random.expovariate(0.4)))]
            drafts.append(Draft(place, parent))
        return drafts


class VoteMaker:
    def __init__(self, world: World):
        self.world = world
        self.table = Table(PostVote, "post_id", "voter_id", "created")

    def make(self, targets: list[Target], known: bool):
        """Yields how many votes each batch wrote, twice. `known` posts may have votes already."""
        for batch in batches(targets, lambda target: target.votes):
            with transaction.atomic():
                voters = self.voters_of(batch) if known else {}
                rows = []
                for target in batch:
                    absent = {target.author} | voters.get(target.key, set())
                    created = self.world.between(target.created, 0.1)
                    rows += (
                        (target.key, voter, created) for voter in self.world.several(target.votes, absent)
                    )
                written = self.table.write(rows)
            yield written, written

    @staticmethod
    def voters_of(batch: list[Target]) -> dict[int, set[int]]:
        voters: dict[int, set[int]] = {}
        votes = PostVote.objects.filter(post__in=[target.key for target in batch])
        for post, voter in votes.values_list("post", "voter"):
            voters.setdefault(post, set()).add(voter)
        return voters


def batches(targets: list[Target], size_of):
    """The targets with anything to do, so many together that about COMMENTS_AT_ONCE rows come of them."""
    batch, size = [], 0
    for target in targets:
        if size_of(target):
            batch.append(target)
            size += size_of(target)
        if size >= COMMENTS_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
