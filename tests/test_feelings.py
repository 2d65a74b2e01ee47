"""The twelve feelings: their numbers, their bar, and that their colours can be read in both themes."""

import re
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from moments.feelings import (
    FEELING_CHOICES,
    FEELINGS,
    bar,
    mean_valence,
    positive_weights,
    reading,
    strongest,
)
from tests.support.colours import CSS, contrast, of_feeling, themes
from tests.support.rows import for_each

NAMES = "joy laughter wonder love hope triumph nostalgia longing tension fear anger heartbreak"
ORDER = NAMES.split()

tallies = st.dictionaries(st.sampled_from(ORDER), st.integers(0, 10_000))


def test_there_are_twelve_feelings_in_house_order():
    assert list(FEELINGS) == ORDER
    assert FEELING_CHOICES[0] == ("joy", "Joy")
    assert [FEELINGS[slug].valence for slug in ("triumph", "nostalgia", "heartbreak")] == [1.0, 0.1, -1.0]
    assert all(-1 <= feeling.valence <= 1 for feeling in FEELINGS.values())


def test_the_strongest_feeling_has_most_weight_and_ties_go_to_the_earlier():
    assert strongest({"fear": 2, "joy": 1}).slug == "fear"
    assert strongest({"heartbreak": 3, "hope": 3}).slug == "hope"
    assert strongest({}) is None
    assert strongest({"joy": 0}) is None


def test_a_feeling_leads_that_has_more_weight_than_any_other():
    assert bar({"love": 2, "joy": 1}).leader == FEELINGS["love"]
    assert bar({"love": 1, "joy": 1, "fear": 0}).leader is None
    assert bar({}).leader is None


def test_the_mean_valence_weighs_each_feeling():
    assert isclose(mean_valence({"joy": 3, "heartbreak": 1}), (3 * 0.9 - 1) / 4)
    assert mean_valence({}) == 0.0
    assert mean_valence({"heartbreak": 7}) == -1.0


def test_what_is_no_feeling_or_has_no_weight_counts_for_nothing():
    assert positive_weights({"boredom": 5, "joy": 0, "hope": -2, "love": 1}) == {"love": 1}
    assert [share.feeling.slug for share in bar({"boredom": 5, "love": 1})] == ["love"]


def test_the_bar_of_three_equal_feelings_still_sums_to_a_hundred():
    shares = bar({"fear": 1, "joy": 1, "hope": 1})
    assert [(share.feeling.slug, share.percent, share.x) for share in shares] == [
        ("joy", 34, 0),
        ("hope", 33, 34),
        ("fear", 33, 67),
    ]


@given(tallies)
def test_a_bar_is_whole_percents_end_to_end_that_sum_to_a_hundred(tally):
    shares = bar(tally)
    assert sum(share.percent for share in shares) == (100 if positive_weights(tally) else 0)
    assert [share.x for share in shares] == [sum(s.percent for s in shares[:i]) for i in range(len(shares))]
    assert [share.feeling.slug for share in shares] == [slug for slug in ORDER if tally.get(slug, 0) > 0]
    assert shares.strongest == strongest(tally)


@given(tallies)
def test_a_mean_valence_stays_between_the_feelings_it_is_made_of(tally):
    valences = [FEELINGS[slug].valence for slug in positive_weights(tally)] or [0.0]
    assert min(valences) - 1e-9 <= mean_valence(tally) <= max(valences) + 1e-9


def test_a_bar_says_its_numbers_to_those_who_do_not_see_it():
    shares = bar({"joy": 3, "love": 1})
    assert shares.label == "Joy 75 %, Love 25 %"
    assert 'role="img" aria-label="Joy 75 %, Love 25 %"' in shares.svg
    assert '<rect class="feeling-love" x="75%" width="25%" height="100%"/>' in shares.svg
    assert "style=" not in shares.svg


def test_the_house_speaks_below_five_members_and_the_members_from_five_on():
    house, members = {"joy": 5}, {"fear": 4}
    assert reading(house, members, 4) == ({"joy": 5}, True)
    assert reading(house, members, 5) == ({"fear": 4}, False)


@for_each("felt_by, weights", [(0, {}), (1, {}), (4, {}), (5, {"fear": 5})])
def test_five_members_speak_where_there_is_no_guess_and_a_few_do_not(felt_by, weights):
    assert reading({"joy": 0}, {"fear": felt_by}, felt_by) == (weights, False)


# Colours: CSS Color 4 for OKLCH, WCAG 2.2 for contrast.


def on_fill(css, theme):
    """What is written on a fill: the shared dark ink, or white where the light theme says so."""
    ink = themes((CSS / "feeling.css").read_text(encoding="utf-8"), "--feeling-ink")["dark"]
    value = re.search(r"--on-feeling:\s*([^;]+);", css).group(1)
    return (1.0, 0.0, 0.0) if value.startswith("light-dark(oklch(1 0 0)") and theme == "light" else ink


def test_black_on_white_has_the_contrast_that_it_should():
    assert round(contrast((0, 0, 0), (1, 0, 0)), 2) == 21.0


@for_each("theme", ["light", "dark"])
@for_each("slug", ORDER)
def test_a_feeling_can_be_read_in_both_themes(slug, theme):
    tokens = (CSS / "tokens.css").read_text(encoding="utf-8")
    grounds = [themes(tokens, name)[theme] for name in ("--bg", "--panel", "--raised")]
    css = of_feeling(slug)
    fill, text = themes(css, "--feeling")[theme], themes(css, "--feeling-text")[theme]
    assert min(contrast(text, ground) for ground in grounds) >= 4.5
    assert min(contrast(fill, ground) for ground in grounds) >= 3
    assert contrast(on_fill(css, theme), fill) >= 4.5
