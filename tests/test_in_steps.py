"""Long work for one member in steps: whose turn it is, who makes the next one, and what is over."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from moments.models import Export
from moments.models.mixins import in_steps
from moments.models.mixins.in_steps import LEASE, OVER_AT_ONCE, READY_KEPT_FOR
from tests.support.makers import make_member

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What is done once a transaction is safe, such as deleting files."""
    return django_capture_on_commit_callbacks


def export_of(name, due, **fields):
    return Export.objects.create(
        member=make_member(name), due=due, **{"kept_until": due + READY_KEPT_FOR} | fields
    )


def kept(export):
    return Export.objects.filter(pk=export.pk).values_list("state", "due", "attempts", "cursor").get()


def left():
    return list(Export.objects.order_by("member").values_list("member__username", flat=True))


def test_whoever_waits_longest_has_the_next_turn_and_a_wrong_clock_keeps_nobody(at):
    export_of("second", at)
    export_of("first", at - MOMENT)
    export_of("third", at)
    export_of("later", at + MOMENT)
    export_of("as-late-as-can-be", at + 2 * READY_KEPT_FOR)
    export_of("by-a-wrong-clock", at + 2 * READY_KEPT_FOR + MOMENT)
    for state in (Export.State.STOPPED, Export.State.READY, Export.State.FAILED):
        export_of(state, at - MOMENT, state=state)
    assert [export.member.username for export in Export.objects.due(at)] == [
        "first", "second", "third", "by-a-wrong-clock",
    ]  # fmt: skip


def test_one_process_takes_a_step_and_another_once_the_first_had_its_time(at):
    export = export_of("mia", at, attempts=2)
    same = Export.objects.get()
    assert (export.take(at), same.take(at)) == (True, False)
    assert kept(export) == ("making", at + LEASE, 2, 0)
    assert (list(Export.objects.due(at)), list(Export.objects.due(at + LEASE))) == ([], [export])


def test_what_a_step_made_is_noted_unless_it_was_stopped_and_goes_on_from_there(at):
    export, other = export_of("mia", at + LEASE, attempts=2), export_of("seb", at + LEASE, attempts=3)
    assert export.note(at, cursor=7)
    assert kept(export) == ("making", at, 0, 7)
    assert (export.go_on(), export.stop(), export.stop()) == (False, True, False)
    assert (export.note(at + MOMENT, cursor=8), Export.objects.get(pk=export.pk).take(at)) == (False, False)
    assert kept(export) == ("stopped", at, 0, 7)
    begun = timezone.now()
    assert (export.go_on(), export.go_on()) == (True, False)
    state, due, *rest = kept(export)
    assert (state, begun <= due <= timezone.now(), rest) == ("making", True, [0, 7])
    assert kept(other) == ("making", at + LEASE, 3, 0)


def test_what_is_over_goes_with_its_files_the_oldest_first(at, monkeypatch, committed):
    private = storages["private"]
    for name, until in {
        "kept": at + MOMENT,
        "newer": at,
        "oldest": at - READY_KEPT_FOR,
        "older": at - MOMENT,
        "as-late-as-can-be": at + 2 * READY_KEPT_FOR,
        "by-a-wrong-clock": at + 2 * READY_KEPT_FOR + MOMENT,
    }.items():
        export = export_of(name, at, kept_until=until)
        private.save(export.file_name, ContentFile(b"all of it"))
    files = {export.member.username: export.file_name for export in Export.objects.order_by("pk")}
    assert OVER_AT_ONCE == 100
    monkeypatch.setattr(in_steps, "OVER_AT_ONCE", 2)
    with committed(execute=True):
        Export.objects.expire(at)
    assert left() == ["kept", "newer", "as-late-as-can-be", "by-a-wrong-clock"]
    assert [name for name, file in files.items() if private.exists(file)] == left()
    with committed(execute=True):
        Export.objects.expire(at)
    assert left() == ["kept", "as-late-as-can-be"]
