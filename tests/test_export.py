"""What a member takes along: every table that names them, for them alone, in files that others read."""

import csv
import io
import json
from datetime import timedelta
from hashlib import sha256
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from accounts.models import User
from moments.archives.exports import columns
from moments.archives.exports.cells import RISKY, cell, text_of
from moments.archives.exports.making import STEPS, make_due
from moments.archives.exports.parts import LEFT_OUT, PARTS, PARTS_BY_NAME
from moments.models import (
    Export,
    Film,
    LedgerEntry,
    Mute,
    Progress,
    Reminder,
    SavedPost,
)
from moments.models.export import ONCE_IN, ExportedToday
from moments.models.mixins.in_steps import LEASE, READY_KEPT_FOR
from moments.spoilers.rules import ProgressPoint
from moments.tasks import tidy
from tests.support.exports import files_of, make_export, opened, rows_of
from tests.support.makers import (
    make_comment,
    make_copies,
    make_entry,
    make_member,
    make_moment,
    make_trivia,
)
from tests.support.notifications import inbox_of, tell_all
from tests.support.rows import for_each


def test_every_column_that_names_a_member_is_exported_or_left_out_for_a_reason():
    named = {
        f"{model._meta.label}.{column.name}"
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if column.related_model is User and not model._meta.proxy
    }
    exported = {owner for part in PARTS for owner in part.owners}
    assert sorted(named - exported - set(LEFT_OUT)) == []
    assert sorted((exported | set(LEFT_OUT)) - named) == [], "these are no columns any more"
    assert all(LEFT_OUT.values())


def test_no_two_parts_share_a_name():
    assert len(PARTS_BY_NAME) == len(PARTS)


@pytest.fixture
def life(film, mia, seb, moment):
    """Mia has done one of everything that is easily done."""
    own = make_moment(film, mia, "=SUM(A1)", body='Über allem\n@seb, "quoted"')
    claim = make_trivia(film, mia, "The Envelope")
    claim.cite([("https://example.org/one", "One")])
    others = make_moment(film, seb, "The Dance")
    comment = make_comment(own, mia, "Mine.")
    make_comment(own, mia, "An answer.", parent=comment)
    make_comment(own, seb, "A secret of seb's.")
    others.upvote(mia), others.feel(mia, "joy"), own.feel(mia, "love")
    make_entry(own, mia, feelings=["love"], note="-1 to my heart")
    saved, _is_new = SavedPost.objects.add(mia, others.pk)
    saved.amend("For later", "Rain")
    SavedPost.objects.add(mia, own.pk)
    Reminder.objects.add(mia, others, timezone.localdate() + timedelta(days=3), "Again.")
    Mute.objects.add(mia, make_member("brandt"))
    return own


def test_the_archive_has_every_part_twice_and_says_what_it_is(life, mia):
    archive = opened(make_export(mia))
    names = {f"{part.name}.{kind}" for part in PARTS for kind in ("csv", "ndjson")}
    assert set(archive.namelist()) == names | {"README.txt", "reelive.json"}
    manifest = json.loads(archive.read("reelive.json"))
    assert (manifest["member"], manifest["rows"]["posts"]) == ("mia", 3)
    text = archive.read("README.txt").decode()
    for part in PARTS:
        assert f"{part.name}.csv" in text
        assert [column for column in part.all_columns if f"  {column}: " not in text] == []


def test_both_files_of_a_part_say_the_same(life, mia):
    archive = opened(make_export(mia))
    for part in PARTS:
        rows = rows_of(archive, part.name)
        text = io.TextIOWrapper(archive.open(f"{part.name}.csv"), "utf-8-sig", newline="")
        table = list(csv.DictReader(text))
        cells = [{column: text_of(said) for column, said in row.items()} for row in table]
        assert cells == [{column: text_of(cell(said)) for column, said in row.items()} for row in rows]
        assert [said for row in table for said in row.values() if said.startswith(RISKY[:-1])] == []


@for_each("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'quoted'", "plain", ""])
def test_a_cell_is_harmless_and_can_be_read_back(text):
    assert not cell(text).startswith(RISKY[:-1])
    assert text_of(cell(text)) == text


