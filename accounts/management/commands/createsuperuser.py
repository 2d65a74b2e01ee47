"""Django's own command; a name that a member left with is as taken as any other."""

from django.contrib.auth.management.commands import createsuperuser

from accounts.models import RetiredName


class Command(createsuperuser.Command):
    def _validate_username(self, username, verbose_field_name, database):
        if username and RetiredName.objects.db_manager(database).holds(username):
            return f"Error: That {verbose_field_name} is the name of a member who left."
        return super()._validate_username(username, verbose_field_name, database)
