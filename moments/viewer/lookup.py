"""Finding what an address names, also under the address that it once had."""

from django.db.models import Exists, OuterRef, Subquery, Value
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import RetiredName, User
from moments.models import (
    POST_KINDS,
    Comment,
    DiaryEntry,
    Film,
    Follow,
    FormerFilmSlug,
    FormerListSlug,
    FormerPersonSlug,
    FormerPostSlug,
    FormerRecordingSlug,
    Kind,
    LastRead,
    MemberList,
    Moment,
    Person,
    Post,
    Progress,
    Recording,
    SongUse,
    State,
    ThreadChoice,
    Wanted,
)
from moments.models.asked import Asked
from moments.spoilers.rules import ProgressPoint
from moments.viewer.brought_feelings import has_any
from moments.viewer.credits import credits_as_text
from moments.viewer.episodes import seasons_as_text
from moments.viewer.logs import own_rating_as_text
from reelive.exceptions import GoneForGood, Moved
from reelive.prepared import PreparedObjects, PreparedRows
from reelive.statements import Given, ObjectStatement, statement


def find_film(request, slug):
    for film in statement("film", _film, ObjectStatement).objects(slug=slug):
        return film
    return _moved_film(request, slug)


def find_film_for_page(request, slug):
    """The same with what its page says of it: whether it `has_unplaced` moments, its credits and its seasons.

    Of a member it says whether it `is_followed`, `is_logged` and `is_wanted`, how they rate it, and the
    viewer is told how far they have seen it.
    """
    viewer = request.viewer
    key = ("film for page", viewer.is_authenticated)
    kept = statement(key, _film_for_member if viewer.is_authenticated else _film_for_page, ObjectStatement)
    for film in kept.objects(slug=slug, viewer=viewer.pk):
        if viewer.is_authenticated:
            viewer.note_progress(film)
        return film
    return _moved_film(request, slug)


def _moved_film(request, slug):
    former = FormerFilmSlug.objects.filter(slug=slug, film__state="visible").select_related("film").first()
    if former is None:
        raise Http404
    if request.method == "POST":
        return former.film  # what was typed while the film got its new name must not get lost on the way
    match = request.resolver_match
    address = reverse(match.view_name, kwargs=match.captured_kwargs | {"film": former.film.slug})
    query = request.META.get("QUERY_STRING", "")
    raise Moved(f"{address}?{query}" if query else address)


def _film():
    return Film.objects.visible_to(None).select_related("stored_arc").filter(slug=Given("slug"))


def _film_for_page():
    moments = Moment.objects.listed().filter(film=OuterRef("pk")).unplaced()
    nobodys = dict.fromkeys(("is_followed", "is_logged", "is_wanted"), Value(False))
    parts = {"credits_text": credits_as_text(), "seasons_text": seasons_as_text()}
    return _film().annotate(has_unplaced=Exists(moments), own_rating_text=Value(""), **nobodys, **parts)


def _film_for_member():
    mine = {"member": Given("viewer"), "film": OuterRef("pk")}
    progress = Progress.objects.filter(**mine, place__isnull=False)
    seen = {f"seen_{name}": Subquery(progress.values(name)[:1]) for name in ProgressPoint._fields}
    logged = DiaryEntry.objects.filter(member=Given("viewer")).of_whole(OuterRef("pk"), None, None)
    return _film_for_page().annotate(
        **seen,
        is_followed=Exists(Follow.objects.filter(**mine)),
        is_logged=Exists(logged),
        is_wanted=Exists(Wanted.objects.filter(**mine)),
        own_rating_text=own_rating_as_text(Given("viewer")),
    )


def find_person(request, slug):
    """Somebody by the slug of now, or by one that they once had."""
    return _find(request, Person, FormerPersonSlug, slug)


def find_recording(request, slug):
    """A recording, the same."""
    recordings = Recording.objects.select_related("original")
    return _find(request, Recording, FormerRecordingSlug, slug, recordings)


def _find(request, model, former_slugs, slug, rows=None):
    found = (model.objects if rows is None else rows).visible_to(request.viewer).filter(slug=slug).first()
    if found:
        return found
    name = model.model_name
    former = former_slugs.objects.filter(slug=slug, **{f"{name}__state": State.VISIBLE})
    found = getattr(get_object_or_404(former.select_related(name)), name)
    if request.method == "POST":
        return found
    match = request.resolver_match
    raise Moved(reverse(match.view_name, kwargs=match.captured_kwargs | {name: found.slug}))


def find_post(request, kind, film_slug, slug):
    """The post of this kind at this address, with all that its page shows."""
    viewer, model = request.viewer, POST_KINDS[kind].model
    post = Asked(_post_at, viewer, model=model, kind=kind, film_slug=film_slug, slug=slug).first
    if post:
        if post.is_removed:
            raise Moved(post.link)
        return post
    once = FormerPostSlug.objects.filter(film=find_film(request, film_slug), kind=kind, slug=slug)
    posts = model.objects.visible_to(viewer).select_related("film").veiled_for(viewer)
    raise Moved(get_object_or_404(posts, former_slugs__in=once).link)


def _post_at(viewer, model, kind, film_slug, slug):
    posts = model.objects.visible_to(viewer).filter(film__slug=film_slug, kind=kind, slug=slug)
    return _for_page(posts, viewer)


