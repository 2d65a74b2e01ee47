"""What a member takes along, and what they bring: among the pages of their account."""

from django.utils.translation import gettext_lazy as _

from moments.views import exports, imports
from reelive.routes import form, page, verb

take_along_urls = [
    form("accounts/export/", exports.export, name="export", title=_("Take everything along")),
    page("accounts/export/file/", exports.export_file, name="export-file", crawled=False),
    verb("accounts/export/stop/", exports.export_stop, name="export-stop"),
    verb("accounts/export/go-on/", exports.export_go_on, name="export-go-on"),
    form("accounts/import/", imports.imported, name="import", title=_("Bring your posts along")),
    verb("accounts/import/begin/", imports.import_begin, name="import-begin"),
    verb("accounts/import/stop/", imports.import_stop, name="import-stop"),
    verb("accounts/import/go-on/", imports.import_go_on, name="import-go-on"),
]
