"""Pictures that members bring: checked, decoded within limits, written anew; nothing of the file remains."""

import io
import math
import warnings
from collections.abc import Callable
from contextlib import suppress
from itertools import product
from operator import sub
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

# What decoding takes from a worker at its worst, in bytes a pixel: all coefficients of a progressive JPEG,
# the canvases of a WebP that may move. So some formats reach MAX_DECODED_BYTES before MAX_PIXELS.
BYTES_PER_PIXEL = {"JPEG": 6, "PNG": 4, "WEBP": 16, "GIF": 4, "AVIF": 12}
CMYK_BYTES_PER_PIXEL = 8
FORMATS = tuple(BYTES_PER_PIXEL)
MAX_DECODED_BYTES = 240_000_000
MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_RATIO = 5  # the longer side to the shorter one
MAX_PROFILE_BYTES = 1024 * 1024
STRIP_PIXELS = 4_000_000

WIDTHS = (480, 960, 1600)
WEBP_QUALITY = 80
SAMPLE_SIZE = (72, 48)
MIN_SHARE = 0.004
MIN_DISTANCE = 30  # of two colours of a palette, summed over the channels
GREY = (128, 128, 128)

NOT_A_PICTURE = _("This file is not a JPEG, PNG, WebP, GIF or AVIF picture.")
EMPTY = _("This file is empty.")
TOO_LARGE = _("This picture is larger than %(size)s MiB.")
FAR_TOO_MANY_PIXELS = _("This picture has far too many pixels.")
TOO_MANY_PIXELS = _("This picture has more than %(size)s million pixels, too many for %(format)s.")
TOO_THIN = _("This picture is too long and thin: one side is over %(ratio)s times the other.")
DAMAGED = _("This picture is damaged or incomplete; please try another copy of it.")

ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = [_TURNS[value] for value in (5, 6, 7, 8)]


class ImageError(ValueError):
    """The upload is refused; the message is a sentence for the member."""


class Picture:
    """A decoded picture: upright, sRGB, transparent or not, no wider than the widest size that we serve."""

    def __init__(self, image: Image.Image):
        self.image = image
        self.width, self.height = image.size

    def widths(self) -> list[int]:
        """Those of WIDTHS that this picture fills, and always the smallest one."""
        return [width for width in WIDTHS if width <= self.width] or [WIDTHS[0]]

    def webp(self, width: int) -> bytes:
        """WebP of this width in pixels, or of the picture's own where that is less."""
        if width >= self.width:
            return _encode(self.image)
        height = max(1, round(self.height * width / self.width))
        return _encode(self.image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3))

    def square(self, size: int) -> bytes:
        """WebP of the middle of the picture, for an avatar; never enlarged."""
        size = min(size, self.width, self.height)
        return _encode(ImageOps.fit(self.image, (size, size), Image.Resampling.LANCZOS))

    def palette(self, count: int = 5) -> list[str]:
        """Distinct colours like "#1a2b3c", at most five: of its top, middle, light, ground and shadow."""
        return ["#" + bytes(colour).hex() for colour in _roles(_swatches(self.image))[:count]]


def read(upload: Any, *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS) -> Picture:
    """The picture in an uploaded file, or in bytes. Raises ImageError with a sentence for the member."""
    data = _bytes(upload, max_bytes)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # broken EXIF and the like
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            _check(_open(data), max_pixels)
            return Picture(_decode(_open(data)))
    except ImageError:
        raise
    except Exception as error:  # a decoder fed with hostile bytes may raise anything
        raise ImageError(DAMAGED) from error


def _bytes(upload: Any, max_bytes: int) -> bytes:
    if isinstance(upload, bytes):
        data = upload[: max_bytes + 1]
    else:
        upload.seek(0)
        data = upload.read(max_bytes + 1)
        upload.seek(0)
    if not data:
        raise ImageError(EMPTY)
    if len(data) > max_bytes:
        raise ImageError(TOO_LARGE % {"size": f"{max_bytes / 1024**2:g}"})
    return data


