"""Run in the settings of a site that is filled: adds the threads of 50 and 200 comments to a usual film."""

import django

django.setup()

from django.db.models import F, Func, IntegerField  # noqa: E402 - Django has to be ready first

from moments.management.synthetic.threads import Target, ThreadMaker  # noqa: E402
from moments.management.synthetic.world import World, synthetic_members  # noqa: E402
from moments.models import Film, Moment, Post  # noqa: E402
from moments.models.counters import repair  # noqa: E402
from moments.search.index import catch_up  # noqa: E402

USUAL = 25  # moments of a film
THREADS = (50, 200)
EXPECTED_VOTES = 0.25  # for a comment


def distance(column: str, number: int):
    return Func(F(column) - number, function="ABS", output_field=IntegerField())


def usual_film() -> Film:
    films = Film.objects.filter(added_by__in=synthetic_members(), state="visible")
    return films.order_by(distance("moment_count", USUAL), "pk").first()


def moments_of(film: Film):
    """Those with few comments, which a thread of any length can be added to."""
    return Moment.objects.filter(film=film, state="visible", spoiler=False).order_by("comment_count", "pk")


def make_threads() -> None:
    world, film = World("threads", Post.objects.latest("created").created), usual_film()
    chosen = list(moments_of(film)[: len(THREADS)])
    for moment, length in zip(chosen, THREADS, strict=True):
        target = Target(moment.pk, moment.author_id, moment.created, length - moment.comment_count, 0)
        list(ThreadMaker(world, target.comments, int(length * EXPECTED_VOTES)).make([target]))
    repair({Post: [moment.pk for moment in chosen]})
    catch_up()


if __name__ == "__main__":
    make_threads()
