"""Files that no place has written: each ends in one sentence, or is read for what makes sense."""

import io
import json
import random
from zipfile import ZIP_BZIP2, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moments.archives.homecoming import archive, columns, recognise
from moments.archives.homecoming.gathered import gathered
from moments.archives.homecoming.records import RECORD_PARTS
from moments.archives.homecoming.refusals import TooLarge, Unknown, Unreadable, WrongEncoding
from moments.feelings import FEELINGS
from tests.support.homecoming import LETTERBOXD, OF_EVERY_PLACE, TRAKT, brought, bytes_of, zipped
from tests.support.rows import for_each

HEADER = LETTERBOXD["watchlist.csv"].splitlines()[0] + "\n"
ROW = "2024-01-01,Ponyo,2008,https://boxd.it/f1\n"


def watchlist(rows, name="watchlist.csv"):
    return {name: HEADER + rows}


def history(text):
    start = json.dumps(TRAKT["watched-history-1.json"])
    return {"watched-history.json": start[:-1] + text}


def doubled():
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("diary.csv", LETTERBOXD["diary.csv"])
        archive.writestr("diary.cs2", LETTERBOXD["diary.csv"])
    return data.getvalue().replace(b"diary.cs2", b"diary.csv")


def nameless():
    """An archive of which a file has no name."""
    data = io.BytesIO()
    with ZipFile(data, "w") as whole, whole.open(ZipInfo(""), "w") as entry:
        entry.write(LETTERBOXD["diary.csv"].encode())
    return data.getvalue()


def directory_of(length):
    """An archive whose end says that the names of its files take so many bytes."""
    data = bytearray(zipped(LETTERBOXD))
    data[-10:-6] = length.to_bytes(4, "little")
    return bytes(data)


def with_locator():
    """An archive whose end leads to another end, which may say anything."""
    data = zipped(LETTERBOXD)
    return data[:-22] + archive.DIRECTORY_END_64 + bytes(16) + data[-22:]


HOSTILE = {
    "nothing": ("", Unknown),
    "no archive": (b"PK\x03\x04 not one", Unreadable),
    "an empty archive": (b"PK\x05\x06" + bytes(18), Unknown),
    "cut off": (zipped(LETTERBOXD)[:-30], Unreadable),
    "a file twice": (doubled(), Unreadable),
    "another compression": (zipped(LETTERBOXD, compression=ZIP_BZIP2), Unreadable),
    "a list of a million names": (directory_of(3 * archive.MIB), TooLarge),
    "a directory of another size": (with_locator(), TooLarge),
    "no name": (nameless(), Unknown),
    "a long name": (zipped({"x" * archive.LONGEST_NAME + ".csv": ""}), TooLarge),
    "too many files": (zipped(dict.fromkeys(map(str, range(archive.MOST_FILES + 1)), "")), TooLarge),
    "a bomb": (watchlist("," * (4 * archive.MIB)), TooLarge),
    "a bomb of lines": (watchlist("\n" * (4 * archive.MIB)), TooLarge),
    "a million columns": (HEADER + "," * 1_000_000, TooLarge),
    "many columns": (HEADER + "," * columns.MOST_COLUMNS, TooLarge),
    "a cell without an end": (HEADER + '"' + "x\n" * columns.LONGEST_ROW, Unreadable),
    "a line without an end": (HEADER + '"' + "x" * 2 * columns.LONGEST_ROW, Unreadable),
    "a quote that is never closed": (HEADER + ROW + '2024-01-01,"Pon', Unreadable),
    "a NUL": (HEADER + ROW + "\0", Unreadable),
    "another encoding": ((HEADER + ROW.replace("Ponyo", "Amélie")).encode("latin-1"), WrongEncoding),
    "half a letter": ((HEADER + "Amélie").encode()[:-4], WrongEncoding),
    "half of UTF-16": ((HEADER + ROW).encode("utf-16")[:-1], Unreadable),
    "JSON cut off": (history(', {"id": 1'), Unreadable),
    "a tower of brackets": (history(', {"a": ' + "[" * 100_000), Unreadable),
    "a tower of objects": ("[" + '{"watched_at":' * 50_000, Unreadable),
    "a huge number": (history(', {"id": 1' + "0" * 10_000 + "}]"), Unreadable),
    "no number": (history(', {"id": NaN}]'), Unreadable),
    "an object without an end": (
        history(', {"a": "' + "x" * 5 * archive.MIB)["watched-history.json"],
        TooLarge,
    ),
    "something after the end": (history("] []"), Unreadable),
    "no comma": (history(' {"id": 1}]'), Unreadable),
}


