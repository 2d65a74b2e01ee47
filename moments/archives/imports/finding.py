"""Finding here what a row of an archive is about: a film, a post, and whether the row is here already."""

import re
from urllib.parse import unquote

from accounts.models import User
from moments.archives.exports.columns import key_of_local
from moments.archives.exports.parts import PARTS_BY_NAME
from moments.archives.imports.fields import FilmRow
from moments.ledger.chain import fingerprint
from moments.models import Comment, Film, ImportedRow, Kind, MemberList, Person, Post, Tag
from moments.models.kinds import kind_of_segment
from moments.models.mixins.stateful import State
from reelive.text import parse_tags

PERSON_ADDRESS = re.compile(r"/people/([^/]{1,300})/")
MEMBER_ADDRESS = re.compile(r"/members/([^/]{1,300})/")
LIST_ADDRESS = re.compile(r"/members/([^/]{1,300})/lists/([^/]{1,300})/")
POST_ADDRESS = re.compile(r"/films/([^/]{1,300})/([^/]{1,20})/([^/]{1,300})/")
MOST_FILMS = 100  # that one import makes
MOST_COMMENTS = 200  # of one member in one thread, that are compared with the words of a row
ADDRESSES_AT_ONCE = 500


class LeftOut(Exception):
    """A row cannot be made here: what it is about is not here, or it says what no form would take."""


def values_of(form_class, row):
    """What a row says, cleaned as a form of the site cleans it. Raises LeftOut."""
    form = form_class({name: value for name, value in row.items() if not isinstance(value, list | dict)})
    if not form.is_valid():
        raise LeftOut
    return form.cleaned_data


def known_uids(member, part, uids):
    """Those among the uids of a part whose rows are here: brought along before, or made here."""
    known = set()
    for start in range(0, len(uids), ADDRESSES_AT_ONCE):
        some = uids[start : start + ADDRESSES_AT_ONCE]
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
    if film:
        return film
    if importing.films_made >= MOST_FILMS:
        raise LeftOut
    film = Film(title=facts["film_title"], year=facts["film_year"], medium=facts["film_medium"])
    film.added_by = importing.member
    film.add()
    importing.films_made += 1
    return film


def film_here(row):
    """The film that a row is about. Raises LeftOut where it is not here: it is not made for that."""
    film = _film_of(values_of(FilmRow, row))
    if film is None:
        raise LeftOut
    return film


def _film_of(facts):
    """By its address, and else along the index of the years. Raises LeftOut where it was removed."""
    same = Film.objects.select_related("merged_into").filter(
        title=facts["film_title"], year=facts["film_year"]
    )
    any_state = same.filter(state__in=State.values).order_by("pk")
    film = same.filter(slug=facts["film"]).first() or any_state.first()
    film = film.merged_into if film and film.merged_into_id else film
    if film and film.state != State.VISIBLE:
        raise LeftOut
    return film


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
    try:
        film, segment, slug = _parts_of(POST_ADDRESS, address)
        kind = kind_of_segment(segment).kind
    except (LeftOut, KeyError):
        return None
    return Post.objects.listed().select_related("film").filter(film__slug=film, kind=kind, slug=slug).first()


def moment_of(member, row):
    """The moment of a row that is about another post as well. Raises LeftOut where there is none."""
    named = {"post": row.get("moment"), "post_uid": row.get("moment_uid")}
    return post_for(member, named, kind=Kind.MOMENT)


def about_for(member, row):
    """The post or list on which a comment is: of lists those that the member finds at this address.

    Raises LeftOut where there is none.
    """
    if not row.get("list"):
        return post_for(member, row)
    return _list_among(MemberList.objects.known_to(member), row["list"])


def answered_by(member, row, about):
    """The comment of the member's own that a comment answers; None for one that answers none.

    Raises LeftOut where it answers one that is not here.
    """
    if not row.get("answers"):
        return None
    comment = comment_for(member, row.get("answers_uid"))
    if comment is None or getattr(comment, f"{about.model_name}_id") != about.pk:
        raise LeftOut
    return comment


def list_for(member, row):
    """The list of the member's own that a row is about. Raises LeftOut where there is none."""
    lists = MemberList.objects.listed().filter(author=member).select_related("author")
    found = _own(lists, member, "lists", row.get("list_uid"))
    if found is None:
        raise LeftOut
    return found


def list_at(member, address):
    """The list that the member may read at this address. Raises LeftOut where there is none."""
    return _list_among(MemberList.objects.open_to(member), address)


def _list_among(lists, address):
    name, slug = _parts_of(LIST_ADDRESS, address)
    return _first(lists.select_related("author").filter(author__username=name, slug=slug))


def comment_for(member, uid):
    """The comment of the member's own that is called so; None where there is none."""
    return _own(Comment.objects.listed().filter(author=member), member, "comments", uid)


def comment_like(member, row):
    """The comment of the same words, by whoever is called the same here, in the thread that the row names.

    Raises LeftOut where there is none.
    """
    said = row.get("fingerprint")
    if not isinstance(said, str) or not said:
        raise LeftOut
    author = member_at(row["author"]) if row.get("author") else None
    thread = Comment.objects.listed().of(about_for(member, row)).filter(author=author).order_by("pk")
    same = (comment for comment in thread[:MOST_COMMENTS] if fingerprint([comment.body]) == said)
    found = next(same, None)
    if found is None:
        raise LeftOut
    return found


def member_at(address):
    """Whoever is called here as the member at this address of the other site. Raises LeftOut for nobody."""
    (name,) = _parts_of(MEMBER_ADDRESS, address)
    return _first(User.objects.named([name]).filter(is_active=True))


def person_at(address):
    """Whoever is credited for films here at this address of the other site. Raises LeftOut for nobody."""
    (slug,) = _parts_of(PERSON_ADDRESS, address)
    return _first(Person.objects.listed().filter(slug=slug))


def tag_called(name):
    """The tag of this name, or what it was merged into. Raises LeftOut where it is not here."""
    try:
        names = Tag.objects.canonical(parse_tags(name)) if isinstance(name, str) else []
    except ValueError as problem:
        raise LeftOut from problem
    return _first(Tag.objects.listed().filter(name__in=names[:1]))


def artist_called(slug):
    """The same slug, of an artist who has songs here. Raises LeftOut for nobody."""
    is_slug = isinstance(slug, str) and slug.isprintable()
    if not is_slug or not Post.objects.listed().filter(artist_slug=slug).exists():
        raise LeftOut
    return slug


def _parts_of(pattern, address):
    """What an address says in the places of a pattern. Raises LeftOut where it is no such address."""
    match = pattern.fullmatch(address) if isinstance(address, str) else None
    parts = [unquote(part) for part in match.groups()] if match else []
    if not parts or not all(map(str.isprintable, parts)):
        raise LeftOut
    return parts


def _first(rows):
    row = rows.first()
    if row is None:
        raise LeftOut
    return row


def _own(rows, member, part, uid):
    if not isinstance(uid, str) or not uid or not uid.isprintable():
        return None
    key = ImportedRow.objects.known(member, part, [uid]).get(uid) or key_of_local(uid, part)
    return rows.filter(pk=key).first() if key else None
