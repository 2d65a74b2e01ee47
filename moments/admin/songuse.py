"""Where a song is heard: rows below a song or a moment, both of the same film."""

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper

from moments.models import SongUse
from reelive.staff import StaffInline


class SongUseInline(StaffInline):
    """`other` is the far end; `others(obj)` are its choices, read once for all rows."""

    model = SongUse
    other = ""

    def get_fields(self, request, obj=None):
        return (self.other, "role", "starts", "ends", "note")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("song", "moment")

    def others(self, obj):
        raise NotImplementedError

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        field = formset.form.base_fields.get(self.other)
        if field and obj:
            field.queryset = self.others(obj)
            field.choices = [("", "—"), *((other.pk, str(other)) for other in field.queryset)]
        return formset

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        if field and field.help_text:
            # The cells of a table have no line for it, to which the field would point.
            field.widget.attrs["title"], field.help_text = field.help_text, ""
        return field
