"""The card to share: a picture for one reader, without boxes for letters and without what is veiled."""

import io

import pytest
from django.urls import reverse
from PIL import Image, ImageColor

from moments.arc.arc import Arc, ArcMoment
from moments.feelings import FEELINGS, bar
from moments.graphics.share_card import COLOURS, GOLD, HEIGHT, MARGIN, WIDTH, ShareCard, share_card
from moments.graphics.text import drawable, fitted, width
from moments.models import FeelingTally, Progress
from moments.spoilers.rules import ProgressPoint
from tests.support.colours import of_feeling, srgb, themes
from tests.support.growth import growth
from tests.support.makers import make_moment
from tests.support.rows import for_each

PALETTE = ["#0e0b2e", "#2a1b5e", "#6a3fa0", "#e27396", "#f5b94a"]


def arc_of(*feelings):
    return Arc(ArcMoment(key, float(key), {slug: 1} if slug else {}) for key, slug in enumerate(feelings))


def told(**fields):
    everything = {
        "titles": ["La La Land"],
        "facts": "Relived · 2016 · 3 moments",
        "palettes": [PALETTE],
        "arc": arc_of("joy", "fear", "hope"),
        "mine": arc_of("love", "", "anger"),
        "feelings": bar({"love": 1, "anger": 1}),
    }
    return ShareCard(**(everything | fields))


def drawn(**fields):
    picture = Image.open(io.BytesIO(share_card(told(**fields))))
    picture.load()
    return picture


def same(one, other):
    return one.tobytes() == other.tobytes()


def light(colour):
    """The relative luminance of WCAG 2.2."""
    channels = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# The picture.


def test_the_card_is_a_png_of_the_size_that_other_sites_show():
    picture = drawn()
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT)) == ("PNG", (1200, 630))


def test_the_same_evening_gives_the_same_card():
    assert same(drawn(), drawn())


def test_ones_own_line_lies_over_everybodys():
    assert not same(drawn(), drawn(mine=None))


@for_each(
    "feelings",
    [(), ("",), ("joy",), ("joy", "fear"), ("joy",) * 400],
    ids=["none", "unfelt", "1", "2", "400"],
)
def test_the_card_is_drawn_of_any_number_of_moments(feelings):
    arc = arc_of(*feelings)
    assert drawn(arc=arc, mine=arc or None, feelings=bar({})).size == (1200, 630)


def test_a_veiled_end_of_the_story_is_left_empty():
    rows = [ArcMoment(1, 1.0, {"joy": 1}), ArcMoment(2, 2.0, {"fear": 1})]
    half = Arc([*rows, ArcMoment.of_veiled(3, 3.0)])
    whole = Arc([*rows, ArcMoment(3, 3.0, {"heartbreak": 1})])
    right = (800, 340, 1200, 520)
    assert not same(drawn(arc=half, mine=None).crop(right), drawn(arc=whole, mine=None).crop(right))
    assert same(drawn(arc=half, mine=None).crop(right), drawn(arc=arc_of(), mine=None).crop(right))


def test_the_colours_are_those_of_the_site():
    def code(slug):
        channels = srgb(*themes(of_feeling(slug), "--feeling")["dark"])
        return [12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in channels]

    for slug in FEELINGS:
        ours = [int(COLOURS[slug][i : i + 2], 16) / 255 for i in (1, 3, 5)]
        assert ours == pytest.approx(code(slug), abs=0.004), slug


def test_a_long_story_costs_a_card_hardly_more_than_a_short_one():
    hardly_more = 3

    def draw(moments):
        feelings = (list(FEELINGS) * moments)[:moments]
        story = arc_of(*feelings)
        return share_card(told(arc=story, mine=story, palettes=[PALETTE] * moments))

    assert growth(draw, 30, 300, hardly_more) <= hardly_more


