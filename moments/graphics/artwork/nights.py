"""Scenes of late hours and far places: fires, lanterns, an alley, a cabin, a gate, the deep sea, palms."""

from math import cos, pi, sin

from moments.graphics.artwork import sky
from moments.graphics.artwork.canvas import HEIGHT, WIDTH, Canvas, rolling
from moments.graphics.artwork.city import towers
from moments.graphics.artwork.city import water as river
from moments.graphics.artwork.outdoors import pine
from moments.graphics.artwork.seaside import water
from moments.graphics.palette import at_most, mix


def campfire(canvas: Canvas) -> None:
    """A fire between tents and firs, sparks going up to the stars."""
    dice = canvas.dice
    night = at_most(mix(canvas.sky, canvas.deep, 0.3), 0.26)
    canvas.fill(canvas.down(0, 320, night, at_most(mix(canvas.sky, canvas.horizon, 0.5), 0.4), canvas.ground))
    sky.paint_stars(canvas, 80, 250)
    sky.paint_hills(canvas, 2, 248, 268, 20)
    d = "".join(pine(dice.between(-10, 650), 312, dice.between(70, 150)) for _ in range(16))
    canvas.path(d, mix(canvas.deep, canvas.ground, 0.16))
    x = round(dice.between(310, 350))
    canvas.fill(canvas.glow(canvas.light, x, 300, 270, 0.85))
    sky.catch_light(canvas, x, 300, 260)
    sky.paint_ridge(canvas, rolling(dice, 312, 5, 1.4), canvas.deep, canvas.deep)
    for side in (-1, 1):
        canvas.path(
            f"M{x + side * 90} 322l{side * 62}-74l{side * 66} 74z",
            mix(canvas.ground, canvas.deep, 0.45),
            stroke=canvas.shine,
            stroke_width=1.6,
        )
        canvas.path(f"M{x + side * 132} 322l{side * 20}-74l{side * 8} 74z", canvas.deep)
    for size, colour in ((1.0, canvas.light), (0.6, canvas.white)):
        flame = (
            f"M{x - 20 * size:.0f} 322q{-8 * size:.0f} {-26 * size:.0f} {12 * size:.0f} {-40 * size:.0f}"
            f"q{2 * size:.0f} {12 * size:.0f} {8 * size:.0f} {14 * size:.0f}"
            f"q{14 * size:.0f} {-14 * size:.0f} {4 * size:.0f} {-34 * size:.0f}"
            f"q{30 * size:.0f} {24 * size:.0f} {18 * size:.0f} {60 * size:.0f}"
            f"z"
        )
        canvas.path(flame, colour, opacity=0.95)
    canvas.line(f"M{x - 32} 326l62-10M{x + 32} 326l-62-10", canvas.deep, 7)
    sparks = [(x + dice.between(-70, 70), 270 - 180 * dice.unit()) for _ in range(26)]
    canvas.dots(sparks, canvas.light, 2.2, opacity=0.8)


def lanterns(canvas: Canvas) -> None:
    """Paper lanterns that rise over the river."""
    dice = canvas.dice
    sky.paint_sky(canvas, 290)
    sky.catch_light(canvas, 330, 230, 320)
    sky.paint_hills(canvas, 2, 230, 256, 20)
    river(canvas, 268)
    canvas.circle(330, 190, 300, canvas.soft(canvas.light, 0.4))
    glow = canvas.soft(canvas.light, 0.8)
    for i in range(22):
        near = ((i + dice.unit()) / 22) ** 1.6
        size = 5 + 24 * near
        x, y = dice.between(30, 610), dice.between(24, 236) - 16 * near
        if i % 2:
            canvas.circle(x, y, size * 2.4, glow)
        paper = (
            f"M{x - size * 0.6:.0f} {y - size:.0f}h{size * 1.2:.0f}l{size * 0.3:.0f} {size * 1.7:.0f}"
            f"h{-size * 1.8:.0f}z"
        )
        canvas.path(
            paper, mix(canvas.light, canvas.white, 0.2 + 0.5 * dice.unit()), opacity=0.55 + 0.45 * near
        )
    d = "".join(f"M{dice.between(0, 620):.0f} {276 + i * 5}h{dice.between(6, 26):.0f}" for i in range(16))
    canvas.line(d, canvas.white, 2, opacity=0.6)
    canvas.path("M-10 372V340Q180 318 330 346T650 334V372z", canvas.deep)


