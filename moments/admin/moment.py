"""Moments, with the first guess of their feelings and the songs heard in them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moments.forms import MomentForm
from moments.forms.fields import MomentChoiceField
from moments.models import FeelingTally, Moment, Song
from moments.models.feeling import refresh_strengths
from reelive.staff import StaffInline

from .audit import ReasonedForm
from .post import PostAdmin
from .songuse import SongUseInline


class MomentStaffForm(ReasonedForm, MomentForm):
    nonce = None
    after = MomentChoiceField(label=MomentForm.base_fields["after"].label, empty_label="—")

    def offer_earlier(self, others):
        self.fields["after"].offer(others, None)


class TallyInline(StaffInline):
    model = FeelingTally
    fields = ("feeling", "house", "count", "strength")
    readonly_fields = ("count", "strength")
    can_delete = False
    verbose_name_plural = _("feelings: our first guess, and how many members felt it")


class SongsHeardInline(SongUseInline):
    fk_name, other = "moment", "song"
    verbose_name_plural = _("songs heard here")

    def others(self, moment):
        return Song.objects.filter(film=moment.film_id).order_by("title")


@admin.register(Moment)
class MomentAdmin(PostAdmin):
    place = 1
    form = MomentStaffForm
    list_display = ("badge", "what", "votes", "comments", "felt_by", "when")
    own = ("placing", "after", "line", "timecode", "palette", "picture", "still_alt")
    facts = (*PostAdmin.facts, "position", "relive_count", "felt_by")
    inlines = (TallyInline, SongsHeardInline)

    def own_fields(self, request, obj):
        if not self.has_change_permission(request, obj):
            return ("season", "episode", "timecode_text", "palette", "still", "still_alt")
        place = ("season", "episode") if obj and obj.film.is_series else ()
        return (*place, *self.own, *(("drop_still",) if obj and obj.still else ()))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        moment = form.instance
        refresh_strengths(list(FeelingTally.objects.filter(moment_id=moment.pk)), moment.felt_by)
        moment.outdate_arc()
