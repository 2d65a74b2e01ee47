"""The style sheets keep to few measures: steps of space, sizes of letters, four widths, one fingertip."""

import re
from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).parents[1] / "static" / "css").glob("*.css"))
TOKENS = "tokens.css"
WIDTHS = {480, 700, 900, 1080}
HEIGHTS = {520}
HAIRLINE = 6  # CSS pixels: a space up to that may be written as it is
SPACING = r"(?:scroll-)?(?:padding|margin)(?:-[a-z-]+)?|(?:row-|column-)?gap|inset(?:-[a-z-]+)?"
LETTERS = r"font|font-size"
FUNCTION = re.compile(r"[\w-]*\([^()]*\)")


def plain(path):
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def declarations(properties, sheets=SHEETS):
    """All that is said of these properties: the name of the file, the property and its value."""
    found = re.compile(rf"(?<![\w-])({properties}): ([^;{{}}]+);")
    return [(path.name, *pair) for path in sheets for pair in found.findall(plain(path))]


def outside_of_functions(value):
    while FUNCTION.search(value):
        value = FUNCTION.sub("", value)
    return value


@pytest.mark.parametrize("properties", [SPACING, LETTERS], ids=["spacing", "letters"])
def test_spacing_and_letters_are_sized_by_tokens(properties):
    said = declarations(properties, [path for path in SHEETS if path.name != TOKENS])
    assert len(said) > 100
    assert [one for one in said if re.search(r"\drem\b", one[2])] == []


def test_only_hairlines_of_space_are_written_in_pixels():
    wide = [
        one
        for one in declarations(SPACING)
        for pixels in re.findall(r"([\d.]+)px", outside_of_functions(one[2]))
        if float(pixels) > HAIRLINE
    ]
    assert wide == []


def test_corners_are_rounded_by_tokens():
    round_by_itself = re.compile(r"(?:var\(--round[\w-]*\)|50%|0)(?: |$)")
    assert [one for one in declarations("border-radius") if round_by_itself.sub("", one[2])] == []


def test_every_token_that_is_used_is_there_and_every_step_is_used():
    every = "".join(plain(path) for path in SHEETS)
    steps = r"--(?:s\d|text-|round)[\w-]*"
    assert set(re.findall(rf"var\(({steps})\)", every)) == set(re.findall(rf"({steps}):", every))


def test_pages_change_at_four_widths():
    queries = [query for path in SHEETS for query in re.findall(r"@media([^{]*)\{", plain(path))]
    measures = [measure for query in queries for measure in re.findall(r"\(([^()]*\d[^()]*)\)", query)]
    asked = [re.fullmatch(r"(width|height) (?:<=|>) (\d+)px", measure) for measure in measures]
    assert None not in asked
    assert {int(number) for side, number in (one.groups() for one in asked) if side == "width"} == WIDTHS
    assert {int(number) for side, number in (one.groups() for one in asked) if side == "height"} == HEIGHTS


def test_the_sign_of_a_fold_is_taken_away_in_one_place():
    assert [path.name for path in SHEETS if "details-marker" in plain(path)] == ["reset.css"]
    unlisted = re.compile(r"summary[^{}]*\{[^}]*list-style")
    assert [path.name for path in SHEETS if unlisted.search(plain(path))] == ["reset.css"]


def test_what_a_finger_presses_is_sized_in_one_place():
    sized = declarations(r"(?:min-)?(?:width|height|inline-size|block-size)")
    assert {name for name, _, value in sized if "--touch" in value} == {"touch.css"}
