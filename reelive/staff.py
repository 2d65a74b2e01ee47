"""What all pages of the staff share: lists that stay fast, verbs that ask back, and no deleting."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.forms import BaseInlineFormSet, Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format

FURTHEST = 1_000  # rows that a list goes on for; whoever looks for older ones searches or filters
LAST_CHARACTER = "\U0010ffff"


class StaffSite(admin.AdminSite):
    """The pages of the staff. What their front page shows is told by `dashboard`, which the apps set."""

    site_header = site_title = "Reelive"
    index_title = "What needs a look"
    enable_nav_sidebar = False
    dashboard: Callable[[Any], list] = staticmethod(lambda member: [])

    def admin_view(self, view, cacheable=False):
        """Signed-out people are sent to sign in; for members there is nothing here."""
        inner = super().admin_view(view, cacheable)

        def admin_page(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return admin_page

    def get_app_list(self, request, app_label=None):
        """Our own tables first, in the order of their `place`."""
        last = StaffAdmin.place
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda row: getattr(self._registry[row["model"]], "place", last))
            app["place"] = min(getattr(self._registry[row["model"]], "place", last) for row in app["models"])
        return sorted(apps, key=lambda app: app["place"])

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_change_password"))

    def index(self, request, extra_context=None):
        return super().index(request, {"sections": self.dashboard(request.user)} | (extra_context or {}))


class BoundedPaginator(Paginator):
    """Counts no further than FURTHEST, so that the count costs the same for any number of rows."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:FURTHEST].count()

    @property
    def is_cut(self) -> bool:
        return self.count == FURTHEST


def begins(field: str, text: str) -> Q:
    """What begins with `text`, by the index of the field on either database."""
    if connection.vendor == "postgresql":
        return Q((f"{field}__startswith", text))
    return Q((f"{field}__gte", text), (f"{field}__lt", text + LAST_CHARACTER))


@dataclass(frozen=True)
class Verb:
    """A method of the model that staff may call, for one row or several, when they were asked and mean it.

    `applies` tells for which rows it makes sense; `says` is what it will do, as a sentence. What `form` asks
    for is given to the method by name, after the member of the staff.
    """

    name: str
    label: str
    done: str
    says: str
    applies: Callable[[Any], bool]
    form: type[Form] = Form


@dataclass(frozen=True)
class Show:
    """One choice of what a list shows. Those that are work are opened first, when there is any of it."""

    name: str
    label: str
    rows: Callable[[QuerySet], QuerySet]
    is_work: bool = False


class ShowFilter(admin.SimpleListFilter):
    """A list shows one choice of rows at a time, each a walk of an index; only a search goes through all."""

    title, parameter_name = "what", "show"

    def __init__(self, request: HttpRequest, params: dict, model: type[Model], model_admin: "StaffAdmin"):
        self.shows: Sequence[Show] = model_admin.shows
        self.searching = bool(request.GET.get(SEARCH_VAR))
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(show.name, show.label) for show in self.shows]

    def queryset(self, request, queryset):
        named = [show for show in self.shows if show.name == self.value()]
        self.chosen = named[0] if named else None if self.searching else self.opening(queryset)
        return self.chosen.rows(queryset) if self.chosen else queryset

    def opening(self, queryset: QuerySet) -> Show:
        work = [show for show in self.shows if show.is_work and show.rows(queryset).exists()]
        return work[0] if work else next(show for show in self.shows if not show.is_work)

    def choices(self, changelist):
        if self.searching:
            query = changelist.get_query_string(remove=[self.parameter_name])
            yield {"selected": not self.chosen, "query_string": query, "display": "Everything"}
        for show in self.shows:
            query = changelist.get_query_string({self.parameter_name: show.name})
            yield {"selected": show is self.chosen, "query_string": query, "display": show.label}


class StaffAdmin(admin.ModelAdmin):
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = list_max_show_all = 50
    sortable_by = ()
    shows: Sequence[Show] = ()
    verbs: Sequence[Verb] = ()
    place = 99

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="when")
    def when(self, row: Model) -> str:
        """The time of creation, short enough for a list."""
        return date_format(timezone.localtime(row.created), "j M Y, H:i")

    def may_act_on(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the verbs are for this person; rows that may not be edited may still be restored."""
        return super().has_change_permission(request, obj)

    def get_actions(self, request):
        actions = super().get_actions(request)
        if IS_POPUP_VAR not in request.GET and self.may_act_on(request):
            for verb in self.verbs:
                actions[verb.name] = (
                    partial(_ask_for_rows, verb),
                    verb.name,
                    f"{verb.label} the selected ones",
                )
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

    def changelist_view(self, request, extra_context=None):
        title = {"title": self.opts.verbose_name_plural.capitalize()}
        return super().changelist_view(request, title | (extra_context or {}))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["verb_links"] = self.verb_links(request, obj) if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def verb_links(self, request: HttpRequest, obj: Model) -> list[tuple[str, str]]:
        verbs = [verb for verb in self.verbs if verb.applies(obj) and self.may_act_on(request, obj)]
        return [(verb.label, reverse(f"admin:{self.verb_url_name(verb)}", args=[obj.pk])) for verb in verbs]

    def verb_view(self, request: HttpRequest, object_id: str, verb: Verb) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.may_act_on(request, obj):
            raise PermissionDenied
        answer = self.ask_or_act(request, verb, [obj])
        return answer or HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        )

    def ask_or_act(
        self, request: HttpRequest, verb: Verb, objects: list, **context: Any
    ) -> HttpResponse | None:
        """The page that asks, until it is confirmed and answered well."""
        form = verb.form(request.POST if "confirmed" in request.POST else None)
        if form.is_valid():
            self.act(request, verb, objects, form.cleaned_data)
            return None
        context |= {"title": f"{verb.label}?", "verb": verb, "objects": objects, "opts": self.opts}
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
            LogEntry.objects.log_actions(request.user.pk, done, CHANGE, f"{verb.done}.")
            self.message_user(request, f"{verb.done}: {_named(done)}.", messages.SUCCESS)
        if len(done) < len(objects):
            rest = [obj for obj in objects if obj not in done]
            self.message_user(request, f"Nothing to do for {_named(rest)}.", messages.WARNING)


class VerbsAlone(StaffAdmin):
    """For rows that members make and nobody edits: staff reads them, and acts on them by verbs alone."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and obj is None


class LabelledRows(BaseInlineFormSet):
    """Rows whose fields say their names, since in a table only the head of the column shows them."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            field.widget.attrs["aria-label"] = field.label or name.capitalize()


class StaffInline(admin.TabularInline):
    formset = LabelledRows
    extra = 0


def _ask_for_rows(
    verb: Verb, model_admin: StaffAdmin, request: HttpRequest, queryset: QuerySet
) -> HttpResponse | None:
    """The action of a list: ask first, act on the second request."""
    objects = list(queryset[: model_admin.list_per_page])
    return model_admin.ask_or_act(request, verb, objects, action=verb.name)


def _named(objects: list) -> str:
    names = ", ".join(f"“{obj}”" for obj in objects[:3])
    return f"{names} and {len(objects) - 3} more" if len(objects) > 3 else names
