"""The languages that are spoken in films: BCP 47 codes, each with its name in the language of the page."""

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from reelive.alphabet import LANGUAGE_NAMES

MOST_LANGUAGES = 8
# Django knows a hundred, with the names of all of them translated, but no Chinese without its letters.
OWN_NAMES = {
    "ase": _("American Sign Language"),
    "cn": _("Cantonese"),
    "fil": _("Filipino"),
    "haw": _("Hawaiian"),
    "la": _("Latin"),
    "no": _("Norwegian"),
    "ps": _("Pashto"),
    "tl": _("Tagalog"),
    "wo": _("Wolof"),
    "yi": _("Yiddish"),
    "yue": _("Cantonese"),
    "zh": _("Chinese"),
    "zu": _("Zulu"),
}
# A film is in French and not in that of Canada.
PLAIN_CODES = [code for code in LANG_INFO if "-" not in code and "fallback" not in LANG_INFO[code]]
LANGUAGES = sorted({*PLAIN_CODES, *OWN_NAMES} - {"cn", "nb", "nn", "eo", "ia", "io"})
# How other catalogues write them.
OTHER_LANGUAGE_NAMES = {
    "cn": "yue",
    "mandarin": "zh",
    "nb": "no",
    "nn": "no",
    "zh-hans": "zh",
    "zh-hant": "zh",
    "cmn": "zh",
}


def language_code(text):
    """The code of what members write, a code or one of the most used names; "" for none of ours."""
    plain = text.strip().lower()
    code = OTHER_LANGUAGE_NAMES.get(plain) or LANGUAGE_NAMES.get(plain) or plain
    code = code if code in LANGUAGES else code.partition("-")[0]
    return code if code in LANGUAGES else ""


def language_name(code):
    """The name; of a language that is not known its code."""
    if code in OWN_NAMES:
        return OWN_NAMES[code]
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code
