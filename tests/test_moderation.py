"""Staff see what they act on, say why, find all of a member's, and are led back to where they were."""

import pytest
from django.test import Client
from django.urls import reverse

from moments.admin.sweep import SWEEP_STEP
from moments.models import Comment, LedgerEntry, Moment, Post, Song
from reelive.images import read
from tests.support.admin import listed, page, shown
from tests.support.makers import make_comment, make_film, make_member, make_moment, make_song, make_trivia
from tests.support.pages import select, text_of, texts, the
from tests.support.pictures import picture
from tests.support.reports import filed
from tests.support.rows import for_each

WHY = {"confirmed": "yes", "note": "Two members took it further."}


@for_each("verb", ["lock", "unlock", "restore", "merge_into", "suspend", "reinstate", "strike", "change"])
def test_no_act_is_done_without_a_reason(as_keith, verb, moment, film, mia, seb, keith):
    comment = make_comment(moment, mia)
    target = {"suspend": seb, "reinstate": seb, "merge_into": film, "restore": comment}.get(verb, moment)
    before = {"unlock": moment.lock, "restore": lambda by: comment.remove(by, "spam")}
    before["reinstate"] = lambda by: seb.suspend(by, "Spam.")
    before.get(verb, lambda by: None)(keith)
    if verb == "strike":
        moment.revise(["stars"], by=keith)
        moment.body = "Another text of it."
        moment.revise(["stars"], by=keith)
        target = moment.revisions.get()
    rows = LedgerEntry.objects.count()
    data = {"confirmed": "yes", "note": " ", "target": make_film("Ponyo").get_absolute_url()}
    answer = as_keith.post(page(target, verb), data | {"title": "Another", "body": "Another text of it."})
    assert answer.status_code in {200, 422}
    assert LedgerEntry.objects.count() == rows


def test_the_reason_of_an_edit_stands_in_the_ledger_behind_what_was_edited(as_keith, moment, mia):
    comment = make_comment(moment, mia)
    as_keith.post(page(comment), {"body": "Mended.", "why": "It named a neighbour."})
    assert LedgerEntry.objects.get().note == "Text. It named a neighbour."


def test_a_page_that_asks_shows_text_picture_replies_and_reports(as_keith, film, mia, seb):
    moment = make_moment(film, mia, body="They dance on a hill.", still_alt="Two people, dancing")
    moment.attach_still(read(picture()))
    moment.save()
    for number in range(2):
        make_comment(moment, seb, f"Yes, {number}.")
    filed(seb, moment)
    asked = as_keith.get(page(Moment.objects.get(pk=moment.pk), "remove"))
    (row,) = asked.context["evidence"]
    assert "They dance on a hill." in the(asked, ".evidence-text").text
    assert the(asked, ".evidence img")["src"] == moment.still_url
    assert the(asked, ".evidence img")["alt"] == "Two people, dancing"
    assert [fact.split()[0] for fact in row.facts] == ["by", "2", "0", "1"]


def test_the_action_of_a_list_shows_each_text(as_keith, moment, mia):
    comments = [make_comment(moment, mia, f"Pills for {number}.") for number in range(3)]
    data = {"action": "remove", "_selected_action": [comment.pk for comment in comments]}
    asked = as_keith.post(listed(Comment, show="latest"), data)
    assert sorted(texts(asked, ".evidence-text")) == [f"Pills for {number}." for number in range(3)]


def test_a_private_note_is_shown_to_nobody_who_acts(as_keith, moment, seb):
    entry = moment.relive(seb, note="Mine alone.")
    assert "Mine alone." not in text_of(as_keith.get(page(entry, "remove")))


def test_how_often_their_own_was_reported_is_not_for_staff_to_know(client, moment, film, keith, seb):
    own = make_moment(film, keith)
    filed(seb, own)
    client.force_login(keith)
    (row,) = client.get(page(own, "remove")).context["evidence"]
    assert row.facts[-1].split()[0] == "0"


@pytest.mark.parametrize("place", ["/films/la-la-land/?after=x", "/members/mia/"])
def test_after_an_act_one_is_where_one_was(as_keith, moment, place):
    asked = as_keith.get(page(moment, "lock") + "?next=" + place)
    assert the(asked, "input[name=next]")["value"] == place
    assert place in [link["href"] for link in select(asked, ".submit-row a")]
    assert as_keith.post(page(moment, "lock"), WHY | {"next": place}).url == place


