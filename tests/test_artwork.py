"""Generated artwork: well formed, small, the same for ever, and never fooled by a palette."""

from collections import Counter
from hashlib import sha256
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moments.graphics.artwork import PAINTERS, artwork, weather
from moments.graphics.artwork.canvas import Dice, number
from moments.graphics.artwork.choice import FIRST_SCENES, FREE, SCENES, WORDS, art_seed, scene_of, scenes_of
from moments.graphics.artwork.weather import compose
from moments.graphics.palette import (
    at_least,
    at_most,
    checked,
    chroma,
    lightness,
    mix,
    palette_from,
    roles,
)
from moments.models import Post
from moments.models.mixins.pictured import vary_scenes
from tests.support.rows import for_each

DUSK = ["#141033", "#6a3fa0", "#ffc15e", "#3a2566", "#0b0820"]
ALLOWED = {
    "svg",
    "defs",
    "linearGradient",
    "radialGradient",
    "stop",
    "path",
    "rect",
    "circle",
    "ellipse",
}

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
palettes = st.lists(colours, min_size=5, max_size=5)


def elements(svg):
    return [
        element.tag.removeprefix("{http://www.w3.org/2000/svg}")
        for element in ElementTree.fromstring(svg).iter()
    ]


LARGEST = 8_192  # bytes, before they are compressed
FIRST = 1 << 32  # the lowest seed that names its scene


def seed_of(scene, composition):
    number = SCENES.index(scene) + 1 << 32
    return number + (composition - number) % 3


@for_each("scene", SCENES)
def test_every_scene_is_a_small_picture_without_script_or_outside_reference(scene):
    pictures = [artwork(DUSK, seed_of(scene, composition)) for composition in range(3)]
    for svg in pictures:
        assert set(elements(svg)) <= ALLOWED
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
        assert len(svg) <= LARGEST
    assert len({svg.partition('viewBox="')[2].partition('"')[0] for svg in pictures}) == 3


@for_each("scene", SCENES)
def test_compositions_of_a_scene_differ_by_more_than_where_one_stands(scene, monkeypatch):
    added = {}

    def note(canvas, composition, *, outdoors):
        shapes = added[composition] = []
        canvas.add = lambda name, **attributes: shapes.append(f"{name} {attributes | {'d': ''}}")
        compose(canvas, composition, outdoors=outdoors)
        del canvas.add

    monkeypatch.setattr(weather, "compose", note)
    for composition in range(weather.COMPOSITIONS):
        artwork(DUSK, seed_of(scene, composition))
    assert len(added) == 3
    assert added[0] == [], "the scene as it is"
    assert added[1]
    assert added[2]
    assert not set(added[1]) & set(added[2])


def test_there_are_forty_scenes_and_each_has_its_painter():
    assert len(SCENES) >= 40
    assert set(SCENES) == set(PAINTERS)
    assert {*FIRST_SCENES, *FREE, *" ".join(WORDS.values()).split()} <= set(SCENES)


@given(palettes, st.integers(0, 2**39))
def test_any_five_colours_and_any_seed_make_a_well_formed_picture(palette, seed):
    svg = artwork(palette, seed)
    assert set(elements(svg)) <= ALLOWED
    assert "nan" not in svg
    assert len(svg) <= LARGEST


@given(palettes)
@settings(max_examples=30)
def test_paints_that_are_used_are_defined(palette):
    svg = artwork(palette, 12)
    used = {part.split(")")[0] for part in svg.split("url(#")[1:]}
    assert used <= {part.split('"')[0] for part in svg.split(' id="')[1:]}


def test_the_same_moment_looks_the_same_in_every_python():
    known = {
        0: "c26a0365e0572921",
        10: "f1d4d2bef4b24d1c",
    }
    assert {seed: sha256(artwork(DUSK, seed).encode()).hexdigest()[:16] for seed in known} == known


def test_another_seed_or_another_palette_is_another_picture():
    pictures = {artwork(DUSK, 32), artwork(DUSK, 64), artwork(DUSK[::-1], 32), artwork(palette_from("x"), 32)}
    assert len(pictures) == 4


def test_a_number_and_its_digits_are_the_same_seed():
    assert artwork(DUSK, 77) == artwork(DUSK, "77")
    assert artwork(DUSK, "any words") == artwork(DUSK, "any words")


def test_the_picture_can_be_asked_for_in_another_size():
    assert 'width="1200" height="630" viewBox="0 0 640 360"' in artwork(DUSK, 1, width=1200, height=630)


