"""A moment without a still gets a picture painted from its five colours: sky, light, layered ground. The same
moment looks the same every time and everywhere, and its name says which scene suits it."""

from collections.abc import Sequence

from moments.graphics.artwork import (
    city,
    halls,
    journeys,
    nights,
    outdoors,
    rooms,
    seaside,
    sky,
    stages,
    weather,
    wild,
)
from moments.graphics.artwork.canvas import Canvas, Dice
from moments.graphics.artwork.choice import hashed, scene_of
from moments.graphics.palette import completed, roles

UNDER_A_ROOF = stages.SCENES | rooms.SCENES | halls.SCENES
PAINTERS = (
    *(
        outdoors.SCENES,
        seaside.SCENES,
        city.SCENES,
        wild.SCENES,
        journeys.SCENES,
        nights.SCENES,
        UNDER_A_ROOF,
    ),
)
PAINTERS = {name: painter for scenes in PAINTERS for name, painter in scenes.items()}
# Weather would be out of place there.
WITHOUT_WEATHER = {*UNDER_A_ROOF, "rain", "planet", "underwater", "fireworks", "clouds", "flight", "storm"}


def artwork(palette: Sequence[str], seed: int | str, *, width: int = 640, height: int = 360) -> str:
    """A scene in the palette's colours.

    Args:
        palette: sky top, horizon, light, mid ground, deep shadow as `#rrggbb`; when there are fewer than
            five, those of `palette_from(seed)` are taken.
        seed: from `choice.art_seed`; any other number or text will do, and is the same picture every time.
        width, height: the picture's own size in pixels; the scene is 16:9 and is cropped to fill.
    Returns:
        An SVG document of about 5 kB without script, style or outside reference.
    Raises:
        ValueError: when a colour is not `#rrggbb`.
    """
    colours = roles(completed(palette, str(seed)))
    canvas = Canvas(colours, Dice(str(seed), *colours))
    scene, composition = scene_of(int(seed) if str(seed).isdecimal() else hashed(str(seed)))
    PAINTERS[scene](canvas)
    if composition is not None:
        weather.compose(canvas, composition, outdoors=scene not in WITHOUT_WEATHER)
    sky.finish(canvas)
    return canvas.document(width, height)
