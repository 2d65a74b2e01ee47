"""A page's facts for its head, and data that may stand in a script element."""

import json

from django import template
from django.utils.safestring import SafeString

from moments.syndication.page_metadata import page_metadata
from moments.syndication.structured_data import sent_title

register = template.Library()

# With these, no text can end the element or begin another one, and JavaScript reads it as JSON does.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}

register.simple_tag(page_metadata, takes_context=True, name="describe")
register.filter(sent_title)


@register.filter
def json_ld(data):
    return SafeString(json.dumps(data, ensure_ascii=False).translate(ESCAPES))
