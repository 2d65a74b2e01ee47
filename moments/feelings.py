"""The twelve feelings a moment can leave. A moment's tally of them is its colour in lists, its bar on the
page and its height in the film's emotional arc. The order runs from bright to dark and is the order of
every bar, legend and chooser."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Feeling:
    """One feeling: `valence` is its place between heartbreak (-1) and elation (+1)."""

    slug: str
    name: str
    valence: float

    @property
    def css(self) -> str:
        """The class that sets `--feeling` and `--feeling-text`."""
        return f"feeling-{self.slug}"


FEELINGS: dict[str, Feeling] = {
    slug: Feeling(slug, slug.capitalize(), valence)
    for slug, valence in (
        ("joy", 0.9),
        ("laughter", 0.8),
        ("wonder", 0.7),
        ("love", 0.8),
        ("hope", 0.5),
        ("triumph", 1.0),
        ("nostalgia", 0.1),
        ("longing", -0.3),
        ("tension", -0.4),
        ("fear", -0.7),
        ("anger", -0.6),
        ("heartbreak", -1.0),
    )
}

FEELING_CHOICES: list[tuple[str, str]] = [(feeling.slug, feeling.name) for feeling in FEELINGS.values()]

# Weights by feeling slug, such as members' counts or the house reading.
Tally = Mapping[str, float]

QUORUM = 5  # members who must have felt a moment before their reading replaces the house's


@dataclass(frozen=True, slots=True)
class Share:
    """One segment of a feeling bar: `x` and `percent` in whole percent of the bar's length."""

    feeling: Feeling
    weight: float
    percent: int
    x: int


class Bar(list[Share]):
    """The feelings of a moment in house order; empty when nobody has felt any."""

    @property
    def strongest(self) -> Feeling | None:
        return max(self, key=lambda share: share.weight).feeling if self else None

    @property
    def leader(self) -> Feeling | None:
        """The feeling that has more weight than any other; None where two have as much."""
        most = max((share.weight for share in self), default=0)
        leaders = [share.feeling for share in self if share.weight == most]
        return leaders[0] if len(leaders) == 1 else None

    @property
    def label(self) -> str:
        """The bar in words: Joy 46 %, Love 54 %."""
        return ", ".join(f"{share.feeling.name} {share.percent} %" for share in self)

    @property
    def svg(self) -> SafeString:
        """The bar as an inline drawing. It stands on every card, so it is put together without a template."""
        parts = "".join(
            f'<rect class="{share.feeling.css}" x="{share.x}%" width="{share.percent}%" height="100%"/>'
            for share in self
        )
        return mark_safe(  # noqa: S308 -- names and numbers of this module
            f'<svg class="feelbar" width="92" height="7" role="img" aria-label="{self.label}">{parts}</svg>'
        )


def felt(tally: Tally) -> dict[str, float]:
    """The positive weights of known feelings in house order; anything else is left out."""
    return {slug: weight for slug in FEELINGS if (weight := tally.get(slug, 0)) > 0}


def reading(house: Tally, members: Tally, felt_by: int) -> tuple[dict[str, float], bool]:
    """The weights that speak for a moment, and whether they are the house's.

    Args:
        house, members: the two tallies of the moment.
        felt_by: how many members are behind the second; below QUORUM the house speaks, if it has an opinion.
    """
    own = felt(house) if felt_by < QUORUM else {}
    return (own, True) if own else (felt(members), False)


def strongest(tally: Tally) -> Feeling | None:
    """The feeling of most weight (ties go to the earlier in house order), or None when nobody felt any."""
    weights = felt(tally)
    return FEELINGS[max(weights, key=weights.__getitem__)] if weights else None


def mean_valence(tally: Tally) -> float:
    """The weighted mean of the feelings' valences, in [-1, 1]; 0.0 for an empty tally."""
    weights = felt(tally)
    total = sum(weights.values())
    if not total:
        return 0.0
    mean = sum(FEELINGS[slug].valence * weight for slug, weight in weights.items()) / total
    return min(1.0, max(-1.0, mean))


def bar(tally: Tally) -> Bar:
    """The feeling bar in house order: whole percents that sum to 100 (largest remainder first)."""
    weights = felt(tally)
    total = sum(weights.values())
    exact = {slug: 100 * weight / total for slug, weight in weights.items()}
    whole = {slug: floor(percent) for slug, percent in exact.items()}
    by_remainder = sorted(exact, key=lambda slug: whole[slug] - exact[slug])
    for slug in by_remainder[: 100 - sum(whole.values())] if whole else []:
        whole[slug] += 1
    shares, x = Bar(), 0
    for slug, percent in whole.items():
        shares.append(Share(FEELINGS[slug], weights[slug], percent, x))
        x += percent
    return shares
