"""Members: found by name, suspended, reinstated. Only superusers see addresses and give rights."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.forms import (
    BooleanField,
    CheckboxSelectMultiple,
    DateField,
    DateInput,
    Form,
    ModelForm,
    Textarea,
)
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import BIO_LIMIT, User
from reelive import markdown
from reelive.fields import ProseField
from reelive.staff import AdminScope, AdminScopeFilter, StaffAdmin, begins
from reelive.staff_cells import StateFirst, titled
from reelive.staff_verbs import Verb

NOTE_LIMIT = 1_000
RIGHTS = ("is_staff", "is_superuser", "groups")
# The columns behind the fields that every moderator may change.
FIELD_COLUMNS = {
    "bio": ("bio", "bio_html"),
    "remove_avatar": ("avatar",),
    "remove_links": ("links", "fediverse"),
}


class ReinstateForm(Form):
    note = ProseField(
        label=_("Why"),
        max_length=NOTE_LIMIT,
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the public ledger for good, and the member reads it: nothing private."),
        error_messages={"required": _("Say why: everybody can read it in the ledger.")},
    )


class SuspendForm(ReinstateForm):
    until = DateField(
        label=pgettext_lazy("suspended", "Until"),
        required=False,
        widget=DateInput(attrs={"type": "date"}),
        help_text=_("The first day on which they may sign in again. Leave it empty for good."),
    )

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until <= timezone.localdate():
            raise ValidationError(gettext("Give a day that is still to come."))
        return until


SUSPEND = Verb(
    "suspend",
    _("Suspend"),
    _("Suspended"),
    _("They are signed out and cannot sign in again. What they wrote stays."),
    lambda member: member.is_active,
    SuspendForm,
    _("Suspend them"),
)
REINSTATE = Verb(
    "reinstate",
    _("Reinstate"),
    _("Reinstated"),
    _("They can sign in again."),
    lambda member: not member.is_active,
    ReinstateForm,
    _("Reinstate them"),
)


class MemberStaffForm(ModelForm):
    bio = ProseField(label=_("About the member"), required=False, max_length=BIO_LIMIT)
    remove_avatar = BooleanField(label=_("Take the picture away"), required=False)
    remove_links = BooleanField(label=_("Take the links away"), required=False)
    note = ProseField(
        label=_("Why the rights change"),
        required=False,
        max_length=NOTE_LIMIT // 2,
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the public ledger for good, beside what is given and taken: nothing private."),
    )

    class Meta:
        model = User
        fields = ("bio",)

    def clean(self):
        cleaned = super().clean()
        if self.changes_rights and not cleaned.get("note") and "note" not in self.errors:
            self.add_error(
                "note", gettext("Say why: everybody can read in the ledger what is given and taken.")
            )
        return cleaned

    @property
    def changes_rights(self):
        return bool(set(RIGHTS) & set(self.changed_data))


@admin.register(User)
class MemberAdmin(StateFirst, StaffAdmin):
    place = 8
    form = MemberStaffForm
    scopes = (
        AdminScope("newest", _("Newest"), lambda members: members.filter(is_active=True)),
        AdminScope("suspended", _("Suspended"), lambda members: members.filter(is_active=False)),
        AdminScope("staff", _("Staff"), lambda members: members.filter(is_staff=True)),
    )
    verbs = (SUSPEND, REINSTATE)
    list_filter = (AdminScopeFilter,)
    list_display = ("badge", "what", "last_login", "when")
    ordering = ("-date_joined", "-id")
    search_fields = ("username",)
    search_help_text = _("The beginning of a username, or a whole e-mail address.")
    facts = ("username", "account_state", "date_joined", "last_login", "avatar", "links", "fediverse")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or self.is_below(request, obj))

    def may_act_on(self, request, obj=None):
        return super().may_act_on(request, obj) and (obj is None or self.is_below(request, obj))

    def is_below(self, request, member):
        """Nobody acts on themselves or on the house, and staff only when they may give rights."""
        if member == request.user or member.is_house:
            return False
        return request.user.is_superuser or not (member.is_staff or member.is_superuser)

    @admin.display(description=_("account"))
    def account_state(self, member):
        if member.is_active:
            return pgettext("account", "Open")
        until = member.suspended_until
        if until is None:
            return gettext("Suspended for good")
        return gettext("Suspended until %(date)s") % {"date": date_format(until)}

    def state_of(self, member):
        if not member.is_active:
            return "removed", gettext("Suspended")
        return ("open", gettext("Staff")) if member.is_staff else ("visible", pgettext("account", "Open"))

    @admin.display(description=_("username"))
    def what(self, member):
        return titled(member.username, self.account_state(member) if not member.is_active else "")

    @admin.display(description=_("joined"))
    def when(self, member):
        return date_format(timezone.localtime(member.date_joined), "SHORT_DATETIME_FORMAT")

    def get_readonly_fields(self, request, obj=None):
        rights = () if request.user.is_superuser else RIGHTS
        return (*self.facts, "email", *rights)

    def get_fieldsets(self, request, obj=None):
        may = self.has_change_permission(request, obj)
        edited = ("bio", "remove_avatar", "remove_links") if may else ("bio",)
        sets = [(None, {"fields": edited}), (gettext("Facts"), {"fields": self.facts})]
        rights = ("email", *RIGHTS, "note") if may else ("email", *RIGHTS)
        return [*sets, (gettext("Rights"), {"fields": rights})] if request.user.is_superuser else sets

    def get_search_results(self, request, queryset, search_term):
        text = search_term.strip().lower()
        if "@" in text and request.user.is_superuser:
            # The index of addresses has none that are empty.
            return queryset.exclude(email="").alias(address=Lower("email")).filter(address=text), False
        return (queryset.filter(begins("username", text)) if text else queryset), False

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        # Django would lead from the boxes to a help by an id that it gives to nothing.
        kwargs |= {"widget": CheckboxSelectMultiple, "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        seen = [name for name in FIELD_COLUMNS if name in form.changed_data]
        if seen:
            obj.record(request.user, "edit", f"Changed: {', '.join(seen)}.")
        if form.cleaned_data["remove_avatar"]:
            obj.drop_avatar()
        if form.cleaned_data["remove_links"]:
            obj.links, obj.fediverse = [], ""
        obj.bio_html = markdown.render(obj.bio)
        obj.save(update_fields=[column for name in seen for column in FIELD_COLUMNS[name]])
        if form.changes_rights:
            rights = {name: form.cleaned_data[name] for name in RIGHTS}
            if not obj.change_rights(request.user, form.cleaned_data["note"], **rights):
                self.message_user(request, gettext("The rights are as they were."), messages.WARNING)

    def save_related(self, request, form, formsets, change):
        """The groups are changed with the other rights."""
