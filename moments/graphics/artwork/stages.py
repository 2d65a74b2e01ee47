"""Scenes where something is played: a stage, a jazz club, a cinema."""

from collections.abc import Callable

from moments.graphics.artwork import sky
from moments.graphics.artwork.canvas import HEIGHT, WIDTH, Canvas, number, rolling, smooth
from moments.graphics.palette import at_least, at_most, mix


def stage(canvas: Canvas) -> None:
    """A microphone in the only light of the house."""
    spotlit(canvas, microphone)


def rehearsal(canvas: Canvas) -> None:
    """An empty chair in the light."""
    spotlit(canvas, chair)


def recital(canvas: Canvas) -> None:
    """A grand piano in the light, and somebody at it."""
    spotlit(canvas, grand_piano)


def spotlit(canvas: Canvas, what: Callable[[Canvas, float, float], None]) -> None:
    """A bare stage between curtains, with `what` in the spotlight."""
    dice = canvas.dice
    dark = at_most(mix(canvas.shadow, canvas.sky, 0.5), 0.24)
    canvas.fill(canvas.down(0, 300, dark, mix(dark, canvas.horizon, 0.38), dark))
    floor = 286
    x = dice.between(310, 370)
    canvas.rect(0, floor, WIDTH, 80, canvas.down(floor, HEIGHT, mix(dark, canvas.ground, 0.6), canvas.deep))
    boards = "".join(f"M{320 + i * 34} {floor}L{320 + i * 78} 370" for i in range(-11, 12))
    canvas.line(boards, canvas.deep, 1, opacity=0.55)
    for swing in dice.pick(((-110,), (110,), (-150, 130), (8,))):
        beam(canvas, x + swing, -30, x, 318, 92)
    canvas.ellipse(x, 318, 150, 30, canvas.soft(canvas.light, 0.8))
    canvas.ellipse(x, 318, 92, 16, mix(canvas.light, canvas.white, 0.3), opacity=0.5)
    what(canvas, x, 318)
    curtains(canvas)


def beam(canvas: Canvas, x: float, y: float, to: float, floor: float, wide: float) -> None:
    """A cone of light from (x, y) to a pool of half-width `wide` on the floor, with a brighter core."""
    for share, strength in ((1.0, 0.5), (0.55, 0.4)):
        paint = canvas.fade(canvas.light, y, floor + 10, strength, strength * 0.22)
        canvas.path(
            f"M{x - 7:.0f} {y:.0f}h14L{to + wide * share:.0f} {floor:.0f}H{to - wide * share:.0f}z", paint
        )
    sky.catch_light(canvas, to, floor - 90, 260)


def microphone(canvas: Canvas, x: float, floor: float) -> None:
    dark = canvas.deep
    canvas.line(f"M{x:.0f} {floor:.0f}v-112M{x - 17:.0f} {floor + 1:.0f}h34", dark, 3)
    canvas.add("rect", x=x - 6, y=floor - 134, width=12, height=24, rx=6, fill=dark, stroke=canvas.shine)


def chair(canvas: Canvas, x: float, floor: float) -> None:
    """An empty bentwood chair."""
    at, seat = round(x), round(floor) - 46
    legs = f"M{at - 20} {seat + 46}l4-46h34l4 46M{at - 10} {seat + 42}l4-40M{at + 12} {seat + 42}l-2-40"
    back = f"M{at - 16} {seat}c-4-40-6-58 10-60s24 4 26 58M{at - 8} {seat}c-2-34 0-46 6-46s10 12 12 46"
    canvas.line(legs + back, canvas.deep, 4)
    canvas.ellipse(x + 1, seat, 22, 6, canvas.deep, stroke=canvas.shine)


