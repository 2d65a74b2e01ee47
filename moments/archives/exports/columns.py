"""What a part of an export is: the rows of one table that belong to a member, and a column for each fact."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from moments.models import ImportedRow, Post

ROWS_AT_ONCE = 500
UID = _("A name of this row that stays the same when you bring it along to another site.")
POST = _("The address of the post that it is about.")
POST_UID = _("The name of that post, if it is one of yours.")
WHEN = {"created": _("When that was, in UTC.")}
UNTIL = _("Until when, in UTC; empty for good.")


@dataclass(frozen=True)
class Part:
    """One table of an export, a file for machines and one for spreadsheets.

    Args:
        name: of its files.
        says: what it is, in plain words.
        rows: of a member, the rows that are theirs.
        columns: by the name of each what it is, in plain words.
        of: by the name of a column what it holds, an attribute of the row or a function of it; where there
            is none, the attribute of that name.
        owners: the columns of tables that name the member, such as "moments.Post.author".
        post: the attribute that is the post that a row is about, which is named by its address.
        own: by the name of a column the attribute, and the part, of another row of the member.
        uid: whether its rows have names that stay, since they can be brought along.
        walk: the number by which its rows are walked; those of one number are taken together.
        order: the order of those.
    """

    name: str
    says: Any
    rows: Callable[[Any], QuerySet]
    columns: Mapping[str, Any]
    owners: tuple[str, ...] = ()
    of: Mapping[str, Any] = field(default_factory=dict)
    post: str = ""
    own: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    uid: bool = False
    walk: str = "pk"
    order: str = "pk"

    @property
    def all_columns(self):
        """The same with those that all parts of its kind have."""
        about = {"post": POST, "post_uid": POST_UID} if self.post else {}
        return ({"uid": UID} if self.uid else {}) | about | dict(self.columns)

    def batch(self, member, cursor):
        """The next rows behind those of this number, in as many queries whatever the number of rows.

        Returns the number of the last of them, None at the end, and the rows as dicts of plain values.
        """
        found, last = self._next(member, cursor)
        of_all = {name: _uids_of_own(member, found, *where) for name, where in self.own.items()}
        if self.uid:
            uids = uids_of(member, self.name, [row.pk for row in found])
            of_all = {"uid": lambda row: uids[row.pk]} | of_all
        if self.post:
            of_all |= self._of_posts(member, found)
        plain_rows = [self._plain_row(row, of_all) for row in found]
        return last, plain_rows

    def _next(self, member, cursor):
        rows = (
            self.rows(member)
            .filter(**{f"{self.walk}__gt": cursor})
            .order_by(*dict.fromkeys((self.walk, self.order, "pk")))
        )
        found = list(rows[:ROWS_AT_ONCE])
        if len(found) < ROWS_AT_ONCE:
            return found, None
        last = getattr(found[-1], self.walk)
        if self.walk != "pk":
            found = list(rows.filter(**{f"{self.walk}__lte": last}))
        return found, last

    def _of_posts(self, member, rows):
        """What the two columns say of the post that a row is about, as functions of a row."""
        key = f"{self.post}_id"
        keys = {getattr(row, key) for row in rows} - {None}
        posts = Post.objects.filter(pk__in=keys).select_related("film").veiled_for(member).in_bulk()
        uids = uids_of(member, "posts", {post.pk for post in posts.values() if post.author_id == member.pk})
        return {
            "post": lambda row: post_link(posts.get(getattr(row, key))),
            "post_uid": lambda row: uids.get(getattr(row, key), ""),
        }

    def _plain_row(self, row, of_all):
        said = {name: of(row) for name, of in of_all.items()}
        columns = [name for name in self.all_columns if name not in said]
        said |= {name: plain(_value(row, self.of.get(name, name))) for name in columns}
        return {name: said[name] for name in self.all_columns}


def _uids_of_own(member, rows, relation, part):
    """What those among the rows at the end of a relation are called that are the member's own."""
    others = (getattr(row, relation) for row in rows)
    uids = uids_of(member, part, {other.pk for other in others if other and other.author_id == member.pk})
    return lambda row: uids.get(getattr(row, f"{relation}_id"), "")


def uids_of(member, part, keys):
    """What the member's own rows are called, by their keys: as where they come from, if that is elsewhere."""
    brought = ImportedRow.objects.uids(member, part, keys) if keys else {}
    return {key: brought.get(key) or local_uid(part, key) for key in keys}


def post_link(post):
    """The address of a post; of one out of sight, or veiled for the member, it has no words in it."""
    if post is None:
        return ""
    return post.link if post.is_visible else f"/posts/{post.pk}/"


def local_uid(part, key):
    """What a row is called that was made on this site."""
    return f"{settings.SITE_HOST}/{part}/{key}"


def key_of_local(uid, part):
    """The key of the row that this site called so; None for what another site named."""
    start = f"{settings.SITE_HOST}/{part}/"
    number = uid.removeprefix(start)
    return int(number) if uid.startswith(start) and number.isdecimal() and len(number) < 19 else None


def _value(row, of):
    return of(row) if callable(of) else attrgetter(of)(row)


def plain(value):
    """The same as JSON can hold it: times in UTC, lists and dicts as they are."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date | UUID):
        return str(value)
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    return str(value)


def film_fact(name):
    """For a column with a fact of the film of a row, if it has one; one that is out of sight has no name."""

    def fact(row):
        return getattr(row.film, name) if row.film and row.film.is_visible else ""

    return fact


OF_FILM = {
    "film": film_fact("slug"),
    "film_title": film_fact("title"),
    "film_year": film_fact("year"),
    "film_medium": film_fact("medium"),
}
FILM = {
    "film": _("The name of the film in addresses."),
    "film_title": _("The title of the film."),
    "film_year": _("The year of the film."),
    "film_medium": _("Whether it is a film or a series."),
}


def member_link(relation):
    """For a column that names another member by their address alone."""

    def link(row):
        person = getattr(row, relation)
        return f"/members/{person.username}/" if person else ""

    return link


def comment_link(relation):
    def link(row):
        key = getattr(row, f"{relation}_id")
        return f"/comments/{key}/" if key else ""

    return link


def list_link(owner):
    """For a column that names a list; one that not everybody finds has no words in its address.

    Args:
        owner: the column of the row that names its member, to whom their own lists are no secret.
    """

    return lambda row: link_of_list(row.member_list, getattr(row, f"{owner}_id"))


def link_of_list(found, member):
    """The same of one list; empty where there is none.

    Args:
        member: the key of the member whose row it is.
    """
    if found is None:
        return ""
    is_found = found.is_public and found.is_visible and not found.author.is_private
    return found.link if is_found or found.author_id == member else found.numbered_url


ON_LIST = {"list": _("The address of the list in whose thread it is; empty in that of a post.")}


def owned(model, column, *related):
    """The rows of a model that name the member in this column, with those that are read beside them."""
    beside = related or [None]  # where nothing is named, Django takes all that there is
    return lambda member: model.objects.filter(**{column: member.pk}).select_related(*beside)
