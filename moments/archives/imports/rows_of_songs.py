"""Making again where songs are heard, and what the member makes of that."""

from moments.archives.imports.fields import SongUseRow, VerdictRow
from moments.archives.imports.finding import LeftOut, moment_of, post_for, values_of
from moments.archives.imports.rows import Already, ensure_visible
from moments.archives.imports.rows_chosen import dated
from moments.models import Kind, Song, SongUse, Verdict
from moments.models.song import MOST_USES


def make_song_use(importing, _archive, row):
    """What is said here of the same moment stays as it is."""
    said, song = values_of(SongUseRow, row), _song(importing, row)
    moment = moment_of(importing.member, row)
    if song.uses.filter(moment=moment).exists():
        raise Already
    if moment.film_id != song.film_id or song.film.locked or song.uses.count() >= MOST_USES:
        raise LeftOut
    created, member = said.pop("created"), importing.member
    use = SongUse(song=song, moment_id=moment.pk, **said)
    if song.author_id != member.pk:
        use.add(member)
    else:
        use.save(force_insert=True)
    return dated(use, {"created": created})


def make_song_verdict(importing, _archive, row):
    """Not one of which a moderator removed the words."""
    ensure_visible(row)
    said, member = values_of(VerdictRow, row), importing.member
    moment = moment_of(member, row)
    use = SongUse.objects.with_posts().filter(song=_song(importing, row).pk, moment=moment.pk).first()
    if use is None:
        raise LeftOut
    mine = Verdict.objects.filter(song_use=use, member=member)
    if mine.exists():
        raise Already
    use.judge(member, said["stance"], said["reason"], said["url"], is_told=False)
    return dated(mine.get(), said)


def _song(importing, row):
    return Song.objects.select_related("film").get(pk=post_for(importing.member, row, kind=Kind.SONG).pk)


SONG_MAKERS = {"song-uses": make_song_use, "song-verdicts": make_song_verdict}