@for_each("place", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_an_act_leads_nowhere_else(as_keith, moment, place):
    asked = as_keith.get(page(moment, "lock"), {"next": place})
    assert "evil" not in str(select(asked, ".submit-row, input[name=next]"))
    assert as_keith.post(page(moment, "lock"), WHY | {"next": place}).url == page(moment)


# All of one member's.


@pytest.mark.parametrize("make, model", [(make_moment, Moment), (make_song, Song)])
def test_lists_are_searched_by_author(as_keith, film, mia, seb, make, model):
    theirs, other = make(film, mia), make(film, seb)
    assert shown(as_keith.get(listed(model, q="@mia"))) == [theirs]
    assert theirs in shown(as_keith.get(listed(model, q="mia")))
    assert shown(as_keith.get(listed(model, q="@nobody"))) == []
    theirs.remove(seb, "spam")
    assert [row.pk for row in shown(as_keith.get(listed(model, q="@MIA")))] == [theirs.pk]
    assert other not in shown(as_keith.get(listed(model, q="@mia")))


def test_the_page_of_a_member_counts_what_they_made_and_links_to_it(as_keith, film, moment, mia, seb):
    for _ in range(3):
        make_comment(moment, seb)
    make_trivia(film, seb)
    found = {link["href"]: link.text for link in select(as_keith.get(page(seb)), ".field-made a")}
    assert found == {
        f"{listed(Comment)}?q=@seb": "3 comments",
        reverse("admin:moments_trivia_changelist") + "?q=@seb": "1 trivia",
    }
    for address, text in found.items():
        assert len(shown(as_keith.get(address))) == int(text.split()[0])


def sweep(client, member, **more):
    return client.post(
        reverse("admin:accounts_user_sweep", args=[member.pk]), {"confirmed": "yes", "reason": "spam"} | more
    )


def test_all_by_a_member_goes_in_steps_with_one_row_each(as_keith, film, moment, mia, seb):
    texts_of_seb = [make_moment(film, seb) for _ in range(SWEEP_STEP)]
    texts_of_seb += [make_comment(moment, seb) for _ in range(5)]
    moment.relive(seb, note="For all.", public=True), moment.relive(mia, note="Hers.", public=True)
    first = sweep(as_keith, seb, note="It sells pills.")
    assert first.status_code == 200
    assert LedgerEntry.objects.count() == SWEEP_STEP
    assert (the(first, "progress")["value"], the(first, "progress")["max"]) == (
        str(SWEEP_STEP),
        str(SWEEP_STEP + 6),
    )
    fields = {field["name"]: field["value"] for field in select(first, "#sweep input[type=hidden]")}
    assert (fields["reason"], fields["note"], fields["removed"]) == (
        "spam",
        "It sells pills.",
        str(SWEEP_STEP),
    )
    assert sweep(as_keith, seb, note=fields["note"], removed=fields["removed"]).url == page(seb)
    rows = LedgerEntry.objects.values_list("action", "reason", "note").distinct()
    assert (LedgerEntry.objects.count(), list(rows)) == (
        SWEEP_STEP + 6,
        [("remove", "spam", "It sells pills.")],
    )
    assert not Post.objects.listed().filter(author=seb).exists()
    assert moment.diary_entries.filter(public=True).get().member == mia
    assert Moment.objects.get(pk=moment.pk).is_visible


def test_whoever_is_interrupted_goes_on_with_what_is_left(as_keith, film, seb):
    for _ in range(SWEEP_STEP + 3):
        make_song(film, seb)
    sweep(as_keith, seb)
    again = as_keith.get(reverse("admin:accounts_user_sweep", args=[seb.pk]))
    assert list(again.context["left"].values()) == [3]
    assert sweep(as_keith, seb).status_code == 302
    assert LedgerEntry.objects.count() == SWEEP_STEP + 3


def test_not_all_of_a_member_goes_without_a_reason_or_a_right(as_keith, as_anna, client, film, seb, keith):
    make_moment(film, seb)
    assert sweep(as_keith, seb, reason="").status_code == 422
    assert sweep(as_anna, keith).status_code == 403
    client.force_login(make_member("tracy"))
    assert sweep(client, seb).status_code == 404
    assert LedgerEntry.objects.count() == 0


# From the place.


def places(moment, comment, mia):
    return [
        (moment, moment.labels_url, moment.get_absolute_url()),
        (comment, comment.labels_url, f"/posts/{moment.pk}/#c{comment.pk}"),
        (moment.film, moment.film.get_absolute_url(), moment.film.get_absolute_url()),
        (mia, mia.get_absolute_url(), mia.get_absolute_url()),
    ]


def test_staff_act_from_the_place_and_come_back_to_it(as_keith, moment, seb, mia):
    comment = make_comment(moment, seb)
    for target, address, place in places(moment, comment, mia):
        links = [link["href"] for link in select(as_keith.get(address), ".staff-verbs a")]
        assert page(target) in links
        verbs = [link for link in links if "next=" in link]
        assert verbs, address
        for link in verbs:
            came_from = as_keith.get(link).context.get("came_from", as_keith.get(link).context["back"])
            assert came_from in {place, page(target)}, link
        assert as_keith.post(verbs[0], WHY | {"reason": "spam", "next": place}).url == place


def test_in_the_page_the_menu_knows_the_very_place(as_keith, moment, seb):
    comment = make_comment(moment, seb)
    asked = {
        "HX-Request": "true",
        "HX-Current-URL": f"http://testserver{moment.get_absolute_url()}?sort=new#c999",
    }
    menu = as_keith.get(comment.labels_url, headers=asked)
    (remove,) = [link["href"] for link in select(menu, ".staff-verbs a") if "/remove/" in link["href"]]
    assert (
        the(as_keith.get(remove), "input[name=next]")["value"]
        == f"{moment.get_absolute_url()}?sort=new#c{comment.pk}"
    )


def test_what_is_removed_is_restored_from_its_place(as_keith, moment):
    moment.remove(make_member("tracy", is_staff=True), "spam")
    links = [link["href"] for link in select(as_keith.get(f"/posts/{moment.pk}/"), ".staff-verbs a")]
    assert any(link.startswith(page(moment, "restore")) for link in links)


def test_a_removed_comment_is_restored_from_its_place(as_keith, moment, seb):
    comment = make_comment(moment, seb)
    comment.remove(make_member("tracy", is_staff=True), "spam")
    sign = the(as_keith.get(moment.get_absolute_url()), f"#c{comment.pk} .tombstone [data-menu]")
    menu = as_keith.get(sign["href"])
    restore = next(link["href"] for link in select(menu, ".staff-verbs a") if "/restore/" in link["href"])
    assert select(menu, ".labelling-kinds, [name=kind]") == [], "nobody flags what is out of sight"
    place = f"/posts/{moment.pk}/#c{comment.pk}"
    assert as_keith.post(restore, WHY | {"next": place}).url == place
    comment.refresh_from_db()
    assert comment.is_visible
    assert select(as_keith.get(moment.get_absolute_url()), ".tombstone") == []


def test_others_find_no_menu_where_a_comment_was_removed(as_mia, moment, seb):
    comment = make_comment(moment, seb)
    comment.remove(make_member("tracy", is_staff=True), "spam")
    visitor = Client()
    for viewer in (as_mia, visitor):
        tombstone = the(viewer.get(moment.get_absolute_url()), f"#c{comment.pk} .tombstone")
        assert tombstone.select("[data-menu]") == []
    assert as_mia.get(comment.labels_url).status_code == 404


@pytest.mark.parametrize("person", ["as_seb", "client"])
def test_nobody_else_is_shown_a_way_to_act(request, person, moment, mia):
    comment, viewer = make_comment(moment, mia), request.getfixturevalue(person)
    for _target, address, _place in places(moment, comment, mia):
        assert select(viewer.get(address), ".staff-verbs") == []


def test_staff_who_may_only_look_are_offered_no_act(client, moment, moderators):
    viewer = make_member("viewer", is_staff=True)
    viewer.user_permissions.add(moderators.permissions.get(codename="view_moment"))
    client.force_login(viewer)
    links = [link["href"] for link in select(client.get(moment.labels_url), ".staff-verbs a")]
    assert links == [page(moment), moment.author.get_absolute_url()]
