"""Members: found by name, suspended, reinstated. Only superusers see addresses and give rights."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.forms import (
    BooleanField,
    CharField,
    CheckboxSelectMultiple,
    DateField,
    DateInput,
    Form,
    ModelForm,
    Textarea,
)
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import BIO_LIMIT, User
from reelive import markdown
from reelive.fields import ProseField
from reelive.staff import Show, ShowFilter, StaffAdmin, Verb, begins

NOTE_LIMIT = 1_000


class ReinstateForm(Form):
    note = CharField(
        required=False,
        max_length=NOTE_LIMIT,
        widget=Textarea(attrs={"rows": 3}),
        help_text="Stands in the public ledger for good: nothing private.",
    )


class SuspendForm(ReinstateForm):
    note = CharField(
        label="Why",
        max_length=NOTE_LIMIT,
        widget=Textarea(attrs={"rows": 3}),
        help_text="Stands in the public ledger for good, and the member reads it: nothing private.",
    )
    until = DateField(
        required=False,
        widget=DateInput(attrs={"type": "date"}),
        help_text="The first day on which they may sign in again. Leave it empty for good.",
    )

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until <= timezone.localdate():
            raise ValidationError("Give a day that is still to come.")
        return until


SUSPEND = Verb(
    "suspend",
    "Suspend",
    "Suspended",
    "They are signed out and cannot sign in again. What they wrote stays.",
    lambda member: member.is_active,
    SuspendForm,
)
REINSTATE = Verb(
    "reinstate",
    "Reinstate",
    "Reinstated",
    "They can sign in again.",
    lambda member: not member.is_active,
    ReinstateForm,
)


class MemberStaffForm(ModelForm):
    bio = ProseField(required=False, max_length=BIO_LIMIT)
    remove_avatar = BooleanField(label="Take the picture away", required=False)

    class Meta:
        model = User
        fields = ("bio",)


@admin.register(User)
class MemberAdmin(StaffAdmin):
    place = 8
    form = MemberStaffForm
    shows = (
        Show("newest", "Newest", lambda members: members.filter(is_active=True)),
        Show("suspended", "Suspended", lambda members: members.filter(is_active=False)),
        Show("staff", "Staff", lambda members: members.filter(is_staff=True)),
    )
    verbs = (SUSPEND, REINSTATE)
    list_filter = (ShowFilter,)
    list_display = ("username", "joined", "last_login", "is_active", "is_staff")
    ordering = ("-date_joined", "-id")
    search_fields = ("username",)
    search_help_text = "The beginning of a username, or a whole e-mail address."
    facts = ("username", "standing", "date_joined", "last_login", "avatar")
    rights = ("is_staff", "is_superuser", "groups")

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

    @admin.display(description="account")
    def standing(self, member):
        if member.is_active:
            return "Open"
        until = member.suspended_until
        return f"Suspended until {date_format(until, 'j F Y')}" if until else "Suspended for good"

    @admin.display(description="joined")
    def joined(self, member):
        return date_format(timezone.localtime(member.date_joined), "j M Y, H:i")

    def get_readonly_fields(self, request, obj=None):
        rights = () if request.user.is_superuser else self.rights
        return (*self.facts, "email", *rights)

    def get_fieldsets(self, request, obj=None):
        edited = ("bio", "remove_avatar") if self.has_change_permission(request, obj) else ("bio",)
        sets = [(None, {"fields": edited}), ("Facts", {"fields": self.facts})]
        return [*sets, ("Rights", {"fields": ("email", *self.rights)})] if request.user.is_superuser else sets

    def get_search_results(self, request, queryset, search_term):
        text = search_term.strip().lower()
        if "@" in text and request.user.is_superuser:
            return queryset.alias(address=Lower("email")).filter(address=text), False
        return (queryset.filter(begins("username", text)) if text else queryset), False

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, widget=CheckboxSelectMultiple, **kwargs)

    def save_model(self, request, obj, form, change):
        if form.cleaned_data["remove_avatar"]:
            obj.drop_avatar()
        seen = [name for name in ("bio", "remove_avatar") if name in form.changed_data]
        if seen:
            obj.record(request.user, "edit", f"Changed: {', '.join(seen)}.")
        obj.bio_html = markdown.render(obj.bio)
        obj.save(
            update_fields=["avatar", "bio_html", *(name for name in form.changed_data if name in COLUMNS)]
        )


COLUMNS = ("bio", "is_staff", "is_superuser")