def test_texts_come_out_as_they_were_written(life, mia):
    archive = opened(make_export(mia))
    post = rows_of(archive, "posts")[1]
    assert (post["title"], post["body"]) == (life.title, life.body)
    assert post["tags"] == ["stars"]
    assert [row["note"] for row in rows_of(archive, "diary")] == ["-1 to my heart"]
    first, answer = rows_of(archive, "comments")
    assert (answer["answers_uid"], answer["post_uid"]) == (first["uid"], post["uid"])
    assert [(row["folder"], row["note"]) for row in rows_of(archive, "saved")] == [
        ("Rain", "For later"),
        ("", ""),
    ]
    assert [row["member"] for row in rows_of(archive, "mutes")] == ["/members/brandt/"]


def test_nothing_that_others_wrote_or_did_is_in_it(life, mia, seb):
    life.upvote(seb)
    Mute.objects.add(seb, mia)
    archive = opened(make_export(mia))
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "A secret of seb" not in everything
    assert "The Dance" not in everything
    assert "seb@example.org" not in everything
    mutes = rows_of(opened(make_export(seb)), "mutes")
    assert [(row["member"], row["until"]) for row in mutes] == [("/members/mia/", None)]


def test_what_is_removed_or_veiled_is_named_without_its_words(film, mia, seb, keith):
    gone, later = make_moment(film, seb, "Gone words"), make_moment(film, seb, "Later words", spoiler=True)
    for post in (gone, later):
        post.upvote(mia)
    gone.remove(keith, "spam")
    addresses = [row["post"] for row in rows_of(opened(make_export(mia)), "upvotes")]
    assert addresses == [f"/posts/{gone.pk}/", f"/posts/{later.pk}/"]


def test_a_film_that_was_removed_has_no_name_in_it(life, film, mia, keith):
    Progress.objects.set_progress(mia, film, ProgressPoint(3.5, None))
    Film.objects.get(pk=film.pk).remove(keith, "copyright")
    archive = opened(make_export(mia))
    named = [row["film_title"] for part in ("posts", "progress") for row in rows_of(archive, part)]
    assert named == ["", "", "", ""]
    assert "la-la-land" not in "".join(row["address"] for row in rows_of(archive, "posts"))


def test_the_rows_of_the_ledger_can_be_verified(life, mia, keith):
    life.remove(keith, "spam", "It was.")
    make_moment(life.film, keith).remove(keith, "spam")
    (row,) = rows_of(opened(make_export(mia)), "ledger")
    assert (row["target"], row["note"]) == (f"post/{life.pk}", "It was.")
    hashed = {name: said for name, said in row.items() if name not in ("hash", "signature")}
    words = json.dumps(hashed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sha256(words.encode()).hexdigest() == row["hash"]
    assert LedgerEntry.objects.get(pk=row["number"]).signature == row["signature"]


def test_the_number_of_queries_does_not_grow_with_the_rows(life, mia, film, monkeypatch):
    monkeypatch.setattr(columns, "ROWS_AT_ONCE", 10_000)

    def queries():
        counts = {}
        for part in PARTS:
            with CaptureQueriesContext(connection) as asked:
                part.batch(User.objects.get(pk=mia.pk), 0)
            counts[part.name] = len(asked)
        return counts

    few = queries()
    posts = [make_moment(film, mia) for _number in range(9)]
    for post in posts:
        make_comment(post, mia), make_entry(post, mia), post.feel(mia, "joy")
        SavedPost.objects.add(mia, post.pk)
    many = queries()
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}


def test_long_parts_are_written_batch_by_batch(life, mia, film, monkeypatch):
    monkeypatch.setattr(columns, "ROWS_AT_ONCE", 2)
    make_copies(make_comment(life, mia), 5, nonce=lambda _number: None)
    keys = list(mia.comments.order_by("pk").values_list("pk", flat=True))
    rows = rows_of(opened(make_export(mia)), "comments")
    assert [row["address"] for row in rows] == [f"/comments/{key}/" for key in keys]


