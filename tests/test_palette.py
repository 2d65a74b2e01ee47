"""Which colours are seen in a picture."""

from PIL import Image, ImageDraw

from reelive.images import read
from tests.support.growth import MOST, growth
from tests.support.pictures import close, file_of, quarters
from tests.support.rows import for_each


def luma(colour):
    red, green, blue = bytes.fromhex(colour[1:])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def scene():
    """A violet sky, an orange horizon with a sun, a green field, black trees at its foot."""
    image = Image.new("RGB", (300, 200), (80, 60, 160))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 80, 300, 120), (230, 120, 60))
    draw.ellipse((130, 80, 170, 120), (255, 240, 180))
    draw.rectangle((0, 120, 300, 185), (40, 90, 50))
    draw.rectangle((0, 185, 300, 200), (8, 10, 12))
    return image


def test_the_palette_is_sky_horizon_light_ground_and_shadow():
    palette = read(file_of(scene())).palette()
    expected = [(80, 60, 160), (230, 120, 60), (255, 240, 180), (40, 90, 50), (8, 10, 12)]
    assert close([tuple(bytes.fromhex(colour[1:])) for colour in palette], expected, 60)


@for_each(
    "image",
    [
        Image.new("RGB", (50, 50), (0, 0, 0)),
        Image.new("RGB", (50, 50), (255, 255, 255)),
        Image.new("RGB", (50, 50), (200, 20, 30)),
        Image.new("RGBA", (50, 50), (200, 20, 30, 0)),
        Image.new("RGB", (1, 1), (7, 7, 7)),
        quarters(),
        scene(),
        Image.effect_noise((300, 200), 90),
    ],
    ids=["black", "white", "red", "transparent", "one pixel", "quarters", "scene", "noise"],
)
def test_a_palette_has_five_distinct_colours_and_ends_in_the_dark(image):
    palette = read(file_of(image)).palette()
    assert len(set(palette)) == 5
    assert all(len(colour) == 7 and int(colour[1:], 16) >= 0 for colour in palette)
    assert palette[4] == min(palette, key=luma)
    assert palette[2] == max(palette, key=luma)


def test_transparent_parts_have_no_colour():
    image = Image.new("RGBA", (60, 60), (255, 0, 255, 0))
    image.paste((20, 90, 160, 255), (0, 0, 60, 30))
    assert "#ff00ff" not in read(file_of(image)).palette()


def test_fewer_colours_are_the_first_ones():
    picture = read(file_of(scene()))
    assert picture.palette(3) == picture.palette()[:3]


def test_a_palette_is_quick_and_always_the_same():
    picture = read(file_of(Image.effect_noise((1600, 1000), 90).convert("RGB"), "JPEG"))
    palettes = [picture.palette() for _ in range(5)]
    assert palettes == [palettes[0]] * 5
    quarter = read(file_of(Image.effect_noise((800, 500), 90).convert("RGB"), "JPEG"))
    assert growth(lambda one: one.palette(), quarter, picture) <= MOST
