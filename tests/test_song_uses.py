"""Where songs are heard: said and edited by everybody, confirmed, disputed, in the order of their times."""

import pytest

from accounts.deletion import delete_account
from moments.models import Film, Progress, SongUse, Verdict
from moments.spoilers.rules import ProgressPoint
from tests.support.counters import differences
from tests.support.ledger import rows, verified
from tests.support.makers import make_film, make_moment, make_same_song, make_song, make_use
from tests.support.pages import links, messages_of, texts, the

REASON = {"stance": "dispute", "reason": "That is another tune."}


@pytest.fixture
def song(film, mia):
    return make_song(film, mia, "City of Stars")


@pytest.fixture
def use(song, moment):
    return make_use(song, moment, role="theme", note="On the pier.")


def now(use):
    return SongUse.objects.with_posts().get(pk=use.pk)


def heard(page):
    return [(use.moment.title, use.starts) for use in page.context["uses"]]


def test_a_member_says_where_else_a_song_is_heard_and_everybody_edits_it(
    client, song, film, moment, seb, anna
):
    address, beyond = f"/posts/{song.pk}/heard/", make_moment(make_film("Snatch"), anna)
    said = {"about": moment.pk, "role": "reprise", "starts": "0:33:10", "ends": "34:00", "note": "Slowly."}
    assert client.post(address, said)["Location"].startswith("/accounts/login/")
    client.force_login(seb)
    wrong = [
        {"about": ""}, {"about": beyond.pk}, {"about": "x"}, {"starts": "", "ends": "34:00"},
        {"ends": "33:10"}, {"starts": "ten"}, {"role": "sung"}, {"note": "x" * 201},
        {"starts": "99:59:59", "ends": "100:00:00"},
    ]  # fmt: skip
    for instead in wrong:
        assert client.post(address, said | instead).status_code == 422, instead
    assert client.post(address, said | {"find": "about"}).status_code == 200
    assert SongUse.objects.count() == 0
    made = client.post(address, said)["Location"]
    use = SongUse.objects.get()
    assert (use.starts, use.ends, use.added_by, use.author_id) == (1990, 2040, seb, seb.pk)
    assert client.post(address, said).status_code == 422, "it is said already"
    client.force_login(anna)
    edit = {
        "role": "theme",
        "starts": "0:33:00",
        "ends": "",
        "note": "Slowly.",
        "version": "0",
        "source": "By ear",
    }
    assert client.post(f"{made}edit/", edit)["Location"] == made
    assert (now(use).role, now(use).starts, now(use).ends) == ("theme", 1980, None)
    late = {
        "role": "theme",
        "starts": "0:33:10",
        "ends": "34:00",
        "note": "Softly.",
        "version": "0",
        "source": "",
    }
    client.post(f"{made}edit/", late | {"role": "reprise"})
    assert (now(use).role, now(use).starts, now(use).note) == ("theme", 1980, "Softly."), (
        "what others changed stays"
    )
    page = client.get(f"{made}history/")
    assert [edit.revision.source for edit in page.context["edits"]] == ["", "By ear"]
    client.post(f"/revisions/{use.revisions.earliest('pk').pk}/restore/")
    assert (now(use).role, now(use).starts, now(use).ends, now(use).note) == (
        "reprise",
        1990,
        2040,
        "Slowly.",
    )
    Film.objects.filter(pk=film.pk).update(locked=True)
    assert client.post(f"{made}edit/", edit).status_code == 422
    assert client.get(f"{made}edit/").context["closed"] is True
    assert now(use).role == "reprise"


def test_members_confirm_and_dispute_that_a_song_is_heard(client, song, use, mia, seb, anna, keith):
    address = f"/songs/uses/{use.pk}/verdict/"
    client.force_login(mia)
    assert client.post(address, {"stance": "confirm"}).status_code == 422, "it is her own"
    for member, sent in ((seb, {"stance": "confirm"}), (anna, {"stance": "confirm"}), (anna, REASON)):
        client.force_login(member)
        assert client.post(address, sent)["Location"] == f"/songs/uses/{use.pk}/#verdicts"
    assert client.post(address, {"stance": "dispute"}).status_code == 422, "a dispute gives its reason"
    assert (now(use).confirms, now(use).disputes) == (1, 1)
    page = client.get(f"/songs/uses/{use.pk}/")
    assert texts(page, ".said li p[dir]") == [REASON["reason"]]
    assert the(page, "#claim-status .status").get_text(strip=True) == "confirmed by 1, disputed by 1"
    verdict = Verdict.objects.get(member=anna)
    verdict.remove(keith, "spam")
    assert texts(client.get(f"/songs/uses/{use.pk}/"), ".said li p[dir]") == [REASON["reason"]], (
        "hers to read"
    )
    client.force_login(seb)
    assert texts(client.get(f"/songs/uses/{use.pk}/"), ".said li p[dir]") == []
    assert client.get(f"/verdicts/{verdict.pk}/report/").status_code == 404
    assert rows().get().subject == "a verdict on where a song is heard"
    assert verified().partition(" ")[2] == "rows follow one another, 1 removed texts match."
    client.post(f"{address}revoke/")
    assert (now(use).confirms, now(use).disputes) == (0, 1)
    delete_account(anna, take_texts=True)
    assert (now(use).confirms, now(use).disputes) == (0, 0)
    assert differences() == {}


