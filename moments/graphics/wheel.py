"""The wheel of the twelve feelings as an inline SVG. A petal reaches as far as its feeling does where it is
strongest, and leads to the moments of that feeling."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, pi, sin
from textwrap import wrap

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from moments.feelings import FEELINGS, Feeling
from reelive.formats import listed

# Clockwise from the top: the order of the rainbow, which puts what lies near in the heart side by side.
AROUND = (
    "joy", "laughter", "hope", "wonder", "fear", "heartbreak",
    "longing", "nostalgia", "love", "anger", "tension", "triumph",
)  # fmt: skip
HUB_RADIUS = 96.0
SHORTEST_PETAL, LONGEST_PETAL = 122.0, 204.0  # how far a petal reaches from the middle
NAMES_RADIUS = 219.0
GAP = 5.0  # between two petals
LETTERS_A_LINE, LINES_OF_NAME = 19, 3  # letters in a line of a title, and lines


@dataclass(frozen=True, slots=True)
class Petal:
    """A feeling on the wheel; `strength`, 0 to 1, is that of its strongest moment, which the rest names."""

    feeling: Feeling
    strength: float = 0.0
    title: str = ""
    film: str = ""

    @property
    def name(self) -> str:
        """What it is called by those who do not see it."""
        if not self.title:
            return str(self.feeling.name)
        facts = {"feeling": self.feeling.name, "title": self.title, "film": self.film}
        return _("%(feeling)s, most of all in %(title)s, %(film)s") % facts


def draw_wheel(petals: Mapping[str, Petal]) -> SafeString:
    """The wheel as an `<svg>` of twelve links; `petals` by feeling, those that are missing are short."""
    shown = [petals.get(slug) or Petal(FEELINGS[slug]) for slug in AROUND]
    strongest = max(petal.strength for petal in shown)
    parts = [
        '<svg class="wheel" viewBox="-300 -256 600 518" role="group"'
        f' aria-label="{escape(_("Wheel of feelings"))}" aria-describedby="wheel-d">'
        f'<desc id="wheel-d">{escape(describe_wheel(petals))}</desc>',
        '<defs><radialGradient id="wheel-shade" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="204">'
        '<stop offset=".45" stop-opacity=".5"/><stop offset="1" stop-opacity="0"/></radialGradient></defs>',
        *_rings(),
        *(_petal(place, petal, strongest) for place, petal in enumerate(shown)),
        _hub(),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 -- titles are escaped where they enter


def _hub() -> str:
    """What stands in the middle, in two lines."""
    first, _break, second = _("Pick\na feeling").partition("\n")
    return (
        f'<g class="wheel-hub" aria-hidden="true"><text y="-8">{escape(first)}</text>'
        f'<text y="26">{escape(second)}</text></g>'
    )


def describe_wheel(petals: Mapping[str, Petal]) -> str:
    """The numbers behind the petals, in house order."""
    strong = [petals[slug] for slug in FEELINGS if slug in petals and petals[slug].strength]
    if not strong:
        return _("Nothing has been felt yet.")
    numbers = listed(petal.feeling.with_share(round(100 * petal.strength)) for petal in strong)
    return _("How strong each feeling is where it is strongest: %(numbers)s.") % {"numbers": numbers}


def _rings() -> Iterable[str]:
    radii = (SHORTEST_PETAL, (SHORTEST_PETAL + LONGEST_PETAL) / 2, LONGEST_PETAL)
    return (f'<circle class="wheel-ring" r="{radius:.0f}"/>' for radius in radii)


def _petal(place: int, petal: Petal, strongest: float) -> str:
    feeling, name = petal.feeling, escape(petal.name)
    share = petal.strength / strongest if strongest else 0.0
    reach = SHORTEST_PETAL + (LONGEST_PETAL - SHORTEST_PETAL) * share
    whole, angle = _sector(place, LONGEST_PETAL), place * pi / 6
    x, y = NAMES_RADIUS * sin(angle), -NAMES_RADIUS * cos(angle)
    return (
        f'<a class="wheel-petal {feeling.css}" href="{feeling.url}" aria-label="{name}">'
        f'<path class="wheel-room" d="{whole}"/><path class="wheel-fill" d="{_sector(place, reach)}"/>'
        f'<path class="wheel-shade" d="{whole}" fill="url(#wheel-shade)"/>'
        f'<text class="wheel-name" x="{x:.1f}" y="{y:.1f}" dy=".35em" text-anchor="{_anchor(place)}">'
        f"{escape(feeling.name)}</text>{_text_of(petal)}</a>"
    )


def _sector(place: int, reach: float) -> str:
    """A piece of a ring from the hub outwards, with straight sides that keep their distance to the next."""
    middle, corners = place * pi / 6, []
    for r, side in ((HUB_RADIUS, -1), (reach, -1), (reach, 1), (HUB_RADIUS, 1)):
        angle = middle + side * (pi / 12 - GAP / 2 / r)
        corners.append(f"{r * sin(angle):.1f} {-r * cos(angle):.1f}")
    return (
        f"M{corners[0]}L{corners[1]}A{reach:.1f} {reach:.1f} 0 0 1 {corners[2]}"
        f"L{corners[3]}A{HUB_RADIUS:.0f} {HUB_RADIUS:.0f} 0 0 0 {corners[0]}z"
    )


def _anchor(place: int) -> str:
    if place % 6 == 0:
        return "middle"
    return "start" if place < 6 else "end"


def _text_of(petal: Petal) -> str:
    """What stands in the hub while a petal is pointed at: the feeling and where it is strongest."""
    lines = wrap(petal.title, LETTERS_A_LINE, max_lines=LINES_OF_NAME, placeholder="…")
    film = wrap(petal.film, LETTERS_A_LINE, max_lines=1, placeholder="…") or [""]
    top, name = -12 * len(lines), escape(petal.feeling.name)
    title = "".join(f'<text y="{top + 26 + 18 * i}">{escape(line)}</text>' for i, line in enumerate(lines))
    return (
        f'<g class="wheel-text" aria-hidden="true"><text class="wheel-of" y="{top}">{name}</text>{title}'
        f'<text class="wheel-film" y="{top + 28 + 18 * len(lines)}">{escape(film[0])}</text></g>'
    )
