"""For how long a mailed code holds, as the page that asks for it says."""

from django import template

from accounts.mail import code_seconds
from reelive.formats import span

register = template.Library()


@register.simple_tag
def code_lasts(request):
    return span(code_seconds(request.resolver_match.url_name))
