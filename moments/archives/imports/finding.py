"""Finding here what a row of an archive is about: a film, a post, and whether the row is here already."""

import re
from urllib.parse import unquote

from moments.archives.exports.columns import key_of_local
from moments.archives.exports.parts import PARTS_BY_NAME
from moments.archives.imports.fields import FilmRow
from moments.models import Comment, Film, ImportedRow, Post
from moments.models.kinds import kind_of_segment
from moments.models.mixins.stateful import State

ADDRESS = re.compile(r"/films/([^/]{1,300})/([^/]{1,20})/([^/]{1,300})/")
MOST_FILMS = 100  # that one import makes
AT_ONCE = 500


class LeftOut(Exception):
    """A row cannot be made here: what it is about is not here, or it says what no form would take."""


def values_of(form_class, row):
    """What a row says, cleaned as a form of the site cleans it. Raises LeftOut."""
    form = form_class(row)
    if not form.is_valid():
        raise LeftOut
    return form.cleaned_data


def known_uids(member, part, uids):
    """Those among the uids of a part whose rows are here: brought along before, or made here."""
    known = set()
    for start in range(0, len(uids), AT_ONCE):
        some = uids[start : start + AT_ONCE]
        known |= ImportedRow.objects.known(member, part, some).keys()
        local = {key_of_local(uid, part): uid for uid in some}
        local.pop(None, None)
        if local:
            here = PARTS_BY_NAME[part].rows(member).filter(pk__in=local).values_list("pk", flat=True)
            known |= {local[key] for key in here}
    return known


def film_for(importing, row):
    """The film that a row is about, by its name in addresses, title and year, or a new one.

    Raises LeftOut where a moderator removed it, or the import has made as many as it may.
    """
    facts = values_of(FilmRow, row)
    film = _film_of(facts)
    if film and film.merged_into_id:
        film = film.merged_into
    if film:
        if film.state != State.VISIBLE:
            raise LeftOut
        return film
    if importing.films_made >= MOST_FILMS:
        raise LeftOut
    film = Film(title=facts["film_title"], year=facts["film_year"], medium=facts["film_medium"])
    film.added_by = importing.member
    film.add()
    importing.films_made += 1
    return film


def _film_of(facts):
    """By its address, and else along the index of the years."""
    same = Film.objects.select_related("merged_into").filter(
        title=facts["film_title"], year=facts["film_year"]
    )
    any_state = same.filter(state__in=State.values).order_by("pk")
    return same.filter(slug=facts["film"]).first() or any_state.first()


def post_for(member, row, **only):
    """The post that a row is about: one of the member's own, or one that everybody sees at this address.

    Raises LeftOut where there is none.
    """
    post = _own_post(member, row.get("post_uid")) or _post_at(row.get("post"))
    if post is None or not all(getattr(post, name) == value for name, value in only.items()):
        raise LeftOut
    return post


def _own_post(member, uid):
    posts = Post.objects.listed().select_related("film")
    return _own(posts.filter(author=member), member, "posts", uid)


def _post_at(address):
    match = ADDRESS.fullmatch(address) if isinstance(address, str) else None
    if match is None:
        return None
    film, segment, slug = map(unquote, match.groups())
    try:
        kind = kind_of_segment(segment).kind
    except KeyError:
        return None
    return Post.objects.listed().select_related("film").filter(film__slug=film, kind=kind, slug=slug).first()


def answered_by(member, row, post):
    """The comment of the member's own that a comment answers; None for one that answers none.

    Raises LeftOut where it answers one that is not here.
    """
    if not row.get("answers"):
        return None
    comment = _own(Comment.objects.listed().filter(author=member), member, "comments", row.get("answers_uid"))
    if comment is None or comment.post_id != post.pk:
        raise LeftOut
    return comment


def _own(rows, member, part, uid):
    if not isinstance(uid, str) or not uid:
        return None
    key = ImportedRow.objects.known(member, part, [uid]).get(uid) or key_of_local(uid, part)
    return rows.filter(pk=key).first() if key else None
