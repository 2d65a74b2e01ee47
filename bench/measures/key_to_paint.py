"""P12: how long after a press the browser of a member shows what it did, beside a server that is near."""

import shutil
from contextlib import contextmanager

from bench.figures import Figure
from bench.measures.weight import CHROMIUM, PHONE
from bench.run import Unable

WORK, TITLE = "P12", "from key to paint"
SAMPLES = 9
COMMENTS = 3  # a member who writes more of them in a row is asked to wait
PATIENCE = 5_000  # milliseconds; what takes longer counts as this
BETWEEN = 400  # milliseconds, in which the scene after the next one is fetched ahead
# What is pressed and what changes by it, both as the page would ask for them.
UPVOTE = (
    "document.querySelector('.byline [data-vote]')",
    "document.querySelector('.byline [data-vote]').ariaPressed",
)
NEXT_SCENE = ("document.querySelector('#main .button:is([rel=next], [data-way=next])')", "location.pathname")
COMMENT = (
    "document.querySelector('#comment-form .form-end button')",
    "document.querySelectorAll('#comments .comment').length",
)
TIMED = """() => new Promise((done) => {
    const read = () => %(changes)s;
    const before = read(), pressed = performance.now();
    const look = () => requestAnimationFrame(() => {
        const waited = performance.now() - pressed;
        if (read() === before && waited < %(patience)s) look();
        else setTimeout(() => done(performance.now() - pressed));
    });
    %(control)s.click();
    look();
})"""


def measure(run):
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not chromium:
        raise Unable("there is no chromium that could be pressed")
    places = run.places()
    with run.site(run.size).served() as server:
        home = f"http://localhost:{server.port}"
        with browser_of(chromium, home, places["members"][0]["session"]) as page:
            page.goto(f"{home}/posts/{places['moments'][0]}/")
            yield figure("upvote", [pressed(page, *UPVOTE) for _ in range(SAMPLES)])
            yield figure("comment", [commented(page, number) for number in range(COMMENTS)])
            page.goto(home + places["pages"]["relive mode"])
            page.locator("#main .button.is-gold").first.click()
            page.wait_for_url("**/relive/*/")
            yield figure("next scene", [pressed(page, *NEXT_SCENE) for _ in range(SAMPLES)])


def figure(deed: str, times: list[float]) -> Figure:
    """The median, since every press is one that somebody waits for."""
    return Figure(deed, "ms", times, by="median")


def commented(page, number: int) -> float:
    page.locator("#comment-form textarea").fill(f"I could watch this every evening, said number {number}.")
    return pressed(page, *COMMENT)


def pressed(page, control: str, changes: str) -> float:
    """Milliseconds from a press on the control until the frame with the change is drawn."""
    page.wait_for_timeout(BETWEEN)
    return page.evaluate(TIMED % {"control": control, "changes": changes, "patience": PATIENCE})


@contextmanager
def browser_of(chromium: str, home: str, session: str):
    """A page in the browser of a member, on a telephone."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise Unable("there is no playwright that could press anything") from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=PHONE)
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": home}])
        yield page
        browser.close()
