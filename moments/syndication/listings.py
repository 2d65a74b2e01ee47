"""Each list once, for the page that shows it and for its Atom feed: which rows, in which order, how narrowed.

A listing is made from the request and the arguments of its address. It raises Http404 for what is not here or
was never a choice, and Moved for what has another address now.

A new list is a function here, a view in views/lists.py and a `list_page` in urls.py. A new parameter is
one of the `list_parameters` of moments/apps.py besides, and a new kind of row in entries.ENTRY_KINDS.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from moments.feelings import FEELINGS
from moments.models import (
    Action,
    Comment,
    FeedEntry,
    FeelingTally,
    Film,
    Follow,
    FormerPostSlug,
    Kind,
    LedgerEntry,
    Post,
    Reason,
    Tag,
    Tagging,
)
from moments.models.asked import Asked, rows_of
from moments.models.filter import unfiltered
from moments.models.follow import NEWEST_IN_FEED
from moments.models.kinds import kind_of_segment
from moments.models.mute import without_muted
from moments.models.post_queryset import HOT, NEW, STORY, TOP, WINDOWS, beginning_of
from moments.models.trivia import Status
from moments.viewer.diary_lines import diary_of
from moments.viewer.lookup import find_film, find_film_for_page, find_member
from reelive.exceptions import Moved
from reelive.statements import Given, statement
from reelive.text import clean_line

TAGGED = ("-hot", "-content_object_id")
STRONGEST = ("-strength", "-moment_id")
BY_POST_COUNT, BY_NAME = ("-post_count", "id"), ("name",)
POSTS_SOONER_SORTED = 1_000  # posts
DIARY_ORDER = ("-date", "-id")
LEDGER_ORDER = ("-number",)
# What one may follow that everybody sees of a post, by the column of the post.
PLAIN_REASONS = {"person": "author", "film": "film"}
LEDGER_CHOICES = ("actor", "action", "reason", "film")


@dataclass(frozen=True)
class Listing:
    """A list of posts, or of something else.

    Args:
        path: of its page; the feed's is one step further down.
        source: what is listed, in no order yet and with nothing of the viewer's own laid over it.
        order: of the page.
        feed_order: of the feed, unless it is the page's.
        title: what it is called; without one, it is called as its page was declared.
        chosen: what the query of the address chose, for this is another list then.
        target: what all of it is about: a film, a tag, a member, a post.
        post_id: where a row stands for a post, such as a tagging, the name of what holds the post's id.
    """

    path: str
    source: QuerySet | Asked
    order: tuple[str, ...]
    feed_order: tuple[str, ...] = ()
    title: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    target: Any = None
    post_id: str = ""

    @property
    def rows(self) -> QuerySet:
        return rows_of(self.source)

    @property
    def query(self) -> str:
        return f"?{urlencode(self.chosen)}" if self.chosen else ""

    def post_ids(self, rows) -> list[int]:
        """The ids of the posts that these rows stand for."""
        return [getattr(row, self.post_id) for row in rows]

    def first(self, number: int, rows: QuerySet | None = None) -> QuerySet:
        """The first rows of the feed; `rows` are the same with more laid over them."""
        rows = self.rows if rows is None else rows
        return rows.order_by(*(self.feed_order or self.order))[:number]


def chosen_of(request, **allowed):
    """What the query says for these keys; 404 for a value that none of the choices has."""
    chosen = {key: request.GET[key] for key in allowed if request.GET.get(key)}
    if any(value not in allowed[key] for key, value in chosen.items()):
        raise Http404
    return chosen


def _moved(request, **arguments):
    """The same page or feed, of what these arguments of the address name."""
    match = request.resolver_match
    return Moved(reverse(match.view_name, kwargs=match.captured_kwargs | arguments))


# Posts.


def home(request):
    return _front(request, "home", HOT)


def new(request):
    return _front(request, "new", NEW)


def top(request):
    return _front(request, "top", TOP, by=WINDOWS)


def _front(request, name, order, **choices):
    chosen = chosen_of(request, **choices, kind=Kind.values)
    since, kind = beginning_of(chosen.get("by", "all")), chosen.get("kind", "")
    posts = Asked(posts_of, request.viewer, kind=kind, since=since, are_few=_are_few(kind, since))
    return Listing(reverse(name), posts, order, chosen=chosen)


def posts_of(viewer, kind="", status="", since=None, are_few=False, **which):
    """The posts that lists are made of; `which` are columns with the values that they must hold."""
    posts = Post.objects.listed().filter(**which).of_kind(kind).with_status(status)
    return posts.since(since, are_few)


def _are_few(kind, since):
    """Whether so few posts are that new that they are sooner sorted than found among all others."""

    def make():
        newest = Post.objects.listed().of_kind(kind and Given("kind"))
        newest = newest.filter(created__gte=Given("since", DateTimeField()))
        return newest.order_by(*NEW).values_list("pk")[POSTS_SOONER_SORTED : POSTS_SOONER_SORTED + 1]

    return since is not None and not statement(("few", POSTS_SOONER_SORTED, bool(kind)), make).rows(
        kind=kind, since=since
    )


def feed(request):
    """What the member follows, with nothing that they filter or muted members shared."""
    chosen = chosen_of(request, kind=Kind.values)
    rows = Asked(_entries, request.viewer, kind=chosen.get("kind", ""))
    return Listing(reverse("following"), rows, NEWEST_IN_FEED, chosen=chosen, post_id="post_id")


def _entries(viewer, kind):
    posts = Post.objects.listed().of_kind(kind).filter(pk=OuterRef("post")).shown_in_lists(viewer)
    # To be listed for a tag or an artist alone would tell what is veiled: whose song it is, what it has.
    mine = Follow.objects.filter(member=viewer.pk)
    reasons = [Exists(mine.filter(**{name: OuterRef(column)})) for name, column in PLAIN_REASONS.items()]
    credits = {"credited__credits__film": OuterRef("film"), "credited__credits__gives_away": False}
    reasons.append(Exists(mine.filter(**credits)))
    return FeedEntry.objects.filter(
        Exists(posts.filter(Q(*reasons, is_veiled=False, _connector=Q.OR))), member=viewer.pk
    )


def songs(request):
    return Listing(reverse("songs"), Asked(posts_of, request.viewer, kind=Kind.SONG), HOT)


def artist(request, artist):
    """The songs with one credit, which the best known of them spells, without what is veiled for the viewer.

    To be listed here would tell whose song it is.
    """
    known = known_posts(request.viewer, kind=Kind.SONG, artist_slug=artist)
    best = known.order_by(*HOT).only("artist", "artist_slug", "hot").first()
    if best is None:
        raise Http404
    songs = Asked(_songs_of, request.viewer, artist=artist)
    title = _("Songs by %(artist)s") % {"artist": best.artist}
    return Listing(best.artist_url, songs, HOT, NEW, title=title, target=best.artist)


def _songs_of(viewer, artist):
    songs = Post.objects.listed().of_kind(Kind.SONG).filter(artist_slug=artist)
    return songs.filter(Exists(known_posts(viewer, pk=OuterRef("pk"))))


def trivia(request):
    """All trivia, or what came to one status."""
    chosen = chosen_of(request, status=Status.values)
    posts = Asked(posts_of, request.viewer, kind=Kind.TRIVIA, **chosen)
    return Listing(reverse("trivia"), posts, HOT, chosen=chosen)


def film(request, film):
    """Everything that was shared about a film; its page shows the moments."""
    film = find_film_for_page(request, film)
    posts = Asked(posts_of, request.viewer, film=film.pk)
    return Listing(film.get_absolute_url(), posts, STORY, NEW, title=film.title, target=film)


def film_part(request, film, tab):
    """The songs of a film, its trivia or its reviews, as the part of the address says."""
    film, kind = find_film_for_page(request, film), kind_of_segment(tab)
    chosen = chosen_of(request, status=Status.values) if kind.kind == Kind.TRIVIA else {}
    posts = Asked(posts_of, request.viewer, film=film.pk, kind=kind.kind, **chosen)
    title = kind.of_film % {"film": film}
    path = f"{film.get_absolute_url()}{tab}/"
    return Listing(path, posts, TOP, NEW, title=title, chosen=chosen, target=film)


def tag(request, tag):
    tag = get_object_or_404(Tag.objects.select_related("merged_into"), slug=tag)
    if tag.merged_into:
        raise _moved(request, tag=tag.merged_into.slug)
    if not tag.is_visible:
        raise Http404
    return Listing(
        tag.get_absolute_url(),
        Asked(taggings_of, request.viewer, tag=tag.pk, opened=tag),
        TAGGED,
        title=f"#{tag.name}",
        target=tag,
        post_id="content_object_id",
    )


def taggings_of(viewer, tag, opened):
    """What has a tag, without what else the viewer filters or mutes and what is veiled for them.

    To be listed here would tell its tag. `tag` is its key, `opened` the tag.
    """
    return Tagging.objects.filter(Exists(known_posts(viewer, opened, pk=OuterRef("content_object"))), tag=tag)


def feeling(request, feeling):
    """The moments that are most of one feeling, by its share of what was felt there."""
    if feeling not in FEELINGS:
        raise Http404
    return Listing(
        reverse("feeling", args=[feeling]),
        Asked(tallies_of, request.viewer, feeling=feeling),
        STRONGEST,
        title=str(FEELINGS[feeling].name),
        target=FEELINGS[feeling],
        post_id="moment_id",
    )


def tallies_of(viewer, feeling, **which):
    """The tallies of a feeling at moments that are neither veiled nor filtered for the viewer."""
    known = known_posts(viewer, pk=OuterRef("moment"), **which)
    return FeelingTally.objects.filter(Exists(known), feeling=feeling, strength__gt=0)


def known_posts(viewer, opened=None, **which):
    posts = Post.objects.listed().filter(**which).without_filtered(viewer, opened)
    return posts.veiled_for(viewer).filter(is_veiled=False)


# Tags.


def tags(request):
    """All tags, the most used first or by name; the feed has the newest, from the day of its first post."""
    first = Tagging.objects.filter(tag=OuterRef("pk")).order_by("id").values("content_object__created")[:1]
    listed = Tag.objects.listed().filter(post_count__gt=0).annotate(created=Subquery(first))
    listed = unfiltered(listed, request.viewer)
    return Listing(reverse("tags"), listed, BY_POST_COUNT, ("-id",))


# What a member shared, said and relived.


def open_member(request, name):
    """A member whose comments, diary and followers the viewer may see; for others there is no such page."""
    member = find_member(name)
    if not Follow.objects.is_open(member, request.viewer):
        raise Http404
    return member


def member(request, name):
    member = find_member(name)
    posts = Asked(posts_of, request.viewer, author=member.pk)
    path = member.get_absolute_url()
    return Listing(path, posts, NEW, title=f"@{member.username}", target=member)


def member_comments(request, name):
    member = open_member(request, name)
    comments = Comment.objects.listed().found_by(request.viewer).filter(author=member)
    comments = comments.without_filtered(request.viewer, member)
    title = _("Comments by %(member)s") % {"member": f"@{member.username}"}
    return Listing(f"{member.get_absolute_url()}comments/", comments, ("-id",), title=title, target=member)


def member_diary(request, name):
    """What the viewer may read of a diary; the feed has what is for everybody, whoever asks for it."""
    member = open_member(request, name)
    entries = diary_of(member, request.viewer)
    title = _("Diary of %(member)s") % {"member": f"@{member.username}"}
    return Listing(f"{member.get_absolute_url()}diary/", entries, DIARY_ORDER, title=title, target=member)


def followers(request, name):
    """Who follows a member, the newest first."""
    member, viewer = open_member(request, name), request.viewer
    rows = Follow.objects.filter(Follow.objects.opens(viewer), person=member, member__is_active=True)
    rows = without_muted(rows, viewer, "member")
    followed = Exists(Follow.objects.filter(member=viewer.pk, person=OuterRef("member")))
    title = _("Followers of %(member)s") % {"member": f"@{member.username}"}
    rows = rows.annotate(is_followed=followed).select_related("member")
    return Listing(f"{member.get_absolute_url()}followers/", rows, ("-id",), title=title, target=member)


def following(request, name):
    """Whom a member follows; on one's own page also films, people, tags and artists."""
    member, viewer = open_member(request, name), request.viewer
    shown = Q(person__is_active=True)
    rows = Follow.objects.filter(member=member).select_related("person")
    if viewer.pk == member.pk:
        shown |= (
            Q(film__state="visible") | Q(tag__state="visible") | Q(credited__state="visible") | ~Q(artist="")
        )
        rows = rows.select_related("film", "tag", "credited").annotate(artist_name=_artist_name())
    else:
        rows = without_muted(rows, viewer, "person")
    mine = Follow.objects.filter(member=viewer.pk, person=OuterRef("person"))
    rows = rows.filter(shown).annotate(is_followed=Q(person=None) | Q(Exists(mine)))
    title = _("Followed by %(member)s") % {"member": f"@{member.username}"}
    return Listing(f"{member.get_absolute_url()}following/", rows, ("-id",), title=title, target=member)


