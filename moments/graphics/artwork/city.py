"""Scenes of the town: a skyline with lit windows, a road of tail lights, rooftops, rain on a window."""

from moments.graphics.artwork import sky
from moments.graphics.artwork.canvas import HEIGHT, WIDTH, Canvas
from moments.graphics.palette import at_least, at_most, mix


def skyline(canvas: Canvas) -> None:
    """Towers in three depths, their windows lit; sometimes a river that doubles them."""
    dice = canvas.dice
    sky.paint_sky(canvas, 290)
    sky.paint_orb(canvas, dice.between(250, 420), dice.between(95, 130), dice.between(15, 24))
    sky.paint_clouds(canvas, 2, 80, 200)
    canvas.fill(canvas.glow(mix(canvas.light, canvas.horizon, 0.4), 330, 280, 330, 0.5))
    river = dice.chance(0.5)
    shore = 286 if river else 372
    for i, (low, high) in enumerate(((60, 190), (34, 150), (22, 84))):
        colour, haze = sky.layered(canvas, i * 2, 5)
        foot = 286 if river else 300 + i * 32
        towers(canvas, foot, low, high, canvas.below(colour, haze, 0.6), lit=i > 0)
    if river:
        water(canvas, shore)


def towers(canvas: Canvas, foot: float, low: float, high: float, paint: str, *, lit: bool) -> None:
    """A row of buildings from edge to edge, tallest around the middle."""
    dice = canvas.dice
    x, d, columns = -12, "M-12 380", []
    while x < WIDTH + 12:
        wide = dice.whole(24, 56)
        middle = max(0, 1 - abs(x + wide / 2 - 360) / 330)
        top = foot - low * dice.between(0.5, 1.2) - (high - low) * (0.25 + middle) * dice.unit() ** 1.5
        d += tower_top(canvas, top, wide)
        columns += [
            (x + at, top + 20 + dice.whole(0, 9) * 9, foot)
            for at in range(7, wide - 4, 8)
            if dice.chance(0.6)
        ]
        x += wide
    canvas.path(f"{d}V380z", paint, stroke=canvas.shine)
    if lit:
        sky.paint_windows(canvas, [column for column in columns if column[1] < column[2]][:26], 3.0, 4.0)


def tower_top(canvas: Canvas, top: float, wide: int) -> str:
    """The outline over one building: flat, stepped, round or with a spire."""
    kind = canvas.dice.whole(0, 6)
    start, half, step = f"V{top:.0f}", wide // 2, round(wide * 0.22)
    if kind == 0:
        return f"{start}h{half - 1}l1-26 1 26h{wide - half - 1}"
    if kind == 1:
        return f"{start}h{step}v-10h{wide - 2 * step}v10h{step}"
    if kind == 2:
        return f"{start}h{step}v-9h{step - 2}v-9h{wide - 4 * step + 4}v9h{step - 2}v9h{step}"
    if kind == 3:
        return f"{start}q{half}-14 {wide} 0"
    return f"{start}h{wide}"


def water(canvas: Canvas, shore: float) -> None:
    """A river with the lights of the town in it."""
    dice = canvas.dice
    river = canvas.down(shore, HEIGHT, mix(canvas.ground, canvas.horizon, 0.3), canvas.deep)
    canvas.rect(0, shore, WIDTH, HEIGHT - shore, river)
    for colour, count in ((canvas.light, 24), (canvas.white, 12)):
        d = ""
        for _ in range(count):
            y = shore + 2 + 70 * dice.unit() ** 1.6
            d += f"M{dice.between(0, WIDTH):.0f} {y:.0f}h{dice.between(3, 8 + (y - shore) / 3):.0f}"
        canvas.line(d, colour, 1.2, opacity=0.5)


