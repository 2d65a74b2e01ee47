"""For how long a mailed code holds, as the page that asks for it says."""

from django import template

from accounts.forms.auth import ASKED_FOR
from accounts.mail import code_seconds
from reelive.formats import span

register = template.Library()


@register.simple_tag
def code_lasts(request):
    return span(code_seconds(request.resolver_match.url_name))


@register.simple_tag
def code_asked_for(request):
    """The name or the address that was typed to get a new password."""
    return request.session.get(ASKED_FOR, "")
