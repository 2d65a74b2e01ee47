"""Work that ends as a test laid out."""

from reelive.models import Work
from reelive.tasks import task
from reelive.worker import Worker

SECRET = "what laura@example.org wrote"
ENDS = []


@task()
def job(name):
    """Ends as the test laid out: with an error or without."""
    if ENDS and (error := ENDS.pop(0)):
        raise error


def given_up(error=None):
    """One piece of work that was given up."""
    ENDS[:] = [error or ValueError(SECRET)]
    key = job.enqueue("first").id
    assert Worker("here").work()
    return Work.objects.get(pk=key, status="FAILED")
