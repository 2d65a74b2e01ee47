"""Staff edit through the verbs of the models: posts, comments, films and notes."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from moments.models import Comment, DiaryEntry, FeelingTally, Film, LedgerEntry, Moment, Post, SongUse, Trivia
from moments.models.counters import repair
from tests.support.admin import form_data, listed, page
from tests.support.counters import differences
from tests.support.makers import make_comment, make_film, make_moment, make_song, make_trivia, moderator
from tests.support.pages import text_of

PROSE = "Long enough for a text."


def test_a_moment_is_revised_as_its_author_would(as_anna, moment, mia, seb):
    moment.upvote(seb)
    Moment.objects.update(created=timezone.now() - timedelta(hours=1))
    repair({Post: [moment.pk]})
    response = as_anna.get(page(moment))
    data = form_data(response) | {
        "title": "Lovely, that night",
        "body": "They *dance* at dusk.",
        "tags": "dusk, stars",
    }
    assert as_anna.post(page(moment), data).url == listed(Moment)
    moment = Moment.objects.get()
    assert (moment.title, moment.slug, moment.author, moment.votes) == (
        "Lovely, that night",
        "lovely-that-night",
        mia,
        1,
    )
    assert moment.body_html == "<p>They <em>dance</em> at dusk.</p>"
    assert sorted(tag.name for tag in moment.tag_list) == ["dusk", "stars"]
    assert moment.edited is not None
    assert moment.former_slugs.get().slug == "a-lovely-night"
    assert differences() == {}


def test_a_refused_edit_comes_back_filled(as_anna, moment):
    data = form_data(as_anna.get(page(moment))) | {"title": "X", "tags": "!!!"}
    response = as_anna.post(page(moment), data)
    assert set(response.context["adminform"].form.errors) == {"tags"}
    assert 'value="X"' in text_of(response)
    assert Moment.objects.get().title == "A Lovely Night"


def test_what_is_hidden_is_restored_before_it_is_edited(as_anna, moment):
    data = form_data(as_anna.get(page(moment))) | {"title": "Another title"}
    moment.remove(moderator(), "spam")
    assert as_anna.post(page(moment), data).status_code == 403
    assert Moment.objects.get().title == "A Lovely Night"


def test_weights_of_the_house_change_strengths(as_anna, moment):
    FeelingTally.objects.create(moment=moment, feeling="joy", house=3)
    data = form_data(as_anna.get(page(moment))) | {"tallies-0-house": "5"}
    as_anna.post(page(moment), data)
    assert FeelingTally.objects.get().house == 5
    assert differences() == {}


def test_a_song_is_linked_to_moments_of_its_own_film(as_anna, moment, film, mia):
    song, elsewhere = make_song(film, mia, body=PROSE), make_moment(make_film("Snatch"), mia)
    data = form_data(as_anna.get(page(song))) | {
        "uses-TOTAL_FORMS": "1",
        "uses-0-moment": str(elsewhere.pk),
        "uses-0-role": "theme",
        "uses-0-note": "On the piano.",
    }
    assert as_anna.post(page(song), data).status_code == 200
    assert as_anna.post(page(song), data | {"uses-0-moment": str(moment.pk)}).status_code == 302
    assert SongUse.objects.values_list("song", "moment", "role", "note").get() == (
        song.pk,
        moment.pk,
        "theme",
        "On the piano.",
    )


def test_a_source_settles_a_claim(as_anna, film, mia):
    claim = make_trivia(film, mia, body=PROSE)
    data = form_data(as_anna.get(page(claim))) | {"sources-TOTAL_FORMS": "1", "sources-0-title": "A paper"}
    refused = as_anna.post(page(claim), data | {"sources-0-url": "javascript:alert(1)"})
    assert refused.status_code == 200
    as_anna.post(page(claim), data | {"sources-0-url": "https://example.org/paper"})
    assert Trivia.objects.get().status == "sourced"
    data = form_data(as_anna.get(page(claim))) | {"sources-0-DELETE": "on"}
    as_anna.post(page(claim), data)
    assert Trivia.objects.get().status == "unsourced"


def test_the_status_of_a_claim_is_nobodys_to_set(as_keith, film, mia):
    claim = make_trivia(film, mia, body=PROSE)
    as_keith.post(page(claim), form_data(as_keith.get(page(claim))) | {"status": "confirmed", "votes": "99"})
    assert Trivia.objects.values_list("status", "votes").get() == ("unsourced", 0)


def test_a_comment_is_revised(as_anna, moment, seb):
    comment = make_comment(moment, seb)
    as_anna.post(page(comment), {"body": "Well **said**.", "why": "It was misspelt."})
    assert Comment.objects.get().body_html == "<p>Well <strong>said</strong>.</p>"
    assert Comment.objects.get().author == seb


def test_a_film_is_mended(as_anna, film):
    data = form_data(as_anna.get(page(film))) | {"title": "Ponyo on the Cliff", "runtime": "101"}
    assert as_anna.post(page(film), data).status_code == 302
    film = Film.objects.get()
    assert (film.title, film.runtime, film.slug) == ("Ponyo on the Cliff", 101, "ponyo-on-the-cliff")
    assert film.former_slugs.get().slug == "la-la-land"


def test_private_notes_stay_private(as_keith, moment, seb, mia):
    secret, told = moment.relive(seb, note="My own words."), moment.relive(mia, note="For all.", public=True)
    pages = [listed(DiaryEntry), page(secret), page(secret, "history"), "/admin/"]
    assert not any("My own words" in text_of(as_keith.get(address)) for address in pages)
    assert "For all." in text_of(as_keith.get(page(told)))


def test_a_public_note_is_removed_and_stays_with_its_member(as_anna, client, moment, mia):
    told = moment.relive(mia, note="Ring 0301234567.", public=True)
    secret = moment.relive(mia, date=date(2020, 2, 2), note="For myself.")
    diary = f"/members/mia/diary/{told.date:%Y}/{told.date.month}/"
    assert "0301234567" in text_of(client.get(diary))
    url = reverse("admin:moments_diaryentry_remove", args=[told.pk])
    assert as_anna.post(url, {"confirmed": "yes"}).status_code == 422
    for _ in range(2):
        as_anna.post(url, {"confirmed": "yes", "reason": "private", "note": "A number."})
    row = LedgerEntry.objects.get()
    assert (row.action, row.reason, row.target, row.subject) == (
        "remove", "private", f"reliving/{told.pk}", "a diary note",
    )  # fmt: skip
    assert secret.remove(mia, "spam") is False
    client.logout()
    assert "0301234567" not in text_of(client.get(diary))
    assert row.described in text_of(client.get("/ledger/"))
    client.force_login(mia)
    assert "0301234567" in text_of(client.get(diary))
