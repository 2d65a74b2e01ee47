"""The languages of the site, and which of them a browser asks for."""

from django.conf import settings
from django.utils.translation.trans_real import parse_accept_lang_header


def are_several() -> bool:
    return len(settings.LANGUAGES) > 1


def is_offered(language: str) -> bool:
    return any(code == language for code, _name in settings.LANGUAGES)


def language_of_browser(header: str) -> str:
    """The first language of an Accept-Language header that the site has, otherwise the site's own.

    The answer is always one of `settings.LANGUAGES`, so that headers which somebody makes up lead to no
    pages of their own. "de-AT" is served by "de". Where there is but one language, nothing is parsed.
    """
    if header and are_several():
        for code, _weight in parse_accept_lang_header(header.lower()):
            for language in (code, code.partition("-")[0]):
                if is_offered(language):
                    return language
    return settings.LANGUAGE_CODE
