"""Compressed answers: the same bytes for whoever unpacks them, and of a length that tells nothing."""

import gzip

import brotli
import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from reelive.compression import Compression, encoding_for
from tests.support.pages import text_of
from tests.support.rows import for_each

TEXT = b"<p>The lamp goes out.</p>" * 200
ACCEPTING = {"accept-encoding": "gzip, br"}
UNPACKED = {"br": brotli.decompress, "gzip": gzip.decompress}


def answer(content=TEXT, accepting="gzip, br", **headers):
    response = HttpResponse(content)
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    request = RequestFactory().get("/", headers={"accept-encoding": accepting})
    return Compression(lambda request: response)(request)


@for_each("caching", ["private", "no-store, private", "max-age=60"])
def test_an_answer_unpacks_to_what_it_was(caching):
    for name, unpacked in UNPACKED.items():
        sent = answer(accepting=name, Cache_Control=caching)
        assert unpacked(sent.content) == TEXT
        assert sent["Content-Length"] == str(len(sent.content))
        assert (sent["Content-Encoding"], sent["Vary"]) == (name, "Accept-Encoding")


def test_a_browser_gets_the_best_of_what_it_takes():
    for accepting, name in (
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip;q=0.0, br;q=0", ""),
        ("identity", ""),
        ("", ""),
    ):
        assert encoding_for(accepting) == name, accepting


@pytest.mark.parametrize("caching", ["private", "max-age=60"])
def test_its_length_differs_from_time_to_time(caching):
    for name in UNPACKED:
        lengths = {len(answer(accepting=name, Cache_Control=caching).content) for _each in range(60)}
        assert len(lengths) > 15
        assert max(lengths) - min(lengths) < Compression.max_random_bytes


@pytest.mark.parametrize("caching", ["private", "max-age=60"])
def test_what_would_not_be_smaller_or_understood_is_sent_as_it_is(caching):
    for sent in (
        answer(b"short", Cache_Control=caching),
        answer(accepting="zstd", Cache_Control=caching),
        answer(bytes(range(256)), Cache_Control=caching),
    ):
        assert not sent.has_header("Content-Encoding")
    assert answer(accepting="", Cache_Control=caching)["Vary"] == "Accept-Encoding"


def test_what_is_compressed_already_is_not_compressed_again():
    sent = answer(Cache_Control="private", Content_Encoding="br")
    assert (sent.content, sent["Content-Encoding"]) == (TEXT, "br")


def test_a_tag_becomes_a_weak_one():
    assert answer(Cache_Control="private", ETag='"a"')["ETag"] == 'W/"a"'
    assert answer(Cache_Control="private", ETag='W/"a"')["ETag"] == 'W/"a"'


def test_a_page_of_a_member_unpacks_to_a_page(as_mia):
    sent = as_mia.get("/films/", headers=ACCEPTING)
    assert "private" in sent["Cache-Control"]
    assert brotli.decompress(sent.content).decode().count("</html>") == 1
    assert "</html>" in text_of(as_mia.get("/films/"))
