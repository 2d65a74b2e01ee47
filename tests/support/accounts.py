"""Somebody who signs up or in, and the codes of their letters."""

import re

from django.template.loader import render_to_string
from django.urls import reverse

PASSWORD = "a fine old tune"

NEWCOMER = {"username": "laura", "email": "laura@example.org", "password1": PASSWORD}

# The pages of an account, by name: for everybody, for members, and behind the password.
OPEN_PAGES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_inactive",
    "account_password_reset_completed",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
]
OWN_PAGES = [
    "settings",
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "socialaccount_connections",
    "usersessions_list",
]
GUARDED_PAGES = ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "account-delete"]


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), NEWCOMER | changes)


def sign_in(client, login, password="correct horse", **extra):
    return client.post(reverse("account_login"), {"login": login, "password": password} | extra)


def member_of(client):
    """The name of who is signed in with this client, as the site's own pages see it."""
    page = client.get("/accounts/")
    return page.context["user"].username if page.status_code == 200 else None


def code_in(letter):
    return re.search(r"^[A-Z]{4}-[A-Z]{4}$", letter.body, re.MULTILINE)[0]


def confirm_it_is_me(client):
    client.post(reverse("account_reauthenticate"), {"password": "correct horse", "next": "/accounts/"})


def subject_of(letter):
    """The subject of a letter of accounts, by the name of its template."""
    return render_to_string(f"account/email/{letter}_subject.txt").strip()
