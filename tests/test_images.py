"""Uploaded pictures: what is accepted and what is written."""

import io
import struct

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, ImageCms, ImageFile

from reelive import images
from reelive.images import read
from tests.support.pictures import BLUE, GREEN, RED, WHITE, close, file_of, quarters
from tests.support.rows import for_each

ORIENTATION = 0x0112


def corners(image):
    """The colour in the middle of each quarter, row by row."""
    image, (width, height) = image.convert("RGB"), image.size
    return [image.getpixel((width * x // 4, height * y // 4)) for y in (1, 3) for x in (1, 3)]


# What is accepted


@for_each("format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "MPO"])
def test_a_picture_of_each_format_is_read(format):
    picture = read(file_of(quarters(), format))
    assert (picture.width, picture.height) == (64, 48)
    assert close(corners(picture.image), [RED, GREEN, BLUE, WHITE])


@for_each("format, mode", [("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "1"), ("PNG", "P"), ("PNG", "LA")])
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


@for_each("orientation", range(1, 9))
def test_a_turned_picture_stands_upright(orientation):
    upright = quarters((80, 48))
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # from upright to how the camera lay
    lying = upright.transpose(Image.Transpose(turns[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    picture = read(file_of(lying, "JPEG", exif=exif, quality=95))
    assert (picture.width, picture.height) == (80, 48)
    assert close(corners(picture.image), [RED, GREEN, BLUE, WHITE])


@for_each(
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


@for_each("format", ["GIF", "WEBP", "PNG", "AVIF"])
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


def test_a_large_photo_is_scaled_while_it_is_decoded(monkeypatch):
    data = file_of(Image.linear_gradient("L").resize((8000, 5000)), "JPEG", quality=30)
    decoded = []
    load = ImageFile.ImageFile.load
    monkeypatch.setattr(
        ImageFile.ImageFile, "load", lambda image: (decoded.append(image.size), load(image))[1]
    )
    picture = read(data)
    assert (picture.width, picture.height) == (1600, 1000)
    assert set(decoded) == {(2000, 1250)}  # a quarter of each side: the least that holds what is wanted


def test_scaling_in_strips_leaves_no_seams(monkeypatch):
    data = file_of(Image.effect_noise((1900, 700), 80).convert("RGB"))
    whole = read(data).image
    monkeypatch.setattr(images, "STRIP_PIXELS", 50_000)
    strips = read(data).image
    assert whole.size == strips.size == (1600, 589)
    assert max(high for _, high in ImageChops.difference(whole, strips).getextrema()) <= 2


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


@for_each("profile", [b"broken", b"\0" * 200, b"x" * 2_000_000], ids=["word", "zeros", "huge"])
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


@for_each("width, expected", [(480, (480, 320)), (960, (960, 640)), (1600, (1600, 1067))])
def test_widths_are_scaled_in_proportion(width, expected):
    picture = read(file_of(quarters((2400, 1600)), "JPEG"))
    assert Image.open(io.BytesIO(picture.webp(width))).size == expected


def test_nothing_is_ever_enlarged():
    picture = read(file_of(quarters((300, 200))))
    assert Image.open(io.BytesIO(picture.webp(960))).size == (300, 200)
    assert Image.open(io.BytesIO(picture.square(500))).size == (200, 200)
    assert picture.widths() == [480]


@for_each("width, widths", [(479, [480]), (480, [480]), (1000, [480, 960]), (3000, [480, 960, 1600])])
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
