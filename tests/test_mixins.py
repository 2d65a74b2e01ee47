"""What the models mix in, and the steps of removing, restoring and deleting that depend on it."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moments.ledger.chain import fingerprint
from moments.models import (
    Comment,
    DiaryEntry,
    Event,
    EventKind,
    Film,
    LedgerEntry,
    MemberList,
    Moment,
    Person,
    Post,
    Recording,
    Song,
    Tag,
    Trivia,
    Verdict,
    mixins,
)
from moments.models.mixins.addressed import Addressed
from moments.models.mixins.arced import Arced
from moments.models.mixins.authored import Authored
from moments.models.mixins.discussed import Discussed
from moments.models.mixins.labelled import Labelled
from moments.models.mixins.lockable import Lockable
from moments.models.mixins.logged import Logged
from moments.models.mixins.moderated import Moderated
from moments.models.mixins.pictured import Pictured
from moments.models.mixins.reportable import Reportable
from moments.models.mixins.stateful import Stateful
from moments.models.mixins.tagged import Tagged
from moments.models.mixins.whole import Whole
from tests.support.makers import make_comment, make_film, make_moment, moderator

ORDER = (
    Addressed, Tagged, Pictured, Discussed, Lockable, Logged, Whole, Authored, Arced, Labelled, Reportable,
    Stateful, Moderated,
)  # fmt: skip


def test_every_model_mixes_its_abilities_in_the_one_order():
    for model in (Post, MemberList, Comment, Film, Person, Recording, Verdict, Tag, DiaryEntry):
        mixed = [base for base in model.__bases__ if base in ORDER]
        assert mixed == [base for base in ORDER if issubclass(model, base)], model
        listed = f"{model.__name__} {', '.join(base.__name__ for base in mixed)}"
        assert listed in " ".join(mixins.__doc__.split())


def test_a_new_post_has_the_kind_of_its_model_once_it_is_published(film, mia):
    fields = {"film": film, "author": mia, "body": "It rains."}
    moment = Moment(title="Rain", position=1.0, **fields)
    song = Song(title="Rain again", artist="Cast", **fields)
    claim = Trivia(title="Real rain", **fields)
    for post in (moment, song, claim):
        post.publish(["rain"])
    found = Post.objects.order_by("pk").values_list("kind", "status")
    assert list(found) == [("moment", ""), ("song", ""), ("trivia", "unsourced")]
    assert [model.objects.get() for model in (Moment, Song, Trivia)] == [moment, song, claim]


def test_a_twin_is_looked_for_once(as_mia, film):
    typed = {"title": "The Bench", "body": "They dance above the town.", "tags": "night", "anyway": "1"}
    form = as_mia.get(f"{film.get_absolute_url()}moments/new/").context["form"]
    typed |= {"nonce": str(form["nonce"].value()), "after": ""}
    with CaptureQueriesContext(connection) as asked:
        assert as_mia.post(f"{film.get_absolute_url()}moments/new/", typed).status_code == 302
    twins = [query for query in asked if '"title" = ' in query["sql"] and '"created" > ' in query["sql"]]
    assert len(twins) == 1


def test_the_author_of_a_removed_post_does_not_take_its_still_away(
    moment, mia, django_capture_on_commit_callbacks
):
    name = default_storage.save("stills/kept.webp", ContentFile(b"a picture"))
    Moment.objects.filter(pk=moment.pk).update(still=name)
    moment.refresh_from_db()
    open_page = Moment.objects.get(pk=moment.pk)
    Moment.objects.filter(pk=moment.pk).update(state="removed")
    with django_capture_on_commit_callbacks(execute=True):
        assert open_page.delete_by_author() is False
    assert default_storage.exists(name)
    assert Moment.objects.get(pk=moment.pk).still.name == name


def test_a_post_that_is_deleted_leaves_its_newest_address(moment, mia, film):
    open_page = Moment.objects.get(pk=moment.pk)
    moment.title = "Another Lovely Night"
    moment.revise()
    assert open_page.delete_by_author()
    assert set(open_page.former_slugs.values_list("slug", flat=True)) == {
        "a-lovely-night",
        "another-lovely-night",
    }


def test_what_was_deleted_says_so_itself(moment):
    assert moment.delete_by_author()
    stored = Moment.objects.get(pk=moment.pk)
    for name in ("state", *moment.erased_values):
        assert getattr(moment, name) == getattr(stored, name), name
    assert (moment.state, moment.title, moment.body) == ("deleted", "Deleted", "")


def test_the_texts_of_an_older_version_stand_in_the_order_of_now(moment):
    assert moment.ledger_texts_of({"body": "They dance.", "title": "The bench", "mood": "blue"}) == [
        "The bench",
        "They dance.",
    ]
    assert moment.ledger_texts_of(moment.texts) == moment.ledger_texts == list(moment.texts.values())


def test_what_is_removed_without_a_word_has_a_row_without_one(moment, keith):
    assert moment.remove(keith, "spam") is True
    assert (moment.removal.note, moment.removal.target) == ("", f"post/{moment.pk}")


def test_why_it_was_restored_stands_in_the_ledger(moment, keith):
    moment.remove(keith, "spam")
    assert moment.restore(keith, "It was no spam.") is True
    row = LedgerEntry.objects.order_by("number").last()
    assert (row.action, row.target, row.note) == ("restore", f"post/{moment.pk}", "It was no spam.")
    event = Event.objects.get(kind=EventKind.RESTORED)
    assert (event.actor_id, event.number) == (keith.pk, row.pk)
    assert row.text == fingerprint(moment.ledger_texts)


def test_a_film_that_was_merged_is_not_restored(film):
    other = make_film("La La Land")
    other.merge_into(moderator(), film)
    other.refresh_from_db()
    assert (other.is_removed, other.restore(moderator())) == (True, False)


def test_a_comment_is_restored_to_the_count_of_its_thread(moment, seb):
    comment = make_comment(moment, seb)
    for verb, count in (("remove", 0), ("restore", 1)):
        details = ("spam",) if verb == "remove" else ()
        assert getattr(comment, verb)(moderator(), *details)
        assert not getattr(comment, verb)(moderator(), *details)
        assert Post.objects.get(pk=moment.pk).comment_count == count


def test_a_post_whose_film_is_removed_is_restored_together_with_it(film, mia):
    moment = make_moment(film, mia)
    moment.remove(moderator(), "spam")
    film.remove(moderator(), "spam")
    assert moment.restore(moderator())
    assert moment.state == "withheld"
    assert film.restore(moderator())
    moment.refresh_from_db()
    assert (moment.state, moment.removal) == ("visible", None)
