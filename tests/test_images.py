"""Uploaded pictures: what is accepted, what is refused and why, what is written, which colours are seen."""

import io
import struct
import time
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageDraw, PngImagePlugin

from reelive import images
from reelive.images import BROKEN, NOT_A_PICTURE, ImageError, read

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 180, 60), (30, 60, 200), (255, 255, 255)
ORIENTATION = 0x0112


def quarters(size=(64, 48), mode="RGB"):
    """Red and green above, blue and white below."""
    image = Image.new("RGB", size, RED)
    draw, (width, height) = ImageDraw.Draw(image), size
    draw.rectangle((width // 2, 0, width, height // 2 - 1), GREEN)
    draw.rectangle((0, height // 2, width // 2 - 1, height), BLUE)
    draw.rectangle((width // 2, height // 2, width, height), WHITE)
    return image.convert(mode)


def file_of(image, format="PNG", **options):
    target = io.BytesIO()
    image.save(target, format, **options)
    return target.getvalue()


def corners(image):
    """The colour in the middle of each quarter, row by row."""
    image, (width, height) = image.convert("RGB"), image.size
    return [image.getpixel((width * x // 4, height * y // 4)) for y in (1, 3) for x in (1, 3)]


def close(colours, expected, distance=40):
    return all(
        sum(abs(a - b) for a, b in zip(*pair, strict=True)) <= distance
        for pair in zip(colours, expected, strict=True)
    )


def refusal(data, **limits):
    with pytest.raises(ImageError) as error:
        read(data, **limits)
    return str(error.value)


def png_header(width, height, depth=8, colour=2):
    """A PNG that claims to be of this size and holds next to nothing."""

    def chunk(name, content):
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


# What is accepted


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "MPO"])
def test_a_picture_of_each_format_is_read(format):
    picture = read(file_of(quarters(), format))
    assert (picture.width, picture.height) == (64, 48)
    assert close(corners(picture.image), [RED, GREEN, BLUE, WHITE])


@pytest.mark.parametrize(
    "format, mode", [("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "1"), ("PNG", "P"), ("PNG", "LA")]
)
def test_a_picture_of_each_mode_is_read(format, mode):
    picture = read(file_of(quarters(mode=mode), format))
    assert picture.image.mode in ("RGB", "RGBA")
    expected = quarters(mode=mode).convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    written = Image.open(io.BytesIO(picture.webp(64))).convert("RGB")
    assert close([written.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))], [expected])


def test_sixteen_bits_are_brought_to_eight():
    image = Image.new("I;16", (8, 8), 0x8000)
    assert read(file_of(image)).image.getpixel((4, 4)) == (128, 128, 128)


def test_transparency_is_kept():
    image = quarters(mode="RGBA")
    image.putalpha(100)
    again = Image.open(io.BytesIO(read(file_of(image)).webp(64)))
    assert again.mode == "RGBA"
    assert again.getpixel((10, 10))[3] == 100


def test_a_transparent_colour_of_an_indexed_picture_is_kept():
    image = Image.new("P", (8, 8), 0)
    image.putpalette([0, 0, 0, 255, 255, 255])
    assert read(file_of(image, "GIF", transparency=0)).image.getpixel((4, 4))[3] == 0


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_picture_stands_upright(orientation):
    upright = quarters((80, 48))
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # from upright to how the camera lay
    lying = upright.transpose(Image.Transpose(turns[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    picture = read(file_of(lying, "JPEG", exif=exif, quality=95))
    assert (picture.width, picture.height) == (80, 48)
    assert close(corners(picture.image), [RED, GREEN, BLUE, WHITE])


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\0\xff\x01", b"junk" * 9]
)
def test_broken_exif_of_phones_is_accepted(exif):
    data = file_of(quarters(), "JPEG")
    data = data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:]
    assert close(corners(read(data).image), [RED, GREEN, BLUE, WHITE])


def test_a_turned_picture_is_scaled_by_its_upright_width():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    picture = read(file_of(quarters((3000, 2000)), "JPEG", exif=exif))
    assert (picture.width, picture.height) == (1600, 2400)


def test_an_unknown_orientation_is_none():
    exif = Image.Exif()
    exif[ORIENTATION] = 77
    assert close(corners(read(file_of(quarters(), "JPEG", exif=exif)).image), [RED, GREEN, BLUE, WHITE])


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG", "AVIF"])
def test_only_the_first_frame_of_a_moving_picture_is_read(format):
    frames = [Image.new("RGB", (16, 16), colour) for colour in (RED, GREEN, BLUE)]
    picture = read(file_of(frames[0], format, save_all=True, append_images=frames[1:], duration=50))
    assert close([picture.image.convert("RGB").getpixel((8, 8))], [RED])
    assert not getattr(Image.open(io.BytesIO(picture.webp(16))), "is_animated", False)


def test_an_upload_is_read_from_its_beginning_and_left_there():
    upload = SimpleUploadedFile("still.exe", file_of(quarters()), content_type="text/html")
    upload.read()
    assert read(upload).width == 64
    assert upload.tell() == 0


def test_a_large_photo_is_scaled_while_it_is_decoded():
    data = file_of(Image.linear_gradient("L").resize((8000, 5000)), "JPEG", quality=30)
    start = time.process_time()
    picture = read(data)
    assert time.process_time() - start < 1
    assert (picture.width, picture.height) == (1600, 1000)


def test_scaling_in_strips_leaves_no_seams(monkeypatch):
    data = file_of(Image.effect_noise((1900, 700), 80).convert("RGB"))
    whole = read(data).image
    monkeypatch.setattr(images, "STRIP_PIXELS", 50_000)
    strips = read(data).image
    assert whole.size == strips.size == (1600, 589)
    assert max(high for _, high in ImageChops.difference(whole, strips).getextrema()) <= 2


# What is refused


@pytest.mark.parametrize(
    "data",
    [
        b"GIF",
        b"hello",
        b"\0" * 1000,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>",
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        file_of(quarters(), "BMP"),
        file_of(quarters(), "TIFF"),
        file_of(quarters(), "ICO"),
        file_of(quarters(), "PPM"),
    ],
    ids=lambda data: ascii(data[:8]),
)
def test_what_is_no_picture_of_ours_is_refused(data):
    assert refusal(data) == NOT_A_PICTURE


def test_an_empty_file_is_refused():
    assert refusal(b"") == "This file is empty."
    assert refusal(SimpleUploadedFile("x.png", b"")) == "This file is empty."


def test_a_file_that_is_too_large_is_refused_before_it_is_opened():
    assert refusal(b"x" * (8 * 1024**2 + 1)) == "This picture is larger than 8 MiB."
    assert refusal(file_of(quarters()), max_bytes=50) == f"This picture is larger than {50 / 1024**2:g} MiB."


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_truncated_picture_is_refused(format, part):
    data = file_of(Image.effect_noise((200, 150), 90).convert("RGB"), format)
    assert refusal(data[: int(len(data) * part)]) in (BROKEN, NOT_A_PICTURE)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded():
    start = time.process_time()
    assert (
        refusal(png_header(8001, 5000)) == "This picture has more than 40 million pixels, too many for PNG."
    )
    assert refusal(png_header(14_000, 12_000)) == "This picture has far too many pixels."
    assert refusal(png_header(2**31 - 1, 2**31 - 1)) in (
        "This picture has far too many pixels.",
        NOT_A_PICTURE,
    )
    assert time.process_time() - start < 0.2
    assert refusal(file_of(quarters()), max_pixels=3071).startswith(
        "This picture has more than 0.003071 million"
    )
    assert read(file_of(quarters()), max_pixels=3072).width == 64


def test_formats_that_need_more_memory_have_fewer_pixels():
    data = file_of(Image.new("RGB", (4000, 3800)), "WEBP", method=0)
    assert refusal(data) == "This picture has more than 15 million pixels, too many for WEBP."


def test_a_claim_without_the_pixels_is_refused():
    assert refusal(png_header(7000, 5000)) == BROKEN


@pytest.mark.parametrize("size", [(1, 6), (600, 100), (30_000, 1)])
def test_a_picture_that_is_too_long_and_thin_is_refused(size):
    sentence = "This picture is too long and thin: one side is over 5 times the other."
    assert refusal(file_of(Image.new("L", size))) == sentence


def test_a_bomb_in_the_metadata_is_refused_or_ignored():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "x" * 60_000_000, zip=True)
    start = time.process_time()
    assert refusal(file_of(quarters(), pnginfo=info)) in (BROKEN, NOT_A_PICTURE)
    assert time.process_time() - start < 1


FILES = {format: file_of(quarters((24, 20)), format) for format in ("JPEG", "PNG", "WEBP", "GIF", "AVIF")}


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_a_damaged_file_is_a_picture_or_a_sentence(format, damage):
    data = bytearray(FILES[format])
    for place, value in damage:
        data[place % len(data)] = value
    sentence = None
    try:
        picture = read(bytes(data))
    except ImageError as error:
        sentence = str(error)
    assert sentence.endswith(".") if sentence else picture.webp(480)


# What is written


def test_nothing_of_the_file_s_own_data_remains():
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "SECRET-PHONE", {1: "N", 2: (48.0, 51.0, 0.0)}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = file_of(quarters(), "JPEG", exif=exif, icc_profile=profile, comment=b"SECRET-COMMENT")
    assert b"SECRET-PHONE" in data
    written = [read(data).webp(480), read(data).square(32)]
    for content in written:
        again = Image.open(io.BytesIO(content))
        assert again.format == "WEBP"
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(again.info)
        assert b"SECRET" not in content


@pytest.mark.parametrize("profile", [b"broken", b"\0" * 200, b"x" * 2_000_000], ids=["word", "zeros", "huge"])
def test_a_broken_or_huge_colour_profile_is_dropped(profile):
    picture = read(file_of(quarters(), "WEBP", icc_profile=profile))
    assert close(corners(picture.image), [RED, GREEN, BLUE, WHITE], 60)


def test_colours_of_another_profile_are_converted():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"....").replace(b"bXYZ", b"rXYZ").replace(b"....", b"bXYZ")
    picture = read(file_of(quarters(), "PNG", icc_profile=swapped))
    assert close(corners(picture.image), [RED[::-1], GREEN[::-1], BLUE[::-1], WHITE])


def test_a_profile_that_does_not_fit_the_picture_is_dropped():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    picture = read(file_of(quarters(), "PNG", icc_profile=lab))
    assert close(corners(picture.image), [RED, GREEN, BLUE, WHITE])


@pytest.mark.parametrize("width, expected", [(480, (480, 320)), (960, (960, 640)), (1600, (1600, 1067))])
def test_widths_are_scaled_in_proportion(width, expected):
    picture = read(file_of(quarters((2400, 1600)), "JPEG"))
    assert Image.open(io.BytesIO(picture.webp(width))).size == expected


def test_nothing_is_ever_enlarged():
    picture = read(file_of(quarters((300, 200))))
    assert Image.open(io.BytesIO(picture.webp(960))).size == (300, 200)
    assert Image.open(io.BytesIO(picture.square(500))).size == (200, 200)
    assert picture.widths() == [480]


@pytest.mark.parametrize(
    "width, widths", [(479, [480]), (480, [480]), (1000, [480, 960]), (3000, [480, 960, 1600])]
)
def test_widths_that_a_picture_fills(width, widths):
    assert read(file_of(Image.new("RGB", (width, 700)))).widths() == widths


def test_an_avatar_is_the_middle_of_the_picture():
    image = Image.new("RGB", (90, 30), RED)
    image.paste(BLUE, (30, 0, 60, 30))
    avatar = Image.open(io.BytesIO(read(file_of(image)).square(30)))
    assert avatar.size == (30, 30)
    assert close(
        [avatar.convert("RGB").getpixel(place) for place in ((3, 15), (15, 15), (26, 15))], [BLUE] * 3
    )


# Which colours are seen


def luma(colour):
    red, green, blue = bytes.fromhex(colour[1:])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def scene():
    """A violet sky, an orange horizon with a sun, a green field, black trees at its foot."""
    image = Image.new("RGB", (300, 200), (80, 60, 160))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 80, 300, 120), (230, 120, 60))
    draw.ellipse((130, 80, 170, 120), (255, 240, 180))
    draw.rectangle((0, 120, 300, 185), (40, 90, 50))
    draw.rectangle((0, 185, 300, 200), (8, 10, 12))
    return image


def test_the_palette_is_sky_horizon_light_ground_and_shadow():
    palette = read(file_of(scene())).palette()
    expected = [(80, 60, 160), (230, 120, 60), (255, 240, 180), (40, 90, 50), (8, 10, 12)]
    assert close([tuple(bytes.fromhex(colour[1:])) for colour in palette], expected, 60)


@pytest.mark.parametrize(
    "image",
    [
        Image.new("RGB", (50, 50), (0, 0, 0)),
        Image.new("RGB", (50, 50), (255, 255, 255)),
        Image.new("RGB", (50, 50), (200, 20, 30)),
        Image.new("RGBA", (50, 50), (200, 20, 30, 0)),
        Image.new("RGB", (1, 1), (7, 7, 7)),
        quarters(),
        scene(),
        Image.effect_noise((300, 200), 90),
    ],
    ids=["black", "white", "red", "transparent", "one pixel", "quarters", "scene", "noise"],
)
def test_a_palette_has_five_distinct_colours_and_ends_in_the_dark(image):
    palette = read(file_of(image)).palette()
    assert len(set(palette)) == 5
    assert all(len(colour) == 7 and int(colour[1:], 16) >= 0 for colour in palette)
    assert palette[4] == min(palette, key=luma)
    assert palette[2] == max(palette, key=luma)


def test_transparent_parts_have_no_colour():
    image = Image.new("RGBA", (60, 60), (255, 0, 255, 0))
    image.paste((20, 90, 160, 255), (0, 0, 60, 30))
    assert "#ff00ff" not in read(file_of(image)).palette()


def test_fewer_colours_are_the_first_ones():
    picture = read(file_of(scene()))
    assert picture.palette(3) == picture.palette()[:3]


def test_a_palette_is_quick_and_always_the_same():
    picture = read(file_of(Image.effect_noise((1600, 1000), 90).convert("RGB"), "JPEG"))
    start = time.process_time()
    palettes = [picture.palette() for _ in range(5)]
    assert (time.process_time() - start) / 5 < 0.1
    assert palettes == [palettes[0]] * 5
