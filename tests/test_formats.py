"""The words of the interface, and that its style sheets, icons and pages hold together."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils.translation import ngettext_lazy, override

from reelive import formats
from reelive.management.commands.bundle import sheets, squeeze
from reelive.ratelimit import too_fast
from reelive.script_bundle import joined, modules
from tests.support.colours import CSS, contrast, themes
from tests.support.pages import the, words_of
from tests.support.rows import for_each

ROOT = Path(__file__).parents[1]
JS = ROOT / "static" / "js"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def rendered(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


# Words and numbers.


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(0), "just now"),
        (timedelta(seconds=44), "just now"),
        (timedelta(seconds=50), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=1), "1 h ago"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=6, hours=23), "6 days ago"),
        (timedelta(days=7), "15 Nov"),
        (timedelta(days=400), "18 Oct 2025"),
        (-timedelta(minutes=5), "just now"),
    ],
)
def test_a_time_is_told_in_one_unit(back, words):
    assert formats.ago(NOW - back, NOW) == words


def test_a_time_carries_the_exact_one():
    assert rendered("{% since when %}", when=datetime(2020, 1, 2, 3, 4, tzinfo=UTC)) == (
        '<time datetime="2020-01-02T03:04Z">2 Jan 2020</time>'
    )
    assert rendered("{% since when %}", when=None) == ""


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (None, "0"), (0, "0"), (999, "999"), (1204, "1,204"), (9999, "9,999"), (10_000, "10k"),
        (12_450, "12.4k"), (123_456, "123k"), (999_999, "999k"), (1_000_000, "1m"), (3_250_000, "3.2m"),
    ],
)  # fmt: skip
def test_a_count_is_kept_short(number, text):
    assert formats.compact(number) == text


def test_a_count_is_written_as_in_the_language_of_the_page():
    with override("de"):
        assert [formats.compact(number) for number in (1204, 12_450)] == ["1.204", "12,4k"]


def test_a_count_takes_its_noun_along():
    forms = ngettext_lazy("%(count)s reply", "%(count)s replies", "number")
    assert [formats.counted(n, forms) for n in (None, 1, 2)] == ["0 replies", "1 reply", "2 replies"]
    assert formats.counted(12_000, forms) == "12k replies"


def test_places_and_lengths_of_films_read_as_people_write_them():
    assert [formats.timecode(seconds) for seconds in (None, 59, 1990, 5530)] == [
        "",
        "0:59",
        "33:10",
        "1:32:10",
    ]
    assert [formats.runtime(minutes) for minutes in (None, 45, 120, 128)] == [
        "",
        "45 min",
        "2 h",
        "2 h 8 min",
    ]


def test_a_wait_is_rounded_up():
    spans = [formats.span(seconds) for seconds in (0.2, 1, 89, 91, 5400, 5401)]
    assert spans == ["1 second", "1 second", "89 seconds", "2 minutes", "90 minutes", "2 hours"]


def test_several_stand_in_a_row():
    assert formats.listed(part for part in ("3 films", 5)) == "3 films, 5"


def test_a_teaser_ends_at_a_word():
    assert formats.teaser("short", 20) == "short"
    assert formats.teaser("one two, three four", 10) == "one two…"
    assert formats.teaser("One. Two three", 8) == "One…"
    assert formats.teaser("a" * 30, 10) == "a" * 10 + "…"


def test_icons_are_silent_unless_they_have_a_label():
    assert rendered('{% icon "up" %}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/img/icons.svg#up"/></svg>'
    )
    assert 'role="img" aria-label="&lt;b&gt;"' in rendered('{% icon "up" label %}', label="<b>")


# Style sheets.


def test_the_sheet_that_orders_the_layers_comes_first():
    names = [path.name for path in sheets(CSS)]
    assert names[0] == "layers.css"
    assert sorted(names[1:]) == names[1:]


def test_squeezing_keeps_rules_and_strings():
    css = '/* why */\n.a > .b,\n.c {\n  content: " { ; } ";\n  width: calc(1px + 2px);\n}\n'
    assert squeeze(css) == '.a>.b,.c{content: " { ; } ";width: calc(1px + 2px)}'


def test_the_bundle_holds_every_sheet(tmp_path):
    with override_settings(BASE_DIR=tmp_path):
        folder = tmp_path / "static" / "css"
        folder.mkdir(parents=True)
        (folder / "zebra.css").write_text(".z { color: red; }")
        (folder / "layers.css").write_text("@layer a;")
        copytree(JS, tmp_path / "static" / "js")
        call_command("bundle", verbosity=0)
    assert (tmp_path / "build" / "css" / "site.css").read_text() == "@layer a;.z{color: red}\n"


def test_one_script_has_each_module_of_every_page_once_and_after_those_that_it_needs(tmp_path):
    texts = {
        "site": 'import "./b.js";\nexport { say, SOON } from "./a-one.js";\nimport "./c.js";\n',
        "a-one": '// Says.\nexport const SOON = "";\n\nexport function say(word) {\n  return word;\n}\n',
        "b": 'import { say } from "./a-one.js";\nimport "./c.js";\n\nsay("b");\n',
        "c": "const { d } = await e();\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.js").write_text(text)
    assert list(modules(tmp_path)) == ["a-one", "c", "b", "site"]
    assert joined(tmp_path).splitlines() == [
        "const of_a_one = (() => {",
        'const SOON = "";',
        "function say(word) {",
        "return word;",
        "}",
        "return { SOON, say };",
        "})();",
        *("const of_c = (async () => {", "const { d } = await e();", "})();"),
        *("const of_b = (async () => {", "const { say } = of_a_one;", 'say("b");', "})();"),
        "export const { say, SOON } = of_a_one;",
    ]


def test_no_module_beside_the_one_script_has_a_toast_of_its_own():
    beside = {path.stem for path in JS.glob("*.js")} - set(modules(JS))
    alone = {name: modules(JS, name) for name in beside if "site" not in modules(JS, name)}
    with_toasts = {name for name, parts in alone.items() if "toast" in parts}
    assert with_toasts == {"relive", "relive-turn"}, "relive mode has not the one script"


def test_pages_link_the_bundle_and_while_working_each_sheet():
    with override_settings(DEBUG=False):
        assert rendered("{% stylesheets %}") == '<link rel="stylesheet" href="/static/css/site.css">'
    with override_settings(DEBUG=True):
        assert rendered("{% stylesheets %}").count("<link") == len(sheets(CSS))


def test_every_rule_lives_in_a_layer():
    outside = re.compile(r"^([^\s}@][^{]*|@(?!layer|font-face|view-transition|media)[^{]*)\{", re.MULTILINE)
    for path in sheets(CSS):
        loose = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        openings = outside.findall(loose)
        assert openings == [], f"{path.name}: {openings}"


# What templates name exists.


def test_every_icon_that_a_template_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/img/icons.svg").read_text()))
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([\w-]+)"|sign="([\w-]+)"', path.read_text())
        for name in name
        if name
    }
    assert named - drawn == set()


def test_every_static_file_that_a_template_names_is_there():
    named = {name for path in TEMPLATES for name in re.findall(r"{% static '([^']+)' %}", path.read_text())}
    assert [name for name in sorted(named) if not finders.find(name)] == []


def test_modules_neither_evaluate_text_nor_write_inline_styles():
    forbidden = re.compile(r"\beval\(|new Function|setAttribute\(\s*[\"']style|document\.write")
    assert [path.name for path in JS.glob("*.js") if forbidden.search(path.read_text())] == []


def test_modules_say_only_what_the_page_gives_them_to_say():
    """A sentence, or any word put where it is read: the server could not translate it."""
    sentence = re.compile(r"""(["'`])(?:<\w+>)?[A-Z][\w’']* [^"'`]+\1""")
    word = re.compile(r"""(?:textContent|innerHTML|alt) = ["'`]\w|aria-label", ["'`]""")
    comment = re.compile(r"^\s*//[^\n]*|/\*.*?\*/", re.MULTILINE | re.DOTALL)
    modules = {path.name: comment.sub("", path.read_text()) for path in JS.glob("*.js")}
    said = {name: sentence.search(code) or word.search(code) for name, code in modules.items()}
    assert {name: found[0] for name, found in said.items() if found} == {}


# Colours: the pairs that carry text, in both themes, by WCAG 2.2.

PAIRS = [
    (text, ground, 4.5)
    for ground in ("bg", "panel", "raised")
    for text in ("ink", "ink-soft", "mute", "gold-text", "good", "bad", "warn")
] + [
    ("on-gold", "gold", 4.5), ("on-gold", "gold-hover", 4.5), ("gold-text", "gold-wash", 4.5),
    ("ink", "bad-wash", 4.5), ("bad", "bad-wash", 4.5),
    ("line-strong", "bg", 3), ("line-strong", "panel", 3), ("focus", "bg", 3), ("focus", "panel", 3),
]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_colours_can_be_told_apart(text, ground, least, theme):
    tokens = (CSS / "tokens.css").read_text()
    one, other = (themes(tokens, f"--{name}")[theme] for name in (text, ground))
    assert contrast(one, other) >= least


# Pages that must come without a database or a session.


@for_each("status", ["400", "403", "403_csrf", "404", "405", "413", "429", "500", "503"])
def test_error_pages_need_neither_a_request_nor_a_database(status):
    page = render_to_string(f"{status}.html")
    assert page.count("<h1") == 1
    assert f'<p class="lost-code">{status[:3]}</p>' in page


def test_what_was_typed_too_fast_is_given_back():
    page = render_to_string("429.html", {"sentence": too_fast(95), "typed": {"body": "</textarea><script>"}})
    assert re.findall(r"\d+", words_of(the(page, "h1"))) == ["2"]
    assert "<textarea readonly>\n&lt;/textarea&gt;&lt;script&gt;</textarea>" in page
