"""Where a song is heard: the page of one use, what members make of it, and the forms that edit it."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.vary import vary_on_headers

from moments.forms import NewSongUseForm, SongUseForm, VerdictForm
from moments.forms.moment_picker import FIND
from moments.models import Moment, Song, SongUse
from moments.viewer.veiled import is_shown, veiled_page
from moments.views.verdicts import judged, revoked, verdict_context
from reelive.formpages import done, form_page
from reelive.shortcuts import member_required, take_draft


def song_use(request, use_id):
    """How a song is heard in a moment, and whether members agree."""
    use = find_use(request, use_id)
    if hidden := veiled_use(request, use):
        return hidden
    return render(
        request, "song_uses/song_use.html", use_context(request, use) | verdict_context(request, use)
    )


def find_use(request, use_id):
    """A use whose song and moment say whether they are veiled for the viewer."""
    use = get_object_or_404(SongUse.objects.visible_to(request.viewer), pk=use_id)
    for name, model in (("song", Song), ("moment", Moment)):
        posts = model.objects.listed().select_related("film").veiled_for(request.viewer)
        setattr(use, name, get_object_or_404(posts, pk=getattr(use, f"{name}_id")))
    return use


def veiled_use(request, use):
    """What stands in its place for a viewer for whom the song or the moment is veiled."""
    for post in (use.song, use.moment):
        if not is_shown(request, post):
            return veiled_page(request, post, show=f"{use.numbered_url}?show=1")
    return None


def use_context(request, use):
    return {
        "use": use,
        "film": use.film,
        "editable": use.can_be_edited_by(request.viewer),
        "sources": use.sources(request.viewer) if use.edited else [],
    }


@member_required(draft_for=[NewSongUseForm])
def song_use_add(request, song_id):
    """Say that a song is heard in one more moment."""
    song = get_object_or_404(_songs(request), pk=song_id)
    if hidden := not is_shown(request, song) and veiled_page(request, song):
        return hidden
    use = SongUse(song=song)
    form = NewSongUseForm(request.POST or None, use=use, viewer=request.viewer, initial=take_draft(request))
    if FIND in request.POST:
        form.errors.clear()
        return render(request, "song_uses/form.html", {"form": form, "use": use, "film": song.film})
    if done(request, form, "edit", lambda: form.save_for(request.user)):
        return HttpResponseRedirect(use.get_absolute_url())
    closed = song.film.locked and not form.is_bound
    return form_page(request, "song_uses/form.html", form, use=use, film=song.film, closed=closed)


@member_required(draft_for=[SongUseForm])
def song_use_edit(request, use_id):
    use = find_use(request, use_id)
    if hidden := veiled_use(request, use):
        return hidden
    form = SongUseForm(request.POST or None, use=use, initial=take_draft(request))
    if done(request, form, "edit", lambda: form.save_for(request.user)):
        return HttpResponseRedirect(use.get_absolute_url())
    closed = use.locked and not form.is_bound
    return form_page(request, "song_uses/form.html", form, use=use, film=use.film, closed=closed)


@member_required(draft_for=[VerdictForm])
@vary_on_headers("HX-Request")
def song_use_verdict(request, use_id):
    """Confirm or dispute that a song is heard so, or change the verdict that was given before."""
    use = find_use(request, use_id)
    return veiled_use(request, use) or judged(request, use)


def song_use_verdict_revoke(request, use_id):
    return revoked(request, find_use(request, use_id))


def _songs(request):
    return Song.objects.open_to(request.viewer).select_related("film").veiled_for(request.viewer)
