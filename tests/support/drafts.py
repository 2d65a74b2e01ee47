"""Drafts as members save and find them."""

from django.urls import reverse

from tests.support.pages import the

FORM = {"title": "The Bench", "body": "Two people, one bench, a city below.", "tags": "dusk"}


def save(client, address, **fields):
    """Press the button; returns the page that comes then, and its form's key and version."""
    page = client.post(address, {"nonce": nonce_at(client, address), **fields, "draft": "1"}, follow=True)
    return page, key_of(page)


def nonce_at(client, address):
    return the(client.get(address), "main form [name=nonce]")["value"]


def key_of(page):
    names = ("nonce", "draft_version")
    return {name: the(page, f"main form.form [name={name}]")["value"] for name in names}


def by_itself(client, address, **fields):
    return client.post(address, fields | {"draft": "auto"})


def drafts_on(client):
    page = client.get(reverse("drafts"))
    return [row.title or row.values["body"] for row in [*page.context["scheduled"], *page.context["rows"]]]
