"""Work that can wait: done by the task process, outside of any request. Done twice it does no harm."""

from django_tasks import task

from moments.models import Deletion, Moment
from reelive.retries import TryAgain


@task()
def make_still_widths(moment_id):
    """Make the smaller widths of a moment's still; nothing to do when it is gone by then, or has them."""
    moment = Moment.objects.exclude(still="").filter(pk=moment_id).first()
    if moment is None or moment.still_widths:
        return
    try:
        same = moment.make_widths()
    except FileNotFoundError:
        if Moment.objects.filter(pk=moment.pk, still=moment.still.name).exists():
            raise
        same = False
    if not same:
        raise TryAgain("The still was changed in the meantime.")


def wipe_deletions(now):
    """Forget for good what authors deleted a day ago; the task worker asks for that every minute."""
    Deletion.objects.wipe_expired(now)
