"""Work that can wait: done by the task process, outside of any request. Done twice it does no harm."""

from moments.models import (
    CatalogueTitle,
    Deletion,
    Draft,
    Export,
    FeedEntry,
    Film,
    FilmArc,
    Filter,
    Homecoming,
    Import,
    LastRead,
    LinkPicture,
    MemberList,
    Moment,
    Mute,
    Notification,
    Reminder,
    SavedPost,
    Statistics,
)
from reelive.retries import TryAgain
from reelive.tasks import task


@task()
def make_still_widths(moment_id):
    """Make the smaller widths of a moment's still; nothing to do when it is gone by then, or has them."""
    _make_widths(Moment, moment_id)


@task()
def make_film_still_widths(film_id):
    """The same of the picture of a film."""
    _make_widths(Film, film_id)


def _make_widths(model, pk):
    row = model.objects.exclude(still="").filter(pk=pk).first()
    if row is None or row.still_widths:
        return
    try:
        same = row.make_widths()
    except FileNotFoundError:
        if model.objects.filter(pk=pk, still=row.still.name).exists():
            raise
        same = False
    if not same:
        raise TryAgain("The still was changed in the meantime.")


def tidy(now):
    """Forget for good what was deleted a day ago, and what is old; asked for every minute."""
    Deletion.objects.wipe_expired(now)
    SavedPost.objects.expire(now)
    MemberList.objects.expire(now)
    Reminder.objects.expire(now)
    Mute.objects.expire(now)
    Filter.objects.expire(now)
    Draft.objects.expire(now)
    CatalogueTitle.objects.expire(now)
    Notification.objects.expire(now)
    FeedEntry.objects.trim(now)
    LastRead.objects.expire(now)
    Export.objects.expire(now)
    Import.objects.expire(now)
    Homecoming.objects.expire(now)
    Statistics.objects.renew(now)
    FilmArc.objects.renew(now)
    LinkPicture.objects.sweep(now)
