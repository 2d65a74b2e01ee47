"""The house's own films, and what members did there, for tests that look at every page."""

from django.core.management import call_command

from moments.management.fixtures import FIXTURES
from moments.models import Favourite, Film, Moment, Mute, Reminder, Report, Restrict, SavedPost, Trivia
from moments.notifications.unsubscribing import address_of
from tests.support.from_elsewhere import FOUND, make_homecoming, make_waiting
from tests.support.makers import (
    make_comment,
    make_film,
    make_list,
    make_member,
    make_moment,
    make_revision,
    moderator,
)
from tests.support.walk import one_of_everything


def furnish():
    """The house's own films, and what two members did there. Returns what the addresses need."""
    call_command("loaddata", *FIXTURES, verbosity=0)
    mia, seb = make_member("mia"), make_member("seb")
    make_member("keith", is_staff=True, is_superuser=True)
    lovely = Moment.objects.get(slug="a-lovely-night")
    talk = make_comment(lovely, mia, "The *lamp post* deserves >!an award!<.")
    answer = make_comment(lovely, seb, "It held the light, @mia.", talk)
    make_comment(lovely, mia, "Gone.", answer).delete_by_author()
    lovely.feel(seb, "wonder")
    entry = lovely.relive(seb, note="With popcorn.")
    lovely.relive(seb, date=entry.date.replace(year=entry.date.year - 2, day=1), note="With tears.")
    talk.upvote(seb), lovely.upvote(seb)
    Favourite.objects.add(seb, lovely)
    Reminder.objects.add(seb, lovely, entry.date.replace(year=entry.date.year + 1, day=1), "With @mia.")
    saved, _is_new = SavedPost.objects.add(seb, lovely.pk)
    saved.amend("For a rainy day.", "Rain")
    dances = make_list(
        seb, lovely, lovely.film, title="Dances", body="All *dances*.", is_ranked=True, note="Look."
    )
    dances.writers.create(member=mia)
    make_comment(dances, mia, "All of them.")
    make_list(mia, title="Steps").writers.create(member=seb)
    Moment.objects.get(slug="the-restaurant-scene").remove(moderator(), "spam")
    own = Moment.objects.get(slug="mias-one-woman-show")
    Moment.objects.filter(pk=own.pk).update(author=seb)
    revision = make_revision(own, title="Her play", body="Nobody came. >!She goes home, he thinks.!<")
    make_revision(own, body="Nobody came. >!She goes home, for good.!<").revoke(seb)
    film = own.film
    film.year, film.original_title = 1901, "Buy pills"
    film.revise(mia)
    film.revisions.get().restore(seb)
    claim = Trivia.objects.get(slug="mias-wardrobe")
    claim.judge(mia, "dispute", "It was bought."), claim.judge(seb, "confirm", url="https://example.org/a")
    Mute.objects.add(seb, mia), Restrict.objects.add(seb, mia)
    make_waiting(seb)
    report, _new = Report.objects.file(seb, talk, "spam", "It praises a lamp.")
    keys = {
        "saved": saved.pk,
        "list": dances.pk,
        "list_entry": dances.entries.first().pk,
        "folder": seb.saved_folders.get().pk,
        "report": report.pk,
        "homecoming": make_homecoming(seb, source="tv-time", found=FOUND | {"felt": {"32": 4, "7": 1}}).pk,
        "member": mia.pk,
        "revision": revision.pk,
        "comment": talk.pk,
        "answer": answer.pk,
        "own": own.pk,
    }
    letter = address_of(seb, "daily").strip("/").rpartition("/")[2]
    world = furnish_another_film()
    return keys | {"claim": claim.pk, "entry": entry.pk, "day": entry.date, "letter": letter, "world": world}


def furnish_another_film():
    """One of everything by a third member, as values for the addresses by name."""
    world = one_of_everything(make_moment(make_film("Ferries"), make_member("tom"), "The Crossing"))
    Film.objects.filter(slug=world["film"]).update(still="")  # of which there is no file
    return world
