"""Reads the settings from the environment; what is wrong is said in a sentence that names the variable."""

import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from tempfile import NamedTemporaryFile
from typing import NoReturn
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from environs import Env, EnvError

from reelive.mailers import mailer
from reelive.text import canonical_domain

env = Env()

# Services that take mail by HTTP, and what django-anymail calls the key of each.
MAIL_SERVICES = {
    "brevo": "BREVO_API_KEY",
    "mailersend": "MAILERSEND_API_TOKEN",
    "mailgun": "MAILGUN_API_KEY",
    "postmark": "POSTMARK_SERVER_TOKEN",
    "resend": "RESEND_API_KEY",
    "sendgrid": "SENDGRID_API_KEY",
}

# One thread works in a process. All times are in seconds: a connection that nobody used is closed after a
# minute, and a page says within two seconds that the database is away.
POOL = {
    "min_size": 0, "max_size": 1, "max_idle": 60, "timeout": 1.5, "reconnect_timeout": 2, "num_workers": 1,
}  # fmt: skip


def load(path: Path) -> None:
    """Adds the lines of an .env file; what the environment holds already wins."""
    env.read_env(path, recurse=False)


def refuse(name: str, why: str) -> NoReturn:
    raise ImproperlyConfigured(f"{name} is wrong: {why}")


def text(name: str, default: str = "") -> str:
    """The value without blanks around it; an empty variable counts as one that is not set."""
    return env.str(name, "").strip() or default


def given(name: str) -> bool:
    return bool(text(name))


def flag(name: str, default: bool = False) -> bool:
    try:
        return env.bool(name) if given(name) else default
    except EnvError:
        refuse(name, f"“{text(name)}” is neither on nor off.")


def number(name: str, default: int, least: int = 0, most: int = 65_535) -> int:
    try:
        value = env.int(name) if given(name) else default
    except EnvError:
        refuse(name, f"“{text(name)}” is not a whole number.")
    if not least <= value <= most:
        refuse(name, f"{value} is not between {least} and {most}.")
    return value


def choice(name: str, options: Sequence[str], default: str) -> str:
    value = text(name, default).upper()
    if value not in options:
        refuse(name, f"“{text(name)}” is none of {', '.join(options)}.")
    return value


def token(name: str) -> str:
    """A secret that others bring along to be let in, long enough not to be guessed; or nothing."""
    value = text(name)
    if value and not re.fullmatch(r"[!-~]{20,200}", value):
        refuse(name, "it must have 20 to 200 letters without blanks, such as `openssl rand -hex 32` gives.")
    return value


def words(name: str, default: list[str]) -> list[str]:
    """A list parted by commas."""
    return [word.strip() for word in env.list(name) if word.strip()] if given(name) else default


def domains(name: str) -> frozenset[str]:
    """Domains parted by commas, in canonical form."""
    return frozenset(filter(None, map(canonical_domain, words(name, []))))


def address(name: str, schemes: Sequence[str]) -> str:
    """An address with one of the schemes, or nothing."""
    value = text(name)
    try:
        # The port is parsed only when it is asked for.
        scheme, _port = urlsplit(value).scheme, urlsplit(value).port
    except ValueError:
        refuse(name, "it is not an address.")
    if value and scheme not in schemes:
        refuse(name, f"it must begin with {' or '.join(scheme + '://' for scheme in schemes)}.")
    return value


def origin(name: str, default: str = "") -> str:
    """A scheme and a host (and a path for what lies under one), without a slash at the end."""
    parts = urlsplit(address(name, ("https", "http")) or default)
    if (parts.scheme and not parts.hostname) or parts.query or parts.fragment or parts.username:
        refuse(name, "it must be a scheme and a host, such as https://reelive.example.")
    return parts.geturl().rstrip("/")


def database(name: str, default: dict) -> dict:
    example = "postgres://user:password@host/name or sqlite:////srv/reelive/db.sqlite3"
    try:
        address(name, ("postgres", "postgresql", "sqlite"))
        parsed = env.dj_db_url(name) if given(name) else default
    except EnvError:
        refuse(name, f"it cannot be read; it looks like {example}.")
    if not parsed["NAME"]:
        refuse(name, f"it names no database; it looks like {example}.")
    # In the place of Django's SQLite stands our own, which is Django's but for its speed.
    return parsed | ({"ENGINE": "reelive.sqlite3"} if parsed["ENGINE"].endswith("sqlite3") else {})


