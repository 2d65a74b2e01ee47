"""What is told, by what happens before it goes out, by every way on which it could: nothing gets out.

Five members do one thing each that mia hears of. The words of each name whose they are.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.deletion import delete_account
from moments.models import (
    Filter,
    Follow,
    Mute,
    Notification,
    NotificationChoice,
    PrivateFeed,
    Progress,
    Push,
    Restrict,
    Tag,
)
from moments.models.mailing import DAILY
from moments.notifications import letters, pushes
from moments.spoilers.rules import ProgressPoint
from tests.support.devices import make_device
from tests.support.makers import make_comment, make_film, make_member, make_moment
from tests.support.notifications import choose_mail, send_all, tell_all, unread_of
from tests.support.pages import told
from tests.support.rows import for_each

KINDS = ("reply", "mention", "upvote", "diary", "followed")
PARTS = ("who", "title", "text")
TAG = "quuxtag"
FIRST, SEEN = 5.0, ProgressPoint(2.0)


def word(kind, part):
    return f"quux{kind}{part}"


def said_in(text):
    """Of which kind what is said."""
    return {(kind, part) for kind in KINDS for part in PARTS if word(kind, part) in str(text)}


def all_of(*parts, but=()):
    return {(kind, part) for kind in KINDS for part in parts if kind not in but}


def set_the_scene():
    """Who acts, by kind; what they act on: mia's comment on a moment of keith's, or a moment of hers."""
    mia, keith, film = make_member("mia"), make_member("keith", is_staff=True), make_film()
    scene = {"mia": mia, "keith": keith, "film": film}
    make_device(mia)
    for kind in KINDS:
        scene[kind] = make_member(word(kind, "who"))
        chosen = {"member": mia, "kind": kind, "mail": "at-once", "push": True}
        NotificationChoice.objects.create(**chosen)
        if kind != "followed":
            author = mia if kind == "diary" else keith
            scene[f"{kind} post"] = make_post(scene, author, kind)
    for kind in ("reply", "upvote"):
        scene[f"{kind} comment"] = make_comment(scene[f"{kind} post"], mia, f"So {word(kind, 'text')}.")
    # That something of hers was removed is told in other tests.
    NotificationChoice.objects.create(member=mia, kind="removal", site=False, mail="never", push=False)
    Follow.objects.follow(mia, person=scene["followed"], is_told=False)
    tell_all()
    return scene


def make_post(at, author, kind):
    texts = {"title": f"The {word(kind, 'title')}", "body": f"Such {word(kind, 'text')}."}
    return make_moment(at["film"], author, tags=[TAG], position=FIRST + KINDS.index(kind), **texts)


SCENE = set_the_scene


def do_all(at):
    """Each does their thing. Returns what is removed or deleted then."""
    post, own = at["mention post"], at["diary post"]
    reply = make_comment(
        at["reply post"], at["reply"], f"No, {word('reply', 'text')}.", parent=at["reply comment"]
    )
    mention = make_comment(post, at["mention"], f"Look here, @mia: {word('mention', 'text')}.")
    at["upvote comment"].upvote(at["upvote"])
    own.relive(at["diary"], note=f"Again: {word('diary', 'text')}.", public=True)
    return [reply, mention, at["upvote comment"], own, make_post(at, at["followed"], "followed")]


# What happens then.


def mute(at, _things):
    for kind in KINDS:
        Mute.objects.add(at["mia"], at[kind])


def restrict(at, _things):
    for kind in KINDS:
        Restrict.objects.add(at["mia"], at[kind])


def veil(at, _things):
    """Mia says that she has not seen that far."""
    Progress.objects.set_progress(at["mia"], at["film"], SEEN)


def filter_tag(at, _things):
    Filter.objects.add(at["mia"], "tag", Tag.objects.get(name=TAG).pk)


def filter_film(at, _things):
    Filter.objects.add(at["mia"], "film", at["film"].pk)


def filter_words(at, _things):
    for kind in KINDS:
        for part in ("title", "text"):
            Filter.objects.add(at["mia"], "word", word(kind, part))


def hide_posts(at, _things):
    for post in at["film"].posts.all():
        Filter.objects.add(at["mia"], "post", post.pk)


def remove(at, things):
    for thing in things:
        thing.remove(at["keith"], "spam")


def delete(_at, things):
    for thing in things:
        thing.delete_by_author()


def leave(at, _things):
    for kind in KINDS:
        delete_account(at[kind], take_texts=False)


def go_private(at, _things):
    for kind in KINDS:
        choose(at[kind], is_private="on")


def keep_the_diary(at, _things):
    choose(at["diary"], diary_audience="me")


def choose(member, **chosen):
    """They save their profile as it is, but for this."""
    client = Client()
    client.force_login(member)
    form = client.get("/accounts/profile/").context["form"]
    sent = {name: form[name].value() for name in ("theme", "time_zone", "spoiler_stance", "diary_audience")}
    assert client.post("/accounts/profile/", sent | chosen).status_code == 302


# What is said all the same: of her own moment mia hears, whatever she filters and has not seen.
NOTHING, OF_HER_OWN = set(), {("diary", "who"), ("diary", "title")}
HAPPENINGS = {
    mute: NOTHING,
    restrict: NOTHING,
    # Who did it is no spoiler, and what it was done to is called by its place.
    veil: OF_HER_OWN | all_of("who"),
    filter_tag: OF_HER_OWN,
    filter_film: OF_HER_OWN,
    filter_words: OF_HER_OWN,
    hide_posts: OF_HER_OWN,
    remove: NOTHING,
    delete: NOTHING,
    leave: NOTHING,
    # What one shares and says stays public; a diary is for followers then, and mia follows another one alone.
    go_private: all_of(*PARTS, but=["diary"]),
    keep_the_diary: all_of(*PARTS, but=["diary"]),
}
NEW_POST = {("followed", part) for part in PARTS}
# And what of the new post stands in the feed of all that she follows, which is where she looks herself.
FED = {restrict: NEW_POST, veil: {("followed", "who")}, leave: NEW_POST - {("followed", "who")}}
FED |= {go_private: NEW_POST, keep_the_diary: NEW_POST}


def news_by_way(client, mia, mailoutbox):
    """What mia is told, by the name of the way."""
    now = timezone.now()
    since, until = ((now + timedelta(days=days)).isoformat() for days in (-1, 1))
    said = {"inbox": told(client.get("/notifications/"))}
    send_all(now + timedelta(hours=1))
    sent = [letter for letter in mailoutbox if letter.to == [mia.email]]
    said["mail at once"] = [f"{letter.subject} {letter.body} {letter.alternatives}" for letter in sent]
    said["mail that waited"] = [letters.write(mia, kind, since, until) for kind in KINDS]
    said["device"] = [pushes.write(mia, push.notification) for push in Push.objects.all()]
    choose_mail(mia, **dict.fromkeys(KINDS, DAILY))
    said["digest"] = letters.write(mia, DAILY, since, until)
    return said | {"private feed": read_feed(client, mia, "notifications")}


def read_feed(client, mia, purpose):
    token = PrivateFeed.objects.renew(mia, purpose)
    answer = client.get(f"/feeds/{token}/{purpose}.json")
    assert answer.status_code == 200
    return answer.text


def check(at, client, mailoutbox, expected):
    """Every way names who did what is expected and says no more than that, and the bell counts it."""
    client.force_login(at["mia"])
    names = expected & all_of("who")
    by_way = {way: said_in(said) for way, said in news_by_way(client, at["mia"], mailoutbox).items()}
    assert {way: said for way, said in by_way.items() if not names <= said <= expected} == {}
    assert unread_of(at["mia"]) == len(names)


@pytest.fixture
def things(staged):
    return do_all(staged)


@pytest.fixture
def told_of(things):
    """The same once they have been told."""
    tell_all()
    return things


def test_each_way_tells_of_what_nothing_happened_to(staged, told_of, client, mailoutbox):
    check(staged, client, mailoutbox, all_of(*PARTS))
    assert said_in(read_feed(client, staged["mia"], "following")) == NEW_POST


@for_each("happening, expected", HAPPENINGS.items(), ids=lambda row: row[0].__name__)
def test_what_happens_before_it_is_told_is_told_to_nobody(
    happening, expected, staged, things, client, mailoutbox
):
    happening(staged, things)
    tell_all()
    check(staged, client, mailoutbox, expected)
    rows = Notification.objects.filter(member=staged["mia"], kind__in=KINDS)
    assert rows.count() == len(expected & all_of("who"))


@for_each("happening, expected", HAPPENINGS.items(), ids=lambda row: row[0].__name__)
def test_what_happens_before_it_goes_out_holds_on_every_way(
    happening, expected, staged, told_of, client, mailoutbox
):
    happening(staged, told_of)
    tell_all()
    check(staged, client, mailoutbox, expected)
    assert said_in(read_feed(client, staged["mia"], "following")) == FED.get(happening, set())