@for_each(
    "slug, scene",
    [
        ("the-dance-at-the-planetarium", "stars"),
        ("the-l-a-traffic-jam", "road"),
        ("a-lovely-night", "overlook"),
        ("audition-the-fools-who-dream", "stage"),
        ("sebastian-at-his-jazz-club", "club"),
        ("the-piano-scene-at-home", "study recital"),
        ("ponyo-and-the-sea", "sea pier lighthouse palms underwater"),
    ],
)
def test_the_words_of_a_name_choose_the_scene(slug, scene):
    assert scenes_of(slug, "moment")[0] in scene.split()
    assert scene_of(art_seed(slug, "moment"))[0] == scenes_of(slug, "moment")[0]


def test_a_seed_fits_an_address_and_tells_posts_of_one_name_apart():
    seeds = {art_seed("a-lovely-night", salt) for salt in ("moment", "song", "trivia")}
    assert len(seeds) == 3
    assert all(FIRST <= seed < FIRST * (len(SCENES) + 1) for seed in seeds)
    assert art_seed("qwxz") == art_seed("qwxz")


def test_a_frequent_word_is_painted_in_many_ways():
    nights = Counter(scenes_of(f"night-{number}", "moment")[0] for number in range(400))
    assert len(nights) >= 6
    assert max(nights.values()) <= 100


names = st.lists(
    st.sampled_from(["night", "house", "a-night-of-rain", "night-music", "dance", "qwxz"]), max_size=25
)


@given(names)
def test_no_scene_is_shown_twice_among_neighbours(slugs):
    posts = vary_scenes([Post(slug=slug, kind="moment") for slug in slugs])
    shown = [scene_of(art_seed(post.slug, post.kind, post.art_turn))[0] for post in posts]
    assert all(len(set(four)) == len(four) for four in (shown[at : at + 4] for at in range(len(shown))))


def test_a_post_among_others_keeps_the_scene_of_its_page():
    posts = vary_scenes([Post(slug=slug, kind="moment") for slug in ("planetarium", "traffic", "restaurant")])
    assert [post.art_turn for post in posts] == [0, 0, 0]


@for_each("bad", ["red", "#12345", "#1234567", "#12345g", "#123456\n", 'url("x")', "", None, 5])
def test_what_is_no_colour_is_refused(bad):
    with pytest.raises(ValueError, match="is not a colour"):
        artwork([bad, *DUSK[1:]], 1)


@for_each("palette", [[], ["#ffffff"], DUSK[:4]])
def test_too_few_colours_are_replaced_by_pleasing_ones(palette):
    assert artwork(palette, 5) == artwork(palette_from("5"), 5)


# The palette


def test_a_palette_in_order_keeps_its_roles():
    assert roles(DUSK) == tuple(DUSK)


def test_colours_in_any_order_give_the_darkest_to_the_shadow_and_the_brightest_to_the_light():
    mixed = roles(["#0b0820", "#ffc15e", "#3a2566", "#141033", "#6a3fa0"])
    assert (mixed.shadow, mixed.light) == ("#0b0820", "#ffc15e")
    assert {mixed.sky, mixed.horizon, mixed.ground} == {"#3a2566", "#141033", "#6a3fa0"}


def test_five_times_the_same_colour_still_has_five_roles():
    assert len(roles(["#808080"] * 5)) == 5


@given(colours, colours)
def test_mixing_begins_at_one_colour_and_ends_at_the_other(one, other):
    assert mix(one, other, 0) == one
    assert mix(one, other, 1) == other


@given(colours)
def test_bounds_of_lightness_hold(colour):
    assert lightness(at_most(colour, 0.3)) <= 0.31
    assert lightness(at_least(colour, 0.5)) >= 0.46


def test_lightness_and_chroma_have_their_known_ends():
    assert [round(lightness(colour), 3) for colour in ("#000000", "#ffffff")] == [0.0, 1.0]
    assert round(chroma("#808080"), 3) == 0.0
    assert checked(["#ABCDEF"]) == ("#abcdef",)


# The dice


def test_dice_fall_the_same_for_the_same_seed():
    one, other = Dice("a", "b"), Dice("a", "b")
    assert [one.unit() for _ in range(40)] == [other.unit() for _ in range(40)]
    assert Dice("ab").unit() != Dice("a", "b").unit()


@given(st.text())
def test_dice_stay_in_their_bounds(seed):
    dice = Dice(seed)
    assert all(0 <= dice.unit() < 1 for _ in range(20))
    assert all(dice.whole(2, 4) in (2, 3, 4) for _ in range(20))


@for_each(
    "value, text",
    [
        (0.5, ".5"),
        (-0.25, "-.25"),
        (-0.001, "0"),
        (3.0, "3"),
        (3.14, "3.1"),
        (99.6, "100"),
        (7, "7"),
        ("a", "a"),
    ],
)
def test_numbers_are_written_as_short_as_they_can_be(value, text):
    assert number(value) == text
