"""The history of a film: everybody reads it, and any member restores older facts."""

import pytest
from django.urls import reverse

from moments.models import Revision
from moments.views.revisions import REVISIONS_A_PAGE
from reelive.ratelimit import LIMITS
from tests.support.film_facts import edit, history, now, restore, send
from tests.support.makers import make_film, make_moment
from tests.support.pages import links, text_of, texts


@pytest.fixture
def ponyo(db):
    return make_film("Ponyo", year=2008, director="Hayao Miyazaki", runtime=101, summary="A fish || a girl.")


# The page.


def test_everybody_reads_who_changed_what(client, ponyo, mia):
    edit(ponyo, mia, year=1901, director="Nobody", palette=["#ffffff"], runtime=None)
    response = history(client, ponyo)
    ((_, changes),) = response.context["edits"]
    found = {change.label: [run for run in change.passages[0].runs if run[0] != "same"] for change in changes}
    assert found == {
        "Year": [("gone", "2008"), ("new", "1901")],
        "Directed by": [("gone", "Hayao Miyazaki"), ("new", "Nobody")],
        "Length": [("gone", "101 minutes")],
        "Colours": [("gone", "0e0b2e 2a1b5e 6a3fa0 e27396 f5b94a"), ("new", "ffffff")],
    }
    text = text_of(response)
    assert links(response, ".revision-head") == [mia.get_absolute_url()]
    assert texts(response, ".revision h3") == list(found)
    assert not response.cookies
    assert "csrf" not in text


def test_marks_of_spoilers_hide_nothing_of_a_fact(client, ponyo, mia):
    edit(ponyo, mia, summary="A >!fish!< || a girl || a boy.")
    ((_, (change,)),) = history(client, ponyo).context["edits"]
    assert [passage.hidden for passage in change.passages] == [False]


def test_facts_are_escaped(client, ponyo, mia):
    edit(ponyo, mia, summary="<script>alert(1)</script>")
    assert "<script>alert" not in text_of(history(client, ponyo))
    assert "&lt;script&gt;alert" in text_of(history(client, ponyo))


def test_a_film_that_was_never_edited_has_an_empty_history(client, ponyo):
    assert history(client, ponyo).context["edits"] == []
    assert ponyo.history_url not in text_of(client.get(ponyo.get_absolute_url()))


def test_a_film_and_its_form_lead_to_the_history(as_mia, ponyo, mia):
    edit(ponyo, mia, year=2009)
    for url in (ponyo.get_absolute_url(), reverse("film-edit", args=["ponyo"])):
        assert ponyo.history_url in links(as_mia.get(url))
    assert ponyo.history_url == reverse("film-history", args=["ponyo"])


def test_the_history_follows_a_film_that_is_renamed(client, ponyo, mia):
    renamed = edit(ponyo, mia, title="Gake no Ue")
    response = client.get(ponyo.history_url, {"after": "x"})
    assert (response.status_code, response["Location"]) == (301, f"{renamed.history_url}?after=x")


def test_a_long_history_comes_in_pages_that_htmx_goes_on_with(client, ponyo, mia):
    for number in range(REVISIONS_A_PAGE + 2):
        edit(ponyo, mia, summary=f"A fish swims {number} times.")
    first = history(client, ponyo)
    cursor = first.context["next_cursor"]
    rest = history(client, ponyo, after=cursor)
    assert [len(answer.context["edits"]) for answer in (first, rest)] == [REVISIONS_A_PAGE, 2]
    newest = rest.context["edits"][0].changes[0].passages[0].runs
    assert [text for kind, text in newest if kind != "same"] == ["0", "1"]
    piece = client.get(ponyo.history_url, {"after": cursor}, headers={"HX-Request": "true"})
    assert "<html" not in text_of(piece)
    assert "revision-text" in text_of(piece)


def test_a_removed_film_has_no_history_for_anybody(client, ponyo, mia, keith):
    edit(ponyo, mia, year=2009)
    ponyo.remove(keith, "private")
    for member in (None, mia, keith):
        client.logout() if member is None else client.force_login(member)
        assert history(client, ponyo).status_code == 404
    ponyo.restore(keith)
    assert len(history(client, ponyo).context["edits"]) == 1


def test_what_was_merged_away_keeps_its_versions_out_of_the_others_history(client, ponyo, mia, keith):
    twin = make_film("Gake no Ue no Ponyo")
    edit(twin, mia, year=2009)
    edit(ponyo, mia, year=2010)
    twin.merge_into(keith, ponyo)
    assert client.get(twin.history_url)["Location"] == ponyo.history_url
    assert [edit.revision.film for edit in history(client, ponyo).context["edits"]] == [ponyo]
    assert twin.revisions.count() == 1


# Putting back.


def test_any_member_puts_older_facts_back_as_an_edit(as_seb, ponyo, mia, seb):
    before = ponyo.texts
    edit(ponyo, mia, title="Pills", year=1901, director="", runtime=None, palette=[])
    response = restore(as_seb, Revision.objects.get())
    assert response["Location"] == now(ponyo).history_url == ponyo.history_url
    assert now(ponyo).texts == before
    kept = Revision.objects.order_by("pk").values_list("texts__title", "editor__username")
    assert list(kept) == [("Ponyo", "mia"), ("Pills", "seb")]


def test_a_title_comes_back_with_its_address(client, ponyo, mia):
    away = edit(ponyo, mia, title="Pills")
    assert client.get(ponyo.get_absolute_url())["Location"] == away.get_absolute_url()
    assert Revision.objects.get().restore(mia)
    assert client.get(ponyo.get_absolute_url()).status_code == 200
    assert client.get(away.get_absolute_url())["Location"] == ponyo.get_absolute_url()


def test_putting_back_undoes_no_count(ponyo, mia):
    edit(ponyo, mia, year=1901)
    make_moment(ponyo, mia)
    Revision.objects.get().restore(mia)
    assert (now(ponyo).year, now(ponyo).moment_count) == (2008, 1)


def test_putting_back_what_is_there_changes_nothing(as_seb, ponyo, mia):
    edit(ponyo, mia, year=1901)
    revision = Revision.objects.get()
    assert [restore(as_seb, revision).status_code for _ in range(2)] == [302, 302]
    assert Revision.objects.count() == 2


def test_visitors_sign_in_before_they_put_back(client, ponyo, mia, keith):
    edit(ponyo, mia, year=1901)
    revision = Revision.objects.get()
    assert restore(client, revision)["Location"] == "/accounts/login/?next=%2Ffilms%2Fponyo%2Fhistory%2F"
    ponyo.remove(keith, "private")
    assert restore(client, revision).status_code == 404
    assert now(ponyo).year == 1901


def test_putting_back_is_counted_with_other_edits(as_mia, ponyo, monkeypatch):
    monkeypatch.setitem(LIMITS, "edit", (3, 600))
    send(as_mia, ponyo, year=2009)
    revision = Revision.objects.get()
    assert [restore(as_mia, revision).status_code for _ in range(3)] == [302, 302, 429]


def test_versions_of_a_film_are_not_its_editors_to_revoke(as_mia, ponyo, mia):
    edit(ponyo, mia, summary="Ring 555 0199.")
    edit(ponyo, mia, summary="A fish.")
    revision = Revision.objects.latest("pk")
    assert as_mia.post(reverse("revision-revoke", args=[revision.pk])).status_code == 404
    assert revision.revoke(mia) is False
    assert "Revoke" not in text_of(history(as_mia, ponyo))
    assert Revision.objects.kept().count() == 2
