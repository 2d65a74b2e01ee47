"""A scene is placed by its subtitles: read on the device, searched as one types, and never sent."""

import base64
from itertools import product

import pytest
from playwright.sync_api import expect

from moments.models import Moment
from tests.support.axe import CONTROLS, complaints

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "Two people, one bench, a city below."
READ = """async ([given, ...parts]) => {
  const { read } = await import("/static/js/subtitle-file.js");
  const bytes = Uint8Array.from(atob(given), (letter) => letter.charCodeAt(0));
  let turns = 0;
  const others = setInterval(() => (turns += 1), 0);
  const { lines, problem } = await read(new File(parts.length ? [parts[0].repeat(parts[1])] : [bytes], "a"));
  clearInterval(others);
  return problem ? [problem, turns > 2] : lines.map(({ start, text }) => [start, text]);
}"""
FIND = """async ([texts, said]) => {
  const { find, fold } = await import("/static/js/subtitle-search.js");
  return find(texts.map((text) => ({ text, folded: fold(text) })), said);
}"""
FILM = """\
1
00:00:59,900 --> 00:01:02,000
The bakery opens before the sun does.

2
00:33:10,999 --> 00:33:12,500
<i>Nobody waters the ferns</i>

3
00:33:13,000 --> 00:33:15,000
in the café, señor.

4
01:02:03,500 --> 01:02:04,000
Goodnight, lighthouse!
"""
WEB = """WEBVTT - made by hand

STYLE
::cue { color: red }

NOTE 00:00:01.000 is said of nothing

first
00:05.000 --> 00:07.000 line:0 position:20%
<v Ada>The kettle &amp; the <c.loud>cat</c></v>

01:00:00.000 --> 01:00:02.000
<01:00:01.000>Later"""
KETTLE = [[5000, "The kettle & the cat"], [3_600_000, "Later"]]
ONE = "1\n00:00:01,000 --> 00:00:02,000\n"


def given(text, encoding="utf-8"):
    return text if isinstance(text, bytes) else text.encode(encoding)


def test_subtitles_are_read_however_they_are_written(visitor):
    visitor.opens("/")
    table = [
        (given(WEB), KETTLE),
        (given("\ufeff" + WEB), KETTLE),
        (given(WEB, "utf-16"), KETTLE),
        (given("\ufeff" + WEB, "utf-16be"), KETTLE),
        (given(WEB, "utf-16le"), KETTLE),
        (given(ONE + "Ça, señor", "latin-1"), [[1000, "Ça, señor"]]),
        (given(ONE + "Ça, señor"), [[1000, "Ça, señor"]]),
        # A byte that is lost takes nothing else along.
        (given(ONE + "Ça, señ\n") + b"\xff", [[1000, "Ça, señ \ufffd"]]),
        # Out of order, overlapping, of two rows, without an empty line or a number, and with other signs.
        (b"0:01:00.5 -> 0:01:09\nB\n2\n00:00:01,000-->00:02:00,000\nA\n  a\n",
         [[1000, "A a"], [60_500, "B"]]),
        # What no time is, times that cannot be, text without a time, and nothing said.
        (b"x\n\n1\n00:61:00,000 --> 00:62:00,000\nNo\n\n2\n00:00:0a --> b\nNo\n\n"
         + b"3\n00:00:05,000 --> 00:00:06,000\n\n4\n100:00:00,000 --> 100:00:01,000\nNo\n\n"
         + (ONE + "{\\an8}Yes\\Nand a < b").encode(), [[1000, "Yes and a < b"]]),
        # As programs that listen write it.
        ((ONE + "Well\n\n00:00:02,000 --> 00:00:03,000\nWell\n\n" + "0:0:9,0 --> 0:0:10,0\nWell").encode(),
         [[1000, "Well"], [9000, "Well"]]),
    ]  # fmt: skip
    for (text, lines), newline in product(table, (b"\n", b"\r\n", b"\r")):
        text = text if b"\0" in text else text.replace(b"\n", newline)
        assert visitor.page.evaluate(READ, [base64.b64encode(text).decode()]) == lines, text


def test_what_no_subtitles_are_is_refused_while_the_page_goes_on(visitor):
    visitor.opens("/")
    table = [
        (["", "", 0], ["empty", False]),
        (["", "\n", 1_000_000], ["empty", True]),
        (["", "<i>a", 2_000_000], ["empty", True]),
        (["", f"{ONE}Say\n\n", 150_000], ["large", True]),
        (["", "0123456789" * 1024, 5 * 1024], ["large", False]),
        ([base64.b64encode(bytes(range(256)) * 99).decode()], ["empty", False]),
    ]
    for parts, said in table:
        problem, goes_on = visitor.page.evaluate(READ, parts)
        assert [problem, goes_on or not said[1]] == [said[0], True]