def _open(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ImageError(FAR_TOO_MANY_PIXELS) from error
    except Exception as error:
        raise ImageError(NOT_A_PICTURE) from error


def _check(image: Image.Image, max_pixels: int) -> None:
    width, height = image.size
    format = "JPEG" if image.format == "MPO" else image.format  # a JPEG with a second picture inside
    weight = CMYK_BYTES_PER_PIXEL if image.mode == "CMYK" else BYTES_PER_PIXEL[format]
    max_pixels = min(max_pixels, MAX_DECODED_BYTES // weight)
    if width * height > max_pixels:
        raise ImageError(TOO_MANY_PIXELS % {"size": f"{max_pixels / 1e6:g}", "format": format})
    if max(width, height) > MAX_RATIO * min(width, height):
        raise ImageError(TOO_THIN % {"ratio": MAX_RATIO})
    image.verify()


def _decode(image: Image.Image) -> Image.Image:
    turn, profile = _turn(image), image.info.get("icc_profile")
    across = image.size[turn in _SIDEWAYS]  # the side that will be the width
    scale = min(1, WIDTHS[-1] / across)
    size = tuple(max(1, round(side * scale)) for side in image.size)
    image.draft(None, size)
    image.load()
    image = _in_srgb(_scaled(image, size), profile)
    return image if turn is None else image.transpose(turn)


def _turn(image: Image.Image) -> Image.Transpose | None:
    # Phones write slightly broken EXIF: then the picture stays as it lies.
    with suppress(Exception):
        return _TURNS.get(image.getexif().get(ORIENTATION))
    return None


def _scaled(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture in this size, made in strips: treated as a whole it would be in memory three times."""
    mode = "RGBA" if image.has_transparency_data else image.mode if image.mode in ("L", "CMYK") else "RGB"
    target = Image.new(mode, size)
    rows = max(1, STRIP_PIXELS * size[1] // (image.width * image.height))
    for start in range(0, size[1], rows):
        end = min(size[1], start + rows)
        target.paste(_strip(image, mode, size, start, end), (0, start))
    return target


def _strip(image: Image.Image, mode: str, size: tuple[int, int], start: int, end: int) -> Image.Image:
    """The rows from start to end of the picture as it will be in this size."""
    scale = image.height / size[1]
    reach = math.ceil(3 * scale) + 1  # the filter looks at so many rows beyond
    top, bottom = max(0, int(start * scale) - reach), min(image.height, math.ceil(end * scale) + reach)
    part = _in_mode(image.crop((0, top, image.width, bottom)), mode)
    box = (0, start * scale - top, part.width, min(end * scale - top, part.height))
    return part.resize((size[0], end - start), Image.Resampling.LANCZOS, box, reducing_gap=2)


def _in_mode(image: Image.Image, mode: str) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits a channel, which convert() would cut off at 255
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    return image.convert(mode)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile and len(profile) <= MAX_PROFILE_BYTES:
        with suppress(Exception):  # a broken profile is dropped like none
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    image = image.convert(mode)
    image.info.clear()
    return image


def _encode(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "WEBP", quality=WEBP_QUALITY, method=2)  # half the time of the default, 4 % more bytes
    return target.getvalue()


class _Swatch(NamedTuple):
    """A colour and how many of its pixels lie in the upper, the middle and the lower third."""

    colour: tuple[int, ...]
    upper: int
    middle: int
    lower: int

    @property
    def share(self) -> int:
        return self.upper + self.middle + self.lower


def _swatches(image: Image.Image) -> list[_Swatch]:
    """The colours that make up the picture, the commonest first, no two of them alike, five at least."""
    small = image.resize(SAMPLE_SIZE, Image.Resampling.BOX, reducing_gap=1)
    alpha = small.convert("RGBA").getchannel("A").tobytes()
    indexed = small.convert("RGB").quantize(24, Image.Quantize.MEDIANCUT)
    third = len(alpha) // 3
    counts: dict[int, list[int]] = {}
    for place, (index, opacity) in enumerate(zip(indexed.tobytes(), alpha, strict=True)):
        if opacity > 127:
            counts.setdefault(index, [0, 0, 0])[place // third] += 1
    colours = indexed.getpalette("RGB")
    found = [_Swatch(tuple(colours[3 * i : 3 * i + 3]), *bands) for i, bands in counts.items()]
    kept: list[_Swatch] = []
    for swatch in sorted(found, key=lambda swatch: (-swatch.share, swatch.colour)):
        if swatch.share >= MIN_SHARE * len(alpha) and _differs(swatch.colour, kept):
            kept.append(swatch)
    return _filled(kept or [_Swatch(GREY, 1, 1, 1)])


def _filled(swatches: list[_Swatch]) -> list[_Swatch]:
    """At least five: a picture of fewer colours lends lighter and darker ones."""
    filled = list(swatches)
    for part, swatch, tone in product((0.3, 0.5, 0.7, 0.85), swatches, (0, 255)):
        if len(filled) >= 5:
            break
        colour = tuple(round(channel + (tone - channel) * part) for channel in swatch.colour)
        if _differs(colour, filled):
            filled.append(_Swatch(colour, 0, 0, 0))
    return filled


def _differs(colour: tuple[int, ...], swatches: list[_Swatch]) -> bool:
    return all(sum(map(abs, map(sub, colour, other.colour))) >= MIN_DISTANCE for other in swatches)


def _roles(swatches: list[_Swatch]) -> list[tuple[int, ...]]:
    """The darkest is the shadow, the brightest the light, and each third gives what it has most of."""
    pool = list(swatches)

    def take(wanted: Callable[[_Swatch], Any]) -> tuple[int, ...]:
        best = max(pool, key=wanted)
        pool.remove(best)
        return best.colour

    shadow = take(lambda swatch: -_luma(swatch.colour))
    light = take(lambda swatch: _luma(swatch.colour))
    top = take(lambda swatch: (swatch.upper, _luma(swatch.colour)))
    ground = take(lambda swatch: (swatch.lower, -_luma(swatch.colour)))
    middle = take(lambda swatch: (swatch.middle, swatch.share))
    return [top, middle, light, ground, shadow]


def _luma(colour: tuple[int, ...]) -> float:
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
