"""Makes a synthetic site of any size, for load tests; its members and tags say that they are synthetic."""

import time
from collections import Counter
from datetime import UTC, datetime
from datetime import time as clock

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.models import HOUSE, User
from moments.management.synthetic.people import make_films, make_members, make_tags
from moments.management.synthetic.posts import Plan, PostMaker, remove_some, synthetic_films
from moments.management.synthetic.threads import Target, ThreadMaker, VoteMaker
from moments.management.synthetic.world import PREFIX, World, synthetic_members
from moments.models import Film, Post, Tag
from moments.models.counters import repair
from moments.search.index import catch_up
from reelive.progress_bar import ProgressBar

MOMENTS_A_FILM, SONGS_A_MOMENT, TRIVIA_A_MOMENT, MOMENTS_A_TAG = 25, 0.25, 0.3, 50
REVIEWS_A_MOMENT = 0.1
TAGS = range(20, 5_001)
COMMENT_VOTES = 0.25  # of all votes
POPULATED = ("members", "films", "moments", "comments", "votes")
EXAMPLE = "--members 1000 --moments 5000 --comments 20000 --votes 50000"


class Command(BaseCommand):
    help = "Make a synthetic site for load tests; other posts, tags and feelings come with the moments."

    def add_arguments(self, parser):
        for kind in POPULATED:
            parser.add_argument(f"--{kind}", type=int, metavar="N", help=f"how many {kind} to add")
        parser.add_argument("--seed", default="1", help="the same seed makes the same site")
        until = "the last of the three years' days, such as 2026-01-31 (today)"
        parser.add_argument("--until", type=datetime.fromisoformat, help=until)
        parser.add_argument("--yes", action="store_true", help="also on a site with real members")

    def handle(self, *, seed, until, yes, **options):
        wanted = {kind: options[kind] or 0 for kind in POPULATED}
        if options["films"] is None:
            wanted["films"] = -(-wanted["moments"] // MOMENTS_A_FILM)
        self.refuse(wanted, yes)
        known = (synthetic_members().count(), existing_targets().count())
        midnight = datetime.combine(until or datetime.now(UTC), clock(), UTC)
        self.world = World(f"{seed}/{known}", midnight)
        self.made, self.rows, self.started = Counter(), 0, time.monotonic()
        self.new_posts = []
        try:
            self.populate(wanted)
        except KeyboardInterrupt:
            self.report("Stopped")
            self.stdout.write("Some counts are ahead of their rows now: `manage.py recount` puts them right.")
            raise SystemExit(130) from None
        self.report("Done")

    def refuse(self, wanted, yes):
        targets = wanted["moments"] or existing_targets().exists()
        real = User.objects.exclude(username=HOUSE).exclude(pk__in=synthetic_members().values("pk"))
        for problem, sentence in (
            (min(wanted.values()) < 0 or not any(wanted.values()), f"Say how many: {EXAMPLE}."),
            (not yes and real.exists(), "This site has real members. If you mean it, say --yes."),
            (
                synthetic_members().count() + wanted["members"] < 2,
                "Nobody is there: add --members 2 or more.",
            ),
            ((wanted["comments"] or wanted["votes"]) and not targets, "Nothing is there: add --moments."),
            (
                wanted["moments"] and not (wanted["films"] or synthetic_films()),
                "No film is there: add --films.",
            ),
        ):
            if problem:
                raise CommandError(sentence)

    def populate(self, wanted):
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA cache_size=-262144")
        self.run_step("members", wanted["members"], make_members(self.world, wanted["members"]))
        self.run_step("films", wanted["films"], make_films(self.world, wanted["films"]))
        comment_votes = int(wanted["votes"] * COMMENT_VOTES) if wanted["comments"] else 0
        wanted = wanted | {"votes": wanted["votes"] - comment_votes}
        targets = self.make_posts(wanted) if wanted["moments"] else self.existing(wanted)
        threads = ThreadMaker(self.world, wanted["comments"], comment_votes)
        self.run_step("comments", wanted["comments"], threads.make(targets), besides="votes")
        voting = VoteMaker(self.world).make(targets, known=not wanted["moments"])
        self.run_step("votes", wanted["votes"], voting)
        self.finish([] if wanted["moments"] else [target.key for target in targets if sum(target[3:])])

    def run_step(self, label, total, batches, besides="tags, feelings and more"):
        if not total:
            return
        with ProgressBar(label, total) as progress:
            for steps, rows in batches:
                self.made[label] += steps
                if rows > steps:
                    self.made[besides] += rows - steps
                self.rows += rows
                progress.step(steps)

    def make_posts(self, wanted):
        world, moments = self.world, wanted["moments"]
        songs, trivia = int(moments * SONGS_A_MOMENT), int(moments * TRIVIA_A_MOMENT)
        reviews = int(moments * REVIEWS_A_MOMENT)
        kinds = ["moment"] * moments + ["song"] * songs + ["trivia"] * trivia + ["review"] * reviews
        world.random.shuffle(kinds)
        tags = make_tags(world, min(max(moments // MOMENTS_A_TAG, TAGS[0]), TAGS[-1]))
        plan = Plan(world, kinds, wanted["votes"], wanted["comments"])
        maker = PostMaker(world, plan, synthetic_films(), tags)
        self.run_step("posts", len(kinds), maker.make())
        self.new_posts = maker.keys
        numbers = range(len(kinds))
        times = map(maker.created, numbers)
        return list(map(Target, maker.keys, maker.authors, times, plan.comments, plan.votes))

    def existing(self, wanted):
        """More comments and votes for the synthetic posts that are there."""
        posts = list(existing_targets().values_list("pk", "author", "created"))
        comments = self.world.spread(wanted["comments"], len(posts), wanted["comments"])
        votes = self.world.spread(wanted["votes"], len(posts), len(self.world.members) - 1)
        return [Target(*post, *more) for post, *more in zip(posts, comments, votes, strict=True)]

    def finish(self, posts):
        """Count what was not known before, and let the database look at its new size."""
        films, tags = synthetic_films(), Tag.objects.filter(slug__startswith=PREFIX)
        repair({Post: posts, Film: [key for key, _count in films], Tag: tags.values_list("pk", flat=True)})
        remove_some(self.new_posts)
        catch_up()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def report(self, how):
        seconds = time.monotonic() - self.started
        made = ", ".join(f"{number:,} {label}" for label, number in self.made.items()) or "nothing"
        pace = f"{self.rows:,} rows in {seconds:,.1f} s, {self.rows / seconds:,.0f} a second"
        self.stdout.write(self.style.SUCCESS(f"{how}: {made} ({pace})."))


def existing_targets():
    return Post.objects.listed().filter(author__in=synthetic_members()).order_by("pk")
