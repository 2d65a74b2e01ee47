"""The budgets of the house style: no file, function or template grows past what one can take in."""

import ast
import re
import statistics
from pathlib import Path

import pytest

from tests.support.rows import for_each

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("reelive", "accounts", "moments")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
CODE = [ROOT / "manage.py", *(path for path in MODULES if "migrations" not in path.parts)]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# A letter is no page of the site: no policy holds for it, and it brings its styles along.
PAGES = [path for path in TEMPLATES if path.parent.name != "mail"]
LONGEST_LINE = 160  # characters of a template
TESTS = sorted((ROOT / "tests").rglob("*.py"))
# What several modules once called by one of these meant another thing in each.
ONE_MEANING = {
    "ADDRESS", "ALSO", "AROUND", "AT_ONCE", "BATCH", "BETWEEN", "CHANGED", "CHOSEN", "CHUNK", "CODE",
    "COLUMNS", "COUNTED", "EVERY", "FACTS", "FEW", "FEWEST", "FIELDS", "FOUND", "IDS", "KEPT", "KEY",
    "KINDS", "LABELS", "LARGEST", "LATER", "LEAST", "LENGTH", "LINE", "LINES", "LONGEST", "LOOKED_AT",
    "MARK", "MARKED", "MARKS", "NEVER", "NEWEST", "NUMBER", "OFFERED", "ORDER", "OTHERS", "PAGE", "PAGES",
    "PAUSE", "PIECE", "PLACE", "QUALITY", "ROOM", "ROWS", "SAME", "SAMPLE", "SECONDS", "SHORT", "SHORTEST",
    "SHOWN", "SMALL", "SOON", "TABLE", "TEXTS", "TRIED", "VERSION", "WHOLE", "WRITTEN", "Page", "Row",
    "Step",
}  # fmt: skip
MOST_ROOMS = 26  # with the file that makes it a package
LONGEST = {".py": 300, ".html": 120, ".css": 200, ".js": 200}
INLINE = {
    "style attribute": re.compile(r"\sstyle\s*=", re.I),
    "handler attribute": re.compile(r"\son[a-z]+\s*=", re.I),
    "inline script": re.compile(r"<script(?![^>]*\b(?:src=|application/(?:ld\+)?json))", re.I),
    "inline style sheet": re.compile(r"<style\b", re.I),
    "safe filter": re.compile(r"\|\s*safe\b"),
    "attribute that HTML does not know": re.compile(r"\shx-[a-z]"),
}


def named(path):
    return str(path.relative_to(ROOT))


