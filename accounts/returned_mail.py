"""Letters that come back later: the service that sends the mail tells of them, at an address with a secret.

An address from which one came back for good, or from which somebody complained, gets no more letters, as one
that is refused at once. django-anymail reads what the service tells, and is there only where one sends mail.
"""

from django.conf import settings
from django.db.models.functions import Lower
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.urls import get_resolver
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.models import User

# Why a service took no letter for an address that leaves no hope for the next one.
HOPELESS = ("invalid", "bounced", "spam")
# Words of services for what may be otherwise tomorrow, such as a full mailbox.
PASSING = ("soft", "transient", "temporary", "block")
# The secret in the address says that it is the service: what its own readers ask for is not asked.
UNASKED = {"mailersend": {"signing_secret": "-"}}


@csrf_exempt
@never_cache
def returned_mail(request, secret):
    """The service writes; without a service and a secret there is no such address."""
    known = settings.MAIL_SERVICE and settings.RETURNED_MAIL_SECRET
    if not known or not constant_time_compare(secret.encode(), known.encode()):
        raise Http404
    try:
        events = _reader(settings.MAIL_SERVICE).parse_events(request)
        refused = [event.recipient.lower() for event in events if event.recipient and _is_for_good(event)]
    except (AttributeError, LookupError, TypeError, ValueError):
        return HttpResponseBadRequest()
    for address in refused:
        _note_refusal(address)
    return HttpResponse(status=204)


def _reader(service):
    """What reads the messages of a service."""
    view = get_resolver("anymail.urls").resolve(f"/{service}/tracking/").func.view_class
    return view(webhook_secret="-", **UNASKED.get(service, {}))  # noqa: S106 - none is asked for


def _is_for_good(event):
    """Whether an event says that no letter will ever be taken, or is wanted, at its address."""
    if event.event_type == "complained":
        return True
    if event.event_type == "rejected":
        return event.reject_reason in HOPELESS
    return event.event_type == "bounced" and not any(word in _kind_of(event) for word in PASSING)


def _kind_of(event):
    """What the service itself calls it, in small letters: some tell there what passes from what stays."""
    said = event.esp_event
    bounce = (said.get("data") or {}).get("bounce") or {}
    names = ("Type", "type", "event")
    return " ".join(str(part.get(name, "")) for part in (said, bounce) for name in names).lower()


def _note_refusal(address):
    members = User.objects.alias(address=Lower("email")).exclude(email="")
    for member in members.filter(address=address):
        member.note_refusal([address])