def curtains(canvas: Canvas) -> None:
    """Heavy folds on both sides and a swagged border above."""
    dice = canvas.dice
    cloth = at_most(at_least(mix(canvas.horizon, canvas.ground, 0.5), 0.36), 0.52)
    fold = mix(cloth, canvas.deep, 0.72)
    folds = canvas.linear(
        [(0, fold, 1), (0.5, cloth, 1), (1, fold, 1)], 0, 0, dice.between(30, 42), 3, "repeat"
    )
    edge, waist = dice.whole(120, 205), dice.whole(62, 104)
    drape = f"M-5-5H{edge + 32}C{edge + 12} 120 {waist} 190 {waist} 250S{waist + 30} 330 {waist + 34} 370H-5z"
    for mirror in ("", f"translate({WIDTH})scale(-1 1)"):
        canvas.path(drape, folds, transform=mirror, stroke=canvas.shine)
    hem = "q54 46 110 0" * 6
    for paint in (folds, canvas.fade(canvas.deep, 0, 150, 0.85)):
        canvas.path(f"M-10-10V40{hem}V-10z", paint)
    canvas.line(f"M-10 40{hem}", canvas.light, 2, opacity=0.55)


def club(canvas: Canvas) -> None:
    """A grand piano under one lamp, a ring of neon behind, tables in the dark."""
    dice = canvas.dice
    wall = at_most(mix(canvas.shadow, canvas.sky, 0.6), 0.3)
    canvas.fill(canvas.down(0, 300, mix(wall, canvas.deep, 0.5), mix(wall, canvas.horizon, 0.34), wall))
    x = dice.between(320, 372)
    neon(canvas, x + dice.pick((-58, 52)), dice.between(112, 130), dice.between(58, 74))
    canvas.rect(0, 272, WIDTH, 90, canvas.down(272, HEIGHT, mix(wall, canvas.ground, 0.5), canvas.deep))
    beam(canvas, x, -30, x, 306, 150)
    canvas.ellipse(x, 306, 210, 26, canvas.soft(canvas.light, 0.65))
    grand_piano(canvas, x, 308)
    tables(canvas)


def neon(canvas: Canvas, x: float, y: float, r: float) -> None:
    colour = at_least(canvas.horizon, 0.62)
    canvas.circle(x, y, r * 2.3, canvas.soft(colour, 0.5))
    for width, opacity, tint in (
        (9, 0.25, colour),
        (4, 0.9, colour),
        (1.4, 1.0, mix(colour, "#ffffff", 0.75)),
    ):
        canvas.circle(x, y, r, "none", stroke=tint, stroke_width=width, opacity=opacity)


def grand_piano(canvas: Canvas, x: float, floor: float) -> None:
    """The piano from the side, lid up, and a player leaning in."""
    left, top = round(x) - 84, round(floor) - 62
    body = f"M{left} {top}h150q22 2 20 16q-2 8-14 8H{left}q-6-12 0-24z"
    lid = f"M{left + 44} {top - 2}l114-60q12 14 8 36l-12 26z"
    legs = f"M{left + 22} {top + 22}l3 40M{left + 92} {top + 22}v40M{left + 150} {top + 18}l-4 44"
    canvas.path(lid, mix(canvas.deep, canvas.ground, 0.22), stroke=canvas.shine)
    canvas.path(body, canvas.deep, stroke=canvas.shine)
    canvas.line(legs, canvas.deep, 5)
    canvas.line(f"M{left - 4} {top + 6}h34", canvas.white, 2.4, opacity=0.85)
    player(canvas, left - 30, top + 62)


def player(canvas: Canvas, x: int, floor: int) -> None:
    back = f"M{x - 14} {floor - 34}c-4-34 2-54 16-58c12 0 16 14 20 26l20 8v8l-26-2l-2 20z"
    stool = f"M{x - 18} {floor - 32}h34M{x - 12} {floor - 32}v32M{x + 10} {floor - 32}v32"
    canvas.path(back, canvas.deep, stroke=canvas.shine)
    canvas.line(f"{stool}M{x + 8} {floor - 36}l16 8v28", canvas.deep, 5)
    canvas.circle(x + 8, floor - 104, 12, canvas.deep, stroke=canvas.shine)


