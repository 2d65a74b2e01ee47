"""The site's addresses: people, films, machines."""

from django.contrib import admin
from django.urls import include, path

from reelive.health import healthz, readyz
from reelive.media import upload

handler500 = "reelive.errors.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("media/<path:path>", upload, name="upload"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("moments.urls")),
]
