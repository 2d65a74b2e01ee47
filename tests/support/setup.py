"""The first start of a site."""

from io import StringIO

from django.core.management import call_command


def set_up():
    said = StringIO()
    call_command("setup", stdout=said)
    return said.getvalue().splitlines()