def find_by_number(request, post_id):
    """The same for a post of any kind by its id."""
    visible = Post.objects.visible_to(request.viewer).filter(pk=post_id)
    model = POST_KINDS[get_object_or_404(visible.only("kind")).kind].model
    post = Asked(_post_of_number, request.viewer, model=model, number=post_id).first
    if post is None:
        raise Http404
    return post


def _post_of_number(viewer, model, number):
    return _for_page(model.objects.filter(pk=number), viewer)


def _for_page(posts, viewer):
    """With all that the page of each shows, if it `has_songs`, and what is a member's own in its thread."""
    posts = posts.for_page(viewer).select_related("film__stored_arc")
    posts = posts.annotate(has_songs=Exists(SongUse.objects.filter(moment=OuterRef("pk"))))
    if not viewer.is_authenticated:
        return posts
    own = {"thread_level": ThreadChoice.objects.column(viewer), "has_felt_before": has_any(viewer)}
    entries = DiaryEntry.objects.filter(member=viewer.pk, moment=OuterRef("pk"))
    return posts.annotate(**LastRead.objects.columns(viewer), **own, has_entries=Exists(entries))


def post_for_verb(request, post_id):
    """A post that the member may act upon, by id; 404 for everything else."""
    posts = Post.objects.open_to(request.viewer).select_related("film").veiled_for(request.viewer)
    posts = posts.with_my_vote(request.viewer)
    return get_object_or_404(posts, pk=post_id)


def unread_moment(moment_id):
    """A moment by its keys alone, for a verb that reads the rest from the row that it locks."""
    for (film_id,) in FILM_OF(moment_id):
        return Moment(pk=moment_id, film_id=film_id, kind=Kind.MOMENT)
    raise Http404


def is_veiled(viewer, post_id):
    """Whether the post of this number is veiled for a member."""
    if post_id in viewer.revealed or viewer.spoiler_stance == User.SpoilerStance.SHOW:
        return False
    return any(veiled for (veiled,) in VEILED(post_id, viewer.pk))


def _veiled_for_member(post, member):
    viewer = User(pk=member, spoiler_stance=User.SpoilerStance.VEIL)
    return Post.objects.filter(pk=post).veiled_for(viewer).values_list("is_veiled")


VEILED = PreparedRows(_veiled_for_member)
FILM_OF = PreparedRows(lambda moment: Moment.objects.filter(pk=moment).values_list("film"))


def post_to_comment(request, post_id):
    """A post to whose thread a member adds, without what others' verbs need; 404 for everything else."""
    for post in OPEN(post_id):
        post.is_veiled = is_veiled(request.viewer, post_id)
        return post
    raise Http404


OPEN = PreparedObjects(lambda post: Post.objects.open_to(None).filter(pk=post).select_related("film"))


def comment_for_verb(request, comment_id):
    """The same for a comment."""
    comments = Comment.objects.listed().visible_to(request.viewer).select_related("author")
    return get_object_or_404(comments.with_about(request.viewer), pk=comment_id)


def comment_with_menu(request, comment_id):
    """A comment whose menu the viewer may open. Staff restore a removed one from there."""
    states = [State.VISIBLE, State.REMOVED] if request.viewer.is_staff else [State.VISIBLE]
    comments = Comment.objects.filter(state__in=states).visible_to(request.viewer).select_related("author")
    return get_object_or_404(comments.with_about(request.viewer), pk=comment_id)


def find_list(request, name, slug):
    """The list of a member at this address, or at one that it once had."""
    lists = MemberList.objects.visible_to(request.viewer).select_related("author", "removal")
    lists, viewer = lists.filter(author=find_member(name)), request.viewer
    if viewer.is_authenticated:
        level = ThreadChoice.objects.column(viewer, "member_list")
        lists = lists.annotate(**LastRead.objects.columns(viewer, "member_list"), thread_level=level)
    found = lists.with_my_vote(viewer).filter(slug=slug).first()
    if found and not found.is_removed:
        return found
    once = FormerListSlug.objects.filter(author__username=name.lower(), slug=slug).values("member_list")
    found = found or get_object_or_404(lists, pk__in=once)
    if found.is_removed:
        raise Moved(found.numbered_url)
    match = request.resolver_match
    raise Moved(reverse(match.view_name, kwargs={"name": found.author.username, "slug": found.slug}))


def list_for_verb(request, name, slug):
    """A list that the viewer may act upon; 404 for everything else."""
    lists = MemberList.objects.open_to(request.viewer).with_my_vote(request.viewer)
    return get_object_or_404(lists.select_related("author"), author=find_member(name), slug=slug)


def own_list(request, list_id):
    """A list for its owner alone; 404 for everybody else."""
    lists = MemberList.objects.editable_by(request.viewer).select_related("author")
    return get_object_or_404(lists, pk=list_id)


def list_to_write(request, list_id):
    """A list in which the viewer writes, its owner or not; 404 for everybody else."""
    if not request.viewer.is_authenticated:
        raise Http404
    lists = MemberList.objects.writable_by(request.viewer).select_related("author")
    return get_object_or_404(lists, pk=list_id)


def find_member(name):
    member = User.objects.named([name]).first()
    if member is None and RetiredName.objects.holds(name):
        raise GoneForGood(_("@%(name)s has left Reelive") % {"name": name.lower()})
    if member is None:
        raise Http404
    return member
