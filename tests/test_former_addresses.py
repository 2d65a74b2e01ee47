"""Addresses that changed: an old one leads to the present one, with what was asked and what was typed."""

from django.urls import reverse

from tests.support.rows import for_each

FORMER = {
    "/silences/": "/mutes/",
    "/standing/": "/record/",
    "/folding/": "/hiding/",
    "/reports/heard/": "/reports/read/",
    "/members/mia/relived/": "/members/mia/diary/",
    "/members/mia/relived/2024/2/": "/members/mia/diary/2024/2/",
    "/relivings/7/edit/": "/diary/7/edit/",
    "/relivings/7/delete/": "/diary/7/delete/",
    "/posts/7/withdraw/": "/posts/7/unvote/",
    "/comments/7/withdraw/": "/comments/7/unvote/",
    "/trivia/7/verdict/withdraw/": "/trivia/7/verdict/revoke/",
    "/revisions/7/withdraw/": "/revisions/7/revoke/",
    "/admin/moments/relive/": "/admin/moments/diaryentry/",
    "/admin/moments/relive/7/change/": "/admin/moments/diaryentry/7/change/",
}


@for_each("old, new", FORMER.items())
def test_a_former_address_leads_to_the_present_one(old, new, client, db):
    response = client.get(f"{old}?after=x%26y&utm=1")
    assert (response.status_code, response["Location"]) == (301, f"{new}?after=x%26y&utm=1")
    assert client.head(old)["Location"] == new


@for_each("old, new", FORMER.items())
def test_what_is_sent_to_a_former_address_goes_along(old, new, client, db):
    response = client.post(old, {"body": "Typed before the address changed."})
    assert (response.status_code, response["Location"]) == (308, new)
    assert client.put(old).status_code == 405


def test_a_vote_taken_back_at_the_former_address_is_taken_back(as_seb, moment, seb):
    moment.upvote(seb)
    as_seb.post(f"/posts/{moment.pk}/withdraw/", follow=True)
    moment.refresh_from_db()
    assert moment.votes == 0


def test_a_diary_is_found_at_its_former_address(client, moment, mia):
    moment.relive(mia)
    response = client.get("/members/mia/relived/", follow=True)
    assert response.status_code == 200
    assert response.redirect_chain == [(reverse("member-diary", args=["mia"]), 301)]


@for_each("name", ["%5Cevil.example", "evil.example%2F..", "@evil.example", "..", "https:evil"])
def test_a_former_address_stays_on_the_site(name, client, db):
    response = client.get(f"/members/{name}/relived/?next=//evil.example")
    if response.status_code == 301:
        assert response["Location"].startswith("/members/")
    else:
        assert response.status_code == 404