@for_each("name", HOSTILE)
def test_what_cannot_be_read_is_refused_with_one_sentence(name):
    content, kind = HOSTILE[name]
    with pytest.raises(Unreadable) as refused:
        brought(content, "watchlist.csv")
    assert type(refused.value) is kind
    assert str(refused.value) == str(kind.sentence)


def test_more_than_may_be_brought_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_ARCHIVE", 100)
    with pytest.raises(TooLarge):
        brought(HEADER + ROW * 5, "watchlist.csv")
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MOST_UNPACKED", sum(map(len, LETTERBOXD.values())) // 2)
    with pytest.raises(TooLarge):
        brought(LETTERBOXD)
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MOST_ROWS", 3)
    with pytest.raises(TooLarge):
        brought(HEADER + ROW * 3, "watchlist.csv")
    with pytest.raises(TooLarge):
        brought({"watched-history.json": TRAKT["watched-history-1.json"][:1] + [[]] * 4})
    monkeypatch.undo()
    monkeypatch.setattr(recognise, "MOST_RECORDS", 3)
    with pytest.raises(TooLarge):
        brought(LETTERBOXD)


def test_names_that_lead_elsewhere_are_never_opened():
    odd = (
        "../diary.csv",
        "/diary.csv",
        "lists/../../diary.csv",
        "lists/../x.csv",
        "C:\\diary.csv",
        "diary.csv/",
    )
    files = dict.fromkeys(odd, LETTERBOXD["diary.csv"]) | watchlist(ROW)
    records, found = brought(files)
    assert found.opened == ["watchlist.csv"]
    assert [record.work.title for record in records] == ["Ponyo"]
    for name in ("../diary.csv", "a/../diary.csv", "./diary.csv", "a//diary.csv", "/a/diary.csv"):
        with pytest.raises(Unknown):
            brought({name: LETTERBOXD["diary.csv"]})


def test_an_export_is_looked_for_in_some_folders_alone():
    deep = "/".join("a" * archive.MOST_FOLDERS)
    with pytest.raises(Unknown):
        brought({f"{deep}/diary.csv": LETTERBOXD["diary.csv"]})
    assert brought({f"{deep[2:]}/diary.csv": LETTERBOXD["diary.csv"]})[1].opened == ["diary.csv"]


