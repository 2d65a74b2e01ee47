"""The form page: one address for GET and POST, answering 422 or 429 with everything kept."""

import math

from django.db import IntegrityError
from django.shortcuts import render

from moments.models.refusal import Refused
from reelive.images import Picture
from reelive.ratelimit import TooMany, check
from reelive.templatetags.ui import span


def first_try(request, form):
    """Whether a valid form was sent for the first time: the moment to show what it may be a twin of."""
    sent = request.method == "POST" and form.is_valid()
    return sent and "anyway" not in request.POST and not _made_before(request, form)


def accepted(request, form, action):
    """Whether the sent form is valid and the member may act again; if not, the form says why."""
    if request.method != "POST" or not form.is_valid():
        return False
    return _made_before(request, form) or allowed(request, form, action)


def allowed(request, form, action):
    """The same for a form that may be sent twice, since its verb does nothing the second time."""
    if request.method != "POST" or not form.is_valid():
        return False
    uploads = ["upload"] * any(isinstance(value, Picture) for value in form.cleaned_data.values())
    try:
        check(action, request.user, *uploads)
    except TooMany as refusal:
        form.retry_after = math.ceil(refusal.retry_after)
        again = span(form.retry_after)
        form.add_error(None, f"That was a lot at once. Try again in {again}; your text is kept.")
        return False
    return True


def _made_before(request, form):
    """Whether this very form has already made its row; a second click then leads there."""
    rows = form.once_in.objects.filter(nonce=form.cleaned_data["nonce"])
    return rows.exists()


def form_page(request, template, form, **context):
    """Render the form's page: 200 when blank, 422 when refused, 429 when it came too soon."""
    retry_after = getattr(form, "retry_after", None)
    refused = form.is_bound and not form.is_valid()
    if refused and not form.non_field_errors():
        _begin_at_first_error(form)
    status = 429 if retry_after else 422 if refused else 200
    response = render(request, template, {"form": form, **context}, status=status)
    if retry_after:
        response["Retry-After"] = retry_after
    return response


def _begin_at_first_error(form):
    """A form may be longer than the screen: what is wrong in it is where the page opens."""
    field = next(bound.field for bound in form if bound.errors)
    field.widget.attrs["autofocus"] = True


def once(form, save):
    """What `save()` makes; a second click on the same form finds the row that the first one made.

    None when it was refused: the form then says why.
    """
    try:
        return save()
    except (IntegrityError, Refused) as error:
        twin = form.once_in.objects.filter(nonce=form.cleaned_data["nonce"]).first()
        if twin is None and isinstance(error, IntegrityError):
            raise
        if twin is None:
            form.add_error(None, str(error))
        return twin


def save_once(form, member):
    return once(form, lambda: form.save_for(member))
