"""The form page: one address for GET and POST, answering 422 or 429 with everything kept."""

import math
from functools import lru_cache

from django.db import IntegrityError
from django.shortcuts import render

from reelive.exceptions import Refused
from reelive.fields import keep_pictures
from reelive.images import Picture
from reelive.prepared import PreparedObjects
from reelive.ratelimit import TooMany, spending


def similar_to(request, form, find):
    """What `find()` says that a valid form may be about as well, when it is sent for the first time.

    What it finds may be what another click on this very form has made meanwhile: that is the form's own.
    """
    similar = find() if _is_first_try(request, form) else []
    return similar if similar and _is_first_try(request, form) else []


def _is_first_try(request, form):
    return _is_sent(request, form) and "anyway" not in request.POST and _made_before(form) is None


def made(request, form, action, save):
    """The row that `save()` makes of the form as it was sent; None when it makes none, and the form says why.

    A second click on the same form finds the row that the first one made, and spends nothing.

    Args:
        action: of which the member may do so many, such as "post"; one is spent with what is saved.
    """
    if not _is_sent(request, form):
        return None
    try:
        return _made_before(form) or _spending(request, form, action, save)
    except (IntegrityError, Refused) as error:
        made_before = _made_before(form)
        if made_before is None and isinstance(error, IntegrityError):
            raise
        if made_before is None:
            form.add_error(None, str(error))
        return made_before


def done(request, form, action, save):
    """Whether the form was sent and `save()` went through; if not, the form says why.

    For what may be sent twice, since its verb does nothing the second time.

    Args:
        action: as with `made`; None when there may be as many as one likes.
    """
    if not _is_sent(request, form):
        return False
    try:
        _spending(request, form, action, save)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()


def _is_sent(request, form):
    return request.method == "POST" and form.is_valid()


def _made_before(form):
    """What this very form has already made; a second click then leads there."""
    return next(iter(_with_nonce(form.once_in)(form.cleaned_data["nonce"])), None)


@lru_cache
def _with_nonce(model):
    """The statement that asks for the row of this model that a form with this nonce made."""
    field = model._meta.get_field("nonce")
    return PreparedObjects(lambda nonce: model.objects.filter(nonce=nonce.prepared_by(field)))


def _spending(request, form, action, save):
    """What `save()` answers; None when it came too soon, and the form says so."""
    if action is None:
        return save()
    has_picture = any(isinstance(value, Picture) for value in form.cleaned_data.values())
    uploads = ["upload"] if has_picture else []
    try:
        with spending(action, request.user, *uploads):
            return save()
    except TooMany as refusal:
        form.retry_after = math.ceil(refusal.retry_after)
        form.add_error(None, refusal.sentence)
    return None


def form_page(request, template, form, **context):
    """Render the form's page: 200 when blank, 422 when refused, 429 when it came too soon."""
    retry_after = getattr(form, "retry_after", None)
    keep_pictures(form)
    refused = form.is_bound and not form.is_valid()
    status = 429 if retry_after else 422 if refused else 200
    response = render(request, template, {"form": form, **context}, status=status)
    if retry_after:
        response["Retry-After"] = retry_after
    return response
