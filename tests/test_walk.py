"""A walk of the whole URLconf: who may do what, by which method, for every address there is."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from moments.models import Comment, Moment, Mute, Post, Progress, Relive, Report, Restrict, Verdict
from moments.spoilers import UNSEEN
from moments.urls import urlpatterns
from tests.conftest import make_comment, make_member, make_revision, make_song, make_trivia, moderator

VERBS = {
    "post-upvote", "post-withdraw", "comment-upvote", "comment-withdraw",
    "comment-add", "feel", "unfeel", "relive-add", "relive-delete", "preview", "moment-progress",
    "verdict-withdraw", "member-mute", "member-unmute", "member-restrict", "member-unrestrict",
    "relive-feel", "relive-unfeel", "relive-bookmark", "relive-diary",
    "post-label", "post-unlabel", "comment-label", "comment-unlabel", "revision-restore",
    "reports-heard",
}  # fmt: skip
FORM_PAGES = {
    "film-add", "film-edit", "moment-add", "song-add", "trivia-add",
    "post-edit", "post-delete", "comment-reply", "comment-edit", "comment-delete", "appeal", "relive-edit",
    "felt-kept", "verdict-add", "silences", "post-labels", "comment-labels", "folding", "revision-withdraw",
    "post-report", "comment-report", "verdict-report", "member-report",
}  # fmt: skip
# Forms that visitors fill in too, and addresses that only lead to another.
FOR_ALL = {"film-progress", "film-relive", "relive-moment", "relive-end", "relive-card"}
ELSEWHERE = {"post"}
# What members read of themselves and nobody else does.
FOR_ONESELF = {"reports", "standing"}
OWN = {
    "post-edit", "post-delete", "comment-edit", "comment-delete", "appeal", "relive-edit", "relive-delete",
    "revision-restore", "revision-withdraw",
}  # fmt: skip
HTMX = {"HX-Request": "true"}
NAMES = {pattern.name: pattern for pattern in urlpatterns}


@pytest.fixture
def world(moment, mia, film):
    """One of everything, all of it mia's."""
    song, trivia = make_song(film, mia, "City of Stars"), make_trivia(film, mia, "The Envelope")
    comment, entry = make_comment(moment, mia), moment.relive(mia)
    verdict = Verdict.objects.create(trivia=trivia, member=mia, stance="confirm", reason="I was there.")
    removed = make_comment(moment, mia)
    removed.remove(moderator(), "spam")
    return {
        "film": film.slug,
        "slug": {"moment": moment.slug, "song": song.slug, "trivium": trivia.slug},
        "post_id": moment.pk,
        "moment_id": moment.pk,
        "trivia_id": trivia.pk,
        "verdict_id": verdict.pk,
        "comment_id": comment.pk,
        "relive_id": entry.pk,
        "tag": "stars",
        "feeling": "joy",
        "name": mia.username,
        "year": entry.date.year,
        "month": entry.date.month,
        "kind": "moment",
        "seed": 7,
        "colours": "0e0b2e-2a1b5e-6a3fa0-e27396-f5b94a",
        "section": "posts",
        "part": 1,
        "number": removed.removal_id,
        "revision_id": make_revision(moment).pk,
    }


def address(name, world):
    """The address of this name with what `world` has for its places."""
    pattern = NAMES[name].pattern
    values = {key: world[key] for key in pattern.converters if key in world}
    if "slug" in values:
        kind = next(
            (kind for kind in ("trivium", "song") if name.startswith((kind, kind.replace("um", "a")))),
            "moment",
        )
        values["slug"] = world["slug"][kind]
    return reverse(name, kwargs=values)


def test_every_address_has_a_name_and_is_known_to_this_walk():
    assert all(isinstance(pattern, URLPattern) and pattern.name for pattern in urlpatterns)
    assert set(NAMES) >= VERBS | FORM_PAGES


@pytest.mark.parametrize("name", sorted(VERBS))
def test_verbs_refuse_to_be_followed_like_a_link(name, as_mia, world):
    assert as_mia.get(address(name, world)).status_code == 405


