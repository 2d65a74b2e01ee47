"""Every setting of the site; what differs between machines comes from the environment (see README)."""

from pathlib import Path
from urllib.parse import urlsplit

import django

from reelive import environment as env
from reelive.stores import for_one_member, for_readers

BASE_DIR = Path(__file__).resolve().parent.parent
env.load(BASE_DIR / ".env")
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")

# --- The site and its address ---------------------------------------------------------------------

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY", DATA_DIR / "secret")
LEDGER_KEY = env.signing_key("LEDGER_KEY", DATA_DIR / "ledger-key")
LEDGER_FORMER_KEYS = env.public_keys("LEDGER_FORMER_KEYS")
# Devices that want notifications know the site by it: with another one they have to be asked again.
PUSH_KEY = env.signing_key("PUSH_KEY", DATA_DIR / "push-key")
PORT = env.number("PORT", 8000, least=1)
WORKERS = env.number("WORKERS", 2, least=1, most=256)
# Absolute addresses are built from this one, never from what a request claims to be its host.
SITE_URL = env.origin("SITE_URL", f"http://localhost:{PORT}")
SITE_HOST = urlsplit(SITE_URL).hostname
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [SITE_HOST, "localhost", "127.0.0.1", "[::1]"])
HTTPS = env.flag("HTTPS", SITE_URL.startswith("https:"))
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", int(HTTPS), most=16)
if HTTPS and not TRUSTED_PROXIES:
    env.refuse("TRUSTED_PROXIES", "it is 0 with HTTPS on, but a proxy in front must end TLS and say so.")
LIMITS = env.flag("LIMITS", True)
ROOT_URLCONF, WSGI_APPLICATION = "reelive.urls", "reelive.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Applications ---------------------------------------------------------------------------------

SOCIAL_KEYS = {
    "google": env.pair("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"),
    "github": env.pair("GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"),
}
SOCIAL_PROVIDERS = [provider for provider, keys in SOCIAL_KEYS.items() if keys]
HAS_TASKS = django.VERSION >= (6, 0)
INSTALLED_APPS = [
    "reelive",
    "accounts",
    "moments",
    "reelive.adminconfig.ReeliveAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    *(f"allauth.socialaccount.providers.{provider}" for provider in SOCIAL_PROVIDERS),
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    *([] if HAS_TASKS else ["django_tasks"]),
    "django_tasks_db",
    "taggit",
]
MIDDLEWARE = [
    *(["reelive.server_timing.ServerTiming"] if DEBUG else []),
    "reelive.request_facts.RequestFacts",
    # It sees the answers of all the others.
    "reelive.middleware.UnchangedPages",
    "reelive.middleware.WithoutCookies",
    "reelive.middleware.BrowserLanguage",
    "django.middleware.security.SecurityMiddleware",
    # Its padding of random length hides the size of what is compressed beside a secret (the BREACH attack).
    "reelive.compression.Compression",
    "csp.middleware.CSPMiddleware",
    "reelive.headers.ResourcePolicy",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "reelive.middleware.BodySizeLimit",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *(["reelive.replica.VisitorsReadReplica"] if env.given("DATABASE_REPLICA_URL") else []),
    "reelive.middleware.DatabaseAway",
    "reelive.sessions.SessionMiddleware",
    "reelive.middleware.BoundedSessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.MemberTimeZone",
    "accounts.middleware.MemberLanguage",
    "moments.viewer.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "reelive.middleware.ExceptionMiddleware",
    "accounts.middleware.ResponsePolicy",
    "accounts.middleware.StaffSecondFactor",
]

# --- Where titles and songs are looked up ---------------------------------------------------------

# Members' words go there when they press the button, so that a site says whether it wants that.
CATALOGUE_LOOKUP = env.choice("CATALOGUE_LOOKUP", ["OFF", "WIKIDATA"], "OFF")
TMDB_API_KEY = env.token("TMDB_API_KEY")
SONG_LOOKUP = env.choice("SONG_LOOKUP", ["OFF", "MUSICBRAINZ"], "OFF")

