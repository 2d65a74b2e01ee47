"""What the forms of posts and comments do about drafts: save one, begin with one, drop it once it is sent."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from moments.models import Draft
from reelive.exceptions import Refused
from reelive.fields import keep_pictures, picture_fields
from reelive.formpages import done
from reelive.ratelimit import TooMany, spending
from reelive.shortcuts import BY_ITSELF, draft_of, take_draft, texts_of
from reelive.text import clean
from reelive.toasts import toast

# Without any of these nothing is worth keeping.
TYPED = ("title", "body", "context", "sources", "picture_held")


def is_draft(request):
    """Whether the form was sent to be kept as a draft."""
    return request.method == "POST" and request.user.is_authenticated and "draft" in request.POST


def begun(request, **place):
    """What a form begins with: the draft that its address names, or what was typed before signing in.

    Args:
        place: what the draft has to be about, as columns of Draft.
    """
    return _named(request, place) or take_draft(request)


def _named(request, place):
    key = request.GET.get("draft", "")
    if not (request.user.is_authenticated and key.isascii() and key.isdigit() and len(key) < 19):
        return {}
    draft = Draft.objects.of(request.user).select_related("member").filter(pk=key, **place).first()
    return draft.begun if draft else {}


def save_draft(request, form, /, **place):
    """Keep what was typed into the form. Returns the answer; None where the form says why that cannot be.

    A script that saves by itself gets a few facts: the key and the version of the draft, and a sentence.

    Args:
        place: the form and what it is about, as columns of Draft.
    """
    is_by_itself, values = request.POST["draft"] == BY_ITSELF, draft_of(request, type(form))
    is_late = is_by_itself and _is_sent(type(form), _nonce_of(request))
    if is_late or not any(values.get(name) for name in TYPED):
        return (
            HttpResponse(status=204) if is_by_itself else _refused(form, _("There is nothing to save yet."))
        )
    try:
        with spending("draft-save", request.user):
            draft = _keep(request, type(form), values, **place)
    except TooMany as refusal:
        return _refused(form, refusal.sentence, is_by_itself)
    except Refused as refusal:
        return _refused(form, str(refusal), is_by_itself)
    return _said_to_script(draft) if is_by_itself else _said_on_page(request, draft)


def _keep(request, form_class, values, **columns):
    nonce = _nonce_of(request)
    if _is_sent(form_class, nonce):
        nonce = uuid.uuid4()  # the form was sent before, and this is another text
    values = _whole(request, form_class, values)
    return Draft.objects.keep(request.user, nonce, _version_of(request), values, **columns)


def _nonce_of(request):
    try:
        return uuid.UUID(request.POST.get("nonce", ""))
    except ValueError:
        return uuid.uuid4()


def _is_sent(form_class, nonce):
    """Whether something was made of the form already."""
    return form_class.once_in.objects.filter(nonce=nonce).exists()


def _whole(request, form_class, values):
    """The values, cleaned as the form will clean them, and with the fields that hold nothing.

    Else a form that edits a text would begin with what that says.
    """
    cleaned = {
        name: [clean(part) for part in value] if isinstance(value, list) else clean(value)
        for name, value in values.items()
    }
    return cleaned | {
        name: ""
        for name, field in form_class.base_fields.items()
        if name not in values
        and name != "nonce"
        and (name in request.POST or isinstance(field, forms.BooleanField))
    }


def _version_of(request):
    """The version of the draft with which the form began."""
    text = request.POST.get("draft_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _refused(form, sentence, is_by_itself=False):
    if is_by_itself:
        return JsonResponse({"said": sentence}, status=422)
    for name in list(form.errors):
        del form.errors[name]
    form.add_error(None, sentence)
    return None


def _sentence_of(draft):
    if draft.apart:
        return _("This draft was changed elsewhere meanwhile. Both texts are among your drafts.")
    if draft.called_off:
        return _("The draft is saved, and is not scheduled any more.")
    time = date_format(localtime(draft.updated), "TIME_FORMAT")
    return _("Draft saved at %(time)s.") % {"time": time}


def _said_to_script(draft):
    facts = {"nonce": str(draft.nonce), "version": draft.version, "address": address_of(draft)}
    status = 409 if draft.apart else 200
    return JsonResponse({"said": _sentence_of(draft), **facts}, status=status)


def _said_on_page(request, draft):
    level = messages.WARNING if draft.apart else messages.SUCCESS
    see = {"link": reverse("drafts"), "link_text": _("Your drafts")}
    toast(request, _sentence_of(draft), level, **see)
    return HttpResponseRedirect(address_of(draft) or reverse("drafts"))


def schedule(request, form, /, **place):
    """Keep a valid form as a post that is to be published at its time. Returns whether that was done."""
    keep_pictures(form)
    fields = picture_fields(form).items()
    tokens = {f"{name}_held": field.token for name, field in fields if field.token}
    answered = {"anyway": "1"} if "anyway" in request.POST else {}
    values = texts_of(request, type(form)) | tokens | answered
    time = form.cleaned_data["publish_at"]
    return done(
        request,
        form,
        "draft-save",
        lambda: _keep(request, type(form), values, publish_at=time, **place),
    )


def sent(request, form):
    """What was typed is published or changed, so its draft goes."""
    values = _whole(request, type(form), texts_of(request, type(form)))
    Draft.objects.sent(request.user, form.cleaned_data["nonce"], _version_of(request), values)


def address_of(draft):
    """The form with the draft in it; empty where what it is about is gone."""
    page = PAGE_OF_FORM[draft.form](draft)
    path, mark, anchor = page.partition("#")
    return f"{path}?draft={draft.pk}{mark}{anchor}" if page else ""


def _page_of_sharing(draft):
    is_there = draft.film and draft.film.is_visible
    return reverse(f"{draft.form}-add", args=[draft.film.slug]) if is_there else ""


def _page_of_edit(draft):
    is_there = draft.post and draft.post.is_visible
    return reverse("post-edit", args=[draft.post_id]) if is_there else ""


def _page_of_thread(draft):
    is_there = draft.about and draft.about.is_visible
    return f"{draft.about.link}#comment-form" if is_there else ""


def _page_of_comment(name):
    def page_of(draft):
        is_there = all(target and target.is_visible for target in (draft.comment, draft.about))
        return reverse(name, args=[draft.comment_id]) if is_there else ""

    return page_of


PAGE_OF_FORM = dict.fromkeys(Draft.sharing, _page_of_sharing) | {
    Draft.Form.POST_EDIT: _page_of_edit,
    Draft.Form.COMMENT: _page_of_thread,
    Draft.Form.REPLY: _page_of_comment("comment-reply"),
    Draft.Form.COMMENT_EDIT: _page_of_comment("comment-edit"),
}
