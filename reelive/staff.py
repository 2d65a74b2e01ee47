"""What all pages of the staff share: lists that stay fast, and no deleting."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR, ChangeList
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.forms import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reelive.staff_verbs import ActsByVerbs

COUNTED_AT_MOST = 1_000  # rows that a list goes on for; whoever looks for older ones searches or filters
LAST_CHARACTER = "\U0010ffff"
# Django's pages that answer about any table: what a field may be set to, and where a row stands on the site.
ABOUT_ANY_TABLE = {"autocomplete", "view_on_site"}


class StaffSite(admin.AdminSite):
    """The pages of the staff. What their front page shows is told by `dashboard`, which the apps set."""

    site_header = site_title = "Reelive"
    index_title = _("What needs a look")
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

    def get_urls(self):
        return [page for page in super().get_urls() if getattr(page, "name", None) not in ABOUT_ANY_TABLE]

    def keep_our_pages(self) -> None:
        """Unregister what packages brought.

        Their lists answer about any column and their forms leave no trace, so that addresses, groups, keys,
        sessions and tasks are nobody's to read or to change here.
        """
        for model, page in list(self._registry.items()):
            if not isinstance(page, StaffAdmin):
                self.unregister(model)

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
    """Counts no further than COUNTED_AT_MOST, so that the count costs the same for any number of rows."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:COUNTED_AT_MOST].count()

    @property
    def is_cut(self) -> bool:
        return self.count == COUNTED_AT_MOST


def begins(field: str, text: str) -> Q:
    """What begins with `text`, by the index of the field on either database."""
    if connection.vendor == "postgresql":
        return Q((f"{field}__startswith", text))
    return Q((f"{field}__gte", text), (f"{field}__lt", text + LAST_CHARACTER))


@dataclass(frozen=True)
class AdminScope:
    """One choice of what a list shows. Those that are work are opened first, when there is any of it."""

    name: str
    label: str
    rows: Callable[[QuerySet], QuerySet]
    is_work: bool = False


class AdminScopeFilter(admin.SimpleListFilter):
    """A list shows one choice of rows at a time, each a walk of an index; only a search goes through all."""

    title, parameter_name = _("what"), "show"

    def __init__(self, request: HttpRequest, params: dict, model: type[Model], model_admin: "StaffAdmin"):
        self.scopes: Sequence[AdminScope] = model_admin.scopes
        self.searching = bool(request.GET.get(SEARCH_VAR))
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(show.name, show.label) for show in self.scopes]

    def queryset(self, request, queryset):
        self.chosen = next((show for show in self.scopes if show.name == self.value()), None)
        if self.chosen is None and not self.searching:
            self.chosen = self.opening(queryset)
        return self.chosen.rows(queryset) if self.chosen else queryset

    def opening(self, queryset: QuerySet) -> AdminScope:
        work = [show for show in self.scopes if show.is_work and show.rows(queryset).exists()]
        return work[0] if work else next(show for show in self.scopes if not show.is_work)

    def choices(self, changelist):
        if self.searching:
            query = changelist.get_query_string(remove=[self.parameter_name])
            yield {"selected": not self.chosen, "query_string": query, "display": gettext("Everything")}
        for show in self.scopes:
            query = changelist.get_query_string({self.parameter_name: show.name})
            yield {"selected": show is self.chosen, "query_string": query, "display": show.label}


class WhenFilter(admin.DateFieldListFilter):
    """Takes nothing but what its own links say: a time with its zone."""

    def queryset(self, request, queryset):
        for values in self.used_parameters.values():
            if not all(map(_is_time, values)):
                raise IncorrectLookupParameters
        return super().queryset(request, queryset)


def _is_time(text: str) -> bool:
    try:
        time = parse_datetime(text)
    except ValueError:
        return False
    return bool(time and time.tzinfo) and MINYEAR < time.year < MAXYEAR


class StaffList(ChangeList):
    def get_ordering(self, request, queryset):
        """A list walks its index, and is sorted by nothing that an address asks for."""
        self.params.pop(ORDER_VAR, None)
        return super().get_ordering(request, queryset)


class StaffAdmin(ActsByVerbs, admin.ModelAdmin):
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = list_max_show_all = 50
    sortable_by = ()
    scopes: Sequence[AdminScope] = ()
    place = 99

    def has_delete_permission(self, request, obj=None):
        return False

    def get_changelist(self, request, **kwargs):
        return StaffList

    def lookup_allowed(self, lookup, value, request=None):
        """A list answers what its own filters ask, and nothing else.

        Any other column, shown or not, could be spelled out letter by letter (`email__startswith=a`).
        """
        return lookup in self.parameters(request) and "\0" not in value

    def parameters(self, request: HttpRequest) -> Iterator[str]:
        """What the filters beside the list are called in an address."""
        for entry in self.get_list_filter(request):
            if isinstance(entry, type):
                yield entry.parameter_name
                continue
            path, made_by = (entry, admin.FieldListFilter.create) if isinstance(entry, str) else entry
            field = get_fields_from_path(self.model, path)[-1]
            yield from made_by(field, request, {}, self.model, self, field_path=path).expected_parameters()

    def to_field_allowed(self, request, to_field):
        """Rows are found by their key alone."""
        return to_field == self.opts.pk.name

    def response_action(self, request, queryset, **where):
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            try:
                self.opts.pk.clean(key, None)
            except ValidationError as error:
                raise SuspiciousOperation("A row was chosen by something that is no key.") from error
        return super().response_action(request, queryset, **where)

    def view_on_site(self, obj: Model) -> str | None:
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    @admin.display(description=_("when"))
    def when(self, row: Model) -> str:
        """The time of creation, short enough for a list."""
        return date_format(timezone.localtime(row.created), "SHORT_DATETIME_FORMAT")

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def history_view(self, request, object_id, extra_context=None):
        response = super().history_view(request, object_id, extra_context)
        for entry in getattr(response, "context_data", {}).get("action_list", ()):
            entry.change_message = deed_of(entry)
        return response


def deed_of(entry: LogEntry) -> str:
    """What an entry of the log says, in the language of the page; older ones say it as they were written."""
    message = entry.get_change_message()
    return gettext(message) if message else ""


class VerbsOnlyAdmin(StaffAdmin):
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
            if field.widget.is_hidden:
                continue
            field.widget.attrs["aria-label"] = field.label or capfirst(name)


class StaffInline(admin.TabularInline):
    formset = LabelledRows
    view_on_site = False
    extra = 0