def fireworks(canvas: Canvas) -> None:
    """Rockets over the roofs; night whatever the palette."""
    dice = canvas.dice
    night = at_most(mix(canvas.sky, canvas.deep, 0.4), 0.22)
    canvas.fill(canvas.down(0, 330, night, at_most(canvas.sky, 0.3), at_most(canvas.horizon, 0.46)))
    sky.paint_stars(canvas, 30, 200)
    sky.catch_light(canvas, 330, 170, 340)
    bursts = (
        (330, 104, 86, canvas.light),
        (dice.between(150, 210), 140, 56, canvas.horizon),
        (dice.between(450, 510), 96, 62, canvas.white),
    )
    for x, y, r, colour in bursts:
        canvas.circle(x, y, r * 1.5, canvas.soft(colour, 0.6))
        count, turn, d, ends = 17, dice.unit(), "", []
        for i in range(count):
            a, reach = turn + i * 2 * pi / count, r * dice.between(0.75, 1.05)
            ex, ey = x + reach * cos(a), y + reach * sin(a) + 8
            fx, fy = reach * cos(a), reach * sin(a)
            d += f"M{x + 0.3 * fx:.0f} {y + 0.3 * fy:.0f}"
            d += f"Q{x + 0.7 * fx:.0f} {y + 0.7 * fy - 4:.0f} {ex:.0f} {ey:.0f}"
            ends.append((ex, ey))
        canvas.line(d, colour, 1.6, opacity=0.85)
        canvas.dots(ends, canvas.white, 3.6)
        canvas.line(
            f"M{x:.0f} {y + 16:.0f}q{dice.between(-12, 12):.0f} 70 {dice.between(-6, 6):.0f} {250 - y:.0f}",
            colour,
            1.2,
            opacity=0.35,
        )
    for i, (low, high) in enumerate(((30, 80), (16, 56))):
        towers(
            canvas,
            304 + 34 * i,
            low,
            high,
            canvas.below(sky.layered(canvas, 2 + i, 4)[0], canvas.deep, 0.8),
            lit=True,
        )


