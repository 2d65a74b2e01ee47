"""A song in all its films: the page, the form for its facts, and which songs of films are the same."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from moments.catalogue.looking_up_songs import look_up_recordings, songs_are_looked_up
from moments.forms import RecordingForm
from moments.models import Recording, Song
from moments.models.asked import Asked
from moments.models.card_pages import page_of_keys
from moments.models.post_queryset import HOT
from moments.models.refusals import RecordingGone
from moments.syndication import recording_listings as listings
from moments.viewer.songs import FILMS_AT_ONCE, known_recordings, songs_with_films, uses_of
from reelive.exceptions import Refused
from reelive.formpages import done, form_page
from reelive.listpages import growing_page, whole_or_more
from reelive.ratelimit import spending
from reelive.shortcuts import member_required, require_member, take_draft
from reelive.toasts import toast


def recording(request, recording):
    """The films in which a song is heard, each with its moments in story order."""
    listing = listings.recording(request, recording)
    viewer, target = request.viewer, listing.target
    read = partial(page_of_keys, listing.source, viewer, HOT)
    page = growing_page(request, read, lambda: listing.rows, HOT, FILMS_AT_ONCE)
    songs = songs_with_films(viewer, [row["id"] for row in page.items])
    uses = uses_of(viewer, [song.pk for song in songs])
    films = [(song, uses[song.pk]) for song in songs]
    context = {"recording": target, "listing": listing, "films": films}
    if "after" not in request.GET:
        context |= _family(viewer, target)
        if not page.next_cursor:
            context["numbers"] = {"films": len(films), "moments": sum(map(len, uses.values()))}
    return whole_or_more(request, "recordings/recording.html", "recordings/_films.html", page, context)


def _family(viewer, recording):
    """The original that it covers and its own covers, as far as the viewer may know songs that are these."""
    covers = Asked(known_recordings, viewer, original=recording.pk).objects
    original = recording.original_id and Asked(known_recordings, viewer, pk=recording.original_id).first
    sources = recording.sources(viewer) if recording.edited else []
    return {"original": original, "covers": covers, "sources": sources}


@member_required(draft_for=[RecordingForm])
def recording_edit(request, recording):
    recording = listings.recording(request, recording).target
    if "look-up" in request.POST and songs_are_looked_up():
        return _look_up(request, recording)
    form = RecordingForm(request.POST or None, instance=recording, initial=take_draft(request))
    if done(request, form, "edit", lambda: form.save_for(request.user)):
        return HttpResponseRedirect(form.instance.get_absolute_url())
    closed = recording.locked and not form.is_bound
    return _edit_page(request, form, recording=recording, closed=closed)


def _edit_page(request, form, **context):
    return form_page(request, "recordings/form.html", form, looks_up=songs_are_looked_up(), **context)


def _look_up(request, recording):
    """The form again as it was sent, with what is called so elsewhere."""
    form, context = RecordingForm(request.POST, instance=recording), {}
    if done(request, form, "look-up", lambda: None):
        found = look_up_recordings(recording.title, recording.artist)
        context = {"is_asked": True, "found": found}
    return _edit_page(request, form, recording=recording, **context)


# Verbs of the song of one film.


def song_recording(request, song_id):
    """Give a song a page for all films, where it has none, and open the form for what is known of it."""
    song = _song(request, song_id)
    require_member(request, song.link)
    with spending("edit", request.user):
        recording = Recording.objects.of(song, request.user)
    if not recording.is_visible:
        messages.error(request, str(RecordingGone.sentence))
        return HttpResponseRedirect(song.link)
    return HttpResponseRedirect(reverse("recording-edit", args=[recording.slug]))


def song_join(request, song_id, other_id):
    """Say that a song is the same as the one of another film."""
    song, other = _song(request, song_id), _song(request, other_id)
    undo = reverse("song-leave", args=[song.pk])
    return _change(
        request, song, lambda: song.same_as(other, request.user), _("Both are one song now."), undo
    )


def song_leave(request, song_id):
    """Say that a song is not the same as those of other films after all."""
    song = _song(request, song_id)
    recording = get_object_or_404(Recording.objects.listed(), songs=song.pk)
    others = recording.songs.exclude(pk=song.pk).values_list("pk", flat=True)
    again = reverse("song-join", args=[song.pk, others[0]]) if others else ""
    said = _("It is a song of its own now.")
    return _change(request, song, lambda: recording.let_go(song, request.user), said, again)


def _change(request, song, change, said, undo):
    require_member(request, song.link)
    try:
        with spending("edit", request.user):
            change()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        toast(request, said, undo=undo)
    return HttpResponseRedirect(song.link)


def _song(request, song_id):
    """A song that the viewer may know, by its number."""
    songs = Song.objects.open_to(request.viewer).select_related("film")
    return get_object_or_404(songs.veiled_for(request.viewer).filter(is_veiled=False), pk=song_id)
