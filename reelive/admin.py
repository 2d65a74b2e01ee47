"""Background work that was given up: what it was, what went wrong, and the way to have it tried again."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from reelive.models import Work
from reelive.staff import VerbsOnlyAdmin
from reelive.staff_verbs import Verb

TRY_AGAIN = Verb(
    "try_again",
    _("Try again"),
    _("Queued again"),
    _("It is tried from the start, with all its attempts. Letters are not: they were destroyed."),
    lambda work: work.can_be_tried_again,
    for_several=_("Try them again"),
)


@admin.register(Work)
class WorkAdmin(VerbsOnlyAdmin):
    verbs = (TRY_AGAIN,)
    list_display = fields = readonly_fields = ("__str__", "given_up", "error", "attempts")

    def get_queryset(self, request):
        return super().get_queryset(request).given_up()

    def get_ordering(self, request):
        return ("-finished_at",)

    def place_after(self, request, obj):
        """Back to the list: what is queued again is no longer among what was given up."""
        return reverse("admin:reelive_work_changelist")

    @admin.display(description=_("when"))
    def given_up(self, work):
        return date_format(timezone.localtime(work.finished_at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("kind of error"))
    def error(self, work):
        return work.exception_class_path

    @admin.display(description=_("attempts"))
    def attempts(self, work):
        return work.attempts
