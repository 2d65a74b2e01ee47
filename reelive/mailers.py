"""How Django is told what sends letters: from 6.1 on by MAILERS, before by EMAIL_BACKEND and the like."""

import django

# The options of the backends that take any, and what each was as a setting.
OPTIONS = {
    "smtp": {
        "host": "EMAIL_HOST",
        "port": "EMAIL_PORT",
        "username": "EMAIL_HOST_USER",
        "password": "EMAIL_HOST_PASSWORD",
        "use_tls": "EMAIL_USE_TLS",
        "use_ssl": "EMAIL_USE_SSL",
        "timeout": "EMAIL_TIMEOUT",
    },
    "filebased": {"file_path": "EMAIL_FILE_PATH"},
}


def mailer(**former) -> dict:
    """The settings of these names or, where Django has MAILERS, the same in that one."""
    if django.VERSION < (6, 1):
        return former
    backend = former["EMAIL_BACKEND"]
    names = OPTIONS.get(backend.split(".")[-2], {})
    options = {option: former[setting] for option, setting in names.items() if setting in former}
    return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": options}}}
