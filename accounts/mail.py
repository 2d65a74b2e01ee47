"""Letters to members: the task process sends them, so that no page waits for a mail server."""

from django.core.mail import EmailMessage
from django_tasks import task


@task()
def deliver(subject, body, sender, recipients):
    EmailMessage(subject, body, sender, recipients).send()