def test_uses_with_times_stand_in_their_order_and_the_others_in_that_of_the_story(client, film, song, mia):
    titles = ("Dawn", "Noon", "Dusk", "Night")
    moments = [make_moment(film, mia, title, position=place) for place, title in enumerate(titles, 1)]
    for scene, starts in zip(moments, (300, None, 100, 200), strict=True):
        SongUse.objects.create(song_id=song.pk, moment_id=scene.pk, starts=starts)
    expected = [("Dusk", 100), ("Noon", None), ("Night", 200), ("Dawn", 300)]
    assert heard(client.get(song.get_absolute_url())) == expected


def test_what_is_veiled_of_a_use_is_told_by_none_of_its_pages(client, film, song, use, moment, seb, mia):
    later = make_moment(film, mia, "The Ferry", position=moment.position + 2)
    hidden = make_use(song, later, note="Softly.", starts=5000)
    Verdict.objects.create(song_use=hidden, member=mia, **REASON)
    client.force_login(seb)
    Progress.objects.set_progress(seb, film, ProgressPoint(moment.position + 1))
    for end in ("", "edit/", "history/", "verdict/"):
        page = client.get(f"{hidden.numbered_url}{end}")
        assert not any(word in page.text for word in ("Ferry", "Softly", "1:23:20", REASON["reason"])), end
    page = client.get(song.get_absolute_url())
    assert use.numbered_url in links(page)
    assert hidden.numbered_url not in links(page)
    assert not any(word in page.text for word in ("Ferry", "Softly", "1:23:20"))
    assert "The Ferry" in client.get(f"{hidden.numbered_url}?show=1").text
    song.remove(mia, "spam")
    assert client.get(use.numbered_url).status_code == 404


def test_the_author_keeps_times_and_history_of_what_others_said(client, song, use, moment, film, mia, seb):
    other = make_moment(film, mia, "The Ferry")
    use.starts, use.ends = 100, 120
    use.revise(seb)
    client.force_login(mia)
    form = {"title": song.title, "body": "x", "artist": "Cast", "heard_in": [moment.pk, other.pk]}
    form |= {f"heard_in_role_{moment.pk}": "credits", f"heard_in_note_{moment.pk}": "At the end."}
    assert client.post(f"/posts/{song.pk}/edit/", form).status_code == 302
    kept = now(use)
    assert (kept.role, kept.note, kept.starts, kept.ends) == ("credits", "At the end.", 100, 120)
    assert kept.revisions.latest("pk").texts["role"] == "theme"
    assert list(song.uses.values_list("moment", flat=True).order_by("pk")) == [moment.pk, other.pk]
    client.post(f"/posts/{song.pk}/edit/", form | {"heard_in": [other.pk]})
    assert list(song.uses.values_list("moment", flat=True)) == [other.pk]


def test_a_song_has_a_bounded_number_of_moments_and_of_films(
    client, film, song, use, mia, as_seb, monkeypatch
):
    monkeypatch.setattr("moments.models.song.MOST_USES", 1)
    said = {"about": make_moment(film, mia).pk, "role": "theme"}
    assert client.post(f"/posts/{song.pk}/heard/", said).status_code == 422
    assert song.uses.get() == use
    make_same_song(song, mia)
    monkeypatch.setattr("moments.models.recording.MOST_SONGS", 2)
    third = make_song(make_film("Ponyo"), mia, "City of Stars")
    page = client.post(f"/posts/{third.pk}/same/{song.pk}/", follow=True)
    assert len(messages_of(page)) == 1
    assert song.recording.songs.count() == 2
