"""A wrong value in the environment stops the start with one sentence; the right ones make a safe site."""

import re
import stat

import pytest

from reelive.checks import shared_cache_is_shared
from tests.support.copied_processes import end_copies, run_alone

PRINT = """
from django.conf import settings
from django.core import mail

def sender():
    return mail.mailers.default if hasattr(mail, "mailers") else mail.get_connection()

print({expression})
"""


@pytest.fixture(scope="module", autouse=True)
def original():
    yield
    end_copies()


def manage(tmp_path, *command, **environment):
    """Runs manage.py on its own data directory, in nothing but the environment given."""
    return python(tmp_path, environment, "manage.py", *command)


def python(tmp_path, environment, *arguments):
    # Empty counts as not set and wins over an .env file.
    empty = dict.fromkeys(
        ["DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "S3_BUCKET", "SECRET_KEY", "LEDGER_KEY"], ""
    )
    base = empty | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "reelive.settings"}
    return run_alone(tmp_path, base | environment, *arguments)


def setting(tmp_path, expression, **environment):
    run = python(tmp_path, environment, "-c", PRINT.format(expression=expression))
    assert run.stderr == ""
    return run.stdout.strip()


WRONG = [
    ({"DEBUG": "maybe"}, "DEBUG is wrong: “maybe” is neither on nor off."),
    ({"LIMITS": "2"}, "LIMITS is wrong: “2” is neither on nor off."),
    ({"PORT": "eighty"}, "PORT is wrong: “eighty” is not a whole number."),
    ({"PORT": "70000"}, "PORT is wrong: 70000 is not between 1 and 65535."),
    ({"PAGE_SECONDS": "90"}, "PAGE_SECONDS is wrong: 90 is not between 0 and 60."),
    (
        {"METRICS_TOKEN": "short"},
        "METRICS_TOKEN is wrong: it must have 20 to 200 letters without blanks,"
        " such as `openssl rand -hex 32` gives.",
    ),
    ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is wrong: “xml” is none of LINE, JSON."),
    ({"WORKERS": "0"}, "WORKERS is wrong: 0 is not between 1 and 256."),
    ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES is wrong: -1 is not between 0 and 16."),
    (
        {"HTTPS": "on", "TRUSTED_PROXIES": "0"},
        "TRUSTED_PROXIES is wrong: it is 0 with HTTPS on, but a proxy in front must end TLS and say so.",
    ),
    ({"SITE_URL": "reelive.example"}, "SITE_URL is wrong: it must begin with https:// or http://."),
    (
        {"SITE_URL": "https://?x"},
        "SITE_URL is wrong: it must be a scheme and a host, such as https://reelive.example.",
    ),
    (
        {"DATABASE_URL": "mysql://localhost/x"},
        "DATABASE_URL is wrong: it must begin with postgres:// or postgresql:// or sqlite://.",
    ),
    ({"DATABASE_URL": "postgres://me:secret@host:port/x"}, "DATABASE_URL is wrong: it is not an address."),
    (
        {"DATABASE_URL": "postgres://me:secret@host"},
        "DATABASE_URL is wrong: it names no database; it looks like"
        " postgres://user:password@host/name or sqlite:////srv/reelive/db.sqlite3.",
    ),
    (
        {"DATABASE_POOL": "on"},
        "DATABASE_POOL is wrong: only PostgreSQL has a pool; DATABASE_URL must begin with postgres://.",
    ),
    (
        {"REDIS_URL": "localhost:6379"},
        "REDIS_URL is wrong: it must begin with redis:// or rediss:// or unix://.",
    ),
    (
        {"EMAIL_URL": "smtp+tls://user:secret@host"},
        "EMAIL_URL is wrong: it must begin with submission:// or smtp:// or brevo:// or mailersend:// or"
        " mailgun:// or postmark:// or resend:// or sendgrid:// or console:// or file:// or memory://"
        " or dummy://.",
    ),
    (
        {"EMAIL_URL": "postmark://reelive.example"},
        "EMAIL_URL is wrong: it names no key or no domain; it looks like postmark://key@reelive.example.",
    ),
    (
        {"EMAIL_URL": "submission://host?timeout=soon"},
        "EMAIL_URL is wrong: it cannot be read; it looks like submission://user:password@host:587.",
    ),
    (
        {"GOOGLE_CLIENT_ID": "1"},
        "GOOGLE_CLIENT_SECRET is wrong: it is empty, although GOOGLE_CLIENT_ID is set; set both or neither.",
    ),
    (
        {"S3_BUCKET": "films"},
        "S3_PUBLIC_URL is wrong: it is empty, although S3_BUCKET is set; readers fetch the uploads from it.",
    ),
    (
        {"TIME_ZONE": "Mars/Olympus"},
        "TIME_ZONE is wrong: “Mars/Olympus” is not a time zone; examples are UTC and Europe/Berlin.",
    ),
    (
        {"LEDGER_KEY": "too short"},
        "LEDGER_KEY is wrong: it must hold 64 hexadecimal digits, such as `openssl rand -hex 32` gives.",
    ),
    (
        {"LEDGER_FORMER_KEYS": f"{'ab' * 32}, x"},
        "LEDGER_FORMER_KEYS is wrong: “x” is no public key, which has 64 hexadecimal digits.",
    ),
    ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL is wrong: “LOUD” is none of DEBUG, INFO, WARNING, ERROR, CRITICAL."),
    ({"SQLITE_SYNCHRONOUS": "OFF"}, "SQLITE_SYNCHRONOUS is wrong: “OFF” is none of NORMAL, FULL."),
]


