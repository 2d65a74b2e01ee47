"""A member asks to be reminded of a post, and sees what is waiting and what came back."""

from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from moments.forms import ReminderForm
from moments.models import Notification, Post, Reminder
from moments.viewer.lookup import post_for_verb
from reelive.formpages import done, form_page
from reelive.listpages import page_of
from reelive.shortcuts import member_required, members_alone
from reelive.toasts import toast

SOONEST_FIRST, NEWEST_FIRST = ("due", "id"), ("-due", "-id")
TABS = ((False, gettext_lazy("Waiting")), (True, gettext_lazy("Came back")))


@member_required
@never_cache
def reminders(request):
    came_back = "past" in request.GET
    posts = Prefetch("post", Post.objects.for_diary(request.viewer))
    rows = Reminder.objects.of(request.user).filter(told__isnull=not came_back).prefetch_related(posts)
    page = page_of(request, rows, NEWEST_FIRST if came_back else SOONEST_FIRST)
    address = reverse("reminders")
    tabs = [
        {"label": label, "url": f"{address}?past=1" if past else address, "current": past == came_back}
        for past, label in TABS
    ]
    context = {"rows": page.items, "next_cursor": page.next_cursor, "came_back": came_back, "tabs": tabs}
    return render(request, "reminders/list.html", context)


@member_required(draft_for=[ReminderForm])
@never_cache
def post_remind(request, post_id):
    """Ask to be reminded of a post on a day."""
    post = post_for_verb(request, post_id)
    form = ReminderForm(request.POST or None)
    if done(request, form, "vote", lambda: Reminder.objects.add(request.user, post, **form.cleaned_data)):
        day = date_format(form.cleaned_data["date"], "DATE_FORMAT")
        see = {"link": reverse("reminders"), "link_text": _("Your reminders")}
        toast(request, _("You will be reminded on %(day)s.") % {"day": day}, **see)
        return HttpResponseRedirect(post.link)
    return form_page(request, "reminders/form.html", form, post=post, film=post.film)


@members_alone
def reminder_delete(request, reminder_id):
    """It goes with the notification that it may have become."""
    reminder = get_object_or_404(Reminder.objects.of(request.user), pk=reminder_id)
    Notification.objects.drop(request.user, "reminder", f"reminder/{reminder.pk}")
    reminder.delete()
    toast(request, _("The reminder is gone."))
    return HttpResponseRedirect(f"{reverse('reminders')}{'?past=1' if reminder.told else ''}")
