"""Django's admin as this site uses it: our own front page, and only the tables that staff work with."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig

# Registered by their packages. Keys and second factors are nobody's to read; our tags are not taggit's.
NOT_FOR_STAFF = (
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "socialaccount.SocialApp",
    "socialaccount.SocialToken",
    "taggit.Tag",
    "usersessions.UserSession",
)


class ReeliveAdminConfig(AdminConfig):
    default_site = "reelive.staff.StaffSite"

    def ready(self):
        super().ready()
        for label in NOT_FOR_STAFF:
            if admin.site.is_registered(model := apps.get_model(label)):
                admin.site.unregister(model)