def road(canvas: Canvas) -> None:
    """A road to the vanishing point: lamps on both sides, tail lights ahead, headlights coming."""
    dice = canvas.dice
    x, y = dice.between(320, 380), 208.0
    sky.paint_sky(canvas, 240)
    canvas.fill(canvas.glow(canvas.light, x, y, 300, 0.75))
    sky.catch_light(canvas, x, y, 300)
    sky.paint_clouds(canvas, 3, 60, 180, 0.26)
    sky.paint_hills(canvas, 2, 208, 224, 16)
    canvas.rect(
        0, 226, WIDTH, 140, canvas.down(214, HEIGHT, mix(canvas.ground, canvas.deep, 0.5), canvas.deep)
    )
    tarmac = mix(canvas.deep, canvas.ground, 0.35)
    canvas.path(
        f"M{x - 5:.0f} 214h10L{x + 330:.0f} 370H{x - 330:.0f}z",
        canvas.down(214, HEIGHT, mix(tarmac, canvas.light, 0.3), tarmac, canvas.deep),
    )
    canvas.path(f"M{x:.0f} 214L{x - 4:.0f} 370h8z", mix(canvas.light, canvas.ground, 0.3), opacity=0.65)
    edges = f"M{x - 5:.0f} 214L{x - 330:.0f} 370M{x + 5:.0f} 214L{x + 330:.0f} 370"
    canvas.line(edges, canvas.shine, 2)
    traffic(canvas, x)
    glow = canvas.soft(mix(canvas.light, "#ffe6b0", 0.5), 0.65)
    for near in (0.07, 0.2, 0.62):
        posts = [(x + side * (8 + 350 * near), 214 + 150 * near) for side in (-1, 1)]
        sky.paint_lamps(canvas, posts, 12 + 196 * near, glow)


def traffic(canvas: Canvas, x: float) -> None:
    """Pairs of lights that grow as they come nearer: red away from us, white towards us."""
    dice = canvas.dice
    red = mix(at_least(canvas.light, 0.6), "#ff3b2f", 0.75)
    for side, colour in ((1, red), (-1, canvas.white)):
        glow = canvas.soft(colour, 0.7)
        for i in range(5):
            near = 0.04 + 0.8 * ((i + dice.between(0, 0.6)) / 5) ** 2
            lane, y, gap = x + side * (5 + 150 * near), 214 + 150 * near, 1.6 + 26 * near
            canvas.line(f"M{lane - gap:.0f} {y:.0f}h0m{2 * gap:.0f} 0h0", colour, 1.4 + 8 * near)
            if i > 1:
                canvas.ellipse(lane, y, gap * 2.2, gap * 1.1, glow)


def rooftops(canvas: Canvas) -> None:
    """Gables and chimneys under the evening, with a string of bulbs across."""
    dice = canvas.dice
    sky.paint_sky(canvas, 290)
    sky.paint_orb(canvas, dice.between(320, 410), dice.between(95, 130), dice.between(18, 26))
    sky.paint_clouds(canvas, 3, 60, 190)
    for i, base in enumerate((232, 272, 318)):
        colour, haze = sky.layered(canvas, i + 1, 4)
        gables(canvas, base, 34 + 12 * i, canvas.below(colour, haze, 0.7))
    bulbs(canvas, dice.between(96, 130), dice.between(120, 150))


def gables(canvas: Canvas, base: float, size: float, paint: str) -> None:
    dice = canvas.dice
    x, d, panes = -20, "M-20 380", []
    while x < WIDTH + 20:
        wide, wall = round(size * dice.between(1.7, 2.7)), round(base + dice.between(-14, 10))
        d += f"L{x} {wall}" + roof(canvas, wide, round(size * dice.between(0.4, 0.75)))
        panes += [(x + wide * at, wall + size * 0.4) for at in (0.22, 0.46, 0.7) if dice.chance(0.4)]
        x += wide
    canvas.path(f"{d}V380z", paint, stroke=canvas.shine)
    for part, colour in ((panes[::2], canvas.light), (panes[1::2], canvas.white)):
        canvas.dots(part, colour, size * 0.17, stroke_linecap="square", opacity=0.9)


