"""A newcomer brings their years from elsewhere: from the sign-up to their own films, progress and diary."""

from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from moments.archives.bringing.making import make_due
from moments.models import Homecoming, Progress
from moments.spoilers.rules import SEEN
from tests.support.filmed import film
from tests.support.homecoming import IMDB, LETTERBOXD, TV_TIME, zipped
from tests.support.makers import make_film, make_moment

CONTROLS = ".button, .textlink, .homecoming-parts label, .homecoming-felt select, .setting, summary"
# Not every machine that takes pictures has letters for the wave in it.
PLAIN = LETTERBOXD | {"reviews.csv": LETTERBOXD["reviews.csv"].replace(" 🌊", "")}


@pytest.fixture
def ponyo(transactional_db, seb):
    film = make_film("Ponyo", year=2008)
    make_moment(film, seb, "The wave")
    return film


def joins(ana, journey):
    ana.opens("/import/")
    ana.can_touch(CONTROLS)
    ana.page.get_by_role("main").get_by_role("link", name="Join").click()
    ana.page.get_by_label("Username").fill("Ana")
    ana.page.get_by_label("E-mail").fill("ana@example.org")
    ana.page.get_by_label("Password").fill("planetarium at night")
    film(ana, f"{journey}-1-join")
    ana.presses("Join")
    ana.arrives_at("Bring your films along")


def sends(ana, journey, files):
    """Send the file; the task process reads it meanwhile."""
    content = {"name": f"{journey}.zip", "mimeType": "application/zip", "buffer": zipped(files)}
    ana.page.get_by_label("File", exact=True).set_input_files(content)
    film(ana, f"{journey}-2-file")
    ana.presses("See what is in it")
    expect(ana.page.get_by_text("It goes on when you leave this page.")).to_be_visible()
    works(ana)


def pages_of(ana):
    """The paths of the pages that she comes to from now on, each once, in a dictionary that grows."""
    pages = {}
    ana.page.on("framenavigated", lambda frame: pages.setdefault(urlsplit(frame.url).path))
    return pages


def works(ana):
    while make_due(timezone.now()):
        pass
    if ana.page.get_by_role("link", name="Look again").is_visible():
        ana.page.reload()


def test_newcomer_comes_home_from_letterboxd_on_a_phone_without_script(ponyo, meet):
    ana = meet(width=360, java_script_enabled=False)
    pages = pages_of(ana)
    joins(ana, "letterboxd")
    sends(ana, "letterboxd", PLAIN)
    ana.arrives_at("Letterboxd")
    film(ana, "letterboxd-3-found")
    ana.can_touch(CONTROLS)
    ana.page.get_by_label("Comments").uncheck()
    ana.presses("Bring it home")
    works(ana)
    film(ana, "letterboxd-4-home")
    ana.page.get_by_role("link", name="Your films", exact=True).click()
    expect(ana.page.get_by_role("link", name="Ponyo").first).to_be_visible()
    film(ana, "letterboxd-5-films")
    homecoming = f"/import/{Homecoming.objects.get().pk}/"
    assert list(pages) == ["/import/", "/accounts/signup/", homecoming, "/members/ana/films/"]
    assert Progress.objects.get(film=ponyo).place == SEEN.place
    ana.opens("/members/ana/diary/")
    expect(ana.page.get_by_text("Waves").first).to_be_visible()
    film(ana, "letterboxd-6-diary")
    ana.opens("/import/films/")
    ana.page.get_by_role("link", name="Choose the film: Stalker (1979)").click()
    ana.can_touch(CONTROLS)
    ana.page.get_by_role("searchbox", name="Title of the film or series").fill("ponyo")
    ana.page.get_by_role("searchbox", name="Title of the film or series").press("Enter")
    ana.page.get_by_role("button", name="Ponyo").first.click()
    expect(ana.page.get_by_text("goes to Ponyo next")).to_be_visible()


def test_newcomer_comes_home_from_tv_time_and_undoes_it(ponyo, meet):
    ana = meet(width=1360)
    pages = pages_of(ana)
    joins(ana, "tv-time")
    sends(ana, "tv-time", TV_TIME)
    expect(
        ana.page.get_by_text("Hashes of passwords, tokens, addresses and devices in it are never read.")
    ).to_be_visible()
    film(ana, "tv-time-3-found")
    ana.page.get_by_label("Sad 30").select_option(label="Wonder")
    ana.presses("Bring it home")
    works(ana)
    expect(ana.page.get_by_text("It is all here. Welcome home.")).to_be_visible()
    film(ana, "tv-time-4-home")
    ana.opens("/members/ana/diary/")
    expect(ana.page.get_by_role("link", name="Ponyo").first).to_be_visible()
    film(ana, "tv-time-5-diary")
    homecoming = f"/import/{Homecoming.objects.get().pk}/"
    assert list(pages) == ["/import/", "/accounts/signup/", homecoming, "/members/ana/diary/"]
    ana.opens(ponyo.posts.get().get_absolute_url())
    ana.page.get_by_role("button", name="Say so here: Wonder").scroll_into_view_if_needed()
    film(ana, "tv-time-6-feeling")
    ana.presses("Say so here: Wonder")
    expect(ana.page.get_by_role("button", name="Wonder 1")).to_have_attribute("aria-pressed", "true")
    ana.opens("/import/")
    ana.page.get_by_role("link", name="TV Time").click()
    ana.page.get_by_role("link", name="Undo it").click()
    ana.presses("Undo all of it")
    works(ana)
    expect(ana.page.get_by_text("It is undone")).to_be_visible()
    assert not Progress.objects.filter(film=ponyo, place__isnull=False).exists()


def test_files_are_dropped_anywhere_on_the_page(transactional_db, seb, meet):
    visitor = meet(seb)
    visitor.opens("/import/")
    expect(visitor.page.get_by_text("You can also drop files anywhere on this page.")).to_be_visible()
    dropped = visitor.page.evaluate_handle(
        """files => {
            const transfer = new DataTransfer();
            for (const [name, text] of Object.entries(files)) transfer.items.add(new File([text], name));
            return transfer;
        }""",
        {"notes.txt": "mine", "ratings.csv": IMDB},
    )
    for name in ("dragover", "drop"):
        visitor.page.dispatch_event("footer", name, {"dataTransfer": dropped})
    button = visitor.page.get_by_role("button", name="See what is in it")
    expect(button).to_be_focused()
    button.press("Enter")
    works(visitor)
    visitor.arrives_at("IMDb")