def tables(canvas: Canvas) -> None:
    """Two small tables at the front with a candle each."""
    dice = canvas.dice
    glow = canvas.soft(canvas.light, 0.7)
    for x in (dice.between(70, 120), dice.between(520, 575)):
        y = dice.between(322, 332)
        canvas.ellipse(x, y, 52, 9, canvas.deep, stroke=canvas.shine)
        canvas.rect(x - 4, y, 8, 50, canvas.deep)
        canvas.circle(x, y - 16, 40, glow)
        canvas.path(f"M{x:.0f} {y - 24:.0f}q7 9 0 14q-7-5 0-14z", canvas.white)
        canvas.rect(x - 4, y - 10, 8, 10, mix(canvas.light, canvas.deep, 0.35))


def cinema(canvas: Canvas) -> None:
    """Heads and seats before a screen, and a film within the film."""
    dice = canvas.dice
    dark = canvas.deep
    canvas.fill(canvas.down(0, HEIGHT, at_most(canvas.sky, 0.2), dark))
    canvas.fill(canvas.glow(mix(canvas.horizon, canvas.light, 0.4), 330, 150, 380, 0.75))
    sky.catch_light(canvas, 330, 150, 330)
    screen(canvas)
    canvas.path(
        "M20 60L150 74V232L10 300zM640 60L510 74V232L650 300z", mix(dark, canvas.horizon, 0.16), opacity=0.7
    )
    for row, (y, gap, size) in enumerate(((262, 46, 13), (296, 60, 18), (340, 84, 27))):
        seats(canvas, y, gap, size, mix(dark, canvas.horizon, 0.2 - row * 0.09), dice.between(0, gap))


def screen(canvas: Canvas) -> None:
    dice = canvas.dice
    x, y, wide, tall = 160, 58, 340, 164
    paint = canvas.down(y, y + tall, canvas.sky, canvas.horizon, mix(canvas.light, canvas.white, 0.3))
    canvas.rect(x, y, wide, tall, paint, stroke=canvas.light, stroke_opacity=0.4)
    sun = dice.between(300, 400)
    canvas.circle(sun, 160, 60, canvas.soft(canvas.white, 0.8))
    canvas.circle(sun, 160, 17, canvas.white)
    for base, colour in ((190, mix(canvas.ground, canvas.horizon, 0.45)), (206, canvas.ground)):
        dots = [(at, height) for at, height in rolling(dice, base, 14, 3, 34) if x <= at <= x + wide]
        dots = [(x, dots[0][1]), *dots, (x + wide, dots[-1][1])]
        canvas.path(f"{smooth(dots)}V{y + tall}H{x}z", colour)


def seats(canvas: Canvas, y: float, gap: float, size: float, colour: str, start: float) -> None:
    """A row of chair backs from edge to edge, heads over most of them."""
    dice = canvas.dice
    r, flat = round(size * 0.7), round(gap * 0.82 - size * 1.4)
    d, x = "", round(start - gap)
    while x < WIDTH + gap:
        d += f"M{x} 370V{y + size:.0f}q0-{r} {r}-{r}h{flat}q{r} 0 {r} {r}V370z"
        if dice.chance(0.62):
            d += head(x + gap * 0.41 + dice.between(-3, 3), y - size * 0.2, size)
        x += round(gap)
    canvas.path(d, colour, stroke=canvas.shine)


def head(x: float, y: float, size: float) -> str:
    """Head and shoulders from behind."""
    half, whole, brow = number(size * 0.5), number(size), number(size * 0.4)
    shoulders = f"q0 {half} {half} {whole}h{number(-2 * size)}q{half}-{brow} {half}-{whole}z"
    return f"M{x - size * 0.5:.0f} {y:.0f}a{half} {number(size * 0.6)} 0 0 1 {whole} 0{shoulders}"


SCENES = {"stage": stage, "rehearsal": rehearsal, "recital": recital, "club": club, "cinema": cinema}
