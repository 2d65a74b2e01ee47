"""Every page of the site, asked for once by each kind of viewer, and all that is to hold of all of them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from moments.models import Comment, Mute, Progress, Report, Restrict
from moments.spoilers.rules import UNSEEN
from reelive.render_cache import render_cache
from tests.support.makers import make_comment, make_entry, make_member
from tests.support.markup import faults_of
from tests.support.pages import repeated, titles_of
from tests.support.walk import (
    FOR_ALL,
    FOR_ONESELF,
    FORM_PAGES,
    NAMES,
    VERBS,
    address,
    gotten,
    scene_of_everything,
)

PAGES = sorted(set(NAMES) - VERBS)
# Addresses that need more than the world of this walk, or only lead on, and have tests of their own.
ELSEWHERE = {"post", "list", "random", "export-file", "oembed", "share-receive", "own-diary"}
OF_ACCOUNTS = ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/")
OF_ONE_PAGE = re.compile(r'(name="(?:csrfmiddlewaretoken|nonce)" value=")[^"]+')
# Words that stand nowhere else but in what nobody reads save its owner; those by mia are hers to read.
BY_MIA = {"quux-diary", "quux-followers", "quux-me", "quux-author", "@example.org"}
SECRETS = {"quux-reporter", "quux-mail", "quux-report"} | BY_MIA


def make_world():
    """One of everything, and beside it what is private."""
    scene = scene_of_everything()
    mia, moment = scene["mia"], scene["moment"]
    make_comment(moment, scene["seb"])
    quiet = make_member("quux-reporter", email="quux-mail@example.org")
    comment = Comment.objects.get(pk=scene["world"]["comment_id"])
    for target in (moment, comment, mia, moment.film):
        Report.objects.file(quiet, target, "spam", "quux-report")
    moment.upvote(quiet)
    moment.label(quiet, "unkind")
    moment.feel(quiet, "anger")
    Mute.objects.add(quiet, mia)
    Restrict.objects.add(quiet, mia)
    Progress.objects.set_progress(quiet, moment.film, UNSEEN)
    moment.relive(mia, date=timezone.localdate() - timedelta(days=1), note="quux-diary")
    for days, audience in enumerate(("followers", "me"), 2):
        date = timezone.localdate() - timedelta(days=days)
        make_entry(moment, mia, date, note=f"quux-{audience}", public=True, audience=audience)
    User.objects.filter(pk=mia.pk).update(email="quux-author@example.org")
    assert moment.songs_heard.exists()
    return scene | {"quiet": quiet}


SCENE = make_world


@pytest.mark.parametrize("viewer", [None, "seb", "mia"])
def test_what_holds_of_every_page_holds_of_each(viewer, client, staged):
    addresses = {name: address(name, staged["world"]) for name in PAGES}
    if viewer:
        client.force_login(staged[viewer])
    render_cache.clear()
    answers, keeping = {}, {}
    for name, url in addresses.items():
        answers[name], added = asked(client, url)
        keeping |= {name: url} if added else {}
    pages = {name: page for name, (page, *_piece) in answers.items()}
    found = {
        "is not sound": unsound(answers),
        "has no title of its own": without_a_title(pages),
        "tells what is private": private(viewer, answers),
        "opens for the wrong ones": opened_wrongly(viewer, pages, addresses),
        "is taken for its piece": kept_together(answers),
        "is rendered anew each time": kept_anew(viewer, client, keeping),
    }
    assert {fault: names for fault, names in found.items() if names} == {}


def asked(client, url):
    """The page, and the piece of it for htmx where that may differ; a visitor comes with no cookie.

    And whether anything of them was rendered to be kept: what was kept before is kept for them as well.
    """
    if "sessionid" not in client.cookies:
        client.cookies.clear()
    known = set(render_cache.kept)
    answers = list(gotten(client, url))
    return answers, not known.issuperset(render_cache.kept)


def unsound(answers):
    """Nothing is unclosed, misplaced, called twice or leads nowhere."""
    every = {(name, number): one for name, both in answers.items() for number, one in enumerate(both)}
    return faults_of({name: one for name, one in every.items() if not name[0].endswith("-feed")})


def without_a_title(pages):
    """Each is called by a name of its own and that of the site; the front page by what the site is."""
    titles = titles_of(pages)
    assert len(titles) > 30
    assert titles["home"].startswith("Reelive")
    unlike = [name for name, title in titles.items() if not re.search(r"\w.* · Reelive\Z", title)]
    return repeated(titles) | {name: titles[name] for name in unlike if name != "home"}


def private(viewer, answers):
    """To strangers nothing, and to the author not who reported, muted, restricted or labelled them."""
    secrets, told = SECRETS - BY_MIA if viewer == "mia" else SECRETS, {}
    for name, both in answers.items():
        shown = "".join(answer.content.decode(errors="replace").lower() for answer in both)
        told[name] = {secret for secret in secrets if secret in shown}
    return {name: found for name, found in told.items() if found}


def opened_wrongly(viewer, pages, addresses):
    """Whether each opens for whom it is for, leaves no cookie with visitors, and is kept by whom it may."""
    told = {}
    if viewer is None:
        told |= {name: (pages[name].status_code, dict(pages[name].cookies)) == (200, {})
                 for name in set(PAGES) - FORM_PAGES - FOR_ALL - ELSEWHERE - FOR_ONESELF}  # fmt: skip
        told |= {name: leads_to_the_door(pages[name], addresses[name]) for name in FORM_PAGES | FOR_ONESELF}
    if viewer == "mia":
        told |= {name: pages[name].status_code == 200 for name in FORM_PAGES}
    for name in {None: FOR_ALL, "mia": FOR_ONESELF}.get(viewer, ()):
        told[name] = pages[name].status_code == 200 and not is_kept(pages[name])
    return {name: pages[name].status_code for name, is_right in told.items() if not is_right}


def leads_to_the_door(page, url):
    door = f"/accounts/login/?next={url.replace('/', '%2F')}"
    return (page.status_code, page.get("Location")) == (302, door)


def is_kept(response):
    return not {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def kept_together(answers):
    """No cache, not even the browser's own, may show the piece of a page in the place of the page."""
    texts = {name: [OF_ONE_PAGE.sub(r"\1", one.text) for one in both]
             for name, both in answers.items() if len(both) > 1}  # fmt: skip
    apart = {name for name, (page, piece) in texts.items() if page != piece}
    assert len(apart) > 9
    return [name for name in sorted(apart) if "HX-Request" not in answers[name][0].get("Vary", "")]


