"""Reviews: the staff mends texts; the stars are their author's to say."""

from django.contrib import admin

from moments.forms.post import PostForm
from moments.models import POST_KINDS, Kind, Review

from .audit import ReasonedForm
from .post import PostAdmin


class ReviewStaffForm(ReasonedForm, PostForm):
    nonce = None

    class Meta(PostForm.Meta):
        model = Review

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind = POST_KINDS[Kind.REVIEW]
        for name, label in (("body", kind.body_label), ("context", kind.context_label)):
            if name in self.fields:
                self.fields[name].label = label


@admin.register(Review)
class ReviewAdmin(PostAdmin):
    place = 3
    form = ReviewStaffForm
    list_display = ("badge", "what", "rating", "votes", "comments", "when")
    facts = ("rating", *PostAdmin.facts)