def alley(canvas: Canvas) -> None:
    """Steps between old houses, lanterns and washing above."""
    dice = canvas.dice
    sky.paint_sky(canvas, 230)
    x = 330
    canvas.fill(canvas.glow(canvas.light, x, 206, 260, 0.7))
    sky.catch_light(canvas, x, 210, 260)
    for i, gap in enumerate((34, 74, 132)):
        colour = mix(canvas.ground, canvas.deep, 0.25 + 0.34 * i)
        for side in (-1, 1):
            edge = x + side * gap
            top = 92 - 38 * i + dice.between(-10, 10)
            out = -20 if side < 0 else 660
            canvas.path(
                f"M{edge} 380V{top:.0f}l{side * 12}-12H{out}V380z",
                canvas.below(colour, mix(colour, canvas.light, 0.16), 0.9),
                stroke=canvas.shine,
            )
            panes = [
                (edge + side * (16 + 24 * (n % 2) + 12 * i), top + 34 + 40 * (n // 2))
                for n in range(6)
                if dice.chance(0.6)
            ]
            canvas.dots(panes, canvas.light, 5.0 + 3 * i, stroke_linecap="square", opacity=0.9)
    for i in range(8):
        y, wide = 236 + i * 17, 30 + i * 14
        canvas.path(
            f"M{x - wide} {y}h{2 * wide}l8 16h{-2 * wide - 16}z",
            mix(canvas.ground, canvas.light, 0.4 - i * 0.045),
        )
        canvas.line(f"M{x - wide} {y}h{2 * wide}", canvas.deep, 1.4, opacity=0.7)
    glow = canvas.soft(canvas.light, 0.8)
    for y, reach in ((70, 150), (124, 92), (166, 52)):
        canvas.line(f"M{x - reach} {y - 12}Q{x} {y + 22} {x + reach} {y - 12}", canvas.deep, 1.4)
        for share in (-0.5, 0, 0.5):
            lx, ly = x + share * reach, y + 8 - abs(share) * 14
            canvas.circle(lx, ly, reach * 0.22, glow)
            canvas.ellipse(lx, ly, 2 + reach * 0.04, 3 + reach * 0.05, canvas.white)


def cabin(canvas: Canvas) -> None:
    """Snow, firs, and one house with its lights on."""
    dice = canvas.dice
    sky.paint_sky(canvas, 260)
    sky.paint_orb(canvas, dice.between(400, 450), dice.between(70, 110), dice.between(16, 24))
    snow = mix(canvas.ground, canvas.white, 0.5)
    for i, base in enumerate((206, 244)):
        tint = mix(mix(snow, canvas.horizon, 0.5), canvas.deep, 0.1 + i * 0.12)
        sky.paint_ridge(canvas, rolling(dice, base, 24, 2), tint, mix(tint, canvas.deep, 0.3))
        d = "".join(pine(dice.between(-10, 650), base + 22, dice.between(40, 76) + 16 * i) for _ in range(8))
        canvas.path(d, mix(canvas.deep, canvas.ground, 0.3 - 0.2 * i))
    tint = mix(snow, canvas.deep, 0.18)
    sky.paint_ridge(canvas, rolling(dice, 296, 8, 1.4), tint, mix(tint, canvas.deep, 0.35))
    canvas.circle(330, 282, 130, canvas.soft(canvas.light, 0.75))
    canvas.path("M276 308v-46h108v46z", canvas.deep)
    canvas.path("M262 264l30-44h76l30 44z", mix(snow, canvas.white, 0.2))
    canvas.path("M352 222v-24h14v26z", canvas.deep)
    canvas.path("M288 274h18v16h-18zM354 274h18v16h-18zM320 308v-32h20v32z", canvas.light)
    canvas.path("M320 308h20l34 56h-88z", canvas.fade(canvas.light, 308, 366, 0.6))
    smoke = [(359 + i * 5 + 3 * sin(i), 190 - i * 13) for i in range(8)]
    canvas.dots(smoke, canvas.white, 15.0, opacity=0.16)
    for size in (1.6, 2.8):
        canvas.dots(
            [(dice.between(0, WIDTH), dice.between(0, 350)) for _ in range(40)],
            canvas.white,
            size,
            opacity=0.7,
        )


def gate(canvas: Canvas) -> None:
    """A great gate in the mist, steps that lead to it."""
    dice = canvas.dice
    sky.paint_sky(canvas, 300)
    sky.paint_orb(canvas, 330, dice.between(120, 150), dice.between(38, 54))
    sky.paint_hills(canvas, 3, 214, 262, 34)
    sky.paint_mist(canvas, 262, 46, 0.5)
    frame = mix(canvas.deep, canvas.light, 0.12)
    canvas.path(
        "M196 104q134 26 268 0l8 16q-16 4-26 5V312h-20V162H234v150h-20V125q-10-1-26-5z",
        frame,
        stroke=canvas.shine,
        stroke_width=1.6,
    )
    canvas.path("M206 142h248v12H206zM322 126h16v18h-16z", frame)
    for i in range(7):
        wide, y = 70 + i * 34, 302 + i * 11
        canvas.path(
            f"M{330 - wide} {y}h{2 * wide}v12h{-2 * wide}z",
            mix(canvas.ground, canvas.deep, 0.15 + i * 0.12),
            stroke=canvas.shine,
        )
    for x in (120, 540):
        canvas.path(f"M{x - 12} 340v-50h-6l6-10h24l6 10h-6v50z", canvas.deep)
        canvas.rect(x - 6, 292, 12, 12, canvas.light)
        canvas.circle(x, 298, 46, canvas.soft(canvas.light, 0.7))


def underwater(canvas: Canvas) -> None:
    """Light that falls through the sea, fish in it, weeds below."""
    dice = canvas.dice
    canvas.fill(
        canvas.down(
            0,
            HEIGHT,
            mix(canvas.horizon, canvas.light, 0.5),
            mix(canvas.sky, canvas.horizon, 0.5),
            mix(canvas.sky, canvas.deep, 0.6),
        )
    )
    x = dice.between(290, 380)
    canvas.fill(canvas.glow(canvas.white, x, -10, 300, 0.9))
    sky.catch_light(canvas, x, 60, 320)
    for i in range(6):
        lean = (i - 2.5) * 90
        canvas.path(
            f"M{x + lean * 0.3:.0f} -10h{dice.whole(14, 36)}l{lean:.0f} 360h-{dice.whole(50, 90)}z",
            canvas.fade(canvas.white, 0, 300, 0.3),
        )
    for count, size, colour in ((9, 7, mix(canvas.sky, canvas.deep, 0.4)), (5, 15, canvas.deep)):
        way, d = dice.pick((-1, 1)), ""
        for _ in range(count):
            fx, fy = dice.between(120, 540), dice.between(90, 270)
            d += (
                f"M{fx:.0f} {fy:.0f}q{way * size:.0f} {-size:.0f} {way * size * 2:.0f} 0"
                f"l{way * size:.0f} {-size * 0.6:.0f}v{size * 1.2:.0f}l{-way * size:.0f} {-size * 0.6:.0f}"
                f"q{-way * size:.0f} {size:.0f} {-way * size * 2:.0f} 0z"
            )
        canvas.path(d, colour)
    canvas.dots(
        [(x + dice.between(-120, 120), dice.between(20, 330)) for _ in range(24)],
        canvas.white,
        3.4,
        opacity=0.5,
    )
    sky.paint_ridge(canvas, rolling(dice, 320, 14, 2), mix(canvas.ground, canvas.deep, 0.5), canvas.deep)
    weeds(canvas)


def weeds(canvas: Canvas) -> None:
    dice, d = canvas.dice, ""
    for _ in range(20):
        wx = dice.pick((dice.between(0, 200), dice.between(460, 640)))
        bends = " ".join(f"{dice.between(-26, 26):.0f}-{part}" for part in (40, 70, dice.whole(70, 150)))
        d += f"M{wx:.0f} 366c{bends}"
    canvas.line(d, canvas.deep, 5)


def palms(canvas: Canvas) -> None:
    """A beach, two palms, and the sun going down behind them."""
    dice = canvas.dice
    water(canvas)
    sand = mix(canvas.ground, canvas.light, 0.25)
    canvas.path("M-10 372V330Q170 296 360 320T650 306V372z", canvas.down(300, HEIGHT, sand, canvas.deep))
    for x, tall, lean in ((196, 190, 40), (160, 140, -26)):
        tx, ty = x + lean, 326 - tall
        canvas.line(f"M{x} 330Q{x + lean * 0.2:.0f} {326 - tall * 0.6:.0f} {tx} {ty}", canvas.deep, 7)
        leaves = ""
        for i in range(9):
            a = pi * (i / 8) + pi + dice.between(-0.1, 0.1)
            ex, ey = tx + 76 * cos(a), ty + 34 * sin(a) + 26
            leaves += (
                f"M{tx} {ty}Q{tx + 50 * cos(a):.0f} {ty + 44 * sin(a) - 12:.0f} {ex:.0f} {ey:.0f}"
                f"Q{tx + 40 * cos(a):.0f} {ty + 24 * sin(a) - 2:.0f} {tx} {ty}z"
            )
        canvas.path(leaves, canvas.deep, stroke=canvas.shine)
    canvas.path(
        "M430 318l30-26h44l30 26zM444 318v20M520 318v20", canvas.deep, stroke=canvas.deep, stroke_width=3
    )


SCENES = {
    "campfire": campfire,
    "lanterns": lanterns,
    "fireworks": fireworks,
    "alley": alley,
    "cabin": cabin,
    "gate": gate,
    "underwater": underwater,
    "palms": palms,
}