@pytest.mark.parametrize("name", sorted(set(NAMES) - VERBS - FORM_PAGES - FOR_ALL - ELSEWHERE - FOR_ONESELF))
def test_pages_are_readable_by_everybody(name, client, world):
    response = client.get(address(name, world))
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("name", sorted(FOR_ALL))
def test_forms_for_visitors_open_and_are_kept_by_nobody(name, client, world):
    response = client.get(address(name, world))
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


@pytest.mark.parametrize("name", sorted(NAMES))
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "FOO"])
def test_no_page_answers_a_method_it_does_not_know(name, method, client, world):
    assert client.generic(method, address(name, world)).status_code == 405


@pytest.mark.parametrize("name", sorted(FORM_PAGES | FOR_ONESELF))
def test_form_pages_send_the_signed_out_to_sign_in_and_back(name, client, world):
    url = address(name, world)
    response = client.get(url)
    assert (response.status_code, response["Location"]) == (
        302,
        f"/accounts/login/?next={url.replace('/', '%2F')}",
    )


@pytest.mark.parametrize("name", sorted(FORM_PAGES))
def test_form_pages_open_for_their_members(name, as_mia, world):
    assert as_mia.get(address(name, world)).status_code == 200


@pytest.mark.parametrize("name", sorted(FOR_ONESELF))
def test_what_is_for_oneself_is_kept_by_no_cache(name, as_mia, world):
    response = as_mia.get(address(name, world))
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


@pytest.mark.parametrize("name", sorted(OWN))
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_yours_is_not_found(name, method, as_seb, world):
    response = getattr(as_seb, method)(address(name, world), {"title": "Taken", "body": "over"})
    assert response.status_code in {404, 405}
    untouched = (Post.objects.listed().count(), Comment.objects.listed().count(), Relive.objects.count())
    assert untouched == (3, 1, 1)


@pytest.mark.parametrize("name", sorted(VERBS - {"preview"}))
def test_verbs_of_the_signed_out_change_nothing(name, client, world):
    client.post(address(name, world), {"body": "Nobody", "feeling": "joy", "kind": "wrong"})
    moment = Moment.objects.get()
    assert (moment.votes, moment.felt_by, moment.relive_count, moment.comment_count) == (0, 0, 1, 1)


@pytest.mark.parametrize("name", sorted(VERBS | FORM_PAGES | FOR_ALL))
def test_every_post_is_checked_for_forgery(name, world, mia):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mia)
    assert client.post(address(name, world), {"body": "From elsewhere"}).status_code == 403


@pytest.mark.parametrize(
    "name", sorted(name for name in NAMES if NAMES[name].pattern.converters and name != "art")
)
def test_an_id_that_does_not_exist_is_not_found(name, as_mia, world):
    nowhere = {key: 999_999 if isinstance(value, int) else "nowhere" for key, value in world.items()}
    nowhere |= {"slug": dict.fromkeys(("moment", "song", "trivium"), "nowhere"), "kind": "moment"}
    method = as_mia.post if name in VERBS else as_mia.get
    assert method(address(name, nowhere)).status_code == 404


@pytest.mark.parametrize("name", sorted(set(NAMES) - VERBS))
def test_what_htmx_gets_is_kept_apart_from_the_page(name, as_mia, world):
    """No cache, not even the browser's own, may show the piece of a page in the place of the page."""
    url = address(name, world)
    page = as_mia.get(url)
    caches["local"].clear()  # what is kept as rendered names no template
    piece = as_mia.get(url, headers=HTMX)
    if [part.name for part in page.templates] != [part.name for part in piece.templates]:
        assert "HX-Request" in page["Vary"]


HOSTILE = [
    "\x00",
    "%00",
    "%ff%fe",
    "a" * 5000,
    "'; drop table",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "💥" * 200,
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["film", "tag", "feeling", "member"])
def test_hostile_words_in_an_address_are_not_found(name, text, client, db):
    base = reverse(name, args=["x"])
    response = client.get(base.replace("/x/", f"/{text}/"))
    assert response.status_code in {404, 302}


