"""A device before a real browser: it is added, hears of news, and opens the place."""

import json

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from moments.notifications import pushes
from tests.support.makers import make_comment
from tests.support.notifications import tell_all
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


def test_a_device_hears_of_a_comment_and_opens_it(transactional_db, arrives, moment, mia, seb, service):
    keys = DeviceKeys()
    viewer = arrives(mia, permissions=["notifications"])
    viewer.opens("/app/")
    viewer.page.evaluate(SUBSCRIBE, [f"{service.origin}/mia", keys.public_key, keys.secret])
    viewer.presses("Notify me on this device")
    expect(viewer.page.get_by_text("You get notifications on this device.")).to_be_visible()
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
