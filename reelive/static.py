"""How static files are kept for serving: named by their content, compressed, for ever fresh."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    # Without it, one module would go on importing another by the name that changes with no release.
    support_js_module_import_aggregation = True