# The words.


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("La La Land", "La La Land"),
        ("Amélie – “Le fabuleux…”", "Amélie – “Le fabuleux…”"),
        ("Zażółć gęślą jaźń", "Zażółć gęślą jaźń"),
        ("Ame\u0301lie", "Amélie"),
        ("부산행", ""),
        ("崖の上のポニョ", ""),
        ("Ponyo 崖の上", "Ponyo"),
        ("崖の上のポニョ 2", ""),
        ("💥 Boom", "Boom"),
        ("\x00\u202e\u200b", ""),
        ("", ""),
    ],
)
def test_only_what_the_faces_have_letters_for_is_written(text, shown):
    assert drawable(text, "fraunces") == shown


def test_the_first_title_that_can_be_written_is():
    assert same(drawn(titles=["부산행", "Train to Busan"]), drawn(titles=["Train to Busan"]))
    assert not same(drawn(titles=["부산행"]), drawn(titles=["Train to Busan"]))


@pytest.mark.parametrize("face", ["fraunces", "figtree"])
def test_the_letters_of_our_own_words_are_there(face):
    words = "Relived · 2016 · 1,204 moments 42 % Reelive…" + " ".join(
        str(feeling.name) for feeling in FEELINGS.values()
    )
    assert drawable(words, face) == words


@for_each(
    "title",
    [
        "It",
        "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb",
        "W" * 150,
        "word " * 30,
        "Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu",
    ],
)
def test_a_title_of_any_length_fits(title):
    size, lines = fitted(drawable(title, "fraunces"), "fraunces", 1072, ((112, 1), (88, 2), (52, 2)))
    assert 1 <= len(lines) <= 2
    assert all(width(line, "fraunces", size) <= 1072 for line in lines)
    assert drawn(titles=[title]).size == (1200, 630)


def test_a_short_title_is_written_large_and_a_long_one_smaller():
    assert fitted("Snatch", "fraunces", 1072, ((112, 1), (52, 2))) == (112, ["Snatch"])
    long = "Along with the Gods: The Two Worlds and What Came After Them"
    assert fitted(long, "fraunces", 1072, ((112, 1), (52, 2)))[0] == 52


@for_each("title", ["Snatch", "Along with the Gods: The Two Worlds", "word " * 30, "崖の上のポニョ"])
def test_the_words_can_be_read_over_the_brightest_colours(title):
    words = drawn(titles=[title], palettes=[["#ffffff"] * 5])
    gold = ImageColor.getrgb(GOLD)
    first = next(y for y in range(HEIGHT) if gold in {words.getpixel((x, y)) for x in range(MARGIN, 600)})
    ground = words.getpixel((WIDTH - 9, first))
    assert (light(gold) + 0.05) / (light(ground) + 0.05) > 4.5


def test_two_lines_are_of_nearly_equal_length():
    title, sizes = "Along with the Gods: The Two Worlds", ((74, 2),)
    assert fitted(title, "fraunces", 1072, sizes)[1] == ["Along with the Gods:", "The Two Worlds"]


# Its address.


def test_the_card_is_for_its_reader_alone(as_seb, moment, film):
    response = as_seb.get(reverse("relive-card", args=[film.slug]))
    assert response["Content-Type"] == "image/png"
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_what_one_felt_is_on_ones_own_card(as_seb, seb, moment, film):
    address = reverse("relive-card", args=[film.slug])
    before = as_seb.get(address).content
    moment.feel(seb, "joy")
    assert as_seb.get(address).content != before


def test_what_is_veiled_changes_nothing_on_the_card(as_seb, seb, film, mia):
    first, last = (make_moment(film, mia, palette=PALETTE, position=place) for place in (1.0, 2.0))
    FeelingTally.objects.create(moment=first, feeling="hope", house=3)
    Progress.objects.set_progress(seb, film, ProgressPoint(1.0))
    address = reverse("relive-card", args=[film.slug])
    before = as_seb.get(address).content
    FeelingTally.objects.create(moment=last, feeling="heartbreak", house=3)
    assert as_seb.get(address).content == before
    Progress.objects.set_progress(seb, film, ProgressPoint(2.0))
    assert as_seb.get(address).content != before
