"""The door: signing up and in, what it refuses, where it leads, and the letters it sends."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.shortcuts import render
from django.test import Client
from django.urls import reverse

from accounts.adapter import AccountAdapter
from accounts.forms.door import AddEmailForm, ResetPasswordForm
from accounts.models import User
from tests.conftest import make_member, moderator

PASSWORD = "a fine old tune"
NEWCOMER = {"username": "laura", "email": "laura@example.org", "password1": PASSWORD}


@pytest.fixture
def mail_is_on(settings):
    settings.MAIL_IS_ON = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True


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


# Signing up.


def test_without_a_mail_server_a_new_account_works_at_once(client, db):
    response = sign_up(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert member_of(client) == "laura"
    assert User.objects.get().email == "laura@example.org"


def test_with_a_mail_server_a_mailed_code_confirms_the_account(client, db, mailoutbox, mail_is_on):
    assert sign_up(client)["Location"] == reverse("account_email_verification_sent")
    assert member_of(client) is None
    letter = mailoutbox[0]
    assert (letter.to, letter.subject) == (
        ["laura@example.org"],
        f"{code_in(letter)} is your code for Reelive",
    )
    client.post(reverse("account_email_verification_sent"), {"code": code_in(letter)})
    assert member_of(client) == "laura"
    assert EmailAddress.objects.get().verified


def test_a_wrong_code_keeps_the_door_closed(client, db, mailoutbox, mail_is_on):
    sign_up(client)
    response = client.post(reverse("account_email_verification_sent"), {"code": "XXXX-XXXX"})
    assert response.status_code == 422
    assert "That code is not right" in response.text
    assert member_of(client) is None


def test_a_new_code_can_be_asked_for(client, db, mailoutbox, mail_is_on, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    sign_up(client)
    client.post(reverse("account_email_verification_sent"), {"action": "resend"})
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mailoutbox[1])})
    assert member_of(client) == "laura"


def test_a_mistyped_address_can_be_put_right_before_it_is_confirmed(client, db, mailoutbox, mail_is_on):
    sign_up(client, email="laure@example.org")
    change = {"action": "change", "email": "laura@example.org"}
    client.post(reverse("account_email_verification_sent"), change)
    assert mailoutbox[1].to == ["laura@example.org"]
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mailoutbox[1])})
    assert User.objects.get().email == "laura@example.org"


@pytest.mark.parametrize(
    "username",
    [
        "admin",
        "ADMIN",
        "House",
        "re-elive",
        "moderator_",
        "аdmin",
        "mia\u200b",
        "m",
        "a" * 31,
        "mia sebs",
        "@mia",
        "",
    ],
)
def test_reserved_and_misleading_names_are_refused_beside_the_field(username, client, db):
    response = sign_up(client, username=username)
    assert response.status_code == 422
    assert response.context["form"].errors["username"]
    assert response.context["form"]["email"].value() == "laura@example.org"
    assert not User.objects.exists()


@pytest.mark.parametrize("username", ["mia", "MIA", " Mia "])
def test_a_name_that_is_taken_is_refused_whatever_its_case(username, client, mia):
    response = sign_up(client, username=username)
    assert response.context["form"].errors["username"] == ["This username is taken; please choose another."]
    assert User.objects.count() == 1


def test_a_name_is_kept_in_lower_case(client, db):
    sign_up(client, username="LauRa")
    assert User.objects.get().username == "laura"


@pytest.mark.parametrize("email", ["mia@example.org", "MIA@example.org"])
def test_an_address_that_is_taken_is_refused(email, client, mia):
    response = sign_up(client, email=email)
    assert "Somebody is signed up with this address" in response.context["form"].errors["email"][0]


def test_with_mail_nobody_learns_whether_an_address_is_signed_up(client, mia, mailoutbox, mail_is_on):
    response = sign_up(client, email=mia.email)
    assert response["Location"] == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert (mailoutbox[0].to, mailoutbox[0].subject) == ([mia.email], "You are a member already")


def test_an_address_of_any_length_is_no_error(client, db):
    long = "a@" + ".".join(["b" * 60] * 5) + ".org"
    assert sign_up(client, email=long).context["form"].errors["email"]


@pytest.mark.parametrize("password", ["", "short", "password", "laura@example.org", "12345678"])
def test_weak_passwords_are_refused(password, client, db):
    assert sign_up(client, password1=password).context["form"].errors["password1"]
    assert not User.objects.exists()


@pytest.mark.parametrize("field", ["username", "email", "password1"])
@pytest.mark.parametrize("text", ["\x00", "x" * 1_000_000, "‮evil", "é" * 500, "<script>alert(1)</script>"])
def test_hostile_text_at_sign_up_is_answered_with_the_form(field, text, client, db):
    assert sign_up(client, **{field: text}).status_code in {302, 422}


def test_of_two_who_sign_up_at_once_the_second_gets_the_form_back(client, db, monkeypatch):
    def somebody_is_faster(adapter, username, shallow=False):
        make_member("laura", email="other@example.org")
        monkeypatch.undo()
        return username

    monkeypatch.setattr(AccountAdapter, "clean_username", somebody_is_faster)
    response = sign_up(client)
    assert response.status_code == 422
    assert response.context["form"].errors["username"] == ["This username is taken; please choose another."]
    assert User.objects.count() == 1


def test_a_collision_that_no_check_explains_is_no_error_either(client, db, monkeypatch):
    def collide(user, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(User, "save", collide)
    response = sign_up(client)
    assert response.status_code == 422
    assert "at the very same time" in response.text


def test_who_fills_in_the_bait_gets_no_account(client, db):
    assert sign_up(client, website="https://spam.example").status_code == 302
    assert not User.objects.exists()


def test_the_bait_is_hidden_from_people_without_an_inline_style(client, db):
    page = client.get(reverse("account_signup")).text
    bait = re.search(r"<input[^>]*name=\"website\"[^>]*>", page)[0]
    assert all(mark in bait for mark in ('class="bait"', 'tabindex="-1"', 'aria-hidden="true"'))
    assert "style=" not in page


@pytest.fixture
def throwaway(settings):
    settings.BLOCKED_MAIL_DOMAINS = frozenset({"example.com", "xn--bcher-kva.example"})


HERE = ["l@example.com", "L@EXAMPLE.COM", "l@mail.example.com", "l@ｅxample。com", "l@bücher.example"]


@pytest.mark.parametrize("email", HERE)
def test_nobody_signs_up_at_a_blocked_mail_service_or_below_it(email, client, db, throwaway):
    response = sign_up(client, email=email)
    assert response.status_code == 422
    assert response.context["form"].errors["email"]
    assert response.context["form"]["email"].value() == email
    assert not User.objects.exists()


def test_the_refusal_of_a_mail_service_is_a_plain_sentence(client, db, throwaway):
    assert "Addresses at this mail service cannot be used here." in sign_up(client, email=HERE[0]).text


@pytest.mark.parametrize("email", ["l@notexample.com", "l@example.com.org", "example.com@example.org"])
def test_a_name_that_only_ends_alike_is_another_service(email, client, db, throwaway):
    assert sign_up(client, email=email).status_code == 302
    assert User.objects.get().email == email


@pytest.mark.parametrize("with_mail", [True, False])
def test_nobody_moves_to_a_blocked_mail_service(with_mail, as_mia, mia, throwaway, settings):
    settings.MAIL_IS_ON = with_mail
    response = as_mia.post(reverse("account_email"), {"email": "mia@example.com", "action_add": ""})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["email"])
    mia.refresh_from_db()
    assert mia.email == "mia@example.org"


def test_who_is_at_a_blocked_service_already_still_gets_in(client, db, throwaway, mailoutbox):
    make_member("laura", email="laura@example.com")
    sign_in(client, "laura@example.com")
    assert member_of(client) == "laura"
    Client().post(reverse("account_reset_password"), {"email": "laura@example.com"})
    assert mailoutbox[0].to == ["laura@example.com"]


def test_a_newcomer_keeps_the_theme_of_the_visit(client, db):
    client.cookies["theme"] = "light"
    sign_up(client)
    assert User.objects.get().theme == "light"


def test_a_newcomer_has_the_clock_of_the_site_until_they_choose(client, db, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    sign_up(client)
    assert User.objects.get().time_zone == "Asia/Tokyo"


# Signing in and out.


@pytest.mark.parametrize("login", ["mia", "MIA", " mia ", "mia@example.org", "Mia@Example.org"])
def test_members_sign_in_by_name_or_address(login, client, mia):
    sign_in(client, login)
    assert member_of(client) == "mia"


@pytest.mark.parametrize(
    "login", ["mia", "nobody", "mia@example.org", "nobody@example.org", "\x00", "x" * 100_000]
)
def test_a_wrong_pair_is_refused_without_saying_which_half(login, client, mia):
    response = sign_in(client, login, "wrong")
    assert response.status_code == 422
    assert member_of(client) is None


def test_the_refusal_is_the_same_for_strangers_and_members(client, mia):
    errors = [
        sign_in(client, login, "wrong").context["form"].errors for login in ("mia", "nobody", "n@example.org")
    ]
    assert errors[0] == errors[1] == errors[2]


def test_suspended_members_are_told_plainly(client, mia):
    mia.suspend(moderator(), "Spam.")
    response = client.get(sign_in(client, "mia")["Location"])
    assert "This account is suspended" in response.text
    assert member_of(client) is None


def test_suspension_ends_what_is_open(as_mia, mia):
    assert member_of(as_mia) == "mia"
    mia.suspend(moderator(), "Spam.")
    assert member_of(as_mia) is None


def test_guessing_is_slowed_down_by_account_and_a_good_sign_in_forgives_nothing(client, mia, seb):
    for _try in range(5):
        sign_in(client, "mia", "wrong")
    sign_in(client, "seb")
    client.post(reverse("account_logout"))
    response = sign_in(client, "mia")
    assert "Too many tries" in response.text
    assert member_of(client) is None


def test_signing_out_takes_a_button(as_mia):
    assert "Sign out?" in as_mia.get(reverse("account_logout")).text
    assert member_of(as_mia) == "mia"
    assert as_mia.post(reverse("account_logout"))["Location"] == "/"
    assert member_of(as_mia) is None


def test_staff_come_in_by_the_same_door(client, keith, mia):
    address = client.get("/admin/login/?next=/admin/moments/")["Location"]
    assert address == "/accounts/login/?next=%2Fadmin%2Fmoments%2F"
    assert sign_in(client, "keith", next="/admin/")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_members_are_not_staff(as_mia):
    assert as_mia.get("/admin/login/").status_code == 403


# Where it leads.


def test_the_way_back_survives_the_links_between_the_two_doors(client, db):
    page = client.get(reverse("account_login"), {"next": "/films/?medium=film"})
    assert page.context["signup_url"] == "/accounts/signup/?next=%2Ffilms%2F%3Fmedium%3Dfilm"
    page = client.get(page.context["signup_url"])
    assert page.context["login_url"] == "/accounts/login/?next=%2Ffilms%2F%3Fmedium%3Dfilm"
    assert sign_up(client, next="/films/?medium=film")["Location"] == "/films/?medium=film"


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "http://testserver/films/",
        "home",
        "films/",
        "///evil.example",
        "\x00",
    ],
)
def test_no_address_leads_off_the_site(evil, client, mia):
    assert sign_in(client, "mia", next=evil)["Location"] == "/"
    assert client.get(reverse("account_login"), {"next": evil})["Location"] == "/"
    assert client.post(reverse("account_logout"), {"next": evil})["Location"] == "/"


def test_what_was_typed_survives_signing_in(client, mia, moment):
    address = reverse("comment-add", args=[moment.pk])
    response = client.post(address, {"body": "I cried, again."})
    client.get(response["Location"])
    back = sign_in(client, "mia", next=moment.get_absolute_url())["Location"]
    assert "I cried, again." in client.get(back).text


def test_what_was_typed_survives_signing_up(client, moment):
    client.post(reverse("comment-add", args=[moment.pk]), {"body": "I cried, again."})
    back = sign_up(client, next=moment.get_absolute_url())["Location"]
    assert "I cried, again." in client.get(back).text


def test_what_was_typed_survives_a_mailed_code(client, moment, mailoutbox, mail_is_on):
    client.post(reverse("comment-add", args=[moment.pk]), {"body": "I cried, again."})
    sign_up(client, next=moment.get_absolute_url())
    page = reverse("account_email_verification_sent")
    back = client.post(page, {"code": code_in(mailoutbox[0])})["Location"]
    assert back == moment.get_absolute_url()
    assert "I cried, again." in client.get(back).text


# Passwords and addresses.


def test_a_forgotten_password_is_replaced_by_a_mailed_code(client, mia, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "MIA@example.org"})
    assert mailoutbox[0].to == ["mia@example.org"]
    client.post(reverse("account_confirm_password_reset_code"), {"code": code_in(mailoutbox[0])})
    client.post(reverse("account_complete_password_reset"), {"password1": PASSWORD, "password2": PASSWORD})
    sign_in(client, "mia", PASSWORD)
    assert member_of(client) == "mia"


def test_the_code_for_an_unknown_address_looks_the_same(client, db, mailoutbox):
    response = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert response["Location"] == reverse("account_confirm_password_reset_code")
    assert mailoutbox[0].subject == "No account with this address"


@pytest.mark.parametrize("look_alike", ["mıa@example.org", "mia@examplе.org", "ｍia@example.org"])
def test_a_look_alike_address_gets_no_code(look_alike, client, mia, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": look_alike})
    assert not any("is your code" in letter.subject for letter in mailoutbox)


def test_a_new_password_signs_every_other_device_out(client, mia, mailoutbox):
    elsewhere = Client()
    sign_in(elsewhere, "mia")
    sign_in(client, "mia")
    passwords = {"oldpassword": "correct horse", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post(reverse("account_change_password"), passwords)
    assert response["Location"] == "/accounts/"
    assert (member_of(client), member_of(elsewhere)) == ("mia", None)
    assert mailoutbox[0].subject == "Your Reelive password is changed"


def test_a_wrong_current_password_changes_nothing(as_mia, mia):
    passwords = {"oldpassword": "wrong", "password1": PASSWORD, "password2": PASSWORD}
    response = as_mia.post(reverse("account_change_password"), passwords)
    assert response.context["form"].errors["oldpassword"] == ["This is not your current password."]
    mia.refresh_from_db()
    assert mia.check_password("correct horse")


def confirm_it_is_me(client):
    client.post(reverse("account_reauthenticate"), {"password": "correct horse", "next": "/accounts/"})


def test_an_address_changes_when_the_new_one_is_confirmed(as_mia, mia, mailoutbox, mail_is_on):
    confirm_it_is_me(as_mia)
    as_mia.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    mia.refresh_from_db()
    assert mia.email == "mia@example.org"
    as_mia.post(reverse("account_email_verification_sent"), {"code": code_in(mailoutbox[-1])})
    mia.refresh_from_db()
    assert mia.email == "new@example.org"
    assert [str(address) for address in EmailAddress.objects.all()] == ["new@example.org"]


def test_without_a_mail_server_a_new_address_counts_at_once(as_mia, mia, mailoutbox):
    confirm_it_is_me(as_mia)
    as_mia.post(reverse("account_email"), {"email": "New@example.org", "action_add": ""})
    mia.refresh_from_db()
    assert mia.email == "new@example.org"
    assert [str(address) for address in EmailAddress.objects.all()] == ["new@example.org"]
    assert (mailoutbox[0].to, mailoutbox[0].subject) == (
        ["mia@example.org"],
        "Your address at Reelive is changed",
    )


def test_the_address_of_another_member_is_refused(as_mia, mia, seb):
    confirm_it_is_me(as_mia)
    response = as_mia.post(reverse("account_email"), {"email": seb.email, "action_add": ""})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["email"])
    mia.refresh_from_db()
    assert mia.email == "mia@example.org"


def test_changing_the_address_takes_the_password(as_mia, mia, mailoutbox):
    response = as_mia.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert not mailoutbox


def test_of_two_who_want_one_address_the_second_gets_the_form_back(as_mia, mia, seb, monkeypatch):
    def seb_is_faster(form, email):
        User.objects.filter(pk=seb.pk).update(email=email)
        raise IntegrityError

    confirm_it_is_me(as_mia)
    monkeypatch.setattr(AddEmailForm, "_move_to", seb_is_faster)
    response = as_mia.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    assert "Somebody is signed up with this address" in response.context["form"].errors["email"][0]


def test_of_two_who_confirm_one_address_the_second_is_told(as_mia, mia, seb, mailoutbox, mail_is_on):
    confirm_it_is_me(as_mia)
    as_mia.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    User.objects.filter(pk=seb.pk).update(email="New@example.org")
    as_mia.post(reverse("account_email_verification_sent"), {"code": code_in(mailoutbox[-1])})
    assert "it belongs to another account" in as_mia.get("/accounts/").text
    mia.refresh_from_db()
    assert mia.email == "mia@example.org"


def test_letters_name_the_site_and_not_the_host_of_the_request(client, mia, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(
        reverse("account_reset_password"), {"email": "n@example.org"}, headers={"host": "evil.example"}
    )
    assert settings.SITE_URL in mailoutbox[0].body
    assert "evil" not in mailoutbox[0].body + mailoutbox[0].subject


# The look.

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


def wears_the_look(response):
    page = response.text
    assert '<header class="topbar">' in page
    assert len(re.findall("<h1", page)) == 1
    assert not re.search(r"style=|\son\w+=|placeholder=\"(?!Films)", page)
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all("src=" in script or "application/json" in script for script in scripts)
    return True


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_open_pages_wear_the_look(name, client, db):
    assert wears_the_look(client.get(reverse(name)))


@pytest.mark.parametrize("name", [*OWN_PAGES, *GUARDED_PAGES])
def test_pages_of_members_wear_the_look(name, as_mia):
    confirm_it_is_me(as_mia)
    response = as_mia.get(reverse(name))
    assert response.status_code == 200
    assert wears_the_look(response)


@pytest.mark.parametrize("template", ["request_login_code", "phone_change", "email"])
def test_pages_that_we_have_no_words_for_wear_the_look_too(template, rf, mia):
    request = rf.get("/")
    request.user, request.htmx = mia, False
    context = {"form": ResetPasswordForm(), "can_add_email": True}
    page = render(request, f"account/{template}.html", context).text
    assert '<div class="door threshold-card">' in page or '<div class="page-main narrow">' in page
    assert re.findall(r'class="([^"]*button[^"]*is-gold[^"]*)"', page)


@pytest.mark.parametrize("name", GUARDED_PAGES)
def test_what_touches_the_safety_of_an_account_takes_the_password_again(name, as_mia):
    response = as_mia.get(reverse(name))
    assert (
        response["Location"]
        == f"{reverse('account_reauthenticate')}?next={reverse(name).replace('/', '%2F')}"
    )


@pytest.mark.parametrize("name", [*OWN_PAGES, *GUARDED_PAGES])
def test_strangers_are_asked_to_sign_in(name, client, db):
    assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize("name", [*OPEN_PAGES, *OWN_PAGES])
def test_no_cache_keeps_a_page_of_an_account(name, as_mia):
    assert "no-store" in as_mia.get(reverse(name))["Cache-Control"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "FOO"])
@pytest.mark.parametrize("name", [*OPEN_PAGES, *OWN_PAGES, "theme"])
def test_no_page_answers_a_method_it_does_not_know(name, method, as_mia):
    assert as_mia.generic(method, reverse(name)).status_code == 405


def test_knocking_too_often_is_answered_with_when_to_come_back(client, db):
    for number in range(31):
        response = sign_in(client, f"nobody{number}", "wrong")
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert "A bit fast" in response.text


@pytest.mark.parametrize("name", [*OPEN_PAGES, *OWN_PAGES, *GUARDED_PAGES])
def test_every_form_is_checked_for_forgery(name, mia):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mia)
    assert client.post(reverse(name), {"texts": "take"}).status_code == 403
