"""The pages on which members bring what other places hold of them, look at it, begin, stop and undo it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moments.archives.bringing import undoing, writing
from moments.archives.bringing.joining import join_due
from moments.archives.bringing.making import make_due
from moments.forms.homecoming import LARGEST_FILE
from moments.models import DiaryEntry, Homecoming, Import, Notification, Rating, WaitingWork, waiting_work
from tests.support.from_elsewhere import make_homecoming, make_waiting
from tests.support.homecoming import LETTERBOXD, OF_EVERY_PLACE, TV_TIME, bytes_of, zipped
from tests.support.imports import POST, archive
from tests.support.makers import make_film, make_moment
from tests.support.markup import faults
from tests.support.notifications import tell_all
from tests.support.rows import for_each

HOME = "/import/"
CHOSEN = {"parts": ["seen"], "audience": "diary", "reviews": "private", "comments": "private"}


def work():
    """All that the task process would do by now."""
    for _turn in range(200):
        if not (make_due(timezone.now()) or join_due(timezone.now())):
            return
    raise AssertionError("It does not come to an end.")


def sent(client, files, name="brought.zip"):
    """The answer to the file, sent twice, and its homecoming when it is read and compared."""
    answer = client.post(HOME, {"file": SimpleUploadedFile(name, zipped(files))})
    twin = client.post(HOME, {"file": SimpleUploadedFile(name, zipped(files))})
    assert (twin["Location"], Homecoming.objects.count()) == (answer["Location"], 1)
    work()
    return answer, Homecoming.objects.order_by("-pk").first()


@pytest.fixture
def ponyo(db):
    return make_film("Ponyo", year=2008)


def test_a_file_is_looked_at_and_begun_and_its_member_alone_is_told(as_mia, mia, ponyo):
    answer, row = sent(as_mia, LETTERBOXD)
    page = as_mia.get(answer["Location"])
    assert (answer["Location"], row.state, faults(page.text)) == (f"/import/{row.pk}/", "held", [])
    assert page.context["missing"] == [
        "Crash (1996)", "Crash (2004)", "Heat (1995)", "Jaws, again (1975)", "Stalker (1979)",
    ]  # fmt: skip
    refused = as_mia.post(answer["Location"], {"parts": ["seen", "feelings"], "audience": "everybody"})
    assert (refused.status_code, faults(refused.text), DiaryEntry.objects.count()) == (422, [], 0)
    chosen = CHOSEN | {"parts": ["seen", "ratings"], "audience": "me"}
    for _twice in range(2):
        assert as_mia.post(answer["Location"], chosen)["Location"] == answer["Location"]
    work()
    assert list(DiaryEntry.objects.values_list("whole_film", "audience")) == [(ponyo.pk, "me")]
    assert Rating.objects.get().stars == 9
    tell_all()
    told = Notification.objects.get()
    assert (told.member, told.kind, told.number) == (mia, "brought", row.pk)
    assert as_mia.post(f"/notifications/{told.pk}/open/")["Location"] == answer["Location"]
    done = as_mia.get(answer["Location"])
    assert [line["made"] for line in done.context["outcome"]] == [1, 0], "the entry has the rating"
    assert faults(done.text) == []


def test_what_it_made_is_undone_from_a_page_that_asks_first(as_mia, mia, ponyo):
    answer, row = sent(as_mia, LETTERBOXD)
    as_mia.post(answer["Location"], CHOSEN)
    work()
    page = as_mia.get(f"/import/{row.pk}/undo/")
    assert (page.status_code, DiaryEntry.objects.count(), faults(page.text)) == (200, 1, [])
    as_mia.post(f"/import/{row.pk}/undo/")
    work()
    assert (DiaryEntry.objects.count(), WaitingWork.objects.count()) == (0, 0)
    assert faults(as_mia.get(f"/import/{row.pk}/").text) == []
    assert as_mia.get(f"/import/{row.pk}/undo/")["Location"] == f"/import/{row.pk}/"


def test_our_own_archive_goes_its_own_way_and_what_is_no_file_of_any_place_is_said(as_mia, mia):
    assert as_mia.post(HOME, {"file": archive(posts=[POST])})["Location"] == reverse("import")
    assert (Import.objects.get().member, Homecoming.objects.count()) == (mia, 0)
    odd = [b"", b"hello", zipped({"notes.txt": "a"}), b"PK\x03\x04cut off"]
    answers = [as_mia.post(HOME, {"file": SimpleUploadedFile("a.csv", content)}) for content in odd]
    assert [answer.status_code for answer in answers] == [422] * 4
    assert [bool(answer.context["form"].errors) for answer in answers] == [True] * 4
    assert (Homecoming.objects.count(), as_mia.post(HOME).status_code) == (0, 422)


def uploads(files):
    return {
        "file": [
            SimpleUploadedFile(name.rpartition("/")[2], bytes_of(content)) for name, content in files.items()
        ]
    }


@for_each("place", ["letterboxd", "tv-time"])
def test_what_a_browser_unpacked_is_brought_at_once(as_mia, mia, place):
    files = {name: text for name, text in OF_EVERY_PLACE[place].items() if not name.startswith("deleted/")}
    as_mia.post(HOME, uploads(files | {"empty.csv": ""}))
    work()
    row = Homecoming.objects.get()
    whole = sent(as_mia, files)[1]
    assert (row.state, row.source, row.name) == ("held", place, f"{next(iter(files))} +{len(files) - 1}")
    assert (row.found["counts"], row.found["works"]) == (whole.found["counts"], whole.found["works"])
    assert len(row.found["opened"]) == len(whole.found["opened"])


@for_each(
    "files",
    [
        {"diary.csv": LETTERBOXD["diary.csv"], "deleted/diary.csv": LETTERBOXD["diary.csv"]},
        {"diary.csv": LETTERBOXD["diary.csv"], "letterboxd.zip": zipped(LETTERBOXD)},
        dict.fromkeys(["a.csv", "b.csv", "c.csv"], "x" * (LARGEST_FILE // 3 + 1)),
        {"a.csv": "", "b.csv": ""},
        {"a.csv": "a", "b.csv": "b"},
    ],
)
def test_files_that_do_not_go_together_are_refused_with_one_sentence(as_mia, files):
    answer = as_mia.post(HOME, uploads(files))
    assert (answer.status_code, faults(answer.text), Homecoming.objects.count()) == (422, [], 0)
    assert sum(map(len, answer.context["form"].errors.values())) == 1


def test_whoever_is_signed_out_comes_back_here(client, db):
    page = client.get(HOME)
    assert f"{reverse('account_signup')}?next=/import/" in page.text
    assert client.post(HOME, {"file": SimpleUploadedFile("a.csv", b"a")})["Location"].endswith(
        "?next=%2Fimport%2F"
    )


def test_a_page_asks_how_far_it_is_until_there_is_another_one_to_see(as_mia, mia):
    row = make_homecoming(mia, "making", total=200, passed=60)
    url = f"/import/{row.pk}/?stage=writing&told="
    quiet, told = (as_mia.get(url + said, headers={"HX-Request": "true"}) for said in ("25", "0"))
    assert ("data-hx-swap-oob" in quiet.text, "data-hx-swap-oob" in told.text) == (False, True)
    assert "60" in quiet.text
    as_mia.post(f"/import/{row.pk}/stop/")
    row.refresh_from_db()
    assert row.state == "stopped"
    assert as_mia.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert faults(as_mia.get(f"/import/{row.pk}/").text) == []
    for _twice in range(2):
        as_mia.post(f"/import/{row.pk}/go-on/")
    row.refresh_from_db()
    assert row.state == "making"
    assert faults(as_mia.get(f"/import/{row.pk}/").text) == []
    row.stop()
    as_mia.post(f"/import/{row.pk}/finish/")
    row.refresh_from_db()
    assert row.state == "done"
    assert as_mia.post(f"/import/{row.pk}/drop/")["Location"] == HOME
    assert Homecoming.objects.filter(pk=row.pk).exists(), "what is written is undone, and not forgotten"
    for state, facts in (("failed", {"problem": "TooLarge"}), ("making", {"stage": "undoing"})):
        row = make_homecoming(mia, state, **facts)
        assert faults(as_mia.get(f"/import/{row.pk}/").text) == []


def test_a_film_is_chosen_once_for_all_equal_rows_or_left_alone(as_mia, mia):
    answer, row = sent(as_mia, LETTERBOXD)
    chosen = CHOSEN | {"parts": ["seen", "lists"]}
    as_mia.post(answer["Location"], chosen)
    work()
    again, other = make_waiting(mia, number=row.pk + 1), make_waiting(mia, "Home video", None, records=9)
    page = as_mia.get("/import/films/")
    assert faults(page.text) == []
    shown = [(str(work), work.records) for work in page.context["rows"]]
    assert shown[:2] == [("Home video", 9), ("Ponyo (2008)", 4)]
    as_mia.post(f"/import/films/{other.pk}/leave/")
    assert [str(work) for work in as_mia.get("/import/films/?show=left").context["rows"]] == ["Home video"]
    as_mia.post(f"/import/films/{other.pk}/take-up/")
    film = make_film("Gake no ue no Ponyo", year=2008)
    WaitingWork.objects.filter(pk=make_waiting(mia, "Dark", number=99).pk).update(film=film)
    page = as_mia.get("/import/films/?show=episodes")
    assert ([work.film for work in page.context["rows"]], faults(page.text)) == ([film], [])
    assert as_mia.get("/import/films/?show=else").status_code == 404
    found = as_mia.get(f"/import/films/{again.pk}/?q=gake")
    assert ([each.pk for each in found.context["films"]], faults(found.text)) == ([film.pk], [])
    assert as_mia.post(f"/import/films/{again.pk}/", {"film": "nothing"}).status_code == 404
    as_mia.post(f"/import/films/{again.pk}/", {"film": film.pk})
    work()
    assert DiaryEntry.objects.get().whole_film == film
    assert [str(work) for work in WaitingWork.objects.of(mia).waiting()][:1] == ["Home video"]


def test_who_brought_what_is_not_here_is_told_so_beside_their_films_and_days(as_mia, mia, seb, monkeypatch):
    as_seb = Client()
    as_seb.force_login(seb)
    pages = [f"{mia.get_absolute_url()}{tab}" for tab in ("films/", "diary/")]
    link = reverse("waiting-works")
    assert [link in as_mia.get(page).text for page in pages] == [False] * 2
    make_waiting(mia), make_waiting(mia, "Heat", 1995)
    for most, number in ((2, 2), (1, None)):
        monkeypatch.setattr(waiting_work, "MOST_TOLD", most)
        for page in pages:
            own, others = (client.get(page) for client in (as_mia, as_seb))
            assert (own.context["waiting"], link in own.text, faults(own.text)) == (number, True, [])
            assert (others.context["waiting"], link in others.text) == (0, False)


def test_a_feeling_is_what_its_member_says_and_is_offered_at_the_moments_of_its_film(as_mia, mia, seb, ponyo):
    moment = make_moment(ponyo, seb, "The wave")
    answer, _row = sent(as_mia, TV_TIME)
    page = as_mia.get(answer["Location"])
    felt = [(raw, count, field.value()) for field, raw, count in page.context["form"].feelings]
    assert (sorted(felt), faults(page.text)) == (
        [("12", 1, ""), ("30", 1, "heartbreak"), ("33", 1, "laughter")],
        [],
    )
    assert as_mia.get(moment.get_absolute_url()).context.get("felt_before", []) == []
    chosen = CHOSEN | {"parts": ["seen", "feelings"], "feeling-30": "wonder"}
    as_mia.post(answer["Location"], chosen)
    work()
    felt = [(entry.feelings, entry.audience) for entry in DiaryEntry.objects.all() if entry.feelings]
    assert felt == [(["wonder"], "me")]
    page = as_mia.get(moment.get_absolute_url())
    (offered,) = page.context["felt_before"]
    assert (offered.feeling.slug, offered.is_of_episode, faults(page.text)) == ("wonder", False, [])
    as_mia.post(reverse("feel", args=[moment.pk]), {"feeling": "wonder"})
    assert as_mia.get(moment.get_absolute_url()).context["felt_before"] == []


def test_who_brought_something_is_told_when_it_was_given_up_and_lets_it_go_on(
    as_mia, mia, ponyo, monkeypatch
):
    row = sent(as_mia, LETTERBOXD)[1]
    here = reverse("homecoming", args=[row.pk])
    as_mia.post(here, CHOSEN)

    def broken(*_of):
        raise ValueError

    for module, name, again, state in (
        (writing, "write_records", "go-on", ("stopped", "not-written")),
        (undoing, "count_in_films", "undo", ("done", "not-undone")),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, broken)
            work()
        row.refresh_from_db()
        tell_all()
        told = Notification.objects.get()
        assert (row.state, row.problem, told.kind, told.detail) == (*state, "brought", state[1])
        assert faults(as_mia.get(here).text) == []
        as_mia.post(reverse(f"homecoming-{again}", args=[row.pk]))
        work()
        tell_all()
        row.refresh_from_db()
        if row.state == "done":
            assert (row.problem, Notification.objects.get().detail) == ("", "")
            as_mia.post(reverse("homecoming-undo", args=[row.pk]))
    assert (row.state, row.problem, DiaryEntry.objects.count()) == ("undone", "", 0)
