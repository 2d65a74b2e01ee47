"""The twelve feelings a moment can leave. A moment's tally of them is its colour in lists, its bar on the
page and its height in the film's emotional arc. The order runs from bright to dark and is the order of
every bar, legend and chooser."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import floor

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext, pgettext_lazy

from reelive.formats import listed, percent


@dataclass(frozen=True, slots=True)
class Feeling:
    """One feeling: `valence` is its place between saddest (-1) and happiest (+1)."""

    slug: str
    name: str
    valence: float

    @property
    def url(self) -> str:
        return f"/feelings/{self.slug}/"

    @property
    def css(self) -> str:
        """The class that sets `--feeling` and `--feeling-text`."""
        return f"feeling-{self.slug}"

    def with_share(self, share: int) -> str:
        """How much of something is this feeling: Joy 46 %."""
        return _with_share(self.slug, share, get_language())


@lru_cache(maxsize=2_000)
def _with_share(slug: str, share: int, language: str) -> str:
    """Each of the few there are of a language, which a list says a hundred times."""
    said = {"feeling": FEELINGS[slug].name, "share": percent(share)}
    return pgettext("a feeling and its share", "%(feeling)s %(share)s") % said


FEELINGS: dict[str, Feeling] = {
    slug: Feeling(slug, name, valence)
    for slug, name, valence in (
        ("joy", pgettext_lazy("feeling", "Joy"), 0.9),
        ("laughter", pgettext_lazy("feeling", "Laughter"), 0.8),
        ("wonder", pgettext_lazy("feeling", "Wonder"), 0.7),
        ("love", pgettext_lazy("feeling", "Love"), 0.8),
        ("hope", pgettext_lazy("feeling", "Hope"), 0.5),
        ("triumph", pgettext_lazy("feeling", "Triumph"), 1.0),
        ("nostalgia", pgettext_lazy("feeling", "Nostalgia"), 0.1),
        ("longing", pgettext_lazy("feeling", "Longing"), -0.3),
        ("tension", pgettext_lazy("feeling", "Tension"), -0.4),
        ("fear", pgettext_lazy("feeling", "Fear"), -0.7),
        ("anger", pgettext_lazy("feeling", "Anger"), -0.6),
        ("heartbreak", pgettext_lazy("feeling", "Heartbreak"), -1.0),
    )
}

FEELING_CHOICES: list[tuple[str, str]] = [(feeling.slug, feeling.name) for feeling in FEELINGS.values()]

# Weights by feeling slug, such as members' counts or our first guess.
Tally = Mapping[str, float]

REACTION_QUORUM = 5  # members who must have felt a moment before what they felt replaces our first guess


@dataclass(frozen=True, slots=True)
class Share:
    """One segment of a feeling bar: `x` and `percent` in whole percent of the bar's length."""

    feeling: Feeling
    weight: float
    percent: int
    x: int


class Bar(list[Share]):
    """The feelings of a moment in the order of FEELINGS; empty when nobody has felt any."""

    @property
    def strongest(self) -> Feeling | None:
        """The feeling that gives the colour; of two with as much weight the earlier in FEELINGS."""
        return max(self, key=lambda share: share.weight).feeling if self else None

    @property
    def leader(self) -> Feeling | None:
        """The feeling that a sentence may name: the one of most weight, or None where two have as much."""
        most = max((share.weight for share in self), default=0)
        leaders = [share.feeling for share in self if share.weight == most]
        return leaders[0] if len(leaders) == 1 else None

    @property
    def label(self) -> str:
        """The bar in words: Joy 46 %, Love 54 %."""
        return listed(share.feeling.with_share(share.percent) for share in self)

    @property
    def svg(self) -> SafeString:
        """The bar as an inline drawing. It stands on every card, so it is put together without a template."""
        parts = "".join(
            f'<rect class="{share.feeling.css}" x="{share.x}%" width="{share.percent}%" height="100%"/>'
            for share in self
        )
        label = escape(self.label)
        return mark_safe(  # noqa: S308 -- names and numbers of this module
            f'<svg class="feelbar" width="92" height="7" role="img" aria-label="{label}">{parts}</svg>'
        )


def positive_weights(tally: Tally) -> dict[str, float]:
    """The positive weights of known feelings in the order of FEELINGS; anything else is left out."""
    return {slug: weight for slug in FEELINGS if (weight := tally.get(slug, 0)) > 0}


def reading(house: Tally, members: Tally, felt_by: int) -> tuple[dict[str, float], bool]:
    """The weights that speak for a moment, and whether they are our first guess.

    Args:
        house, members: the two tallies of the moment.
        felt_by: how many members are behind the second. Below REACTION_QUORUM only the first counts, and
            where there is none nothing is said: what a few people felt is theirs, and not what members felt.
    """
    if felt_by >= REACTION_QUORUM:
        return positive_weights(members), False
    guess = positive_weights(house)
    return guess, bool(guess)


def strongest(tally: Tally) -> Feeling | None:
    """The feeling of most weight, of two the earlier in FEELINGS; None when nobody felt any."""
    weights = positive_weights(tally)
    return FEELINGS[max(weights, key=weights.__getitem__)] if weights else None


def mean_valence(tally: Tally) -> float:
    """The weighted mean of the feelings' valences, in [-1, 1]; 0.0 for an empty tally."""
    weights = positive_weights(tally)
    total = sum(weights.values())
    if not total:
        return 0.0
    mean = sum(FEELINGS[slug].valence * weight for slug, weight in weights.items()) / total
    return min(1.0, max(-1.0, mean))


def bar(tally: Tally) -> Bar:
    """The feeling bar in the order of FEELINGS: whole percents that sum to 100 (largest remainder first)."""
    weights = positive_weights(tally)
    total = sum(weights.values())
    exact = {slug: 100 * weight / total for slug, weight in weights.items()}
    whole = {slug: floor(percent) for slug, percent in exact.items()}
    by_remainder = sorted(exact, key=lambda slug: whole[slug] - exact[slug])
    for slug in by_remainder[: 100 - sum(whole.values())] if whole else []:
        whole[slug] += 1
    shares, x = Bar(), 0
    for slug, width in whole.items():
        shares.append(Share(FEELINGS[slug], weights[slug], width, x))
        x += width
    return shares
