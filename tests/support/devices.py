"""Devices on which members hear of news."""

from django.test import Client

from moments.models import PushSubscription
from tests.support.push_server import DeviceKeys


def make_device(member, endpoint="https://push.example.org/made", keys=None, client=None):
    """A device of the member, who signs in there with a client of their own."""
    client, keys = client or Client(), keys or DeviceKeys()
    client.force_login(member)
    about = {"public_key": keys.public_key, "secret": keys.secret, "name": "Firefox on Linux"}
    return PushSubscription.objects.add(member, client.session.session_key, endpoint, **about)
