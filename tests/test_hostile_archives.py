"""Archives that nobody's site has made: refused with one sentence, or read for what a form would take."""

from zipfile import ZIP_BZIP2

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from moments.archives.imports import reading
from moments.archives.imports.reading import Unreadable
from moments.models import Import, ImportedRow, Post
from tests.support.imports import COMMENT, POST, archive, bring, outcome
from tests.support.rows import for_each


def zipped(name, content):
    return archive({name: content})


HOSTILE = {
    "no archive": lambda: SimpleUploadedFile("x.zip", b"PK\x03\x04 not one"),
    "empty archive": lambda: SimpleUploadedFile("x.zip", b"PK\x05\x06" + bytes(18)),
    "cut off": lambda: SimpleUploadedFile("x.zip", archive(posts=[POST]).read()[:-30]),
    "another format": lambda: archive(manifest={"format": "other", "version": 1}),
    "a newer version": lambda: archive(manifest={"format": "reelive-export", "version": 99}),
    "a manifest that is no object": lambda: archive(manifest=["reelive-export"]),
    "another compression": lambda: archive(compression=ZIP_BZIP2, posts=[POST]),
    "another encoding": lambda: zipped("posts.ndjson", "Ä".encode("latin-1")),
    "half a character": lambda: zipped("posts.ndjson", '{"title": "\\ud800"}'),
    "no JSON": lambda: zipped("posts.ndjson", "title,body\n"),
    "no object": lambda: zipped("posts.ndjson", "[1]\n"),
    "no number": lambda: zipped("posts.ndjson", '{"position": NaN}'),
    "a tower of brackets": lambda: zipped("posts.ndjson", "[" * 100_000),
    "a line without an end": lambda: zipped("posts.ndjson", '{"body": "' + "x" * reading.LONGEST_LINE),
    "a bomb": lambda: zipped("posts.ndjson", b"\n" * (reading.MOST_UNPACKED + 1)),
    "too many rows": lambda: zipped("posts.ndjson", "{}\n" * (reading.MOST_ROWS + 1)),
}


@for_each("name", HOSTILE)
def test_what_cannot_be_read_is_refused_with_one_sentence(name, as_mia):
    page = as_mia.post(reverse("import"), {"archive": HOSTILE[name]()})
    assert page.status_code == 422
    (sentence,) = page.context["form"].errors["archive"]
    assert sentence in {str(kind.sentence) for kind in (Unreadable, *Unreadable.__subclasses__())}
    assert Import.objects.count() == 0


def test_files_of_other_names_are_never_touched(mia):
    odd = {"../../posts.ndjson": "no", "/etc/passwd": "no", "other.txt": "no", "pictures/../x.webp": "no"}
    post = POST | {"still": "pictures/../x.webp"}
    assert outcome(bring(mia, archive(odd, posts=[post]))) == {"posts": {"made": 1}}
    assert Post.objects.get().still == ""


ODD = [
    {"uid": ""}, {"uid": 5}, {"uid": "x" * 101}, {"uid": "a\x00b"}, {"kind": "film"}, {"title": ""},
    {"title": "x" * 151}, {"body": "x" * 10_001}, {"position": 1e13}, {"position": "far"},
    {"created": "then"},
    {"created": "0001-01-01T00:00:00Z"}, {"created": None}, {"film_year": 1}, {"film_title": None},
    {"season": -1}, {"timecode": 10**30}, {"kind": "song", "listen_url": "javascript:alert(1)"},
]  # fmt: skip


@for_each("odd", ODD)
def test_a_row_that_no_form_would_take_is_left_out_and_the_others_come_along(odd, mia):
    rows = [POST | odd, POST | {"uid": "x/posts/9", "title": "Fine"}]
    assert outcome(bring(mia, archive(posts=rows))) == {"posts": {"left out": 1, "made": 1}}
    assert [post.title for post in Post.objects.all()] == ["Fine"]


def test_what_members_brought_is_rendered_and_never_trusted(mia):
    bring(mia, archive(posts=[POST | {"body": "<script>alert(1)</script>", "body_html": "<script>"}]))
    assert "<script" not in Post.objects.get().body_html


def test_nobody_brings_rows_of_others(mia, seb, moment):
    row = COMMENT | {"post_uid": f"localhost/posts/{moment.pk}"}
    assert outcome(bring(seb, archive(comments=[row]))) == {"comments": {"left out": 1}}
    assert ImportedRow.objects.count() == 0