def kept_anew(viewer, client, addresses):
    """The templates of what a view of a page renders although an earlier one has kept it."""
    if viewer == "seb":
        return {}
    assert len(addresses) > 20
    kept = {name: kept_by_a_later_view(client, url) for name, url in addresses.items()}
    for url in OF_ACCOUNTS:
        client.get(url)
        kept[url] = kept_by_a_later_view(client, url)
    return {name: found for name, found in kept.items() if found}


def kept_by_a_later_view(client, url):
    """Of a page that was seen before. The first view of it may have changed what the second one shows."""
    for _view in range(2):
        known = set(render_cache.kept)
        client.get(url)
        anew = [key[0] for key in render_cache.kept if key not in known]
        if not anew:
            break
    return anew


def test_the_walk_would_find_what_is_private(client, staged):
    client.force_login(staged["mia"])
    diary = client.get(address("member-diary", staged["world"])).text
    assert [note for note in ("quux-diary", "quux-followers", "quux-me") if note not in diary] == []
    client.force_login(staged["quiet"])
    assert "quux-report" in client.get(address("reports", staged["world"])).text


def test_walks_ask_for_a_piece_only_where_it_may_differ_from_the_page(client, moment):
    urls = (("menu", moment.labels_url), ("about", "/about/"))
    assert {name: len(list(gotten(client, url))) for name, url in urls} == {"menu": 2, "about": 1}
