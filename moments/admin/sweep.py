"""Removing all that a member made, for one reason and with one row of the ledger for each text.

It is done in steps of a few texts, each of which is finished before the next one begins. What is removed is
out of sight, so whoever is interrupted comes back and goes on with what is left.
"""

from itertools import chain, islice

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.forms import HiddenInput, IntegerField
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from moments.models import Comment, DiaryEntry, Post, Verdict
from moments.models.verdict import CLAIMS_AND_FILMS
from reelive.formats import counted
from reelive.staff_verbs import in_english

from .verbs import RemovalForm

SWEEP_STEP = 20  # texts that one request removes
MOST_COUNTED = 10_000
POSTS = ngettext_lazy("%(count)s post", "%(count)s posts", "number")
COMMENTS = ngettext_lazy("%(count)s comment", "%(count)s comments", "number")
VERDICTS = ngettext_lazy("%(count)s verdict with a reason", "%(count)s verdicts with a reason", "number")
NOTES = ngettext_lazy("%(count)s public diary note", "%(count)s public diary notes", "number")
SWEPT = _("Removed all by the member")
REMOVED = ngettext_lazy(
    "Removed %(count)s text by @%(name)s.", "Removed %(count)s texts by @%(name)s.", "number"
)


class SweepForm(RemovalForm):
    """`removed` is how many texts the steps before this one removed."""

    removed = IntegerField(widget=HiddenInput, required=False, min_value=0, max_value=MOST_COUNTED)


class Sweeps:
    """For the admin of members."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.sweep_view)
        return [path("<path:object_id>/sweep/", view, name="accounts_user_sweep"), *super().get_urls()]

    def verb_links(self, request, obj):
        links = super().verb_links(request, obj)
        if not self.may_act_on(request, obj):
            return links
        return [
            *links,
            (gettext("Remove all by this member"), reverse("admin:accounts_user_sweep", args=[obj.pk])),
        ]

    def sweep_view(self, request, object_id):
        member = self.get_object(request, unquote(object_id))
        if member is None:
            raise Http404
        if not self.may_act_on(request, member):
            raise PermissionDenied
        form = SweepForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return self.sweep_page(request, member, form)
        step = self.sweep_step(request, member, form.cleaned_data)
        removed = step + (form.cleaned_data["removed"] or 0)
        if not step or not left_of(member):
            return self.sweep_end(request, member, removed)
        return self.sweep_page(request, member, SweepForm(form.cleaned_data | {"removed": removed}), removed)

    def sweep_step(self, request, member, details):
        """Remove the next few texts; how many of them were still in sight."""
        texts = list(islice(in_sight(member), SWEEP_STEP))
        return sum(text.remove(request.user, details["reason"], details["note"]) for text in texts)

    def sweep_end(self, request, member, removed):
        LogEntry.objects.log_actions(request.user.pk, [member], CHANGE, in_english(SWEPT), single_object=True)
        self.message_user(request, counted(removed, REMOVED, name=member.username), messages.SUCCESS)
        return HttpResponseRedirect(self.page_of(member))

    def sweep_page(self, request, member, form, removed=0):
        """Ask; or, between two steps, show how far it is and the button that goes on."""
        left = left_of(member)
        context = {
            "title": gettext("Remove all by @%(name)s?") % {"name": member.username},
            "form": form,
            "member": member,
            "opts": self.opts,
            "removed": removed,
            "left": left,
            "whole": removed + sum(left.values()),
            "back": self.page_of(member),
            **self.admin_site.each_context(request),
        }
        status = 422 if form.is_bound and form.errors else 200
        return TemplateResponse(request, "admin/sweep.html", context, status=status)


def rows_in_sight(member):
    """What of the member's everybody can read: queries, each with the words that count it."""
    notes = DiaryEntry.objects.filter(member=member).with_open_note()
    comments = Comment.objects.listed().filter(author=member)
    verdicts = Verdict.objects.listed().with_words().filter(member=member)
    return [
        (Post.objects.listed().filter(author=member).select_related("film"), POSTS),
        (comments.select_related("post__film", "member_list"), COMMENTS),
        (verdicts.select_related(*CLAIMS_AND_FILMS), VERDICTS),
        (notes.select_related("moment__film"), NOTES),
    ]


def in_sight(member):
    return chain.from_iterable(rows.order_by("-pk")[:SWEEP_STEP] for rows, _forms in rows_in_sight(member))


def left_of(member):
    """How much is still in sight, by the words that count it."""
    numbers = [(rows.order_by()[:MOST_COUNTED].count(), forms) for rows, forms in rows_in_sight(member)]
    return {counted(number, forms): number for number, forms in numbers if number}
