"""A member gives a film a picture: chosen once, described, and then seen by everybody."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from moments.models import Film
from tests.support.axe import CONTROLS, complaints

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def poster(tmp_path):
    path = tmp_path / "dusk.png"
    Image.linear_gradient("L").resize((600, 900)).convert("RGB").save(path)
    return path


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_film_is_given_a_picture_that_all_see(film, seb, meet, poster, script):
    visitor = meet(seb, java_script_enabled=script)
    visitor.opens(f"{film.get_absolute_url()}edit/")
    visitor.expected = {422}
    page = visitor.page
    expect(page.get_by_text("choose nothing that gives the story away")).to_be_visible()
    page.get_by_label("A poster or a still").set_input_files(poster)
    visitor.presses("Save")
    kept = page.get_by_role("img", name="The picture that you chose").locator("visible=true")
    expect(kept).to_be_visible()
    page.get_by_label("What the picture shows").fill("A grey dusk")
    visitor.presses("Save")
    visitor.arrives_at("La La Land")
    expect(page.get_by_alt_text("A grey dusk")).to_be_visible()
    assert Film.objects.get().still_alt == "A grey dusk"


def test_pages_with_the_picture_of_a_film_are_accessible(film, seb, meet, poster):
    visitor = meet(seb, width=(320, 1360))
    page = visitor.page
    visitor.opens(f"{film.get_absolute_url()}edit/")
    page.get_by_label("A poster or a still").set_input_files(poster)
    page.get_by_label("What the picture shows").fill("A grey dusk")
    visitor.presses("Save")
    visitor.arrives_at("La La Land")
    for place in ("", "edit/", "history/"):
        visitor.opens(f"{film.get_absolute_url()}{place}")
        assert complaints(visitor, CONTROLS) == {}
    visitor.opens("/films/")
    assert complaints(visitor) == {}
    expect(page.get_by_alt_text("A grey dusk")).to_be_visible()