def functions_of(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def lengths_of(path):
    return {f"{named(path)}: {node.name}": node.end_lineno - node.lineno + 1 for node in functions_of(path)}


def lines_that_count(path):
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return sum(1 for line in lines if line and not line.startswith("#"))


def is_first_party(node):
    if isinstance(node, ast.ImportFrom):
        return node.level > 0 or (node.module or "").split(".")[0] in PACKAGES
    return isinstance(node, ast.Import) and any(name.name.split(".")[0] in PACKAGES for name in node.names)


def test_a_room_for_every_rule_and_no_more():
    """What lies at the top of `moments` is read as its table of contents."""
    names = [path.name for path in (ROOT / "moments").iterdir() if path.name != "__pycache__"]
    assert len([name for name in names if name[0] != "."]) <= MOST_ROOMS


@pytest.fixture(scope="module")
def lengths():
    return {name: length for path in CODE for name, length in lengths_of(path).items()}


def test_no_function_is_longer_than_40_lines(lengths):
    assert {name: length for name, length in lengths.items() if length > 40} == {}


def test_functions_are_short_on_the_whole(lengths):
    ordered = sorted(lengths.values())
    assert statistics.median(ordered) <= 7
    assert ordered[len(ordered) * 95 // 100] <= 25


def names_of(path):
    """The names that a module defines at its top."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            yield from (inner.id for inner in ast.walk(node) if is_stored(inner))


def is_stored(node):
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def test_a_name_that_was_used_for_everything_means_one_thing():
    homes = sorted((name, named(path)) for path in CODE for name in set(names_of(path)) & ONE_MEANING)
    assert [home for home in homes if [name for name, _path in homes].count(home[0]) > 1] == []


@for_each("folder", [*PACKAGES, "templates", "static", "tests"])
def test_no_file_is_longer_than_its_kind_may_be(folder):
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in LONGEST]
    files = [path for path in files if not {"migrations", "vendor"} & set(path.parts)]
    counts = {named(path): (lines_that_count(path), LONGEST[path.suffix]) for path in files}
    assert {name: count for name, (count, limit) in counts.items() if count > limit} == {}


def test_no_first_party_import_hides_in_a_function():
    hidden = [
        f"{named(path)}: {function.name}"
        for path in CODE
        for function in functions_of(path)
        for node in ast.walk(function)
        if is_first_party(node)
    ]
    assert hidden == []


def test_lines_of_templates_can_be_read():
    files = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt")]
    long = {
        f"{named(path)}:{number}": len(line)
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    }
    assert long == {}


def test_templates_build_no_address_by_hand():
    """But for pages that have to come even when the table of addresses is what broke."""
    by_hand = re.compile(r"""(?:href|action|url)="/|_url \}\}\w""")
    files = [path for path in TEMPLATES if path.name not in ("bare.html", "500.html")]
    found = {named(path): by_hand.findall(path.read_text(encoding="utf-8")) for path in files}
    assert {name: parts for name, parts in found.items() if parts} == {}


def test_the_site_itself_knows_nothing_about_films():
    """But for the settings, which put the apps together, and the addresses."""
    known = re.compile(r"\b(films?|songs?|trivia|feelings?|diary|upvotes?|embeds?|players?)\b", re.IGNORECASE)
    files = [path for path in CODE if path.parts[len(ROOT.parts)] == "reelive"]
    files = [path for path in files if path.name not in ("settings.py", "urls.py")]
    found = {named(path): known.findall(path.read_text(encoding="utf-8")) for path in files}
    assert {name: words for name, words in found.items() if words} == {}


def imported_by(path):
    """The modules that a file imports, as it names them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
        elif isinstance(node, ast.Import):
            yield from (f"import {name.name}" for name in node.names)


def test_tests_share_code_through_their_support_alone():
    ours = re.compile(r"(import )?(\.|tests\b|conftest\b|test_)")
    shared = {named(path): {name for name in imported_by(path) if ours.match(name)} for path in TESTS}
    astray = {path: {name for name in names if not re.fullmatch(r"tests\.support\.\w+", name)}
              for path, names in shared.items()}  # fmt: skip
    assert {path: names for path, names in astray.items() if names} == {}
    assert len([path for path in shared if shared[path]]) > 50


def is_fixture_or_hook(function):
    return function.name.startswith("pytest_") or any(
        ast.unparse(decorator).startswith("pytest.fixture") for decorator in function.decorator_list
    )


@pytest.mark.parametrize("path", [path for path in TESTS if path.name == "conftest.py"], ids=named)
def test_conftest_holds_fixtures_alone(path):
    body = ast.parse(path.read_text(encoding="utf-8")).body
    others = [node.name for node in body if hasattr(node, "name")
              and not (isinstance(node, ast.FunctionDef) and is_fixture_or_hook(node))]  # fmt: skip
    assert others == []


@for_each("kind", INLINE)
def test_no_template_needs_a_laxer_policy(kind):
    found = [
        f"{named(path)}:{number}"
        for path in PAGES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if INLINE[kind].search(line)
    ]
    assert found == []


@for_each("lock", sorted(ROOT.glob("*.lock")), ids=lambda path: path.name)
def test_lock_holds_hashes_and_no_address(lock):
    text = lock.read_text()
    assert "://" not in text
    pins = re.findall(r"^[a-z0-9].*==[^ ]+", text, re.M)
    assert len(pins) == len(re.findall(r"^[a-z0-9].*\\\n +--hash=sha256:", text, re.M)) > 0


def test_all_locks_pin_the_same_versions():
    run, services, dev, uv = (
        set(re.findall(r"^([a-z0-9][^ ]*==[^ ]+)", (ROOT / f"requirements{name}.lock").read_text(), re.M))
        for name in ("", "-services", "-dev", "-uv")
    )
    assert 20 < len(run) < len(services) < len(dev)
    assert run < services < dev
    assert len(uv) == 1
    assert uv < dev