# What each page reads of its query.
QUERIES = {
    "home": "after kind", "top": "after by kind", "top-feed": "by kind", "trivia": "after status",
    "trivia-feed": "status", "tags": "after", "tag": "after", "tag-suggest": "q", "search": "after kind q",
    "films": "after decade medium sort", "film": "after order", "film-trivia": "after status",
    "film-suggest": "title", "film-add": "title", "film-progress": "moment next", "share": "q",
    "feeling": "after decade film with", "moment": "after show sort", "trivium": "reasons",
    "post-similar": "title", "post-history": "after", "member": "after",
    "member-comments": "after", "member-relived": "after", "member-month": "after",
    "silences": "mutes restricts", "reports": "after",
    "ledger": "action actor after film reason", "ledger-feed": "action actor film reason",
    "ledger-export": "from",
}  # fmt: skip


@pytest.mark.parametrize("name", QUERIES)
def test_hostile_words_in_a_query_never_break_a_page(name, as_mia, world):
    url = address(name, world)
    answers = {
        (key, text): as_mia.get(url, {key: text}).status_code
        for key in QUERIES[name].split()
        for text in [*HOSTILE, "-1", "1e309", "W10", "WzEsMl0"]
    }
    assert set(answers.values()) <= {200, 404}


def test_every_answer_carries_the_security_headers(client, world):
    for url in ("/", "/films/nowhere/", "/accounts/login/", address("art", world)):
        headers = client.get(url).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"


def test_the_resolver_knows_the_addresses_of_the_product():
    for url in (
        "/",
        "/new/",
        "/top/",
        "/films/",
        "/songs/",
        "/trivia/",
        "/tags/",
        "/feelings/",
        "/share/",
        "/search/",
    ):
        assert get_resolver().resolve(url).url_name in NAMES


# What is private.


@pytest.fixture
def secrets(world, moment, mia):
    """What nobody but its owner may read, beside the world: words that stand nowhere else."""
    quiet = make_member("quux-reporter", email="quux-mail@example.org")
    comment = Comment.objects.get(pk=world["comment_id"])
    for thing in (moment, comment, mia):
        Report.objects.file(quiet, thing, "spam", "quux-report")
    moment.upvote(quiet)
    moment.label(quiet, "unkind")
    moment.feel(quiet, "anger")
    Mute.objects.begin(quiet, mia)
    Restrict.objects.begin(quiet, mia)
    Progress.objects.reach(quiet, moment.film, UNSEEN)
    moment.relive(mia, date=timezone.localdate() - timedelta(days=1), note="quux-diary")
    User.objects.filter(pk=mia.pk).update(email="quux-author@example.org")
    return {"quux-reporter", "quux-mail", "quux-report", "quux-diary", "quux-author", "@example.org"}


@pytest.mark.parametrize("reader", [None, "seb", "mia"])
def test_no_address_tells_what_is_private(reader, client, world, secrets, seb):
    """To strangers nothing, and to the author not who reported, muted, restricted or labelled them."""
    if reader:
        client.force_login(User.objects.get(username=reader))
    own = {"quux-diary", "quux-author", "@example.org"} if reader == "mia" else set()
    told = {}
    for name in sorted(set(NAMES) - VERBS):
        for headers in ({}, HTMX):
            shown = client.get(address(name, world), headers=headers).content.decode(errors="replace").lower()
            told[name, *headers] = {secret for secret in secrets - own if secret in shown}
    assert {place: found for place, found in told.items() if found} == {}


def test_the_walk_would_find_what_is_private(client, world, secrets, mia):
    client.force_login(mia)
    assert "quux-diary" in client.get(address("member-relived", world)).content.decode()
    client.force_login(User.objects.get(username="quux-reporter"))
    assert "quux-report" in client.get(address("reports", world)).content.decode()
