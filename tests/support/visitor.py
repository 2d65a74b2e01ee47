"""Somebody at a browser, and a record of all that went wrong before their eyes and behind them."""

import time

import pytest
from django.test import Client
from playwright.sync_api import expect

FINGER = 44  # CSS pixels: what a thumb can hit
# Chromium's own words when it changes to a page without the transition that the style sheets ask for: because
# the page has none, was left again or stood before the pictures were taken. No script of ours begins one.
NO_TRANSITION = ("ViewTransition opt-in disabled", "Transition was ")
# Whoever leaves a page stops what it was still loading; that is nobody's fault.
LEFT_BEHIND = "net::ERR_ABORTED"
NO_WORKER = "Service Worker registration blocked by Playwright"
TOO_SMALL = """([found, least]) => [...document.querySelectorAll(found)]
    .filter((part) => part.checkVisibility({ visibilityProperty: true }))
    .map((part) => [part.textContent.trim(), part.getBoundingClientRect()])
    .filter(([, box]) => Math.min(box.width, box.height) < least - 0.5)
    .map(([name, box]) => `${name}: ${Math.round(box.width)} by ${Math.round(box.height)}`)"""

# Whoever clicks through a story at one of these widths looks at each of its pages at the other as well.
PHONE_AND_DESK = pytest.mark.parametrize(
    "width, script", [((360, 1360), True), ((1360, 360), False)], ids=["phone", "desk-plain"]
)
SMALL_PHONE_AND_DESK = pytest.mark.parametrize(
    "width, script", [((320, 1360), True), ((1360, 320), False)], ids=["small-phone", "desk-plain"]
)
# A page that has a clock of its own, or may keep nothing, is not one to go on from.
FORGET = """() => {
    try {
        localStorage.clear();
        sessionStorage.clear();
    } catch {
        return false;
    }
    return !("__pwClock" in window);
}"""


# What a test does by these to a page, or to its browser, lasts as long as that.
LASTING = {
    "page": ("add_init_script", "emulate_media", "expose_function", "on", "once", "route"),
    "context": ("grant_permissions", "new_cdp_session", "new_page", "route", "set_offline"),
}


class Visitor:
    def __init__(self, context, home, width):
        self.context, self.home, self.width, self.others = context, home, width, ()
        self.problems, self.expected, self.changed = [], set(), set()
        self.heard = {
            "console": self._hear,
            "weberror": self._catch,
            "requestfailed": self._miss,
            "response": self._read,
        }
        for event, listener in self.heard.items():
            context.on(event, listener)
        self.page = context.new_page()

    def notes_what_lasts(self):
        """From here on it is noted when a test does to the browser what cannot be undone."""
        for name in LASTING:
            self._notes(name)

    def _notes(self, name):
        for verb in LASTING[name]:
            self._note(getattr(self, name), verb, name)

    def _note(self, thing, verb, name):
        do = getattr(thing, verb)

        def noting(*given, **named):
            self.changed.add(name)
            return do(*given, **named)

        setattr(thing, verb, noting)

    def leaves_nothing(self):
        """Forget all that the browser knows but for files. Returns whether the next one may have it."""
        if (
            "context" in self.changed
            or self.page.is_closed()
            or not self.page.url.startswith(self.home)
            or not self.page.evaluate(FORGET)
        ):
            return False
        for event, listener in self.heard.items():
            self.context.remove_listener(event, listener)
        self.context.clear_cookies()
        if "page" in self.changed:
            self._takes_another_page()
        self.page.goto("about:blank")  # where no script writes down again what is forgotten
        self.page.mouse.move(-9, -9)
        self._forgets()
        return len(self.context.pages) == 1

    def _takes_another_page(self):
        """In the same browser, which has the files of the site already."""
        self.page.close()
        self.page = type(self.context).new_page(self.context)
        self._notes("page")
        self.changed.clear()

    def _forgets(self):
        """Where the tab was, and what it kept."""
        devtools = type(self.context).new_cdp_session(self.context, self.page)
        kept = {"origin": self.home, "storageTypes": "local_storage,indexeddb,cache_storage"}
        devtools.send("Storage.clearDataForOrigin", kept)
        devtools.send("Page.resetNavigationHistory")
        devtools.detach()

    def comes_back(self, width):
        """Be another one in the same browser, in a window of this width."""
        self.problems, self.expected, self.others = [], set(), ()
        self.changes_to(width)
        for event, listener in self.heard.items():
            self.context.on(event, listener)

    def _hear(self, message):
        # A missing file is told once, by its answer.
        if message.type in {"error", "warning"} and not message.text.startswith(
            (NO_WORKER, "Failed to load resource")
        ):
            self.problems.append(f"console: {message.text}")

    def _catch(self, error):
        if not error.error.message.startswith(NO_TRANSITION):
            self.problems.append(f"thrown: {error.error}")

    def _miss(self, request):
        if request.failure != LEFT_BEHIND:
            self.problems.append(f"failed: {request.url} {request.failure}")

    def _read(self, response):
        if response.status >= 400 and response.status not in self.expected:
            self.problems.append(f"{response.status}: {response.request.method} {response.url}")

    def starts_over(self):
        """Be as one who just arrived, with the same session, window and files."""
        self.expected, self.problems = set(), []
        if self.page.url.startswith(self.home):
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.page.emulate_media(color_scheme="null")

    def changes_to(self, width):
        """Make the window this wide, on the page that is open."""
        self.width = width
        self.page.set_viewport_size({"width": width, "height": 800})

    def forgives(self, failure):
        """Requests that failed in this way were meant to."""
        self.problems = [problem for problem in self.problems if failure not in problem]

    def sign_in(self, member):
        """Carry the member's session, as if they had come through the door a minute ago."""
        client = Client()
        client.force_login(member)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()
        cookie = client.cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.home}])

    def opens(self, path):
        response = self.page.goto(path)
        self.sees_that_it_fits()
        return response

    def arrives_at(self, heading):
        """Wait for the page with this main heading, and look whether it fits the screen."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.sees_that_it_fits()

    def presses(self, name):
        self.page.get_by_role("button", name=name, exact=True).locator("visible=true").click()

    def writes_as_large_as(self, size):
        """Enlarge the letters alone, as a reader may."""
        self.page.evaluate("size => { document.documentElement.style.fontSize = size }", size)

    def sees_that_it_fits(self):
        self.page.wait_for_load_state()  # until style sheets are there, nothing fits
        for width in self.at_each_width():
            reach = self.page.evaluate("document.documentElement.scrollWidth")
            assert reach <= width, f"{self.page.url} reaches {reach} px at {width} px"

    def can_touch(self, controls, only_here=False):
        """Whether every visible control that the selector finds can be hit by a thumb."""
        for width in [self.width] if only_here else self.at_each_width():
            small = self.page.evaluate(TOO_SMALL, [controls, FINGER])
            assert small == [], f"{self.page.url} at {width} px: {small}"

    def at_each_width(self):
        """The width of the window, and those of others in which the page is looked at, too."""
        yield self.width
        for width in self.others:
            self.page.set_viewport_size({"width": width, "height": 800})
            yield width
        if self.others:
            self.changes_to(self.width)
