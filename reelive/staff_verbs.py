"""What staff do to rows: each act is asked back, with what it is about in sight, and confirmed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from reelive.formats import listed
from reelive.shortcuts import back_to, safe_place


@dataclass(frozen=True)
class Verb:
    """A method of the model that staff may call, for one row or several, when they were asked and mean it.

    `applies` tells for which rows it makes sense; `says` is what it will do, as a sentence; `for_several` is
    what a list calls it. What `form` asks for is given to the method by name, after the member of the staff.
    """

    name: str
    label: str
    done: str
    says: str
    applies: Callable[[Any], bool]
    form: type[Form] = Form
    for_several: str = ""


@dataclass(frozen=True)
class Evidence:
    """What the page that asks shows of a row: its page, what it says, its picture and its numbers."""

    name: str
    url: str
    text: str = ""
    picture: str = ""
    picture_says: str = ""
    facts: tuple[str, ...] = ()


class ActsByVerbs:
    """For an admin whose `verbs` are offered on the page of a row and as actions of the list."""

    verbs: Sequence[Verb] = ()

    def may_act_on(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the verbs are for this person; rows that may not be edited may still be restored."""
        return super().has_change_permission(request, obj)

    def get_actions(self, request, action_location=None):
        """Those of a list. The page of a row, for which Django asks from 6.1 on, has links to the verbs."""
        if action_location and action_location.name == "CHANGE_FORM":
            return {}
        actions = super().get_actions(request)
        if IS_POPUP_VAR not in request.GET and self.may_act_on(request):
            for verb in self.verbs:
                label = verb.for_several or verb.label
                actions[verb.name] = (partial(_ask_for_rows, verb), verb.name, str(label))
        return actions

    def get_urls(self):
        return [
            path(
                f"<path:object_id>/{verb.name}/",
                self.admin_site.admin_view(partial(self.verb_view, verb=verb)),
                name=self.verb_url_name(verb),
            )
            for verb in self.verbs
        ] + super().get_urls()

    def verb_url_name(self, verb: Verb) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{verb.name}"

    def page_of(self, obj: Model) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["verb_links"] = self.verb_links(request, obj) if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def verb_links(self, request: HttpRequest, obj: Model) -> list[tuple[str, str]]:
        verbs = [verb for verb in self.verbs if verb.applies(obj) and self.may_act_on(request, obj)]
        return [(verb.label, reverse(f"admin:{self.verb_url_name(verb)}", args=[obj.pk])) for verb in verbs]

    def verb_view(self, request: HttpRequest, object_id: str, verb: Verb) -> HttpResponse:
        """Ask, act, and lead to where the person came from, which the address says in `next`."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.may_act_on(request, obj):
            raise PermissionDenied
        came_from = safe_place(request.POST.get("next") or request.GET.get("next", ""))
        after = self.place_after(request, obj)
        back = came_from or self.page_of(obj)
        answer = self.ask_or_act(request, verb, [obj], came_from=came_from, back=back)
        return answer or back_to(request, after)

    def place_after(self, request: HttpRequest, obj: Model) -> str:
        """Where an act on the row leads whoever came from the admin. It is asked before the act."""
        return self.page_of(obj)

    def evidence(self, request: HttpRequest, objects: list) -> list[Evidence]:
        return [Evidence(str(obj), self.page_of(obj)) for obj in objects]

    def ask_or_act(
        self, request: HttpRequest, verb: Verb, objects: list, **context: Any
    ) -> HttpResponse | None:
        """The page that asks, until it is confirmed and answered well."""
        form = verb.form(request.POST if "confirmed" in request.POST else None)
        if form.is_valid():
            self.act(request, verb, objects, form.cleaned_data)
            return None
        title = gettext("%(verb)s?") % {"verb": verb.label}
        context |= {"title": title, "verb": verb, "objects": objects, "opts": self.opts}
        context |= {"evidence": self.evidence(request, objects)}
        context |= {"form": form, **self.admin_site.each_context(request)}
        return TemplateResponse(request, "admin/ask.html", context, status=422 if form.is_bound else 200)

    def act(self, request: HttpRequest, verb: Verb, objects: list, details: dict) -> None:
        # A verb that answers False found the row in another state.
        done = [
            obj
            for obj in objects
            if self.may_act_on(request, obj) and getattr(obj, verb.name)(request.user, **details) is not False
        ]
        if done:
            LogEntry.objects.log_actions(request.user.pk, done, CHANGE, in_english(verb.done))
            sentence = gettext("%(done)s: %(names)s.") % {"done": verb.done, "names": _named(done)}
            self.message_user(request, sentence, messages.SUCCESS)
        if len(done) < len(objects):
            rest = _named([obj for obj in objects if obj not in done])
            sentence = gettext("Nothing to do for %(names)s.") % {"names": rest}
            self.message_user(request, sentence, messages.WARNING)


def in_english(text: Any) -> str:
    """A marked text as the log of the staff keeps it, in whatever language the page was."""
    with translation.override(None):
        return str(text)


def _ask_for_rows(
    verb: Verb, model_admin: ActsByVerbs, request: HttpRequest, queryset: QuerySet
) -> HttpResponse | None:
    """The action of a list: ask first, act on the second request."""
    objects = list(queryset[: model_admin.list_per_page])
    if not objects:
        model_admin.message_user(request, gettext("None of these is in the list any more."), messages.WARNING)
        return None
    return model_admin.ask_or_act(request, verb, objects, action=verb.name)


def _named(objects: list) -> str:
    """The first three by name, and how many others there are."""
    names = listed(gettext("“%(name)s”") % {"name": obj} for obj in objects[:3])
    more = len(objects) - 3
    if more <= 0:
        return names
    sentence = ngettext("%(names)s and %(number)d more", "%(names)s and %(number)d more", more)
    return sentence % {"names": names, "number": more}
