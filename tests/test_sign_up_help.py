"""What helps at the door: the browser's time zone, whether a name is free, a reset by name, words on mail."""

import pytest
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.forms.profile import is_offered_zone, zone_choices
from accounts.models import RetiredName, User
from reelive import wsgi
from reelive.cookies import UNREADABLE
from tests.support.accounts import PASSWORD, code_in, sign_up
from tests.support.makers import make_member
from tests.support.pages import select, text_of, the
from tests.support.rows import for_each

RESET = reverse("account_reset_password")
CONFIRM = reverse("account_confirm_password_reset_code")


@pytest.fixture
def mail_is_on(settings):
    settings.MAIL_IS_ON = True


# The time zone.


@for_each(
    "sent, kept",
    [
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("UTC", "UTC"),
        ("", "UTC"),
        ("Etc/GMT+5", "UTC"),
        ("../../etc/passwd", "UTC"),
        ("europe/berlin", "UTC"),
        ("x" * 500, "UTC"),
        ("Asia/Tokyo\0", "UTC"),
    ],
)
def test_a_new_member_has_the_clock_of_their_browser(client, db, sent, kept):
    answer = sign_up(client, time_zone=sent)
    if "\0" in sent:
        assert not User.objects.exists() or User.objects.get().time_zone == kept
    else:
        assert (answer.status_code, User.objects.get().time_zone) == (302, kept)


def test_every_zone_that_a_member_may_choose_is_taken():
    names = {name for _region, zones in zone_choices()[1:] for name, _city in zones}
    assert names
    assert all(map(is_offered_zone, names))


@given(st.text())
def test_no_other_zone_is(name):
    offered = {"UTC"} | {zone for _region, zones in zone_choices()[1:] for zone, _city in zones}
    assert is_offered_zone(name) is (name in offered)


# The name.


@for_each("name, free", [("laura", True), ("Mia", False), ("mia", False), ("ab", False), ("", False)])
def test_a_name_is_checked_while_it_is_typed(client, mia, name, free):
    answer = client.get(reverse("username-check"), {"username": name})
    assert answer.json()["free"] is free
    assert answer.json()["says"]
    assert "no-store" in answer["Cache-Control"]


@for_each("name", ["admin", "house", "аdmin", "x" * 10_000, "a\0b", "<b>"])
def test_what_could_be_nobodys_name_is_not_free(client, db, name):
    if name == "house":
        make_member("house")
    assert client.get(reverse("username-check"), {"username": name}).json()["free"] is False


def test_the_name_of_somebody_who_left_is_not_free(client, db):
    RetiredName.objects.retire("laura")
    assert client.get(reverse("username-check"), {"username": "laura"}).json()["free"] is False


def test_the_form_says_where_to_ask(client, db):
    field = the(client.get(reverse("account_signup")), "input[name=username]")
    assert field["data-check"] == reverse("username-check")


# A new password.


@pytest.mark.parametrize("typed", ["mia", "MIA", " mia ", "mia@example.org"])
def test_a_password_is_reset_by_name_or_address(client, mia, mailoutbox, typed):
    client.post(RESET, {"email": typed})
    assert mailoutbox[0].to == ["mia@example.org"]
    client.post(CONFIRM, {"code": code_in(mailoutbox[0])})
    client.post(reverse("account_complete_password_reset"), {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get().check_password(PASSWORD)


def what_follows(client, typed):
    """The answer and the page behind it, without what differs by the name and by chance."""
    answer = client.post(RESET, {"email": typed})
    main = the(client.get(answer["Location"]), "main")
    for token in main.select("input[name=csrfmiddlewaretoken]"):
        token.decompose()
    return answer.status_code, answer["Location"], str(main).replace(typed, "NAME")


@pytest.mark.parametrize("stranger", ["laura", "will", "gone", "nobody@example.org"])
def test_nothing_tells_whether_there_is_such_a_member(client, mia, mailoutbox, stranger):
    make_member("will", email="")
    make_member("gone", is_active=False)
    known = what_follows(client, "mia")
    client.cookies.clear()
    assert what_follows(client, stranger) == known
    assert "mia@example.org" not in known[2]


@pytest.mark.parametrize("typed", ["laura", "will"])
def test_no_code_is_right_where_nobody_is_meant(client, mia, mailoutbox, typed):
    make_member("will", email="")
    client.post(RESET, {"email": typed})
    assert mailoutbox == []
    assert "code" not in client.session[PASSWORD_RESET_VERIFICATION_SESSION_KEY]
    for code in ("", "None", "0000-0000"):
        client.post(CONFIRM, {"code": code})
    assert client.get(reverse("account_complete_password_reset")).status_code == 302


@pytest.mark.parametrize("typed", ["", "@", "a@", "x" * 300, "mia\0"])
def test_what_is_neither_name_nor_address_is_no_error_of_ours(client, mia, mailoutbox, typed):
    assert client.post(RESET, {"email": typed}).status_code in {302, 422}
    assert mailoutbox == []


# Mail.


def pages_that_speak_of_mail(client, member):
    yield client.get(RESET)
    client.post(RESET, {"email": "mia"})
    yield client.get(CONFIRM)
    client.force_login(member)
    yield client.get(reverse("account_email"))


def test_without_a_mail_server_the_site_says_where_its_letters_are(client, mia):
    for page in pages_that_speak_of_mail(client, mia):
        assert len(select(page, "[data-no-mail]")) == 1
        assert "We sent" not in text_of(page)
        assert "on its way" not in text_of(page)


def test_with_one_it_does_not(client, mia, mail_is_on):
    for page in pages_that_speak_of_mail(client, mia):
        assert select(page, "[data-no-mail]") == []


# What a browser forgets.


def test_who_signs_out_takes_what_they_asked_to_see_along(as_mia, moment):
    for name in ("revealed", "visits", "theme"):
        as_mia.cookies[name] = "1"
    as_mia.post(reverse("account_logout"))
    assert {name: as_mia.cookies[name].value for name in ("revealed", "visits", "theme")} == {
        "revealed": "",
        "visits": "",
        "theme": "1",
    }


# Cookies that the web server empties.


@pytest.mark.parametrize(
    "sent, expected", [({"HTTP_COOKIE": ""}, True), ({"HTTP_COOKIE": "a=b"}, False), ({}, False)]
)
def test_an_emptied_header_is_noted(sent, expected, monkeypatch):
    noted = []
    monkeypatch.setattr(
        wsgi, "in_turn", lambda _work, environ, _start: noted.append(environ[UNREADABLE]) or []
    )
    plain = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "wsgi.url_scheme": "http"}
    wsgi.application(sent | plain, None)
    assert noted == [expected]


@for_each("name", ["account_login", "account_signup", "home", "films", "about"])
def test_who_has_cookies_that_cannot_be_read_is_told_so_on_every_page(name, client, db):
    for unreadable in (True, False):
        page = client.get(reverse(name), **{UNREADABLE: unreadable})
        assert len(select(page, "[data-unreadable-cookies]")) == unreadable