def test_only_a_row_is_bounded_and_not_all_of_them_together():
    rows = ROW * (2 * columns.LONGEST_ROW // len(ROW))
    assert brought(HEADER + rows, "watchlist.csv")[1].counts == {"watchlist": 1}


LONG = "x" * columns.LONGEST_ROW
SHORT = "x" * (columns.LONGEST_ROW // 30)


@for_each(
    "row",
    [
        f"2024-01-01,Heat,1995,{LONG}\n",
        f'2024-01-01,Heat,1995,"{LONG}"\r\n',
        f'2024-01-01,Heat,1995,"{LONG}\n,\n""x"",{LONG}"\n',
        "2024-01-01,Heat,1995,x" + f',"{SHORT}\n{SHORT}"' * 16 + "\n",
    ],
)
def test_a_row_that_is_too_long_is_left_out_alone(row):
    for end in (ROW, ""):
        records, found = brought(HEADER + row + end, "watchlist.csv")
        assert [record.work.title for record in records] == (["Ponyo"] if end else [])
        assert found.left_out == 1


def test_a_row_may_be_as_long_as_that():
    rows = f"2024-01-01,Heat,1995,x,{LONG[:-30]}\n"
    assert brought(HEADER + rows + ROW, "watchlist.csv")[1].counts == {"watchlist": 2}


def test_a_formula_is_text():
    (record,) = brought(HEADER + "2024-01-01,=cmd|'/C calc'!A0,2008,@x\n", "watchlist.csv")[0]
    assert record.work.title == "=cmd|'/C calc'!A0"


def test_what_makes_no_sense_says_nothing():
    rows = "0001-01-01,Ponyo,99999,x\n9999-99-99,A\u2028B,-1,x\n2024-02-30,,2008,x\n,Cut\n"
    records, found = brought(HEADER + rows, "watchlist.csv")
    assert [(record.work.title, record.work.year, record.day) for record in records] == [
        ("Ponyo", None, None),
        ("A B", None, None),
    ]
    assert found.left_out == 2


ODD_MOVIE = {"title": "\ud800\0x", "year": 10**400, "ids": {"tmdb": [1], "imdb": True, "tvdb": -1}}


def test_odd_values_of_json_say_nothing():
    odd = [
        {"watched_at": 5, "movie": ODD_MOVIE, "id": {}},
        {"watched_at": "2024-01-01T00:00:00+99:99", "movie": "Ponyo"},
        {"watched_at": None, "episode": {"season": True, "number": 1.5}, "show": {"title": "Dark"}},
        {"watched_at": "0001-01-01T00:00:00+14:00", "movie": {"title": "Heat"}, "type": []},
        {"rated_at": {}, "rating": "11", "movie": ODD_MOVIE},
        {"last_watched_at": [], "show": {"title": "Dark"}, "seasons": {"number": 1}},
        {"comment": "x", "movie": ODD_MOVIE},
        {},
    ]
    records, found = brought({"watched-history.json": TRAKT["watched-history-1.json"][:1] + odd})
    assert [(record.part, record.work.title) for record in records[1:]] == [("seen", "x"), ("seen", "Heat")]
    assert found.left_out == 6


def check(content, name):
    """That a file is read into records that make sense, or refused."""
    try:
        records, _found = brought(content, name)
    except Unreadable:
        return
    for record in records:
        assert record.part in RECORD_PARTS
        assert record.rating in (None, *range(1, 11))
        assert record.feeling in ("", *FEELINGS)
        assert record.time is None or record.time.date() == record.day
        text = f"{record.work.title}{record.text}{record.raw}{record.key}{record.list_name}"
        assert "\0" not in text
        assert text.encode().decode() == text


@given(st.binary(max_size=400), st.sampled_from(["", "PK", "[", "Title,Date\n", HEADER]))
def test_any_bytes_are_read_or_refused(data, start):
    check(start.encode() + data, "watchlist.csv")


BITS = st.sampled_from(
    [
        b"",
        b'"',
        b",",
        b";",
        b"\t",
        b"\n",
        b"\0",
        b"\xff",
        b"[",
        b"{",
        b"}",
        b"null",
        b"-1",
        b"9" * 30,
        b"1e9",
        b":",
    ]
)
PUT = BITS | st.binary(max_size=30)


@pytest.mark.parametrize("source", OF_EVERY_PLACE)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 12), PUT), min_size=1, max_size=5), st.randoms()
)
@settings(max_examples=25)
def test_changed_files_are_read_or_refused(source, changes, choice):
    files = {name: bytes_of(content) for name, content in OF_EVERY_PLACE[source].items()}
    name = choice.choice(sorted(files))
    for place, length, put in changes:
        data = files[name]
        place %= len(data) + 1
        files[name] = data[:place] + put + data[place + length :]
    check(files, "")
    check(files[name], name)
    check({f"a/{each}": content for each, content in files.items()} | {"b.csv": "a;b\n"}, "")


@pytest.mark.parametrize("source", ["letterboxd", "tv-time"])
def test_an_archive_with_changed_bytes_is_read_or_refused(source):
    whole, random_bytes = zipped(OF_EVERY_PLACE[source]), random.Random(source)
    for _turn in range(100):
        data = bytearray(whole)
        for _change in range(random_bytes.randrange(1, 6)):
            data[random_bytes.randrange(len(data))] = random_bytes.randrange(256)
        check(bytes(data), "")


class Sent(io.BytesIO):
    """A file as somebody sends it, under any name."""

    def __init__(self, name, data):
        super().__init__(data)
        self.name, self.size = name, len(data)

    def chunks(self, size):
        return iter(lambda: self.read(size), b"")


NAMES = st.sampled_from(["diary.csv", "../x.csv", "a/b.csv", "", ".", "\u202e.csv", "x" * 300]) | st.text(
    max_size=20
)


@given(st.lists(st.tuples(NAMES, st.binary(max_size=60) | st.just(HEADER.encode())), min_size=2, max_size=5))
def test_any_files_that_come_together_are_read_or_refused(files):
    try:
        whole = gathered([Sent(name, data) for name, data in files])
    except Unreadable:
        return
    check(whole.read(), whole.name)
