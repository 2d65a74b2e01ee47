"""Work that can wait: done by the task process, outside of any request."""

from django_tasks import task

from moments.models import Moment


@task()
def make_still_widths(moment_id):
    """Make the smaller widths of a moment's still; nothing to do when it is gone by then."""
    moment = Moment.objects.exclude(still="").filter(pk=moment_id).first()
    if moment:
        moment.make_widths()
