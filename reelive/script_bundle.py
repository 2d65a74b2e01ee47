"""One script out of the modules that every page has, so that a first visit asks once: each becomes a function
that is called in the order in which modules run, and gives what it exports."""

import re
from pathlib import Path

SCRIPT = "js/site.js"
IMPORT = re.compile(
    r'^(?:import|export) (?:\{(?P<names>[^}]*)\} from )?"\./(?P<name>[\w-]+)\.js";\n', re.MULTILINE
)
EXPORT = re.compile(r"^export (?P<kind>(?:async )?function|const) (?P<name>\w+)", re.MULTILINE)
COMMENT = re.compile(r"^\s*(?://.*|/\*(?s:.*?)\*/)\n|^\s+", re.MULTILINE)


def modules(folder: Path, name: str = "site") -> dict[str, str]:
    """The text of a module and of all that it imports, by name; each after those that it needs."""
    text, found = (folder / f"{name}.js").read_text(), {}
    for wanted in IMPORT.finditer(text):
        found |= modules(folder, wanted["name"])
    return found | {name: text}


def joined(folder: Path) -> str:
    """All of them as one module, which exports what the first one does."""
    texts = modules(folder)
    first = texts.pop("site")
    parts = [as_function(name, text) for name, text in texts.items()]
    parts += [exported(found) for found in IMPORT.finditer(first) if found["names"]]
    return "\n".join(parts) + "\n"


def as_function(name: str, text: str) -> str:
    """A module as a constant of its name. One that exports nothing may wait for something."""
    body = COMMENT.sub("", EXPORT.sub(r"\g<kind> \g<name>", IMPORT.sub(taken, text))).strip()
    names = ", ".join(found["name"] for found in EXPORT.finditer(text))
    begin, end = ("", f"\nreturn {{ {names} }};") if names else ("async ", "")
    return f"const {variable(name)} = ({begin}() => {{\n{body}{end}\n}})();"


def taken(found: re.Match) -> str:
    return f"const {{{found['names']}}} = {variable(found['name'])};\n" if found["names"] else ""


def exported(found: re.Match) -> str:
    return f"export const {{{found['names']}}} = {variable(found['name'])};"


def variable(name: str) -> str:
    return "of_" + name.replace("-", "_")
