"""The history of a text: everybody reads it, page by page, and no more of it than they have seen."""

import pytest
from django.urls import reverse

from moments.models import Progress, Revision
from moments.spoilers.rules import ProgressPoint
from moments.views.revisions import REVISIONS_A_PAGE
from tests.support.makers import make_comment, make_film, make_moment
from tests.support.pages import links, select, text_of
from tests.support.revisions import age, edit, history
from tests.support.rows import for_each

# The page.


def test_everybody_reads_what_changed(client, said):
    response = history(client, said)
    ((_, (change,)),) = response.context["edits"]
    assert change.passages == [
        (False, [("same", "They dance at "), ("gone", "night"), ("new", "dusk"), ("same", ".")])
    ]
    text = text_of(response)
    (gone,), (new,) = (select(response, f".revision {name}") for name in ("del", "ins"))
    assert ("night" in gone.text, "dusk" in new.text) == (True, True)
    assert [len(part.select(".sr-only")) for part in (gone, new)] == [2, 2], "ears hear what eyes see struck"
    assert links(response, ".revision-head") == ["/members/mia/"]
    assert not response.cookies
    assert "csrf" not in text


def test_what_was_never_edited_has_an_empty_history(client, moment):
    page = history(client, moment)
    assert (page.status_code, page.context["edits"], select(page, ".revision")) == (200, [], [])


def test_each_version_is_compared_with_the_next(client, said):
    edit(said, body="They sing at dusk.")
    found = [
        [text for kind, text in edit.changes[0].passages[0].runs if kind != "same"]
        for edit in history(client, said).context["edits"]
    ]
    assert found == [["dance", "sing"], ["night", "dusk"]]


def test_the_word_edited_leads_to_the_history(client, scene, remark, moment):
    edit(scene, body="They dance at dusk.")
    edit(remark, body="The bench, at ten.")
    assert scene.history_url in links(client.get(scene.get_absolute_url()))
    assert remark.history_url in links(client.get(moment.get_absolute_url()))
    assert [scene.history_url, remark.history_url] == [
        reverse("post-history", args=[scene.pk]),
        reverse("comment-history", args=[remark.pk]),
    ]


def test_texts_are_escaped(client, said):
    edit(said, body="<script>alert(1)</script>")
    assert "<script>alert" not in text_of(history(client, said))
    assert "&lt;script&gt;alert" in text_of(history(client, said))


def test_a_change_of_space_alone_can_be_seen(client, said):
    edit(said, body="They dance at\n dusk.")
    assert "↵" in text_of(history(client, said))


def test_a_long_history_comes_in_pages(client, said):
    for number in range(REVISIONS_A_PAGE + 2):
        edit(said, body=f"They dance {number} times.")
    first = history(client, said)
    rest = history(client, said, after=first.context["next_cursor"])
    assert [len(page.context["edits"]) for page in (first, rest)] == [REVISIONS_A_PAGE, 3]
    assert rest.context["next_cursor"] is None
    newest = rest.context["edits"][0].changes[0].passages[0].runs
    assert [text for kind, text in newest if kind != "same"] == ["0", "1"]


def test_htmx_gets_the_next_edits_alone(client, said):
    for number in range(REVISIONS_A_PAGE + 1):
        edit(said, body=f"They dance {number} times.")
    cursor = history(client, said).context["next_cursor"]
    response = client.get(said.history_url, {"after": cursor}, headers={"HX-Request": "true"})
    assert "<html" not in text_of(response)
    assert "revision-text" in text_of(response)
    assert "HX-Request" in response["Vary"]


@for_each("cursor", ["x", "W10", "\x00", "💥"])
def test_a_cursor_of_ones_own_is_not_found(cursor, client, said):
    assert history(client, said, after=cursor).status_code == 404


@for_each("verb", ["remove", "delete_by_author"])
def test_what_is_gone_has_no_history_for_anybody(verb, client, said, mia, keith):
    said.remove(keith, "private") if verb == "remove" else said.delete_by_author()
    for member in (None, mia, keith):
        client.logout() if member is None else client.force_login(member)
        assert history(client, said).status_code == 404


def test_what_its_author_deleted_is_wiped_from_the_history_too(said):
    assert Revision.objects.count() == 1
    said.delete_by_author()
    assert Revision.objects.count() == 0


def test_what_comes_back_has_its_history_again(client, said, keith):
    said.remove(keith, "private")
    said.restore(keith)
    assert history(client, said).status_code == 200


def test_the_history_of_a_hidden_film_is_not_found(client, said, film, keith):
    film.remove(keith, "copyright")
    assert history(client, said).status_code == 404


# Spoilers.


def test_hidden_words_are_not_read_at_once(client, said):
    edit(said, body="They >!part at dusk!<.")
    edit(said, body="They >!part at dawn!<.")
    assert len(select(history(client, said), "label.spoiler")) >= 2
    assert "part" not in open_text(history(client, said))


def test_words_that_were_hidden_later_are_hidden_in_all_that_was_before(client, said):
    for body in ("They part.", "They part at dusk.", ">!They part at dusk.!<", ">!They part at last.!<"):
        edit(said, body=body)
    assert "part" not in open_text(history(client, said))


def test_words_that_were_hidden_later_are_hidden_on_later_pages_too(client, said):
    for number in range(REVISIONS_A_PAGE):
        edit(said, body=f"They part at dusk. {number}")
    edit(said, body=">!They part at dusk. 99!<")
    first = history(client, said)
    rest = history(client, said, after=first.context["next_cursor"])
    assert ["part" in open_text(page) for page in (first, rest)] == [False, False]


def open_text(response):
    changes = [change for edit in response.context["edits"] for change in edit.changes]
    passages = [passage for change in changes for passage in change.passages if not passage.hidden]
    return "".join(text for passage in passages for _, text in passage.runs)


@pytest.mark.parametrize("kind", ["post", "comment"])
def test_the_history_is_behind_the_veil_of_its_post(kind, as_seb, film, mia, seb):
    scene = age(make_moment(film, mia, "The quux", body="The quux dies.", position=9.0))
    target = scene if kind == "post" else age(make_comment(scene, mia, "A quux, really."))
    edit(target, body="The quux lives after all.")
    Progress.objects.set_progress(seb, film, ProgressPoint(2.0))
    assert "quux" not in text_of(history(as_seb, target))
    assert "quux" in text_of(history(as_seb, target, show=1))
    assert "quux" in text_of(history(as_seb, target))


# The staff.


def test_histories_of_many_films_do_not_mix(client, scene, mia):
    other = age(make_moment(make_film("Snatch"), mia, "The dog", body="It eats a toy."))
    edit(scene, body="They sing.")
    edit(other, body="It ate a toy.")
    assert len(history(client, other).context["edits"]) == 1
