"""The site's addresses: people, films, machines."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from accounts.returned_mail import returned_mail
from accounts.views import theme
from moments.urls import former_urls
from reelive.health import healthz, readyz
from reelive.held_uploads import held_upload
from reelive.media import upload
from reelive.metrics_page import metrics_page
from reelive.routes import page, verb

handler400 = "reelive.error_pages.bad_request"
handler429 = "accounts.views.too_many_tries"
handler500 = "reelive.error_pages.server_error"

# Staff come in by the same door as everybody, with its limits and its second factor.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", include(former_urls)),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics/", metrics_page, name="metrics"),
    path("media/<path:path>", upload, name="upload"),
    page("held/<str:token>/", held_upload, name="held-upload", crawled=False),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    verb("theme/", theme, name="theme"),
    verb("mail/returned/<str:secret>/", returned_mail, name="returned-mail"),
    path("", include("moments.urls")),
]
