"""A review as members write and edit it: with stars or none, and with an entry of their diary if wanted."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moments.models import POST_KINDS, Kind, Review

from .log import StarsField
from .post import PostForm


class ReviewForm(PostForm):
    """Editing it changes what it says; what its author makes of the film today is said elsewhere then."""

    rating = StarsField(label=_("Your rating"))
    logged = forms.BooleanField(
        required=False, label=_("Also log it today"), help_text=_("Your diary says then that you saw it.")
    )

    more = tuple(name for name in PostForm.more if name != "spoiler")

    class Meta(PostForm.Meta):
        model = Review
        fields = [*PostForm.Meta.fields, "rating"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind = POST_KINDS[Kind.REVIEW]
        self.fields["body"].label, self.fields["context"].label = kind.body_label, kind.context_label
        if self.instance.pk:
            del self.fields["logged"]

    @transaction.atomic
    def save_for(self, member):
        is_new = self.instance.pk is None
        review = super().save_for(member)
        if is_new:
            review.tell_of_today(self.cleaned_data["logged"])
        return review