def roof(canvas: Canvas, wide: int, tall: int) -> str:
    """One roof from eaves to eaves, in relative steps: flat with an aerial, or a gable with a chimney."""
    half, pot = wide // 2, wide // 5
    if canvas.dice.chance(0.3):
        return f"v{-(tall // 2)}h{half}v-20h-6h12h-6v20h{wide - half}v{tall // 2}"
    fall, under = round(tall * pot / (wide - half)), round(7 * tall / (wide - half))
    chimney = f"{pot} {fall}v{-fall - 7}h7v{fall + 7 + under}"
    return f"l{half}{-tall} {chimney}l{wide - half - pot - 7} {tall - fall - under}"


def bulbs(canvas: Canvas, left: float, right: float) -> None:
    """Party lights on a sagging wire."""
    canvas.line(f"M-10 {left:.0f}Q320 {left + right - 20:.0f} 650 {right:.0f}", canvas.deep, 1.2)
    glow, places = canvas.soft(canvas.light, 0.6), []
    for i in range(10):
        t = (i + 0.6) / 10.2
        x = -10 + 660 * t
        y = (1 - t) ** 2 * left + 2 * t * (1 - t) * (left + right - 20) + t * t * right + 5
        canvas.circle(x, y, 15, glow)
        places.append((x, y))
    canvas.dots(places, canvas.white, 5.4)


def rain(canvas: Canvas) -> None:
    """Lights of the street out of focus behind a wet window."""
    dice = canvas.dice
    canvas.horizon = at_most(canvas.horizon, 0.55)
    top, low = at_most(canvas.sky, 0.3), at_most(mix(canvas.ground, canvas.horizon, 0.4), 0.42)
    canvas.fill(canvas.down(0, HEIGHT, top, low, canvas.deep))
    sky.catch_light(canvas, 340, 180, 300)
    canvas.fill(canvas.glow(mix(canvas.horizon, canvas.light, 0.6), 350, 200, 340, 0.7))
    towers(canvas, 330, 60, 220, canvas.fade(canvas.deep, 60, 330, 0.5, 0.2), lit=False)
    tints = (canvas.horizon, canvas.light, mix(canvas.light, canvas.horizon, 0.5), canvas.white, canvas.light)
    for i, size in enumerate((66, 54, 46, 38, 32, 24, 18, 12)):
        places = [(dice.between(0, WIDTH), 214 + 86 * (dice.unit() + dice.unit() - 1)) for _ in range(5)]
        canvas.dots(places, tints[i % 5], float(size), opacity=dice.between(0.16, 0.3))
        canvas.dots(places[:3], tints[(i + 1) % 5], size * 0.82, opacity=0.3)
    streaks(canvas)
    drops(canvas)
    canvas.rect(0, 334, WIDTH, 30, canvas.deep)
    canvas.rect(0, 333, WIDTH, 2, canvas.shine)


def streaks(canvas: Canvas) -> None:
    """Runs of water that wander down the pane, each ending in its drop."""
    dice = canvas.dice
    d, ends = "", []
    for _ in range(16):
        x, y, long = dice.between(0, WIDTH), dice.between(-60, 200), dice.between(40, 140)
        d += f"M{x:.0f} {y:.0f}q{dice.between(-5, 5):.0f} {long / 2:.0f} 0 {long:.0f}"
        ends.append((x, y + long))
    canvas.line(d, canvas.white, 1.2, opacity=0.22)
    canvas.dots(ends, canvas.white, 3.6, opacity=0.55)


def drops(canvas: Canvas) -> None:
    dice = canvas.dice
    for size, opacity in ((1.4, 0.5), (2.4, 0.4)):
        canvas.dots(
            [(dice.between(0, WIDTH), dice.between(0, 330)) for _ in range(46)],
            canvas.white,
            size,
            opacity=opacity,
        )


SCENES = {"skyline": skyline, "road": road, "rooftops": rooftops, "rain": rain}
