from django import forms
from django.utils.translation import gettext_lazy as _

from moments.models import NotificationChoice
from moments.notifications.choices import choices_of
from moments.notifications.kinds import NEWS_KINDS


class NotificationChoicesForm(forms.Form):
    """For each kind of news, whether it is told on the site and on devices, and by which letters it is."""

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        chosen = choices_of(member)
        for kind in NEWS_KINDS:
            on_site, mail, on_devices = chosen[kind.slug]
            self.fields[kind.slug] = forms.BooleanField(label=_("Here"), required=False, initial=on_site)
            self.fields[f"{kind.slug}-mail"] = forms.ChoiceField(
                label=_("By mail"), choices=NotificationChoice.Mail.choices, initial=mail
            )
            self.fields[f"{kind.slug}-push"] = forms.BooleanField(
                label=_("On my devices"), required=False, initial=on_devices
            )

    def rows(self):
        """Each kind with its two fields."""
        return [
            {
                "kind": kind,
                "site": self[kind.slug],
                "mail": self[f"{kind.slug}-mail"],
                "push": self[f"{kind.slug}-push"],
            }
            for kind in NEWS_KINDS
        ]

    @property
    def has_letters(self):
        """Whether any kind is told by mail."""
        return any(row["mail"].initial != NotificationChoice.Mail.NEVER for row in self.rows())

    def save(self):
        NotificationChoice.objects.bulk_create(
            [
                NotificationChoice(
                    member=self.member,
                    kind=kind.slug,
                    site=self.cleaned_data[kind.slug],
                    mail=self.cleaned_data[f"{kind.slug}-mail"],
                    push=self.cleaned_data[f"{kind.slug}-push"],
                )
                for kind in NEWS_KINDS
            ],
            update_conflicts=True,
            unique_fields=("member", "kind"),
            update_fields=("site", "mail", "push"),
        )