# --- Templates ------------------------------------------------------------------------------------

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Every template holds texts, so that none has to load the tags that translate them.
            "builtins": ["django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reelive.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database -------------------------------------------------------------------------------------

SQLITE_SYNCHRONOUS = env.choice("SQLITE_SYNCHRONOUS", ["NORMAL", "FULL"], "NORMAL")
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        f"PRAGMA journal_mode=WAL; PRAGMA synchronous={SQLITE_SYNCHRONOUS}; PRAGMA cache_size=-8000;"
        "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864"
    ),
}
POSTGRES_OPTIONS = {"connect_timeout": 2, "tcp_user_timeout": 1000}
SQLITE_FILE = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA_DIR / "db.sqlite3")}
DATABASES = {"default": env.database("DATABASE_URL", SQLITE_FILE)}
ON_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
OPTIONS = SQLITE_OPTIONS if ON_SQLITE else POSTGRES_OPTIONS
DATABASES["default"]["OPTIONS"] = OPTIONS | DATABASES["default"].get("OPTIONS", {})
DATABASES["default"] |= env.held("DATABASE_POOL", DATABASES["default"])

if env.given("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = env.replica("DATABASE_REPLICA_URL", DATABASES["default"])
    DATABASE_ROUTERS = ["reelive.replica.Router"]

# --- Caches and sessions --------------------------------------------------------------------------

REDIS_URL = env.address("REDIS_URL", ["redis", "rediss", "unix"])
DATABASE_CACHE = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "cache",
    "OPTIONS": {"MAX_ENTRIES": 20_000},
}
REDIS_CACHE = {
    "BACKEND": "reelive.redis_cache.ForgivingRedisCache",
    "LOCATION": REDIS_URL,
    "OPTIONS": {"socket_connect_timeout": 0.25, "socket_timeout": 0.5},
}
CACHES = {
    # Sign-in limits live in the default cache, so it is one that all workers share.
    "default": REDIS_CACHE if REDIS_URL else DATABASE_CACHE,
    "database": DATABASE_CACHE,
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "local",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
# A template or a query that is being worked on has to show at once.
PAGE_SECONDS = env.number("PAGE_SECONDS", 0 if DEBUG else 5, most=60)
SESSION_ENGINE = "reelive.sessions"

# --- Static files and uploads ---------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# What was bundled comes before its source, but not while that is being worked on.
STATICFILES_DIRS = [BASE_DIR / "static"] if DEBUG else [BASE_DIR / "build", BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
S3_BUCKET = env.text("S3_BUCKET")
S3_PUBLIC_URL = env.origin("S3_PUBLIC_URL")
if S3_BUCKET and not S3_PUBLIC_URL:
    env.refuse("S3_PUBLIC_URL", "it is empty, although S3_BUCKET is set; readers fetch the uploads from it.")
S3_ACCESS = {
    "endpoint_url": env.origin("S3_ENDPOINT") or None,
    "region_name": env.text("S3_REGION") or None,
    "access_key": env.text("S3_ACCESS_KEY") or None,
    "secret_key": env.text("S3_SECRET_KEY") or None,
}
STATIC_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_STORAGE = "reelive.static.HashedStaticFilesStorage"
STORAGES = {
    "default": for_readers(S3_BUCKET, S3_PUBLIC_URL, S3_ACCESS),
    "private": for_one_member(env.text("S3_PRIVATE_BUCKET"), DATA_DIR / "private", S3_ACCESS),
    "staticfiles": {"BACKEND": STATIC_STORAGE if DEBUG else HASHED_STORAGE},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
MAX_BODY_BYTES = 9 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS, DATA_UPLOAD_MAX_NUMBER_FILES = 500, 100

# --- Security headers and cookies -----------------------------------------------------------------

SOCIAL_ORIGINS = {"google": "https://accounts.google.com", "github": "https://github.com"}
UPLOAD_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(S3_PUBLIC_URL))] if S3_BUCKET else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", *UPLOAD_ORIGINS],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        # Browsers apply this to where a form's answer redirects as well.
        "form-action": ["'self'", *(SOCIAL_ORIGINS[provider] for provider in SOCIAL_PROVIDERS)],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
UNUSED = "accelerometer browsing-topics camera geolocation gyroscope magnetometer microphone midi payment usb"
PERMISSIONS_POLICY = {feature: [] for feature in UNUSED.split()}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics/$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SECURE_CONTENT_TYPE_NOSNIFF = SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "reelive.error_pages.stale_form"

# --- Accounts -------------------------------------------------------------------------------------

MAIL_IS_ON = env.given("EMAIL_URL")
CONTACT_EMAIL = env.text("CONTACT_EMAIL")
REQUIRE_STAFF_MFA = env.flag("REQUIRE_STAFF_MFA")
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.auth.AddEmailForm",
    "change_email": "accounts.forms.auth.ChangeEmailForm",
    "change_password": "accounts.forms.auth.ChangePasswordForm",
    "confirm_email_verification_code": "accounts.forms.auth.ConfirmEmailForm",
    "confirm_password_reset_code": "accounts.forms.auth.ConfirmPasswordResetForm",
    "login": "accounts.forms.auth.LoginForm",
    "reauthenticate": "accounts.forms.auth.ReauthenticateForm",
    "reset_password": "accounts.forms.auth.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.auth.ResetPasswordKeyForm",
    "set_password": "accounts.forms.auth.SetPasswordForm",
    "signup": "accounts.forms.auth.SignupForm",
}
BLOCKED_MAIL_DOMAINS = env.domains("BLOCKED_MAIL_DOMAINS")
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_PRESERVE_USERNAME_CASING = ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = ACCOUNT_REAUTHENTICATION_REQUIRED = ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if MAIL_IS_ON else "none"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = MAIL_IS_ON, 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Members are told when a password, an address or a second factor of theirs changes.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# A username is public, so that nobody gets one made of their address.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_FORMS = {"signup": "accounts.forms.auth.SocialSignupForm"}
SOCIALACCOUNT_PROVIDERS = {
    provider: {"APPS": [{"client_id": SOCIAL_KEYS[provider][0], "secret": SOCIAL_KEYS[provider][1]}]}
    for provider in SOCIAL_PROVIDERS
}
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "accounts.forms.auth.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.auth.AddPasskeyForm",
    "authenticate": "accounts.forms.auth.TwoFactorForm",
    "authenticate_webauthn": "accounts.forms.auth.PasskeyForm",
    "edit_webauthn": "accounts.forms.auth.RenamePasskeyForm",
    "login_webauthn": "accounts.forms.auth.PasskeyLoginForm",
    "reauthenticate": "accounts.forms.auth.TwoFactorAgainForm",
    "reauthenticate_webauthn": "accounts.forms.auth.PasskeyAgainForm",
}
# Without a mail server no address can be confirmed.
MFA_ALLOW_UNVERIFIED_EMAIL = not MAIL_IS_ON
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED, MFA_PASSKEY_SIGNUP_ENABLED = True, False
# A code holds a step longer on either side; accounts.one_time_codes refuses a used one all the while.
MFA_TOTP_ISSUER, MFA_TOTP_TOLERANCE = "Reelive", 1
# Browsers offer passkeys without TLS on localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or (not HTTPS and SITE_HOST == "localhost")
if not LIMITS:
    ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False

