"""Players: the pages on which a member connects theirs, and the address to which a player writes."""

import math

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.vary import vary_on_headers

from moments.forms import PlayerChoicesForm, PlayerForm
from moments.models import PlayerConnection, UnknownWork
from moments.syndication.addresses import absolute
from moments.viewer.film_choice import chosen_film, films_to_choose
from moments.viewer.players.reading import Unreadable, read_message
from moments.viewer.players.taking_in import choose, take_in
from reelive.formpages import done, form_page
from reelive.ratelimit import TooMany, check_machine, spending
from reelive.shortcuts import member_required, members_alone
from reelive.toasts import toast

MOST_LOOKS = 60  # how often a page looks by itself whether something was heard
LARGEST_MESSAGE = 1_048_576
MESSAGE_FIELDS = ("payload", "data")  # of a form in which some players send their message


@member_required
@never_cache
def players(request):
    """The member's connections. A new one is shown with its address in the answer, and never again."""
    form, made = PlayerForm(request.POST or None), []
    if done(request, form, "edit", lambda: made.append(_add(request.user, form.cleaned_data))):
        return _made(request, *made[0])
    rows = PlayerConnection.objects.of(request.user).order_by("pk")
    unknown = UnknownWork.objects.of(request.user).waiting()
    return form_page(request, "players/list.html", form, rows=rows, unknown=unknown)


def _add(member, said):
    return PlayerConnection.objects.add(member, **said)


def _made(request, row, secret):
    address = absolute(reverse("player-hear", args=[secret]))
    context = {"connection": row, "address": address, "look": 1, "last_look": MOST_LOOKS}
    return render(request, "players/made.html", context)


@member_required
@never_cache
@vary_on_headers("HX-Request")
def player(request, connection_id):
    """One of them: what it is called, whose playing counts, and what was heard last."""
    row = get_object_or_404(PlayerConnection.objects.of(request.user), pk=connection_id)
    context = {"connection": row, "look": _look(request), "last_look": MOST_LOOKS}
    if request.htmx and request.method == "GET":
        return render(request, "players/_heard.html", context)
    form = PlayerChoicesForm(request.POST or None, connection=row)
    if done(request, form, "edit", form.save):
        toast(request, _("Your choices are saved."))
        return HttpResponseRedirect(request.path)
    return form_page(request, "players/player.html", form, **context)


def _look(request):
    """How often the page has looked so far; after some minutes it stops."""
    look = request.GET.get("look", "")
    return int(look) + 1 if look.isascii() and look.isdecimal() and len(look) < 4 else 1


@members_alone
def _own(request, connection_id):
    return get_object_or_404(PlayerConnection.objects.of(request.user), pk=connection_id)


@never_cache
def player_renew(request, connection_id):
    """A new address, shown in the answer; that of before leads nowhere from now on."""
    row = _own(request, connection_id)
    with spending("edit", request.user):
        secret = row.renew()
    return _made(request, row, secret)


def player_revoke(request, connection_id):
    _own(request, connection_id).delete()
    toast(request, _("The connection is gone. Its address leads nowhere."))
    return HttpResponseRedirect(reverse("players"))


@member_required
@never_cache
def player_film(request, work_id):
    """Say which film it is that a player named and nobody knew."""
    works = UnknownWork.objects.of(request.user).select_related("connection__member")
    work = get_object_or_404(works, pk=work_id)
    if request.method == "POST":
        film = chosen_film(request)
        choose(work, film)
        toast(request, _("From now on your player means %(film)s by that.") % {"film": film.title})
        return HttpResponseRedirect(reverse("players"))
    return render(
        request, "players/film.html", {"work": work, **films_to_choose(request, work.work["title"])}
    )


@members_alone
def player_film_drop(request, work_id):
    """It is not asked again before the player names it again."""
    get_object_or_404(UnknownWork.objects.of(request.user), pk=work_id).delete()
    return HttpResponseRedirect(reverse("players"))


class _NoFiles(FileUploadHandler):
    """Plex sends a picture along, of which nothing is kept."""

    def new_file(self, *args, **kwargs):
        raise SkipFile

    def receive_data_chunk(self, raw_data, start):
        return None

    def file_complete(self, file_size):
        return None


@csrf_exempt
@never_cache
def player_hear(request, secret):
    """A player writes: the secret in the address says whose it is, and neither session nor cookie does.

    Whatever it says is answered in the same way, so that it does not come again.
    """
    connection = PlayerConnection.objects.with_secret(secret)
    if connection is None:
        raise Http404
    if request.method != "POST":
        return render(request, "players/hear.html")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_MESSAGE:
        return HttpResponse(status=413)
    try:
        playing = read_message(_message(request))
    except Unreadable:
        connection.note_unread(timezone.now())
        return HttpResponse(status=400)
    try:
        if playing.acts and not playing.is_frequent:
            check_machine("player", connection.pk)
    except TooMany as refusal:
        return HttpResponse(status=429, headers={"Retry-After": math.ceil(refusal.retry_after)})
    take_in(connection, playing, timezone.now())
    return HttpResponse(status=204)


def _message(request):
    """The text of the message, whether it is the whole body or a field of a form."""
    if request.content_type not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return request.body
    request.upload_handlers = [_NoFiles(request)]
    try:
        sent = request.POST
    except (MultiPartParserError, SuspiciousOperation) as error:
        raise Unreadable from error
    return next((sent[name] for name in MESSAGE_FIELDS if name in sent), "")
