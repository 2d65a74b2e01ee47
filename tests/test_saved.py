"""Posts that a member saved, with notes and in folders: for nobody else, and for ever unless they say so."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from moments.models import Mute, SavedFolder, SavedPost
from moments.models.saved import MOST_FOLDERS, UNDOABLE, FolderNameTaken, TooManyFolders
from moments.tasks import tidy
from tests.support.makers import make_copies, make_moment, make_more_posts
from tests.support.pages import select, texts

HTMX = {"HX-Request": "true"}


def verb(name, post):
    return reverse(f"post-{name}", args=[post.pk])


@pytest.fixture
def row(moment, seb):
    """Seb saved the moment, with a note and in a folder."""
    row, _is_new = SavedPost.objects.add(seb, moment.pk)
    row.amend("For a rainy day", "Rain")
    row.refresh_from_db()
    return row


def shown(client, query=""):
    """The states of the posts on the page, in its order."""
    return [item["data-state"] for item in select(client.get(f"/saved/{query}"), "[data-state]")]


def test_a_member_saves_a_post_once_and_takes_that_back(as_seb, moment, seb):
    for _twice in range(2):
        as_seb.post(verb("save", moment))
        assert SavedPost.objects.of(seb).count() == 1
    assert shown(as_seb) == ["shown"]
    for _twice in range(2):
        as_seb.post(verb("unsave", moment))
        assert SavedPost.objects.of(seb).count() == 0
    assert shown(as_seb) == []


def test_the_page_of_a_post_says_whether_it_is_saved(as_seb, moment, row):
    page = as_seb.get(moment.get_absolute_url())
    assert [form["action"] for form in select(page, "form.save")] == [verb("unsave", moment)]
    menu = as_seb.get(moment.labels_url, headers=HTMX)
    assert verb("unsave", moment) in menu.text
    as_seb.post(verb("unsave", moment))
    assert verb("save", moment) in as_seb.get(moment.labels_url, headers=HTMX).text


def test_htmx_gets_the_other_button_and_a_toast_with_an_undo(as_seb, moment):
    piece = as_seb.post(verb("save", moment), headers=HTMX)
    assert [form["action"] for form in select(piece, "form")] == [verb("unsave", moment)] * 2
    assert len(select(piece, ".toast")) == 1


def test_undoing_brings_back_the_note_and_the_folder(as_seb, moment, row, seb):
    as_seb.post(verb("unsave", moment))
    as_seb.post(verb("save", moment))
    back = SavedPost.objects.of(seb).get()
    assert (back.pk, back.note, back.folder.name) == (row.pk, "For a rainy day", "Rain")


def test_what_was_unsaved_is_forgotten_after_a_day(moment, row, seb):
    SavedPost.objects.remove(seb, moment.pk)
    tidy(timezone.now() + UNDOABLE - timedelta(minutes=1))
    assert SavedPost.objects.count() == 1
    tidy(timezone.now() + UNDOABLE)
    assert SavedPost.objects.count() == 0


def test_what_is_saved_is_kept_by_the_tidying(row):
    tidy(timezone.now() + 900 * UNDOABLE)
    assert SavedPost.objects.count() == 1


def test_nobody_else_sees_or_changes_it(client, mia, moment, row):
    client.force_login(mia)
    assert shown(client) == []
    for url in (reverse("saved-edit", args=[row.pk]), reverse("saved-folder-edit", args=[row.folder_id])):
        assert client.get(url).status_code == 404
        assert client.post(url, {"note": "Mine", "name": "Mine"}).status_code == 404
    assert client.post(reverse("saved-folder-delete", args=[row.folder_id])).status_code == 404
    assert client.get(f"/saved/?folder={row.folder_id}").status_code == 404
    client.post(verb("unsave", moment))
    row.refresh_from_db()
    assert (row.unsaved, row.note, row.folder.name) == (None, "For a rainy day", "Rain")


def test_visitors_are_asked_to_sign_in(client, moment):
    assert client.post(verb("save", moment))["Location"].startswith(reverse("account_login"))
    assert client.get("/saved/")["Location"].startswith(reverse("account_login"))
    assert not SavedPost.objects.exists()


def test_what_is_out_of_sight_is_a_line_without_words(as_seb, moment, row, keith):
    moment.remove(keith, "spam")
    page = as_seb.get("/saved/").text
    assert shown(as_seb) == ["gone"]
    assert moment.title not in page
    assert "For a rainy day" in page
    as_seb.post(verb("unsave", moment))
    assert shown(as_seb) == []
    as_seb.post(verb("save", moment))
    assert shown(as_seb) == ["gone"]


def test_what_is_out_of_sight_cannot_be_saved_anew(as_seb, moment, keith):
    moment.remove(keith, "spam")
    assert as_seb.post(verb("save", moment)).status_code == 404
    assert not SavedPost.objects.exists()


def test_what_lies_beyond_stays_veiled(as_seb, film, mia):
    spoiler = make_moment(film, mia, "The last look", spoiler=True)
    as_seb.post(verb("save", spoiler))
    assert shown(as_seb) == ["veiled"]
    edit = reverse("saved-edit", args=[SavedPost.objects.get().pk])
    for url in ("/saved/", edit):
        page = as_seb.get(url).text
        assert "The last look" not in page
        assert spoiler.slug not in page


def test_what_one_saved_stays_when_its_author_is_muted(as_seb, mia, row, seb):
    Mute.objects.add(seb, mia)
    assert shown(as_seb) == ["shown"]


def test_a_note_is_plain_text(as_seb, row):
    sent = {"note": "<b>Twice</b>\nand *again*", "folder": "Rain"}
    as_seb.post(reverse("saved-edit", args=[row.pk]), sent)
    row.refresh_from_db()
    assert (row.note, row.folder.name) == (sent["note"], "Rain")
    assert texts(as_seb.get("/saved/"), ".saved-note") == ["<b>Twice</b> and *again*"]


def test_a_note_that_is_too_long_comes_back_whole(as_seb, row):
    long = "x" * 1_001
    page = as_seb.post(reverse("saved-edit", args=[row.pk]), {"note": long, "folder": "Rain"})
    assert page.status_code == 422
    assert long in page.text
    row.refresh_from_db()
    assert row.note == "For a rainy day"


def test_the_list_can_be_narrowed_down_to_a_folder(as_seb, film, mia, row, seb):
    other, _is_new = SavedPost.objects.add(seb, make_moment(film, mia).pk)
    assert shown(as_seb) == ["shown", "shown"]
    assert shown(as_seb, f"?folder={row.folder_id}") == ["shown"]
    other.amend("", "")
    assert SavedFolder.objects.filter(member=seb).count() == 1


def test_a_folder_is_renamed_and_deleted_and_what_was_in_it_stays(as_seb, row, seb):
    as_seb.post(reverse("saved-folder-edit", args=[row.folder_id]), {"name": "  Snow "})
    row.folder.refresh_from_db()
    assert row.folder.name == "Snow"
    as_seb.post(reverse("saved-folder-delete", args=[row.folder_id]))
    row.refresh_from_db()
    assert (row.folder, row.note) == (None, "For a rainy day")


def test_two_folders_of_one_name_are_refused(row, seb, mia):
    SavedFolder.objects.named(mia, "Snow").rename("Rain")
    snow = SavedFolder.objects.named(seb, "Snow")
    with pytest.raises(FolderNameTaken):
        snow.rename("Rain")


def test_folders_have_an_end(as_seb, row, seb):
    make_copies(row.folder, MOST_FOLDERS - 1, name=lambda number: f"Folder {number}")
    with pytest.raises(TooManyFolders):
        SavedFolder.objects.named(seb, "One more")
    page = as_seb.post(reverse("saved-edit", args=[row.pk]), {"note": "Kept", "folder": "One more"})
    assert (page.status_code, SavedFolder.objects.count()) == (422, MOST_FOLDERS)
    as_seb.post(reverse("saved-edit", args=[row.pk]), {"note": "Kept", "folder": "Folder 7"})
    row.refresh_from_db()
    assert row.folder.name == "Folder 7"


def test_a_long_list_has_pages_and_costs_the_same(as_seb, film, mia, row, seb):
    with CaptureQueriesContext(connection) as few:
        as_seb.get("/saved/")
    moments = make_more_posts(make_moment(film, mia), 30)
    for moment in moments:
        SavedPost.objects.add(seb, moment.pk)
    with CaptureQueriesContext(connection) as many:
        first = as_seb.get("/saved/")
    assert len(many) == len(few)
    assert [saved.post_id for saved in first.context["rows"]] == [moment.pk for moment in moments[:4:-1]]
    assert len(shown(as_seb, f"?after={first.context['next_cursor']}")) == 6


@pytest.mark.parametrize("take_texts", [True, False])
def test_it_goes_with_the_account(row, seb, take_texts):
    delete_account(seb, take_texts)
    assert (SavedPost.objects.count(), SavedFolder.objects.count()) == (0, 0)
