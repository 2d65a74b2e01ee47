"""Django's own command; whoever knew the old password is out on every device."""

from getpass import getuser

from django.contrib.auth.management.commands import changepassword

from accounts.models import User


class Command(changepassword.Command):
    def handle(self, *args, **options):
        answer = super().handle(*args, **options)
        User.objects.get(username=options["username"] or getuser()).end_sessions()
        return answer
