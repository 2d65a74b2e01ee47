"""P7: how much a page weighs on the wire, and how soon it shows in a browser on a slow line."""

import shutil
from contextlib import contextmanager

from bench.client import Browser
from bench.figures import one
from bench.run import Unable

WORK, TITLE = "P7", "weight of pages"
# What a first view of any page fetches, as the browser calls it; which pictures it shows is up to its posts.
OF_ANY_PAGE = {"Document", "Stylesheet", "Script", "Font"}
PAGES = {"list": "home", "50 comments": "50 comments"}
CHROMIUM = ("chromium-headless-shell", "chromium")
# Bytes a second and milliseconds, as Lighthouse throttles a mobile phone.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 93_750}
PHONE = {"width": 390, "height": 844}
PAINTED = """() => new Promise(resolve => {
  let shift = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { shift += entry.value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve({
    shift, paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  }), 500);
})"""


def measure(run):
    pages = run.places()["pages"]
    with run.site(run.size).served() as server:
        for name, page in PAGES.items():
            body = Browser(server.port).get(pages[page], accept_encoding="br, gzip").body
            yield one(name, "kB", len(body) / 1_000)
        chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
        if not chromium:
            raise Unable("there is no chromium for the first view, the layout shift and the first paint")
        yield from seen(chromium, f"http://localhost:{server.port}{pages['home']}")


def seen(chromium: str, address: str):
    with first_view(chromium, address) as (sizes, _painted):
        page, pictures = weights(sizes)
        yield one("first view with fonts", "kB", page / 1_000)
        yield one("icons and pictures in sight", "kB", pictures / 1_000)
    with first_view(chromium, address, slow=True) as (_sizes, painted):
        yield one("layout shift", "", round(painted["shift"], 4))
        yield one("first contentful paint, slow 4G", "seconds", painted["paint"] / 1_000)


def weights(sizes: list[tuple[str, float]]) -> tuple[float, float]:
    """Bytes of HTML, style, scripts and fonts, and of all else.

    Args:
        sizes: of each answer, what it is and its bytes.
    """
    page = sum(size for kind, size in sizes if kind in OF_ANY_PAGE)
    return page, sum(size for _kind, size in sizes) - page


@contextmanager
def first_view(chromium: str, address: str, slow: bool = False):
    """What came over the wire, each with its bytes, and what the browser says of its painting."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise Unable("there is no playwright for the first view") from None
    kinds, sizes = {}, []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=PHONE)
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
        line.on(
            "Network.loadingFinished",
            lambda event: sizes.append((kinds.get(event["requestId"], "Other"), event["encodedDataLength"])),
        )
        if slow:
            line.send("Network.emulateNetworkConditions", SLOW_4G)
        page.goto(address, wait_until="networkidle")
        painted = page.evaluate(PAINTED)
        yield sizes, painted
        browser.close()
