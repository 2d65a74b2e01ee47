"""A moment without a still gets a picture painted from its five colours: sky, light, layered ground. The same
moment looks the same every time and everywhere, and its name says which scene suits it."""

import re
from collections.abc import Sequence
from hashlib import blake2b

from moments.graphics.artwork import city, outdoors, rooms, seaside, sky, stages
from moments.graphics.artwork.canvas import Canvas, Dice
from moments.graphics.palette import completed, roles

PAINTERS = outdoors.SCENES | seaside.SCENES | city.SCENES | stages.SCENES | rooms.SCENES

# A seed's last five bits are its scene. Never reorder: addresses of artwork are kept for a year.
SCENES = (
    "hills", "sunrise", "sea", "stars", "clouds", "gorge", "skyline", "road",
    "rooftops", "rain", "stage", "club", "cinema", "window", "table", "overlook",
    "rehearsal", "recital", "study", "pier", "hills", "sunrise", "sea", "stars",
    "clouds", "pier", "skyline", "road", "rooftops", "rain", "overlook", "hills",
)  # fmt: skip

# Words of a title, in the order in which they decide.
WORDS = {
    "stars": "planetarium observatory space galaxy cosmos constellation",
    "overlook": "lovely overlook view valley bench dance walk kiss tap",
    "study": "piano lesson practice composing writing",
    "window": "home room call letter letters phone window bedroom apartment waiting hospital mother father",
    "rehearsal": "show play rehearsal monologue theatre theater",
    "recital": "performance concert recital opera ballet symphony encore",
    "stage": "audition stage speech spotlight microphone comedy punch boxing",
    "club": "jazz band saxophone trumpet club bar music song",
    "cinema": "montage audience epilogue film movie cinema screen ending credits memory memories",
    "road": "traffic freeway road car drive driving chase highway bus decision crossroads truck windscreen",
    "table": "restaurant dinner breakfast lunch cafe coffee tea table supper kitchen meal ramen diner",
    "rain": "rejection doubt rain argument fight quarrel alone goodbye farewell loss tears storm breakup",
    "pier": "pier harbour harbor bridge dock quay lighthouse signal signals stars",
    "sea": "sea ocean beach ship boat wave waves island fish water lake river reflection swim flood",
    "clouds": "dream dreams cloud clouds sky flight fly flying heaven wings balloon",
    "sunrise": "breakthrough dawn sunrise morning hope chance beginning birth sun aspirations victory",
    "gorge": "hell trial fire cave gate judgment judgement underworld afterlife battle war desert",
    "skyline": "city street streets party town crowd tower london heist",
    "rooftops": "reunion roof rooftops house village neighbours christmas wedding night",
    "hills": "hill hills mountain field forest garden picnic tree",
}


def artwork(palette: Sequence[str], seed: int | str, *, width: int = 640, height: int = 360) -> str:
    """A scene in the palette's colours.

    Args:
        palette: sky top, horizon, light, mid ground, deep shadow as `#rrggbb`; when there are fewer than
            five, those of `palette_from(seed)` are taken.
        seed: from `art_seed`; any other number or text will do, and is the same picture every time.
        width, height: the picture's own size in pixels; the scene is 16:9 and is cropped to fill.
    Returns:
        An SVG document of about 5 kB without script, style or outside reference.
    Raises:
        ValueError: when a colour is not `#rrggbb`.
    """
    colours = roles(completed(palette, str(seed)))
    canvas = Canvas(colours, Dice(str(seed), *colours))
    number = int(seed) if str(seed).isdecimal() else _number(str(seed))
    PAINTERS[SCENES[number % len(SCENES)]](canvas)
    sky.finish(canvas)
    return canvas.document(width, height)


def art_seed(slug: str, salt: str = "") -> int:
    """The seed of a post's artwork: a whole number below 2**32 that fixes scene and dice.

    Args:
        slug: of the post; its words choose the scene ("the-dance-at-the-planetarium" gets stars).
        salt: tells posts of one slug apart, such as the film's slug or the kind.
    """
    number = _number(f"{salt}/{slug}")
    words = set(re.split(r"[\W_]+", slug.casefold()))
    scene = next((scene for scene, known in WORDS.items() if not words.isdisjoint(known.split())), None)
    return number - number % len(SCENES) + SCENES.index(scene) if scene else number


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "big")
