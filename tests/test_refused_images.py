"""Uploaded pictures that are refused, and why."""

import struct
import tracemalloc
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile, PngImagePlugin

from reelive.images import (
    DAMAGED,
    EMPTY,
    FAR_TOO_MANY_PIXELS,
    NOT_A_PICTURE,
    TOO_LARGE,
    TOO_MANY_PIXELS,
    ImageError,
    read,
)
from tests.support.pictures import file_of, quarters
from tests.support.rows import for_each


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


@for_each(
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
    assert refusal(b"") == EMPTY
    assert refusal(SimpleUploadedFile("x.png", b"")) == EMPTY


def test_a_file_that_is_too_large_is_refused_before_it_is_opened():
    assert refusal(b"x" * (8 * 1024**2 + 1)) == TOO_LARGE % {"size": "8"}
    assert refusal(file_of(quarters()), max_bytes=50) == TOO_LARGE % {"size": f"{50 / 1024**2:g}"}


@for_each("format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@for_each("part", [0.3, 0.6, 0.95])
def test_a_truncated_picture_is_refused(format, part):
    data = file_of(Image.effect_noise((200, 150), 90).convert("RGB"), format)
    assert refusal(data[: int(len(data) * part)]) in (DAMAGED, NOT_A_PICTURE)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(ImageFile.ImageFile, "load", lambda image: pytest.fail("It was decoded."))
        assert refusal(png_header(8001, 5000)) == TOO_MANY_PIXELS % {"size": "40", "format": "PNG"}
        assert refusal(png_header(14_000, 12_000)) == FAR_TOO_MANY_PIXELS
        assert refusal(png_header(2**31 - 1, 2**31 - 1)) in (FAR_TOO_MANY_PIXELS, NOT_A_PICTURE)
    few = {"size": "0.003071", "format": "PNG"}
    assert refusal(file_of(quarters()), max_pixels=3071) == TOO_MANY_PIXELS % few
    assert read(file_of(quarters()), max_pixels=3072).width == 64


def test_formats_that_need_more_memory_have_fewer_pixels():
    data = file_of(Image.new("RGB", (4000, 3800)), "WEBP", method=0)
    assert refusal(data) == TOO_MANY_PIXELS % {"size": "15", "format": "WEBP"}


def test_a_claim_without_the_pixels_is_refused():
    assert refusal(png_header(7000, 5000)) == DAMAGED


@for_each("size", [(1, 6), (600, 100), (30_000, 1)])
def test_a_picture_that_is_too_long_and_thin_is_refused(size):
    sentence = "This picture is too long and thin: one side is over 5 times the other."
    assert refusal(file_of(Image.new("L", size))) == sentence


def test_a_bomb_in_the_metadata_is_refused_or_ignored():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "x" * 60_000_000, zip=True)
    data = file_of(quarters(), pnginfo=info)
    tracemalloc.start()
    try:
        assert refusal(data) in (DAMAGED, NOT_A_PICTURE)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000  # bytes at most; it wants 60 million
    finally:
        tracemalloc.stop()


FILES = {format: file_of(quarters((24, 20)), format) for format in ("JPEG", "PNG", "WEBP", "GIF", "AVIF")}


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
