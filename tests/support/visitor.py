"""Somebody at a browser, and a record of all that went wrong before their eyes and behind them."""

import time

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


class Visitor:
    def __init__(self, context, home, width):
        self.context, self.home, self.width = context, home, width
        self.problems, self.expected = [], set()
        context.on("console", self._hear)
        context.on("weberror", self._catch)
        context.on("requestfailed", self._miss)
        context.on("response", self._read)
        self.page = context.new_page()

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

    def starts_over(self, width):
        """Be as one who just arrived, with the same session and whatever the browser keeps of files."""
        self.expected, self.problems = set(), []
        if self.page.url.startswith(self.home):
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.changes_to(width)
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
        reach = self.page.evaluate("document.documentElement.scrollWidth")
        assert reach <= self.width, f"{self.page.url} reaches {reach} px at {self.width} px"

    def can_touch(self, controls):
        """Whether every visible control that the selector finds can be hit by a thumb."""
        small = self.page.evaluate(TOO_SMALL, [controls, FINGER])
        assert small == [], f"{self.page.url}: {small}"