def test_a_line_is_found_by_what_somebody_remembers_of_it(visitor):
    visitor.opens("/")
    texts = ["Cafés, Señor?", "A café", "Don’t go to", "the café caféteria.", "Coffee", "愛している", "Łódź"]
    table = {
        "CAFE": [1, 3, 0],
        "cafet": [3],
        "dont go": [2],
        "go to the": [2],  # begun in one line, ended in the next
        "the to": [],
        "senor cafes": [0],
        "している": [5],
        "lodz": [6],
        "!": [],
        "offee": [4],
    }
    assert {said: visitor.page.evaluate(FIND, [texts, said]) for said in table} == table


@pytest.fixture
def subtitles(tmp_path):
    path = tmp_path / "film.srt"
    path.write_text(FILM)
    return path


def begins(visitor, film):
    visitor.opens(f"{film.get_absolute_url()}moments/new/")
    visitor.page.get_by_text("More about this scene").click()
    visitor.page.get_by_role("radio", name="By its time").check()
    return visitor.page


def test_a_line_gives_the_scene_its_time_and_nothing_of_the_file_is_sent(film, seb, meet, subtitles):
    visitor = meet(seb, width=320)
    with visitor.page.expect_response(lambda answer: answer.request.method == "POST"):
        page, sent = begins(visitor, film), []  # a draft of that is sent, and answered
    page.on("request", lambda request: sent.append((request.method, request.post_data_buffer or b"")))
    page.clock.install()
    box = page.get_by_role("group", name="Place it by its subtitles")
    box.get_by_label("An .srt or .vtt file").set_input_files(subtitles)
    expect(box.get_by_role("status")).to_have_text("The file is open and has 4 lines. Search for one.")
    search = box.get_by_role("combobox", name="What is said there")
    search.focus()
    search.press_sequentially("FERNS in the cafe")
    options = box.get_by_role("option")
    expect(options).to_have_text(
        "0:33:10 The bakery opens before the sun does. Nobody waters the ferns in the café, señor."
    )
    expect(box.get_by_role("status")).to_have_text("Lines found: 1.")
    visitor.sees_that_it_fits()
    assert complaints(visitor) == {}
    visitor.can_touch(CONTROLS)
    search.press("ArrowDown")
    search.press("Enter")
    expect(page.get_by_label("Timecode")).to_have_value("0:33:10")
    expect(box.get_by_role("status")).to_have_text("The timecode is 0:33:10 now: “Nobody waters the ferns”")
    box.get_by_label("Seconds to add").fill("-2.5")
    expect(page.get_by_label("Timecode")).to_have_value("0:33:08")
    page.clock.run_for(4_000)  # longer than a draft waits
    assert sent == []
    page.get_by_label("Title").fill("The Ferns")
    page.get_by_label("What happens, and").fill(BODY)
    visitor.presses("Add it")
    visitor.arrives_at("The Ferns")
    posted = b"".join(body for method, body in sent if method == "POST")
    assert (b"The Ferns" in posted, b"0:33:08" in posted) == (True, True)
    heard = (b"FERNS", b"ferns", b"bakery", b"-->", b"film.srt", b"-2.5")
    assert [word for word in heard if word in posted] == []
    assert Moment.objects.get().timecode == 33 * 60 + 8


def test_another_file_takes_the_place_of_the_first(film, seb, meet, subtitles, tmp_path):
    page = begins(meet(seb), film)
    box = page.get_by_role("group", name="Place it by its subtitles")
    files, status = box.get_by_label("An .srt or .vtt file"), box.get_by_role("status")
    search = box.get_by_label("What is said there")
    files.set_input_files(subtitles)
    search.fill("lighthouse")
    box.get_by_role("option").click()
    expect(page.get_by_label("Timecode")).to_have_value("1:02:03")
    empty = tmp_path / "picture.srt"
    empty.write_bytes(bytes(range(256)))
    files.set_input_files(empty)
    expect(status).to_contain_text("No lines with times were found in this file.")
    expect(search).to_be_hidden()
    files.set_input_files(subtitles)
    expect(search).to_have_value("")
    search.fill("nobody says this")
    expect(status).to_have_text("No line says that.")
    expect(page.get_by_label("Timecode")).to_have_value("1:02:03")


def test_without_script_a_time_is_typed(film, seb, meet):
    page = meet(seb, java_script_enabled=False).page
    page.goto(f"{film.get_absolute_url()}moments/new/")
    page.get_by_text("More about this scene").click()
    expect(page.get_by_text("Type the time as your player shows it")).to_be_visible()
    expect(page.get_by_label("An .srt or .vtt file")).to_have_count(0)