# How it is made.


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What is done once a transaction is safe, such as deleting files."""
    return django_capture_on_commit_callbacks


def steps(number):
    for _step in range(number):
        assert make_due(timezone.now())


def test_it_can_be_stopped_and_goes_on_where_it_was(life, mia):
    export = Export.objects.ask(mia, False)
    steps(4)
    export.stop()
    assert not make_due(timezone.now())
    export.refresh_from_db()
    assert (export.state, export.part) == ("stopped", 4)
    export.go_on()
    while make_due(timezone.now()):
        pass
    export.refresh_from_db()
    assert export.state == "ready"
    assert len(rows_of(opened(export), "posts")) == 3


def test_it_is_taken_up_when_the_process_died(life, mia, monkeypatch):
    export, now = Export.objects.ask(mia, False), timezone.now()
    steps(1)
    export.refresh_from_db()
    assert export.take(export.due), "a process has begun the second step, and dies"
    storages["private"].save(export.next_piece, io.BytesIO(b"half a li"))
    assert not make_due(now)
    later = now + LEASE + timedelta(minutes=1)
    while make_due(later):
        pass
    export.refresh_from_db()
    assert export.state == "ready"
    assert len(rows_of(opened(export), "posts")) == 3


def test_what_cannot_be_made_is_given_up_and_may_be_asked_for_again(mia, monkeypatch, committed):
    def fail(*_args):
        raise ValueError

    monkeypatch.setattr("moments.archives.exports.making.begun", fail)
    with committed(execute=True):
        export = make_export(mia)
    assert export.state == "failed"
    assert files_of(export) == []
    assert Export.objects.ask(mia, False).state == "making"


def test_there_is_one_a_day(mia):
    export = make_export(mia)
    with pytest.raises(ExportedToday):
        Export.objects.ask(mia, False)
    Export.objects.filter(pk=export.pk).update(created=timezone.now() - ONCE_IN)
    Export.objects.ask(mia, False)
    assert Export.objects.get(member=mia).state == "making"


def test_the_member_is_told_when_it_is_ready(mia):
    make_export(mia)
    tell_all()
    assert [row.kind for row in inbox_of(mia)] == ["export"]


def test_it_is_gone_after_a_week(mia, committed):
    with committed(execute=True):
        export = make_export(mia)
    assert files_of(export) == export.archive_names
    with committed(execute=True):
        tidy(timezone.now() + READY_KEPT_FOR - timedelta(minutes=1))
    assert files_of(export) == export.archive_names
    with committed(execute=True):
        tidy(timezone.now() + READY_KEPT_FOR)
    assert (files_of(export), Export.objects.count()) == ([], 0)


def test_the_oldest_go_where_all_together_are_too_large(mia, seb, monkeypatch):
    monkeypatch.setattr("moments.models.export.OF_ALL", 1)
    make_export(mia)
    assert Export.objects.count() == 0
    monkeypatch.setattr("moments.models.export.OF_ALL", 10**9)
    make_export(seb), make_export(mia)
    assert Export.objects.count() == 2


def test_it_goes_with_the_account(mia, committed):
    export = make_export(mia)
    with committed(execute=True):
        delete_account(mia, take_texts=False)
    assert (files_of(export), Export.objects.count()) == ([], 0)


# The page.


def test_the_page_asks_for_one_and_shows_how_far_it_is(as_mia, mia):
    as_mia.post(reverse("export"), {"with_pictures": "on"})
    steps(2)
    page = as_mia.get(reverse("export"))
    assert (page.context["done"], page.context["steps"]) == (2, STEPS)
    as_mia.post(reverse("export-stop"))
    assert Export.objects.get().state == "stopped"
    as_mia.post(reverse("export-go-on"))
    while make_due(timezone.now()):
        pass
    assert reverse("export-file") in as_mia.get(reverse("export")).text


def test_the_file_is_for_its_member_alone(as_mia, mia, client):
    make_export(mia)
    response = as_mia.get(reverse("export-file"))
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["Content-Disposition"].startswith('attachment; filename="reelive-mia-')
    with ZipFile(io.BytesIO(response.getvalue())) as archive:
        assert len(rows_of(archive, "profile")) == 1
    client.force_login(make_member("brandt"))
    assert client.get(reverse("export-file")).status_code == 404
    assert client.get(f"/media/{mia.export.archive_names[0]}").status_code == 404
    client.logout()
    assert client.get(reverse("export-file"))["Location"].startswith(reverse("account_login"))


def test_staff_see_which_there_are_and_nothing_of_what_is_in_them(as_keith, mia):
    export = make_export(mia)
    for address in ("/admin/moments/export/", f"/admin/moments/export/{export.pk}/change/"):
        page = as_keith.get(address)
        assert page.status_code == 200
        assert "mia" in page.text
        assert export.token not in page.text


def test_a_second_one_on_the_same_day_is_refused_with_a_sentence(as_mia, mia):
    make_export(mia)
    page = as_mia.post(reverse("export"), {})
    assert page.status_code == 422
    assert str(ExportedToday.sentence) in page.text


def test_what_is_not_there_can_neither_be_stopped_nor_taken(as_mia):
    for name in ("export-stop", "export-go-on"):
        assert as_mia.post(reverse(name)).status_code == 404
    assert as_mia.get(reverse("export-file")).status_code == 404
