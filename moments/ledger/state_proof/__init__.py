"""The proofs of the ledger: the state of each thing is compared with the newest row about it.

They go both ways: what is removed, locked, merged, suspended or revoked must have a row that says so, and
what a row says must be so. `PROOFS` has a proof for each kind of thing, with a sentence for each fault.
"""

from moments.models import (
    Comment,
    DiaryEntry,
    Film,
    MemberList,
    Person,
    Post,
    Recording,
    Revision,
    State,
    Tag,
    Verdict,
)

from .appeals import Appeals
from .newest_rows import NewestRows
from .states import TABLES
from .versions import Versions

REMOVABLE = (Post, Comment, Film, MemberList, Person, Recording, Tag, Verdict)
PROOFS = {**TABLES, "older versions": Versions(), "appeals": Appeals()}

__all__ = ["PROOFS", "NewestRows", "texts_proved"]


def texts_proved():
    """How many removed texts there are, and how many from before an edit by staff."""
    instances = (model.objects.filter(state=State.REMOVED) for model in REMOVABLE)
    removed = sum(found.exclude(removal=None).count() for found in (*instances, DiaryEntry.objects.all()))
    return removed, Revision.objects.kept().exclude(entry=None).count()
