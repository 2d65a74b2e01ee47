"""A visitor is asked to join, and does."""

from urllib.parse import parse_qs, urlsplit

from tests.support.pages import select, the

PAIR = {"login": "seb", "password": "correct horse"}


def join_page(client, target, came_from="/new/?pages=3", **asked):
    headers = {"Referer": f"http://testserver{came_from}"} if came_from else {}
    return client.get(target.join_url, asked, headers=headers)


def fields_of(page):
    form = the(page, "main form")
    return {field["name"]: field.get("value", "") for field in select(page, "main form input[name]")}, form[
        "action"
    ]


def ask(client, target, way="sign-in", text="", **asked):
    """Press Join or Sign in on the page that asks."""
    sent, action = fields_of(join_page(client, target, **asked))
    return client.post(action, sent | {"way": way} | ({"body": text} if text else {}))


def sign_in(client, response):
    """Come in by the door to which one was led, and to the page behind it."""
    address = response["Location"]
    back = parse_qs(urlsplit(address).query)["next"][0]
    return client.post("/accounts/login/", PAIR | {"next": back}, follow=True)
