"""The settings as the tests want them: nothing of the machine's environment, all data in a new directory."""

import atexit
import os
import shutil
import sys
import tempfile

# What is compiled is kept, whatever the environment says: each worker and each process that a test starts
# would compile the whole site and all tests again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# In memory, where the machine has a disk there with room: every test that commits writes.
MEMORY = "/dev/shm"
HAS_ROOM = os.path.isdir(MEMORY) and shutil.disk_usage(MEMORY).free > 1 << 30
DATA_DIR = tempfile.mkdtemp(prefix="reelive-tests-", dir=tempfile.tempdir or (MEMORY if HAS_ROOM else None))
OURS = (
    "ALLOWED_HOSTS BLOCKED_MAIL_DOMAINS CATALOGUE_LOOKUP"
    " CONTACT_EMAIL DATABASE_REPLICA_URL DEBUG DEFAULT_FROM_EMAIL EMAIL_URL"
    " GITHUB_CLIENT_ID GITHUB_CLIENT_SECRET GOOGLE_CLIENT_ID GOOGLE_CLIENT_SECRET HTTPS LEDGER_FORMER_KEYS"
    " LIMITS LOG_FORMAT LOG_LEVEL METRICS_TOKEN PORT REDIS_URL PAGE_SECONDS REQUIRE_STAFF_MFA"
    " RETURNED_MAIL_SECRET S3_BUCKET"
    " S3_PRIVATE_BUCKET TMDB_API_KEY"
    " S3_PUBLIC_URL SITE_URL SONG_LOOKUP SQLITE_SYNCHRONOUS TIME_ZONE TRUSTED_PROXIES WORKERS"
)
# Empty counts as not set, and what the environment holds wins over an .env file.
os.environ.update(dict.fromkeys(OURS.split(), ""))
os.environ["SECRET_KEY"] = "a key for the tests alone, of no use to anybody else"
os.environ["LEDGER_KEY"] = "5e" * 32
os.environ["PUSH_KEY"] = "70" * 32
os.environ["DATA_DIR"] = DATA_DIR
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)

from reelive.mailers import mailer  # noqa: E402
from reelive.settings import *  # noqa: E402, F403
from reelive.settings import DATABASES, IMMEDIATE_BACKEND, ON_SQLITE, STATIC_STORAGE, STORAGES  # noqa: E402

if ON_SQLITE:
    # A file as in real life: a database in memory is shared by threads in a way that no site has.
    DATABASES["default"]["TEST"] = {"NAME": f"{DATA_DIR}/test.sqlite3"}
STORAGES["staticfiles"] = {"BACKEND": STATIC_STORAGE}
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
globals().update(mailer(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"))
TASKS = {"default": {"BACKEND": IMMEDIATE_BACKEND}}
