"""A viewer's progress in a film: what the film's page says of it, and how it goes to an account."""

from moments.models import Film, Moment, Progress
from moments.spoilers.rules import is_within
from moments.spoilers.sql import beyond_progress_by_film
from moments.viewer.viewer import Member


def progress_context(viewer, film):
    """What the film's page says of the viewer's progress, and how many moments they may see so far."""
    progress = viewer.progress(film)
    context = {"progress": progress}
    if progress and not progress.is_all and not progress.is_start:
        context["open_count"] = seen_moments(film, progress)
    return context


def seen_moments(film, progress):
    """How many moments of the film one has seen who is so far; one's own are no exception.

    Of a film with many, those of its runs that are seen as a whole.
    """
    if film.runs is not None:
        return sum(run.count for run in film.runs if is_within(progress, *run.reach))
    moments = Moment.objects.listed().filter(film=film)
    moments = moments.annotate(is_beyond=beyond_progress_by_film({film.pk: progress}))
    return moments.filter(is_beyond=False).count()


def bring_progress_along(request, member):
    """A visitor who signs in brings along how far they have seen each film, where the member has not said."""
    browser = request.viewer.browser
    carried = browser.spoilers.progress_by_film
    if carried:
        said = Progress.objects.filter(member=member, film__in=carried, place__isnull=False)
        new = carried.keys() - set(said.values_list("film", flat=True))
        known = Film.objects.filter(pk__in=new).values_list("pk", flat=True)
        Progress.objects.set_progress_of_all(member, {film: carried[film] for film in known})
        browser.forget_progress()
    request.viewer = Member(member, browser)