def _artist_name():
    """The credit as the best known song spells it."""
    songs = Post.objects.listed().of_kind(Kind.SONG).filter(artist_slug=OuterRef("artist"))
    return Coalesce(Subquery(songs.order_by(*HOT).values("artist")[:1]), "artist")


# What is said about a post, and what the ledger keeps.


def comments(request, film, slug, kind):
    """The comments on a post, newest first; its page shows them as a thread."""
    posts = Post.objects.listed().select_related("film")
    post = posts.veiled_for(request.viewer).filter(film__slug=film, kind=kind, slug=slug).first()
    if post is None:
        once = FormerPostSlug.objects.filter(film=find_film(request, film), kind=kind, slug=slug)
        post = get_object_or_404(posts, former_slugs__in=once)
        raise _moved(request, film=post.film.slug, slug=post.slug)
    rows = Comment.objects.listed().filter(post=post).without_filtered(request.viewer, post)
    title = _("Comments on %(post)s") % {"post": post.shown_title}
    return Listing(post.get_absolute_url(), rows, ("-id",), title=title, target=post)


def ledger(request):
    """The public ledger, or its rows by who, what, why and where."""
    asked = {key: clean_line(request.GET.get(key, "")) for key in LEDGER_CHOICES}
    chosen = {key: value for key, value in asked.items() if value}
    for key, known in (("action", Action.values), ("reason", Reason.values)):
        if key in chosen and chosen[key] not in known:
            raise Http404
    named, film = dict(chosen), None
    if "actor" in named:
        named["actor"] = named["actor"].removeprefix("@").lower()
    if "film" in named:
        film = get_object_or_404(Film.objects.listed(), slug=named["film"])
        named["film"] = film.pk
    rows = LedgerEntry.objects.filter(**named)
    return Listing(reverse("ledger"), rows, LEDGER_ORDER, chosen=chosen, target=film)


def with_films(rows):
    """The rows of the ledger, each with the present name of its film, while that can be seen."""
    rows = list(rows)
    films = Film.objects.listed().only("title", "year").in_bulk({row.film for row in rows if row.film})
    for row in rows:
        row.film_title = str(films.get(row.film, ""))
    return rows
