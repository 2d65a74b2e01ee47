"""A device before a real browser: it is added, hears of news, and opens the place."""

import json

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from moments.notifications import pushes
from tests.support.makers import make_comment
from tests.support.notifications import choose_mail, send_all, tell_all
from tests.support.push_server import DeviceKeys, PushServer

# A browser in a test reaches no push service of its maker. All else is the browser's own.
SUBSCRIBE = """([endpoint, publicKey, secret]) => {
    const bytes = (text) => Uint8Array.from(
        atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
    const keys = { p256dh: bytes(publicKey).buffer, auth: bytes(secret).buffer };
    PushManager.prototype.subscribe = async (asked) => {
        window.asked = asked.applicationServerKey.length;
        return { endpoint, getKey: (name) => keys[name] };
    };
}"""

# The shell has no place to show notifications and badges. What the worker asks for is noted here.
RECORD = """() => {
    self.shown = new Promise((resolve) => {
        self.registration.showNotification =
            async (title, { body, tag, data }) => resolve({ body, tag, ...data });
    });
    self.navigator.setAppBadge = async (number) => { self.badge = number; };
    self.clients.openWindow = async (place) => { self.opened = place; };
}"""


@pytest.fixture
def service(monkeypatch):
    with PushServer() as server:
        monkeypatch.setattr("reelive.web_push.INSIDE", frozenset([server.origin]))
        yield server


def deliver(viewer, message):
    """What the browser does when its push service hands it a message for the site."""
    devtools = viewer.context.new_cdp_session(viewer.page)
    found = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda said: found.extend(said["registrations"]))
    devtools.send("ServiceWorker.enable")
    viewer.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    number = found[0]["registrationId"]
    data = json.dumps(message)
    devtools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": viewer.home, "registrationId": number, "data": data},
    )


def add_device(viewer, service):
    """Take notifications on the device of this browser. Returns the keys that its messages are sealed for."""
    keys = DeviceKeys()
    viewer.opens("/app/")
    viewer.page.evaluate(SUBSCRIBE, [f"{service.origin}/mia", keys.public_key, keys.secret])
    viewer.presses("Notify me on this device")
    expect(viewer.page.get_by_text("You get notifications on this device.")).to_be_visible()
    return keys


def answer(writer, words):
    """Reply to the first comment of the page."""
    writer.page.get_by_role("link", name="Reply").first.click()
    form = writer.page.locator("form", has=writer.page.get_by_role("button", name="Reply", exact=True))
    form.locator("textarea").fill(words)
    writer.presses("Reply")
    expect(writer.page.get_by_text(words)).to_be_visible()


def test_an_answer_comes_by_all_ways_and_is_answered(
    transactional_db, arrives, meet, moment, mia, seb, service, mailoutbox
):
    make_comment(moment, mia, "It was the light.")
    choose_mail(mia, reply="at-once")
    reader, replier = arrives(mia, permissions=["notifications"]), meet(seb, width=360)
    keys = add_device(reader, service)
    replier.opens(moment.get_absolute_url())
    answer(replier, "It was the music.")
    tell_all()
    reader.opens("/")
    expect(reader.page.get_by_role("link", name="1 unread")).to_be_visible()
    send_all()
    assert pushes.send_due(timezone.now())
    (letter,), ((_path, _headers, body),) = mailoutbox, service.taken
    message = keys.read(body)
    assert (letter.to, message["unread"]) == ([mia.email], 1)
    assert message["url"] in letter.body
    reader.opens(message["url"])
    expect(reader.page.get_by_text("It was the music.")).to_be_visible()
    answer(reader, "It was both.")
    tell_all()
    replier.opens("/")
    replier.page.get_by_role("link", name="1 unread").click()
    replier.page.get_by_role("button", name="@mia replied to your comment").first.click()
    expect(replier.page.get_by_text("It was both.")).to_be_visible()


def test_a_device_hears_of_a_comment_and_opens_it(transactional_db, arrives, moment, mia, seb, service):
    viewer = arrives(mia, permissions=["notifications"])
    keys = add_device(viewer, service)
    expect(viewer.page.locator(".setting-name", has_text="this one")).to_have_count(1)
    comment = make_comment(moment, seb, "It was the light.")
    tell_all(timezone.now())
    assert pushes.send_due(timezone.now())
    ((_path, _headers, body),) = service.taken
    message = keys.read(body)
    (worker,) = viewer.context.service_workers
    worker.evaluate(RECORD)
    deliver(viewer, message)
    about = {"body": message["body"], "tag": f"comment post/{moment.pk}", "url": f"/comments/{comment.pk}/"}
    assert worker.evaluate("() => self.shown") == about
    assert worker.evaluate("() => self.badge") == 1
    opened = worker.evaluate("async (about) => { await openPlace(about); return self.opened; }", about)
    assert opened == f"{viewer.home}/comments/{comment.pk}/"
    viewer.page.get_by_role("button", name="Take away").click()
    expect(viewer.page.get_by_text("No device of yours gets notifications.")).to_be_visible()