def held(name: str, reached: dict) -> dict:
    """How a process holds its connection to this database: for good, or from a pool where that is wanted."""
    is_postgres = reached["ENGINE"].endswith("postgresql")
    if not flag(name):
        # Closing the connection after each request costs 9 ms on PostgreSQL, and on SQLite a checkpoint.
        return {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": is_postgres}
    if not is_postgres:
        refuse(name, "only PostgreSQL has a pool; DATABASE_URL must begin with postgres://.")
    options = reached["OPTIONS"] | {"pool": POOL}
    return {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


def replica(name: str, primary: dict) -> dict:
    """A copy of that database, at the address of this name."""
    parsed = database(name, {})
    if not all(each["ENGINE"].endswith("postgresql") for each in (primary, parsed)):
        refuse(name, "only PostgreSQL has replicas; DATABASE_URL and this one must begin with postgres://.")
    place = {key: parsed[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    return primary | place | {"OPTIONS": primary["OPTIONS"] | parsed.get("OPTIONS", {})}


def mail(name: str, default: str) -> dict:
    """The settings by which letters go out: as the address says, without one by the backend of this name."""
    url = address(name, ("submission", "smtp", *MAIL_SERVICES, "console", "file", "memory", "dummy"))
    if urlsplit(url).scheme in MAIL_SERVICES:
        return _mail_service(name, url)
    if not url:
        return mailer(EMAIL_BACKEND=default)
    try:
        server = env.dj_email_url(name)
    except EnvError:
        refuse(name, "it cannot be read; it looks like submission://user:password@host:587.")
    return mailer(**server | {"EMAIL_TIMEOUT": server["EMAIL_TIMEOUT"] or 5})


def mail_service(name: str) -> str:
    """The name of the service that takes mail by HTTP; empty where a server does, or nothing is sent."""
    scheme = urlsplit(text(name)).scheme
    return scheme if scheme in MAIL_SERVICES else ""


def _mail_service(name: str, url: str) -> dict:
    parts = urlsplit(url)
    if not parts.username or not parts.hostname:
        refuse(name, f"it names no key or no domain; it looks like {parts.scheme}://key@reelive.example.")
    options = {MAIL_SERVICES[parts.scheme]: unquote(parts.username), "REQUESTS_TIMEOUT": 5}
    if parts.scheme == "mailgun":
        options["MAILGUN_SENDER_DOMAIN"] = parts.hostname
    return mailer(EMAIL_BACKEND=f"anymail.backends.{parts.scheme}.EmailBackend") | {"ANYMAIL": options}


def pair(first: str, second: str) -> tuple[str, str] | None:
    """Two variables that only make sense together."""
    if given(first) != given(second):
        missing, present = (second, first) if given(first) else (first, second)
        refuse(missing, f"it is empty, although {present} is set; set both or neither.")
    return (text(first), text(second)) if given(first) else None


def time_zone(name: str, default: str = "UTC") -> str:
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        refuse(name, f"“{value}” is not a time zone; examples are UTC and Europe/Berlin.")
    return value


def folder(name: str, default: Path) -> Path:
    """A directory that the site may write to; it is made when absent."""
    path = Path(text(name, str(default))).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        refuse(name, f"the directory {path} cannot be made ({problem.strerror}).")
    if not os.access(path, os.W_OK | os.X_OK):
        refuse(name, f"the directory {path} cannot be written to.")
    return path


def secret(name: str, store: Path, make: Callable[[], str] = get_random_secret_key) -> str:
    """The key from the environment, or one made once and kept in a file that only its owner can read."""
    if given(name):
        return text(name)
    if not store.exists():
        with NamedTemporaryFile("w", dir=store.parent) as draft:
            draft.write(make())
            draft.flush()
            # Of several processes that start together the first one decides, and none reads half a key.
            with suppress(FileExistsError):
                os.link(draft.name, store)
    return store.read_text().strip()


def signing_key(name: str, store: Path) -> str:
    """32 secret bytes in hexadecimal, kept like any other secret."""
    value = secret(name, store, make=lambda: token_hex(32)).lower()
    if not is_key(value):
        holder = "it" if given(name) else store
        refuse(name, f"{holder} must hold 64 hexadecimal digits, such as `openssl rand -hex 32` gives.")
    return value


def public_keys(name: str) -> list[str]:
    """Public keys in hexadecimal, parted by commas."""
    keys = [word.lower() for word in words(name, [])]
    for key in keys:
        if not is_key(key):
            refuse(name, f"“{key}” is no public key, which has 64 hexadecimal digits.")
    return keys


def is_key(value: str) -> bool:
    return re.fullmatch("[0-9a-f]{64}", value) is not None
