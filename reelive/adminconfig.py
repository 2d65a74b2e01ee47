"""Django's admin as this site uses it: our own front page, and only the tables that staff work with."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class ReeliveAdminConfig(AdminConfig):
    default_site = "reelive.staff.StaffSite"

    def ready(self):
        super().ready()
        admin.site.keep_our_pages()
