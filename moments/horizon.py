"""Reading and moving a reader's horizon: a member's is a row, a visitor's travels in their browser."""

from moments.models import Film, Progress
from moments.sight import Sight, sight_of


def horizon_of(request, film):
    """How far the reader has seen the film; None when they have not said."""
    if request.user.is_authenticated:
        return Progress.objects.horizon(request.user, film)
    return sight_of(request.user).horizons.get(film.pk)


def set_horizon(request, film, horizon):
    """Move the reader's horizon of the film; None takes back what they said."""
    if request.user.is_authenticated:
        Progress.objects.reach(request.user, film, horizon)
    else:
        _see_with(request, sight_of(request.user).reaching(film.pk, horizon))


def move_to(request, moment):
    """The reader has seen the film up to this moment."""
    set_horizon(request, moment.film, moment.horizon)


def lift_veil(request, post):
    """The reader asked for a veiled post: it stays unveiled in their browser."""
    _see_with(request, sight_of(request.user).lifting(post.pk))


def welcome(request, member):
    """A visitor who signs in brings along how far they have seen each film, where the member has not said."""
    sight = Sight.read(request.COOKIES)
    said = Progress.objects.filter(member=member, film__in=sight.horizons, place__isnull=False)
    new = sight.horizons.keys() - set(said.values_list("film", flat=True))
    known = Film.objects.filter(pk__in=new).values_list("pk", flat=True)
    Progress.objects.reach_all(member, {film: sight.horizons[film] for film in known})
    _see_with(request, Sight(revealed=sight.revealed))


def _see_with(request, sight):
    """From here on the request's reader sees with `sight`; the middleware gives it to the browser."""
    request.new_sight = request.user.sight = sight
