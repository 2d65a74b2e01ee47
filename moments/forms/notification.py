from django import forms

from moments.models import NotificationChoice
from moments.notifications.kinds import NEWS_KINDS


class NotificationChoicesForm(forms.Form):
    """A box for each kind of news; the fields are made from the kinds."""

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        refused = NotificationChoice.objects.filter(member=member, site=False)
        refused = set(refused.values_list("kind", flat=True))
        for kind in NEWS_KINDS:
            self.fields[kind.slug] = forms.BooleanField(
                label=kind.label, required=False, initial=kind.slug not in refused
            )

    def save(self):
        NotificationChoice.objects.bulk_create(
            [
                NotificationChoice(member=self.member, kind=kind, site=chosen)
                for kind, chosen in self.cleaned_data.items()
            ],
            update_conflicts=True,
            unique_fields=("member", "kind"),
            update_fields=("site",),
        )
