"""News on devices: whom it reaches and when no more, what it says, and what a push service may do."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.deletion import delete_account
from moments.models import Mute, Notification, NotificationChoice, Progress, Push, PushSubscription
from moments.models.push import LEASE, MOST_DEVICES, TooManyDevices
from moments.notifications import pushes
from moments.spoilers.rules import UNSEEN
from reelive import web_push
from reelive.retries import PAUSES
from tests.support.devices import make_device
from tests.support.makers import cast, make_comment, make_member, make_moment
from tests.support.notifications import inbox_of, tell_all
from tests.support.pages import messages_of, texts
from tests.support.push_server import DeviceKeys, PushServer

SCENE = cast


@pytest.fixture
def service(monkeypatch):
    with PushServer() as server:
        monkeypatch.setattr("reelive.web_push.INSIDE", frozenset([server.origin]))
        yield server


@pytest.fixture
def keys():
    return DeviceKeys()


@pytest.fixture
def device(service, keys, mia):
    return make_device(mia, f"{service.origin}/mia", keys)


def send_all(now=None):
    while pushes.send_due(now or timezone.now()):
        pass


def tell_and_send():
    tell_all(timezone.now())
    send_all()


def test_a_comment_comes_to_the_device_sealed_and_signed(device, moment, seb, service, keys, settings):
    comment = make_comment(moment, seb, "It was the light.")
    tell_and_send()
    ((path, headers, body),) = service.taken
    assert (path, headers["Content-Encoding"], headers["TTL"]) == ("/mia", "aes128gcm", "86400")
    assert keys.read(body) == {
        "title": "Reelive",
        "body": inbox_of(moment.author)[0].sentence,
        "url": f"/comments/{comment.pk}/",
        "tag": f"comment post/{moment.pk}",
        "unread": 1,
    }
    assert service.claims()["sub"] == settings.SITE_URL
    assert Push.objects.count() == 0
    assert PushSubscription.objects.get().last_ok is not None


def test_the_task_process_sends_by_itself(device, moment, seb, service, worker):
    make_comment(moment, seb)
    while worker.turn():
        pass
    assert len(service.taken) == 1


def test_each_device_of_a_member_hears_and_nobody_elses(device, moment, mia, seb, service):
    make_device(mia, f"{service.origin}/second")
    make_device(seb, f"{service.origin}/seb")
    make_comment(moment, seb)
    tell_and_send()
    assert sorted(path for path, *_ in service.taken) == ["/mia", "/second"]


def test_a_title_beyond_what_one_has_seen_is_not_told(device, film, mia, seb, service, keys):
    spoiler = make_moment(film, seb, "The last look", spoiler=True)
    parent = make_comment(spoiler, mia)
    Progress.objects.set_progress_of_all(mia, {film.pk: UNSEEN})
    make_comment(spoiler, seb, "Five years later she is married.", parent=parent)
    tell_and_send()
    ((_path, _headers, body),) = service.taken
    said = keys.read(body)
    assert said["body"] == inbox_of(mia)[0].sentence
    assert "look" not in json.dumps(said).replace("-", " ")
    assert "married" not in json.dumps(said)


@pytest.mark.parametrize("kind, is_told", [("comment", True), ("upvote", False)])
def test_who_chose_nothing_hears_what_its_kind_declares(kind, is_told, device, moment, seb, service):
    make_comment(moment, seb) if kind == "comment" else moment.upvote(seb)
    tell_all()
    send_all()
    assert bool(service.taken) is is_told


@pytest.mark.parametrize("chosen", [True, False])
def test_what_a_member_chose_holds(chosen, device, moment, mia, seb, service):
    NotificationChoice.objects.create(member=mia, kind="comment", push=chosen)
    make_comment(moment, seb)
    tell_and_send()
    assert bool(service.taken) is chosen


def test_news_for_devices_alone_is_told_there_and_nowhere_else(device, moment, mia, seb, service):
    NotificationChoice.objects.create(member=mia, kind="comment", site=False, mail="never", push=True)
    make_comment(moment, seb)
    tell_and_send()
    assert len(service.taken) == 1
    assert Notification.objects.of(mia).count() == 0


def test_without_a_device_that_choice_makes_no_row(moment, mia, seb):
    NotificationChoice.objects.create(member=mia, kind="comment", site=False, mail="never", push=True)
    make_comment(moment, seb)
    tell_all(timezone.now())
    assert (Notification.objects.count(), Push.objects.count()) == (0, 0)


# What became of it before it was sent.


def mute(comment, mia, seb):
    Mute.objects.create(member=mia, other=seb)


def read(comment, mia, seb):
    Notification.objects.update(read=timezone.now())


def remove(comment, mia, seb):
    comment.remove(make_member("keith", is_staff=True), "spam")


def choose_none(comment, mia, seb):
    NotificationChoice.objects.create(member=mia, kind="comment", push=False)


def suspend(comment, mia, seb):
    mia.suspend(make_member("keith", is_staff=True), "Enough.")


def leave(comment, mia, seb):
    delete_account(mia, False)


def leave_the_other(comment, mia, seb):
    delete_account(seb, True)


@pytest.mark.parametrize(
    "happen", [mute, read, remove, choose_none, suspend, leave, leave_the_other], ids=lambda one: one.__name__
)
def test_what_does_not_hold_any_more_is_not_sent(happen, device, moment, mia, seb, service):
    comment = make_comment(moment, seb)
    tell_all(timezone.now())
    assert Push.objects.count() == 1
    happen(comment, mia, seb)
    send_all()
    assert (service.taken, Push.objects.count()) == ([], 0)


def test_a_device_is_quiet_once_its_member_has_signed_out_there(moment, mia, seb, service):
    client = Client()
    make_device(mia, f"{service.origin}/mia", client=client)
    client.post("/accounts/logout/")
    make_comment(moment, seb)
    tell_and_send()
    assert service.taken == []
    assert PushSubscription.objects.count() == 0


def test_a_session_that_ended_elsewhere_is_quiet_too(device, moment, seb, service):
    make_comment(moment, seb)
    tell_all(timezone.now())
    type(device.session).objects.update(expire_date=timezone.now() - timedelta(days=1))
    send_all()
    assert (service.taken, Push.objects.count()) == ([], 0)


# What a push service answers.


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(status, device, moment, seb, service):
    service.answers = [status]
    make_comment(moment, seb)
    tell_and_send()
    assert (PushSubscription.objects.count(), Push.objects.count()) == (0, 0)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_in_trouble_is_asked_again_later(status, device, moment, seb, service):
    service.answers = [status]
    make_comment(moment, seb)
    tell_and_send()
    waiting = Push.objects.get()
    assert (service.taken, waiting.attempts) == ([], 1)
    send_all(waiting.due)
    assert (len(service.taken), Push.objects.count()) == (1, 0)


@pytest.mark.parametrize("status", [302, 400, 413])
def test_what_a_service_refuses_is_given_up_and_a_redirect_followed_nowhere(
    status, device, moment, seb, service
):
    service.answers = [status]
    make_comment(moment, seb)
    tell_and_send()
    assert (service.taken, Push.objects.count(), PushSubscription.objects.count()) == ([], 0, 1)


def test_a_service_that_never_answers_is_given_up_in_the_end(device, moment, seb, service):
    service.answers = [503] * (len(PAUSES) + 1)
    make_comment(moment, seb)
    tell_all(timezone.now())
    while waiting := Push.objects.first():
        send_all(waiting.due)
    assert (service.taken, service.answers) == ([], [])


def test_one_process_sends_what_two_want_to_send(device, moment, seb, service):
    make_comment(moment, seb)
    now = timezone.now()
    tell_all(now)
    push = Push.objects.get()
    assert Push.objects.claim(push, now)
    assert not Push.objects.claim(push, now)
    send_all(now)
    assert service.taken == []
    send_all(now + LEASE)
    assert len(service.taken) == 1


# Where messages may go.


@pytest.mark.parametrize("endpoint", [
    "http://push.example.org/a", "https://localhost/a", "https://127.0.0.1/a", "https://[::1]/a",
    "https://push.example.org:8080/a", "https://somebody@push.example.org/a", "https://push.example.org/a#b",
    "https://push/a", "https://0x7f.1/a", "https://2130706433/a", "https://push.example.org/a b",
    "ftp://push.example.org",
    "https://push.example.org:99999/", "https://push.exämple.org/a",
    f"https://push.example.org/{'a' * 800}", "//push.example.org",
])  # fmt: skip
def test_an_unusual_endpoint_is_refused(endpoint, as_mia):
    keys = DeviceKeys()
    data = {"endpoint": endpoint, "public_key": keys.public_key, "secret": keys.secret}
    answer = as_mia.post("/push/add/", data, follow=True)
    assert len(messages_of(answer)) == 1
    assert PushSubscription.objects.count() == 0


@pytest.mark.parametrize("wrong", [
    {"public_key": ""}, {"public_key": "AAAA"}, {"public_key": web_push.packed(b"\x04" + b"\1" * 64)},
    {"secret": "AAAA"}, {"secret": "*" * 22}, {"secret": ""}, {"endpoint": ""},
], ids=str)  # fmt: skip
def test_keys_that_are_none_are_refused(wrong, as_mia):
    keys = DeviceKeys()
    data = {"endpoint": "https://push.example.org/a", "public_key": keys.public_key, "secret": keys.secret}
    answer = as_mia.post("/push/add/", data | wrong, follow=True)
    assert len(messages_of(answer)) == 1
    assert PushSubscription.objects.count() == 0


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
    "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1",
])  # fmt: skip
def test_an_address_inside_of_a_network_is_not_public(address):
    assert web_push.is_public(address) is False


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001:80b::200a"])
def test_an_address_of_the_internet_is_public(address):
    assert web_push.is_public(address) is True


def led_to(monkeypatch, *addresses):
    """The name of every host leads to these addresses."""
    found = [(2, 1, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_asked, **_how: found)


def test_a_name_that_leads_inside_is_not_called_and_forgotten(monkeypatch, moment, mia, seb):
    called = []
    monkeypatch.setattr("socket.create_connection", lambda address, *_: called.append(address))
    led_to(monkeypatch, "8.8.8.8", "10.0.0.7")
    make_device(mia)
    make_comment(moment, seb)
    tell_and_send()
    assert called == []
    assert (PushSubscription.objects.count(), Push.objects.count()) == (0, 0)


def test_the_address_that_was_looked_at_is_the_one_that_is_called(monkeypatch, moment, mia, seb):
    called = []

    def call(address, *_how):
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("socket.create_connection", call)
    led_to(monkeypatch, "8.8.8.8")
    make_device(mia)
    make_comment(moment, seb)
    tell_and_send()
    assert called == [("8.8.8.8", 443)]
    assert (PushSubscription.objects.count(), Push.objects.get().attempts) == (1, 1)


# Devices, as their member sees them.


def add(client, endpoint="https://push.example.org/a", **about):
    keys = DeviceKeys()
    data = {"endpoint": endpoint, "public_key": keys.public_key, "secret": keys.secret}
    return client.post("/push/add/", data, **about)


def test_a_device_is_added_named_and_taken_away(as_mia, mia):
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    answer = add(as_mia, HTTP_USER_AGENT=firefox)
    assert answer["Location"] == "/app/"
    page = as_mia.get("/app/")
    assert len(messages_of(page)) == 1
    assert texts(page, ".setting-name") == ["Firefox on Linux this one"]
    assert texts(as_mia.get("/notifications/settings/"), ".setting-name") == ["Firefox on Linux this one"]
    as_mia.post(f"/push/{mia.push_subscriptions.get().pk}/remove/")
    assert texts(as_mia.get("/app/"), ".setting-name") == []


def test_a_browser_that_is_added_again_is_the_same_device(as_mia, mia):
    add(as_mia)
    add(as_mia)
    add(as_mia, "https://push.example.org/newer")
    assert [row.endpoint for row in mia.push_subscriptions.all()] == ["https://push.example.org/newer"]


def test_a_browser_that_somebody_else_signs_in_to_is_theirs_alone(mia, seb):
    for member in (mia, seb):
        client = Client()
        client.force_login(member)
        add(client)
    assert [row.member for row in PushSubscription.objects.all()] == [seb]


def test_a_member_has_so_many_devices_and_no_more(as_mia, mia):
    for number in range(MOST_DEVICES):
        make_device(mia, f"https://push.example.org/{number}")
    answer = add(as_mia)
    assert answer.status_code == 422
    assert str(TooManyDevices.sentence) in answer.text
    assert mia.push_subscriptions.count() == MOST_DEVICES


def test_nobody_takes_away_a_device_of_somebody_else(as_seb, mia):
    device = make_device(mia)
    assert as_seb.post(f"/push/{device.pk}/remove/").status_code == 404
    assert PushSubscription.objects.count() == 1


def test_the_settings_keep_the_choice_for_devices(as_mia, mia):
    page = as_mia.get("/notifications/settings/")
    form = page.context["form"]
    data = {name: field.initial for name, field in form.fields.items() if field.initial is not False}
    assert form.fields["reply-push"].initial is True
    data.pop("reply-push")
    as_mia.post("/notifications/settings/", data | {"upvote-push": "on"})
    chosen = dict(NotificationChoice.objects.filter(member=mia).values_list("kind", "push"))
    assert (chosen["reply"], chosen["upvote"], chosen["comment"]) == (False, True, True)


def test_messages_stay_small_whatever_is_told(device, moment, mia, seb):
    moment.title = "ル" * 150
    moment.save(update_fields=["title"])
    make_comment(moment, seb)
    tell_all(timezone.now())
    message, _topic = pushes.write(mia, Notification.objects.get())
    assert len(message) < 2_000
    assert json.loads(message)["body"].startswith("@seb")
