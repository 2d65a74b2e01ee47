"""Which scene a post is painted as: the words of its name decide, and chance among what they allow.

A number says it all: which scene, and how the dice fall. What was painted before there were so many scenes
has a number below 2**32 and is painted as it always was.
"""

import re
from functools import lru_cache
from hashlib import blake2b

# A seed's last five bits were its scene. Never reorder: addresses of artwork are kept for a year.
FIRST_SCENES = (
    "hills", "sunrise", "sea", "stars", "clouds", "gorge", "skyline", "road",
    "rooftops", "rain", "stage", "club", "cinema", "window", "table", "overlook",
    "rehearsal", "recital", "study", "pier", "hills", "sunrise", "sea", "stars",
    "clouds", "pier", "skyline", "road", "rooftops", "rain", "overlook", "hills",
)  # fmt: skip

# What stands above the lowest 32 bits is the scene, counted from one. New ones go to the end.
SCENES = (
    "hills", "sunrise", "sea", "stars", "clouds", "gorge", "skyline", "road", "rooftops", "rain",
    "stage", "club", "cinema", "window", "table", "overlook", "rehearsal", "recital", "study", "pier",
    "forest", "lake", "desert", "meadow", "storm", "aurora", "cliff", "moonrise", "viaduct", "bridge",
    "flight", "balloons", "planet", "wheel", "castle", "lighthouse", "field", "corridor", "library", "chapel",
    "ballroom", "ring", "solo", "gramophone", "campfire", "lanterns", "fireworks", "alley", "cabin", "gate",
    "underwater", "palms",
)  # fmt: skip

# Words of a name, in the order in which they decide. Where a word is frequent it allows many scenes.
WORDS = {
    "planetarium observatory constellation": "stars",
    "galaxy cosmos space planet mars moon astronaut": "planet stars moonrise",
    "lovely overlook view valley": "overlook",
    "ball waltz ballroom": "ballroom",
    "dance dancing kiss tap walk bench": "overlook ballroom moonrise pier lanterns",
    "piano lesson practice composing writing": "study recital",
    "book books library school letter letters word words": "library study window",
    "church wedding prayer vow funeral": "chapel",
    "call phone bedroom apartment waiting hospital mother father": "window corridor alley cabin",
    "monologue theatre theater play rehearsal": "rehearsal stage",
    "concert opera ballet symphony encore performance recital": "recital stage ballroom",
    "punch boxing boxer bout ring bare knuckle": "ring",
    "audition speech spotlight microphone comedy": "stage",
    "guitar band singer": "solo club",
    "record radio album": "gramophone",
    "jazz saxophone trumpet club bar": "club",
    "montage audience epilogue film movie cinema screen credits": "cinema",
    "traffic freeway car drive driving highway bus truck windscreen": "road",
    "train station railway platform": "viaduct",
    "road chase decision crossroads journey": "road viaduct bridge field",
    "restaurant dinner breakfast lunch cafe coffee tea table supper kitchen meal ramen diner": "table",
    "rain argument rejection doubt": "rain alley storm",
    "storm thunder tsunami lightning": "storm",
    "alone goodbye farewell loss tears breakup quarrel fight": "rain cliff corridor moonrise",
    "signal signals lighthouse": "lighthouse",
    "pier harbour harbor dock quay": "pier lighthouse",
    "bridge": "bridge",
    "fish underwater deep dive jellyfish": "underwater",
    "island": "palms lighthouse",
    "sea ocean beach ship boat wave waves swim flood": "sea pier lighthouse palms underwater",
    "water lake river reflection": "lake lanterns bridge sea",
    "flight fly flying plane airport wings": "flight clouds",
    "balloon": "balloons",
    "dream dreams cloud clouds sky heaven": "clouds balloons flight stars",
    "breakthrough dawn sunrise morning hope chance beginning birth su"
    "n aspirations victory": "sunrise balloons cliff",
    "judgment judgement court temple shrine gate": "gate",
    "hell trial fire cave underworld afterlife": "gorge gate",
    "battle war desert sand": "desert gorge castle",
    "castle king queen knight": "castle",
    "carnival circus fair park": "wheel",
    "christmas winter snow": "cabin aurora",
    "party celebration new year": "fireworks lanterns rooftops",
    "camp fire wilderness": "campfire forest",
    "forest wood woods garden tree": "forest meadow",
    "hill hills mountain field picnic": "hills field meadow cliff",
    "spring summer autumn flower flowers": "meadow field forest lake",
    "reunion roof rooftops neighbours": "rooftops alley",
    "city tower london heist": "skyline bridge",
    "street streets town crowd": "alley skyline rooftops wheel road",
    "door hallway corridor prison escape": "corridor alley",
    "house home room": "window cabin rooftops corridor table",
    "night evening midnight": "moonrise rooftops skyline lanterns campfire fireworks overlook alley",
    "star stars": "stars pier overlook lanterns",
    "ending end": "cinema moonrise pier cliff",
    "song music singing melody": "gramophone solo club recital",
    "show bear": "rehearsal stage wheel",
    "memory memories": "cinema lake gramophone moonrise",
}
# Those that suit any name. The others say too much of a place.
FREE = (
    "hills", "sunrise", "sea", "stars", "clouds", "skyline", "road", "rooftops", "rain", "window", "pier",
    "overlook", "forest", "lake", "meadow", "storm", "cliff", "moonrise", "viaduct", "bridge", "balloons",
    "field", "corridor", "lanterns", "alley", "lighthouse", "campfire", "cabin",
)  # fmt: skip
GROUPS = [(frozenset(words.split()), scenes.split()) for words, scenes in WORDS.items()]


@lru_cache(maxsize=8_192)
def scenes_of(slug: str, salt: str = "") -> tuple[str, ...]:
    """The scenes that suit a post, the best first: what its name allows, and four that suit any name."""
    number = hashed(f"{salt}/{slug}")
    words = set(re.split(r"[\W_]+", slug.casefold()))
    named = next((scenes for known, scenes in GROUPS if not words.isdisjoint(known)), [])
    start = number % len(FREE)
    free = [FREE[(start + step * 11) % len(FREE)] for step in range(4)]
    turn = number % len(named) if named else 0
    return tuple(dict.fromkeys([*named[turn:], *named[:turn], *free]))


def art_seed(slug: str, salt: str = "", turn: int = 0) -> int:
    """The seed of a post's artwork: a whole number that fixes scene, composition and dice.

    Args:
        slug: of the post; its words choose the scene ("the-dance-at-the-planetarium" gets stars).
        salt: tells posts of one slug apart, such as the film's slug or the kind.
        turn: which of the scenes that suit it; the first one unless its neighbours in a list have that.
    """
    scenes = scenes_of(slug, salt)
    place = SCENES.index(scenes[turn % len(scenes)])
    return (place + 1 << 32) + hashed(f"{salt}/{slug}")


def scene_of(number: int) -> tuple[str, int | None]:
    """The scene of a seed, and which of its compositions; none for what was painted before there were any."""
    if number < 1 << 32:
        return FIRST_SCENES[number % len(FIRST_SCENES)], None
    return SCENES[((number >> 32) - 1) % len(SCENES)], number % 3


def hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "big")
