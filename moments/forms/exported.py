"""What a member says when they take everything along, or bring it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.archives.imports.making import PARTS
from moments.archives.imports.reading import LARGEST_EXPORT, Unreadable, opened


class ExportForm(forms.Form):
    with_pictures = forms.BooleanField(
        required=False,
        initial=True,
        label=_("With my pictures"),
        help_text=_("An archive without them is small enough to be imported on another site."),
    )


class ImportForm(forms.Form):
    archive = forms.FileField(
        label=_("Archive"),
        help_text=_("The .zip file that another site like this one made of you, up to 8 MiB."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"required": _("Choose the archive."), "empty": _("This file is empty.")},
    )

    def clean_archive(self):
        file = self.cleaned_data["archive"]
        if file.size > LARGEST_EXPORT:
            raise forms.ValidationError(gettext("This file is larger than 8 MiB."))
        try:
            with opened(file) as archive:
                self.rows = archive.rows_by_part(PARTS)
        except Unreadable as problem:
            raise forms.ValidationError(str(problem)) from problem
        return file


class ImportBeginForm(forms.Form):
    with_settings = forms.BooleanField(required=False, label=_("Take over my profile and settings, too"))
