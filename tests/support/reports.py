"""Reports, and the forms that make and judge them."""

from django.urls import reverse

from moments.models import Report

SPAM = {"reason": "spam", "note": "It sells pills, says sixtoes."}


def address(word, target):
    names = {"member": "username", "film": "slug"}
    return reverse(f"{word}-report", args=[getattr(target, names.get(word, "pk"))])


def filed(member, target, reason="spam", note=""):
    return Report.objects.file(member, target, reason, note)[0]


def judge(client, verb, report, **form):
    url = reverse(f"admin:moments_report_{verb}", args=[report.pk])
    return client.post(url, {"confirmed": "yes", **form})
