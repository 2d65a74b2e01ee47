"""The pages of a diary, and what an entry holds."""

from django.urls import reverse

from tests.support.makers import MARCH


def month(member, day=MARCH):
    return reverse("member-month", args=[member.username, day.year, day.month])


def diary(member):
    return reverse("member-diary", args=[member.username])


def edit(client, entry, **changes):
    form = {"date": entry.date, "note": entry.note, "feelings": entry.feelings} | changes
    return client.post(reverse("diary-entry-edit", args=[entry.pk]), form)


def facts(entry):
    entry.refresh_from_db()
    return (entry.date, entry.note, entry.public, entry.feelings)