@pytest.mark.parametrize("environment, sentence", WRONG, ids=[next(iter(wrong)) for wrong, _ in WRONG])
def test_wrong_value_stops_the_start_with_a_sentence(tmp_path, environment, sentence):
    run = manage(tmp_path, "check", **environment)
    assert (run.returncode, run.stdout, run.stderr) == (1, "", f"Reelive cannot start: {sentence}\n")


def test_data_directory_that_cannot_be_made_stops_the_start(tmp_path):
    (tmp_path / "file").write_text("")
    run = manage(tmp_path, "check", DATA_DIR=str(tmp_path / "file" / "var"))
    assert run.stderr == (
        f"Reelive cannot start: DATA_DIR is wrong: the directory {tmp_path}/file/var cannot be made"
        " (Not a directory).\n"
    )


def test_production_settings_pass_the_deployment_check(tmp_path):
    run = manage(tmp_path, "check", "--deploy", "--fail-level=WARNING", SITE_URL="https://reelive.example")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "System check identified no issues (0 silenced).\n"


def test_secret_is_made_once_and_only_the_owner_reads_it(tmp_path):
    first = setting(tmp_path, "settings.SECRET_KEY")
    assert len(first) == 50
    assert setting(tmp_path, "settings.SECRET_KEY") == first
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_key_of_the_ledger_is_made_once_and_only_the_owner_reads_it(tmp_path):
    first = setting(tmp_path, "settings.LEDGER_KEY")
    assert re.fullmatch("[0-9a-f]{64}", first)
    assert setting(tmp_path, "settings.LEDGER_KEY") == first
    assert stat.S_IMODE((tmp_path / "ledger-key").stat().st_mode) == 0o600
    (tmp_path / "ledger-key").write_text("half a ke")
    assert f"{tmp_path}/ledger-key must hold 64 hexadecimal digits" in manage(tmp_path, "check").stderr


def test_secret_from_the_environment_leaves_no_file(tmp_path):
    assert setting(tmp_path, "settings.SECRET_KEY", SECRET_KEY="s" * 50) == "s" * 50
    assert not (tmp_path / "secret").exists()


def test_short_secret_is_warned_about(tmp_path):
    run = manage(tmp_path, "check", SECRET_KEY="x")
    assert "SECRET_KEY is so short that it could be guessed." in run.stderr


def test_limits_off_is_said_loudly(tmp_path):
    assert "LIMITS is off" in manage(tmp_path, "check", LIMITS="off").stderr


