"""How static files are kept for serving: named by their content, compressed, for ever fresh."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

MANIFEST_ICONS = ("*.webmanifest", ((r'(?P<matched>"src": "(?P<url>[^"]+)")', '"src": "%(url)s"'),))


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    # Without it, one module would go on importing another by the name that outlives a release.
    support_js_module_import_aggregation = True
    patterns = (*CompressedManifestStaticFilesStorage.patterns, MANIFEST_ICONS)

    def url_converter(self, name, hashed_files, template=None, *ignored_blocks):
        """Rewrites imports in the site's own modules; in a package's, comments look like imports too.

        From Django 6.1 on it is also told which blocks of a file are comments.
        """
        convert = super().url_converter(name, hashed_files, template, *ignored_blocks)
        if name.startswith("js/"):
            return convert
        return lambda found: found["matched"] if found["matched"].startswith("import(") else convert(found)
