"""Somebody whose pages are in the hands of the service worker, and what it has kept."""

from tests.support.visitor import Visitor

KEPT = """async (beginning) => {
    const names = (await caches.keys()).filter((name) => name.startsWith(beginning));
    const found = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return found.flat().map(({ url }) => new URL(url).pathname);
}"""
CACHES = "async (beginning) => (await caches.keys()).filter((name) => name.startsWith(beginning))"


class AppUser(Visitor):
    def gets_the_worker(self):
        self.opens("/about/")
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.until("() => navigator.serviceWorker.controller !== null")
        self.opens("/about/")
        self.waits_for("pages ", "/about/")

    def until(self, expression, arg=None):
        """Wait until this function of the page, which may take its time, says yes."""
        wait = "async (arg) => { while (!(await (%s)(arg))) await new Promise(requestAnimationFrame); }"
        self.page.evaluate(wait % expression, arg)

    def kept(self, beginning):
        """The paths of what lies in the caches whose names begin like this."""
        return self.page.evaluate(KEPT, beginning)

    def caches(self, beginning):
        return self.page.evaluate(CACHES, beginning)

    def waits_for(self, beginning, path):
        """Until that page is kept."""
        self.until(
            f"async ([beginning, path]) => (await ({KEPT})(beginning)).includes(path)", [beginning, path]
        )
