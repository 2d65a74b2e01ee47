"""Names of hosts on the web, as people type them."""

import re

LONGEST_WEB_NAME = 253
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_LAST = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]")  # no number: "127.0.0.1" names a machine


def is_host(name: str) -> bool:
    """Whether this is the name of a host on the web: letters, digits and hyphens between dots, no port."""
    labels = name.split(".")
    fits = len(name) <= LONGEST_WEB_NAME and len(labels) > 1 and all(map(_LABEL.fullmatch, labels))
    return fits and _LAST.fullmatch(labels[-1]) is not None


def host_of(typed: str) -> str:
    """The host that somebody means who types an address, a name or @me@host; empty where it is none."""
    text = typed.strip().lower()[:1_000]
    if "\\" in text:  # browsers read it as a slash, and people do not
        return ""
    name = re.split("[/?#]", text.removeprefix("https://").removeprefix("http://"), maxsplit=1)[0]
    name = name.rpartition("@")[2]
    if not name.isascii():
        try:
            name = name.encode("idna").decode()
        except UnicodeError:
            return ""
    return name if is_host(name) else ""
