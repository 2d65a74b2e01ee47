"""What most scenes share: the sky, its stars, the light in it, clouds, ridges and the last glaze."""

from moments.graphics.artwork.canvas import (
    HEIGHT,
    WIDTH,
    Canvas,
    Dot,
    grounded,
    number,
    rolling,
    smooth,
    straight,
)
from moments.graphics.palette import mix


def paint_sky(canvas: Canvas, bottom: float = HEIGHT) -> None:
    """Sky from the top to `bottom`, lit near the horizon; by night with stars."""
    middle = mix(canvas.sky, canvas.horizon, 0.42)
    low = mix(canvas.horizon, canvas.light, 0.16)
    stops = [
        (0, canvas.sky, 1),
        (0.4, middle, 1),
        (0.76, canvas.horizon, 1),
        (1, mix(low, canvas.light, 0.28), 1),
    ]
    canvas.fill(canvas.linear(stops, 0, 0, 0, bottom))
    if canvas.is_night:
        paint_stars(canvas, 36, bottom * 0.72)


def paint_stars(canvas: Canvas, count: int, bottom: float) -> None:
    """Stars in three sizes, fewer and fainter towards `bottom`."""
    dice = canvas.dice
    for share, size, opacity in ((0.6, 0.9, 0.5), (0.3, 1.5, 0.7), (0.1, 2.3, 0.9)):
        places = [(dice.between(0, WIDTH), bottom * dice.unit() ** 1.4) for _ in range(round(count * share))]
        canvas.dots(places, canvas.white, size, opacity=opacity)


def paint_orb(canvas: Canvas, x: float, y: float, r: float) -> None:
    """The sun or the moon with its glow; rims of ridges catch this light afterwards."""
    canvas.fill(canvas.glow(canvas.light, x, y, r * 9, 0.62))
    canvas.circle(x, y, r * 1.9, canvas.soft(canvas.white, 0.55))
    canvas.circle(x, y, r, canvas.ball(canvas.white, mix(canvas.light, canvas.white, 0.3)))
    catch_light(canvas, x, y, 330)


def catch_light(canvas: Canvas, x: float, y: float, reach: float) -> None:
    canvas.shine = canvas.glow(canvas.light, x, y, reach, 0.9)


def paint_clouds(canvas: Canvas, count: int, top: float, bottom: float, opacity: float = 0.2) -> None:
    """Long thin clouds, each a few lens shapes of soft light."""
    dice = canvas.dice
    paint = canvas.soft(mix(canvas.horizon, canvas.light, 0.6), opacity * 2)
    for _ in range(count):
        x, y = dice.between(90, WIDTH - 90), dice.between(top, bottom)
        for _ in range(2):
            wide = dice.between(50, 150)
            canvas.ellipse(x + dice.between(-60, 90), y + dice.between(-7, 7), wide, wide / 14, paint)


def paint_ridge(canvas: Canvas, dots: list[Dot], colour: str, haze: str, *, sharp: bool = False) -> None:
    """A ridge that fades into the haze below it, its edge lit where the light is near."""
    top = min(y for _, y in dots)
    line = straight(dots) if sharp else smooth(dots)
    canvas.path(grounded(line), canvas.below(colour, haze, 120 / (380 - top)), stroke=canvas.shine)


def layered(canvas: Canvas, near: int, far: int) -> tuple[str, str]:
    """Colour and haze of layer `near` among `far` (0 is the farthest): air lightens what is far away."""
    depth = near / max(1, far - 1)
    distant = mix(canvas.ground, canvas.horizon, 0.62)
    colour = (
        mix(distant, canvas.ground, depth * 2)
        if depth < 0.5
        else mix(canvas.ground, canvas.deep, depth * 2 - 1)
    )
    return colour, mix(colour, canvas.horizon, 0.34 * (1 - depth))


def paint_hills(canvas: Canvas, layers: int, top: float, bottom: float, swing: float) -> None:
    dice = canvas.dice
    for i in range(layers):
        base = top + (bottom - top) * (i / max(1, layers - 1)) ** 1.15
        dots = rolling(dice, base, swing * dice.between(0.7, 1.15), dice.between(1.4, 2.6))
        paint_ridge(canvas, dots, *layered(canvas, i, layers))


def paint_mist(canvas: Canvas, y: float, depth: float, opacity: float = 0.4) -> None:
    """A band of lit air around height y."""
    colour = mix(canvas.horizon, canvas.light, 0.3)
    stops = [(0, colour, 0), (0.5, colour, opacity), (1, colour, 0)]
    canvas.rect(0, y - depth, WIDTH, depth * 2, canvas.linear(stops, 0, y - depth, 0, y + depth))


def paint_lamps(canvas: Canvas, posts: list[Dot], tall: float, glow: str) -> None:
    """Street lamps of one height, each with a crossbar and one globe; `glow` is a soft paint."""
    bar = f"m{number(-tall * 0.05)} {number(tall * 0.07)}h{number(tall * 0.1)}"
    poles = ""
    for x, foot in posts:
        poles += f"M{x:.0f} {foot:.0f}v{-tall:.0f}{bar}"
        canvas.circle(x, foot - tall * 1.05, tall * 0.55, glow)
    canvas.line(poles, canvas.deep, max(1.0, tall / 42))
    canvas.dots([(x, foot - tall * 1.04) for x, foot in posts], canvas.white, tall * 0.1)


def paint_windows(
    canvas: Canvas, columns: list[tuple[float, float, float]], width: float, pane: float
) -> None:
    """Lit windows: each column (x, top, foot) is a line whose dashes are the rooms with the light on."""
    dice = canvas.dice
    for i, colour in enumerate((canvas.light, canvas.white)):
        d = "".join(f"M{x:.0f} {top:.0f}V{foot:.0f}" for x, top, foot in columns[i::2])
        gaps = [f"{number(pane)} {number(pane * (1.25 + 2.25 * dice.whole(0, 5)))}" for _ in range(4)]
        canvas.line(d, colour, width, stroke_dasharray=" ".join(gaps), stroke_linecap="butt", opacity=0.85)


def finish(canvas: Canvas) -> None:
    """A little of the light over everything, and darker corners."""
    stops = [(0, canvas.shadow, 0), (0.55, canvas.shadow, 0), (1, canvas.shadow, 0.55)]
    place = {"cx": WIDTH / 2, "cy": HEIGHT * 0.46, "r": WIDTH * 0.62}
    canvas.fill(canvas.radial(stops, place))