# --- Mail, tasks, logs, time ----------------------------------------------------------------------

globals().update(env.mail("EMAIL_URL", "reelive.mailbox.EmailBackend"))
MAIL_SERVICE, RETURNED_MAIL_SECRET = env.mail_service("EMAIL_URL"), env.token("RETURNED_MAIL_SECRET")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"Reelive <noreply@{SITE_HOST}>")
# While developing there is no task process: work is done at once.
IMMEDIATE_BACKEND = f"{'django.tasks' if HAS_TASKS else 'django_tasks'}.backends.immediate.ImmediateBackend"
TASKS = {"default": {"BACKEND": IMMEDIATE_BACKEND if DEBUG else "django_tasks_db.DatabaseBackend"}}
METRICS_TOKEN, LOG_FORMAT = env.token("METRICS_TOKEN"), env.choice("LOG_FORMAT", ["LINE", "JSON"], "LINE")
LOG_LEVEL = env.choice("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], "INFO")
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {name: {"()": f"reelive.logs.{name}Formatter"} for name in ("Line", "Json")},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT.title()}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # At DEBUG it writes down all that a page or a letter was made of, with addresses and codes.
        "django.template": {"level": "INFO" if LOG_LEVEL == "DEBUG" else LOG_LEVEL},
    },
}
TIME_ZONE = env.time_zone("TIME_ZONE", "UTC")

# --- Languages ------------------------------------------------------------------------------------

USE_I18N = USE_TZ = True
LANGUAGE_CODE = "en"
# A choice of languages is offered, and browsers are asked for theirs, as soon as there are two of them.
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["reelive.locales"]  # how each language writes dates, where Django's way is not ours
