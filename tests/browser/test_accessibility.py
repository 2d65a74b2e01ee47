"""Every page type in both themes, on a phone and at a desk, as axe sees it: nothing to complain of."""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.core.management import call_command

from accounts.models import User
from moments.management.commands.setup import FIXTURES
from moments.models import Comment, Moment, Song, Trivia
from reelive import ratelimit
from tests.conftest import make_comment, make_member

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = json.dumps({"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": STANDARDS}})
RUN = f"""axe.run({OPTIONS}).then(({{ violations }}) => violations.flatMap(({{ id, nodes }}) =>
    nodes.map((node) => `${{id}} ${{node.target}} ${{node.failureSummary.split("\\n").slice(1)}}`)))"""
WIDTHS = (1360, 360)
FILM = "/films/la-la-land/"

EVERYBODY = {
    "home": "/",
    "new songs": "/new/?kind=song",
    "top of the week": "/top/?by=week",
    "songs": "/songs/",
    "trivia": "/trivia/",
    "films": "/films/",
    "films of no decade": "/films/?medium=series&decade=1930",
    "film": FILM,
    "film by votes": f"{FILM}?order=votes",
    "songs of a film": f"{FILM}songs/",
    "trivia of a film": f"{FILM}trivia/",
    "moment": f"{FILM}moments/a-lovely-night/",
    "veiled moment": f"{FILM}moments/the-reunion/",
    "removed moment": f"{FILM}moments/the-restaurant-scene/",
    "song": f"{FILM}songs/city-of-stars/",
    "trivium": f"{FILM}trivia/the-original-title/",
    "comment": "/comments/{comment}/",
    "tags": "/tags/",
    "tag": "/tags/dance/",
    "feelings": "/feelings/",
    "feeling": "/feelings/wonder/",
    "member": "/members/house/",
    "member's comments": "/members/seb/comments/",
    "member's diary": "/members/seb/relived/",
    "search": "/search/",
    "search with results": "/search/?q=stars",
    "search in vain": "/search/?q=xyzzy",
    "search that is not understood": "/search/?q=kind%3Anonsense",
    "share": "/share/",
    "share a film that is not there": "/share/?q=Whiplash",
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "forgotten password": "/accounts/password/reset/",
}
MEMBERS = {
    "home": "/",
    "moment with a thread": f"{FILM}moments/a-lovely-night/",
    "comment": "/comments/{comment}/",
    "reply": "/comments/{comment}/reply/",
    "edit a comment": "/comments/{answer}/edit/",
    "delete a comment": "/comments/{answer}/delete/",
    "add a film": "/films/new/",
    "edit a film": f"{FILM}edit/",
    "share a moment": f"{FILM}moments/new/",
    "add a song": f"{FILM}songs/new/",
    "add trivia": f"{FILM}trivia/new/",
    "edit a moment": "/posts/{own}/edit/",
    "delete a moment": "/posts/{own}/delete/",
    "own page": "/members/seb/",
    "own diary": "/members/seb/relived/",
    "settings": "/accounts/",
    "profile": "/accounts/profile/",
    "password": "/accounts/password/change/",
    "e-mail": "/accounts/email/",
    "second factor": "/accounts/2fa/",
    "switch on codes": "/accounts/2fa/totp/activate/",
    "passkeys": "/accounts/2fa/webauthn/",
    "add a passkey": "/accounts/2fa/webauthn/add/",
    "sessions": "/accounts/sessions/",
    "leave": "/accounts/delete/",
    "sign-out": "/accounts/logout/",
}


def furnish():
    """The house's own films, and what two members did there. Returns what the addresses need."""
    call_command("loaddata", *FIXTURES, verbosity=0)
    mia, seb = make_member("mia"), make_member("seb")
    lovely = Moment.objects.get(slug="a-lovely-night")
    talk = make_comment(lovely, mia, "The *lamp post* deserves >!an award!<.")
    answer = make_comment(lovely, seb, "It held the light, @mia.", talk)
    make_comment(lovely, seb, "Gone.", answer).take_back()
    lovely.feel(seb, "wonder")
    lovely.relive(seb, note="With popcorn.")
    talk.upvote(seb)
    Moment.objects.get(slug="the-restaurant-scene").remove()
    own = Moment.objects.get(slug="mias-one-woman-show")
    Moment.objects.filter(pk=own.pk).update(author=seb)
    return {"comment": talk.pk, "answer": answer.pk, "own": own.pk}


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """In the place of a database for each test: these only look, so one house does for all of them."""
    with django_db_blocker.unblock():
        yield furnish()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def look():
    """Has axe look at the page in both themes and at both widths."""

    def look(visitor):
        page = visitor.page
        page.evaluate(AXE_SCRIPT)
        complaints = {}
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            visitor.width = width
            visitor.sees_that_it_fits()
            for scheme in ("dark", "light"):
                page.emulate_media(color_scheme=scheme)
                complaints[f"{scheme} at {width}"] = page.evaluate(RUN)
        assert {where: found for where, found in complaints.items() if found} == {}

    return look


@pytest.fixture
def guest(db, meet):
    return meet(reduced_motion="reduce")


@pytest.fixture
def seb(db, meet):
    return meet(User.objects.get(username="seb"), reduced_motion="reduce")


@pytest.mark.parametrize("page", EVERYBODY)
def test_page_for_everybody_is_accessible(page, db, guest, look):
    guest.opens(EVERYBODY[page].format(**db))
    look(guest)


@pytest.mark.parametrize("page", MEMBERS)
def test_page_for_members_is_accessible(page, db, seb, look):
    seb.opens(MEMBERS[page].format(**db))
    look(seb)
