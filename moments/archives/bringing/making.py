"""Making a homecoming: the task process takes step after step of it, each once however often it is tried."""

from moments.archives.bringing.comparing import compare
from moments.archives.bringing.reading import read
from moments.archives.bringing.undoing import take_back
from moments.archives.bringing.writing import write
from moments.models import Homecoming
from moments.models.mixins.waiting import do_each

STEPS = {
    Homecoming.Stage.READING: read,
    Homecoming.Stage.COMPARING: compare,
    Homecoming.Stage.WRITING: write,
    Homecoming.Stage.UNDOING: take_back,
}


def make_due(now):
    """Take the next step of the homecoming that waits longest. Returns whether there was any."""
    return do_each(list(Homecoming.objects.due(now)[:1]), take_step, now)


def take_step(key, now):
    rows = Homecoming.objects.select_related("member").filter(pk=key, state=Homecoming.State.MAKING)
    homecoming = rows.first()
    if homecoming is None or not homecoming.take(now):
        return
    if not homecoming.member.is_active:
        homecoming.give_up()
        return
    STEPS[homecoming.stage](homecoming, now)