def test_cache_of_one_process_is_refused_with_two_workers(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.WORKERS = 2
    assert [error.id for error in shared_cache_is_shared()] == ["reelive.E001"]
    settings.WORKERS = 1
    assert shared_cache_is_shared() == []


def test_secure_site_address_turns_https_on(tmp_path):
    names = (
        "HTTPS", "TRUSTED_PROXIES", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "SITE_URL",
        "SESSION_COOKIE_NAME", "ALLOWED_HOSTS[0]",
    )  # fmt: skip
    expression = ", ".join(f"settings.{name}" for name in names)
    said = setting(tmp_path, expression, SITE_URL="https://reelive.example/")
    assert said == "True 1 True True https://reelive.example __Host-sessionid reelive.example"


@pytest.mark.parametrize(
    "given, age, pool",
    [("", "None", "None"), ("off", "None", "None"), ("on", "0", "1")],
)
def test_a_process_keeps_its_connection_or_lends_it_from_a_pool(tmp_path, given, age, pool):
    database = "settings.DATABASES['replica']"
    expression = f"{database}['CONN_MAX_AGE'], {database}['OPTIONS'].get('pool', {{}}).get('max_size')"
    addresses = {"DATABASE_URL": "postgres://me@host/site", "DATABASE_REPLICA_URL": "postgres://me@copy/site"}
    assert setting(tmp_path, expression, **addresses, DATABASE_POOL=given) == f"{age} {pool}"


def test_site_address_follows_the_port(tmp_path):
    assert setting(tmp_path, "settings.SITE_URL", PORT="8123") == "http://localhost:8123"


def test_mailed_codes_are_asked_for_only_when_mail_goes_out(tmp_path):
    expression = "settings.ACCOUNT_EMAIL_VERIFICATION, sender().__module__.split('.')[-1]"
    assert setting(tmp_path, expression) == "none mailbox"
    assert setting(tmp_path, expression, EMAIL_URL="submission://me:pw@mail.example") == "mandatory smtp"
    service = {"EMAIL_URL": "mailgun://Key%2FOne@mg.reelive.example"}
    assert setting(tmp_path, expression, **service) == "mandatory mailgun"
    assert setting(tmp_path, "settings.MAIL_SERVICE", **service) == "mailgun"
    assert setting(tmp_path, "sorted(settings.ANYMAIL.values(), key=str)", **service) == str(
        [5, "Key/One", "mg.reelive.example"]
    )


def test_what_the_address_of_a_mail_server_says_is_done(tmp_path):
    names = "host", "port", "username", "password", "use_tls", "use_ssl", "timeout"
    expression = ", ".join(f"sender().{name}" for name in names)
    server = "submission://me:p%40w@mail.example"
    assert setting(tmp_path, expression, EMAIL_URL=server) == "mail.example 587 me p@w True False 5"
    server = "smtp://mail.example:465?ssl=on&timeout=9"
    assert setting(tmp_path, expression, EMAIL_URL=server) == "mail.example 465 None None False True 9"
    assert setting(tmp_path, "sender().file_path", EMAIL_URL=f"file:///{tmp_path}") == str(tmp_path)
    assert setting(tmp_path, "sender().__module__.split('.')[-1]", EMAIL_URL="memory://") == "locmem"


def test_social_sign_in_needs_its_keys(tmp_path):
    keys = {"GITHUB_CLIENT_ID": "id", "GITHUB_CLIENT_SECRET": "secret"}
    expression = "[app for app in settings.INSTALLED_APPS if 'providers' in app]"
    assert setting(tmp_path, expression) == "[]"
    assert setting(tmp_path, expression, **keys) == "['allauth.socialaccount.providers.github']"


def test_bucket_takes_the_uploads_and_may_be_shown(tmp_path):
    bucket = {"S3_BUCKET": "films", "S3_PUBLIC_URL": "https://pictures.example/films"}
    backend = setting(tmp_path, "settings.STORAGES['default']['BACKEND']", **bucket)
    assert backend == "storages.backends.s3.S3Storage"
    images = "settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src']"
    assert setting(tmp_path, images, **bucket) == str(["'self'", "data:", "https://pictures.example"])


def test_what_is_for_one_member_alone_lies_where_nobody_reads(tmp_path):
    folder, bucket = "settings.STORAGES['private']['OPTIONS']", {"S3_PRIVATE_BUCKET": "mine"}
    assert setting(tmp_path, f"{folder}['base_url']") == "None"
    signed = f"[{folder}[name] for name in ('bucket_name', 'querystring_auth')]"
    assert setting(tmp_path, signed, **bucket) == "['mine', True]"


@pytest.mark.parametrize("document", ["README.md", ".env.example"])
def test_every_variable_is_documented(document, settings):
    source = (settings.BASE_DIR / "reelive" / "settings.py").read_text()
    read = set(re.findall(r'\benv\.(?:\w+)\(\s*"([A-Z0-9_]+)"', source)) | {"GITHUB_CLIENT_SECRET"}
    text = (settings.BASE_DIR / document).read_text()
    assert {name for name in read if not re.search(rf"\b{name}\b", text)} == set()
    assert len(read) > 20


def test_blocked_mail_services_are_kept_as_machines_write_them(tmp_path):
    given = " Example.com, .mail.example,@bücher.example,, "
    blocked = setting(tmp_path, "sorted(settings.BLOCKED_MAIL_DOMAINS)", BLOCKED_MAIL_DOMAINS=given)
    assert blocked == "['example.com', 'mail.example', 'xn--bcher-kva.example']"
    assert setting(tmp_path, "set(settings.BLOCKED_MAIL_DOMAINS)") == "set()"
