"""A member's inbox: what they are told, marked as read and unread, and how they want to hear of what."""

from datetime import datetime

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.mail import why_no_mail
from moments.forms import NotificationChoicesForm
from moments.models import Notification, Post, ThreadChoice
from moments.models.notification import NEWEST_FIRST
from moments.notifications.choices import choose_again, stop, stop_all, thread_levels
from moments.notifications.devices import devices_of
from moments.notifications.inbox import by_day, fetched, place_of, rows_of
from moments.notifications.kinds import KINDS_BY_SLUG
from moments.notifications.unsubscribing import holder_of
from moments.viewer.lookup import list_for_verb
from reelive.formpages import done, form_page
from reelive.listpages import page_of
from reelive.shortcuts import back_to, member_required, members_alone, require_member
from reelive.toasts import toast

TABS = ((False, pgettext_lazy("notifications", "All")), (True, gettext_lazy("Unread")))


@member_required
@never_cache
def inbox(request):
    only_unread = "unread" in request.GET
    page = page_of(request, rows_of(request.viewer, only_unread), NEWEST_FIRST)
    address = reverse("notifications")
    tabs = [
        {
            "label": label,
            "url": f"{address}?unread=1" if choice else address,
            "current": choice == only_unread,
        }
        for choice, label in TABS
    ]
    days = by_day(fetched(page.items, request.viewer))
    context = {"days": days, "tabs": tabs, "only_unread": only_unread, "next_cursor": page.next_cursor}
    return render(request, "notifications/inbox.html", context | {"now": timezone.now().timestamp()})


@members_alone
def _own(request, notification_id):
    return get_object_or_404(rows_of(request.viewer), pk=notification_id)


def opened(request, notification_id):
    """It is read now; on to what it is about."""
    notification = _own(request, notification_id)
    _mark_read(request, Notification.objects.filter(pk=notification.pk))
    return HttpResponseRedirect(place_of(notification, request.viewer))


def read(request, notification_id):
    notification = _own(request, notification_id)
    _mark_read(request, Notification.objects.filter(pk=notification.pk))
    return back_to(request, reverse("notifications"), f"#n{notification.pk}")


def unread(request, notification_id):
    notification = _own(request, notification_id)
    Notification.objects.mark_unread(request.user, Notification.objects.filter(pk=notification.pk))
    return back_to(request, reverse("notifications"), f"#n{notification.pk}")


def all_read(request):
    """All that the member has seen on the page is read; what came meanwhile is not."""
    require_member(request, reverse("notifications"))
    now = timezone.now()
    number = _mark_read(
        request, Notification.objects.filter(updated__lte=_time(request.POST.get("until"))), now
    )
    undo = f"{reverse('notifications-unread')}?at={now.timestamp()}"
    sentence = ngettext("%(number)s notification is read.", "%(number)s notifications are read.", number)
    if number:
        toast(request, sentence % {"number": number}, undo=undo)
    return back_to(request, reverse("notifications"))


def all_unread(request):
    """Undo that: what was marked as read at this very time is unread again."""
    require_member(request, reverse("notifications"))
    rows = Notification.objects.filter(read=_time(request.GET.get("at")))
    Notification.objects.mark_unread(request.user, rows)
    return back_to(request, reverse("notifications"))


def _mark_read(request, rows, now=None):
    return Notification.objects.mark_read(request.user, rows, now or timezone.now())


def _time(seconds):
    """A time of now or before, by its seconds since 1970; 404 for anything else."""
    try:
        return min(datetime.fromtimestamp(float(seconds), timezone.get_default_timezone()), timezone.now())
    except (TypeError, ValueError, OverflowError, OSError) as error:
        raise Http404 from error


@member_required
@never_cache
def choices(request):
    """Of which kinds of news the member wants to hear, and where."""
    form = NotificationChoicesForm(request.POST or None, member=request.user)
    if done(request, form, None, form.save):
        toast(request, _("Your choices are saved."))
        return HttpResponseRedirect(reverse("notification-choices"))
    no_mail = why_no_mail(request.user)
    return form_page(
        request, "notifications/choices.html", form, no_mail=no_mail, devices=devices_of(request)
    )


def no_letters(request):
    """No letters of notifications at all, whatever the member had chosen."""
    require_member(request, reverse("notification-choices"))
    undo = reverse("letters-again", query={"chosen": stop_all(request.user)})
    toast(request, _("You get no letters of notifications any more."), undo=undo)
    return HttpResponseRedirect(reverse("notification-choices"))


def letters_again(request):
    """Undo that: what the address says was chosen is chosen again."""
    require_member(request, reverse("notification-choices"))
    try:
        choose_again(request.user, request.GET.get("chosen", ""))
    except ValueError as error:
        raise Http404 from error
    return HttpResponseRedirect(reverse("notification-choices"))


@csrf_exempt
@never_cache
def unsubscribe(request, token):
    """Stop letters by a link in one of them: no session is needed, the token says whose and which.

    Opening the page changes nothing, since scanners of mail do that. Mail programs send the form themselves
    (RFC 8058) and know nothing of our tokens against forgery.
    """
    holder = holder_of(token)
    if holder is None:
        raise Http404
    member, topic = holder
    if request.method == "POST":
        stop(member, topic)
    kind = KINDS_BY_SLUG[topic].label if topic in KINDS_BY_SLUG else ""
    context = {"topic": topic, "kind": kind, "is_stopped": request.method == "POST"}
    return render(request, "notifications/unsubscribe.html", context)


@never_cache
def thread_choice(request, post_id):
    """What the member wants to hear of the thread of a post: chosen there, or on a small page of its own."""
    posts = Post.objects.visible_to(request.viewer).veiled_for(request.viewer).select_related("film")
    return _thread_choice(request, get_object_or_404(posts, pk=post_id))


@never_cache
def list_thread_choice(request, name, slug):
    """The same of the thread of a list."""
    return _thread_choice(request, list_for_verb(request, name, slug))


def _thread_choice(request, about):
    require_member(request, request.path if request.method == "GET" else about.link)
    if request.method != "POST":
        levels = thread_levels(request.viewer, about)
        return render(request, "notifications/thread.html", {"about": about, "thread_levels": levels})
    level = request.POST.get("level", "")
    if level not in ThreadChoice.Level.values:
        raise Http404
    ThreadChoice.objects.choose(request.user, about, level)
    toast(request, _("You hear of this thread: %(level)s.") % {"level": ThreadChoice.Level(level).label})
    return back_to(request, about.link, "#comments")
