"""Relive mode: its first page, one moment after the other, and the end."""

import pytest
from django.urls import reverse

from moments.models import DiaryEntry, Moment, Progress, SongUse
from moments.models.kinds import POST_KINDS
from moments.spoilers.rules import ALL_SEEN, SEEN, UNSEEN, ProgressPoint
from moments.views import visitor_reactions
from reelive.formats import counted
from tests.support.makers import make_comment, make_film, make_moment, make_song, make_trivia, moderator
from tests.support.pages import links, messages_of, select, sent_by, text_of, the
from tests.support.relive_mode import at, make_scenes, of, read, tap


@pytest.fixture
def scenes(film, mia):
    return make_scenes(film, mia)


def place(page):
    """Which of how many moments it is."""
    return the(page, ".relive-mode-eyebrow .tnum").text


def ways(client, moment):
    """Where its buttons lead, back and on."""
    page = client.get(at(moment))
    return tuple(the(page, f".relive-mode-nav a[rel={way}]")["href"] for way in ("prev", "next"))


# The cover.


def test_the_cover_starts_at_the_first_moment(client, scenes, film):
    page = client.get(of("film-relive", film))
    assert len(page.context["walkthrough"]) == 3
    asked = the(page, "main form")
    assert len(asked.select("button")) == 1
    response = client.post(asked["action"], sent_by(asked))
    assert response["Location"] == at(scenes[0])


@pytest.mark.parametrize("hides", [True, False])
def test_one_button_starts_and_a_switch_says_whether_the_end_stays_hidden(client, scenes, film, hides):
    Moment.objects.filter(pk=scenes[2].pk).update(spoiler=True)
    asked = the(client.get(of("film-relive", film)), "main form")
    (switch,) = asked.select("input[type=checkbox]")
    client.post(asked["action"], sent_by(asked, but=None if hides else switch))
    assert client.get(at(scenes[2])).context["post"].is_veiled is hides


def test_whoever_is_midway_says_where_and_comes_back_to_the_cover(client, scenes, film):
    page = client.get(of("film-relive", film))
    (ask,) = [link for link in links(page) if link.startswith(of("film-progress", film))]
    back = the(client.get(ask), "main form input[name=next]")["value"]
    assert back == of("film-relive", film)
    client.post(of("film-progress", film), {"seen": "part", "moment": scenes[1].pk, "next": back})
    assert the(client.get(back), "a[rel=next]")["href"] == at(scenes[0])
    assert client.get(at(scenes[2])).context["post"].is_veiled
    assert not client.get(at(scenes[1])).context["post"].is_veiled


def test_the_cover_of_a_film_without_moments_says_what_to_do(client, film):
    page = client.get(of("film-relive", film))
    assert select(page, "main a[rel=next]") == []
    assert of("moment-add", film) in links(page)


def test_whoever_said_how_far_they_are_is_not_asked_again(as_seb, seb, scenes, film):
    Progress.objects.set_progress(seb, film, SEEN)
    assert select(as_seb.get(of("film-relive", film)), "main form") == []


def test_a_visitor_who_has_seen_it_all_says_so_and_starts(client, scenes, film):
    Moment.objects.filter(pk=scenes[2].pk).update(spoiler=True)
    response = client.post(of("film-progress", film), {"seen": "all", "next": at(scenes[0])})
    assert response["Location"] == at(scenes[0])
    assert "The Bench" in read(client, at(scenes[2]))


# A moment.


def test_a_moment_leads_back_and_on_by_plain_links(client, scenes, film):
    assert place(client.get(at(scenes[1]))) == "2 / 3"
    assert ways(client, scenes[1]) == (at(scenes[0]), at(scenes[2]))
    assert ways(client, scenes[0]) == (of("film-relive", film), at(scenes[1]))
    assert ways(client, scenes[2]) == (at(scenes[1]), of("relive-end", film))


def test_a_moment_shows_the_songs_and_the_trivia_that_belong_there(client, scenes, film, mia):
    song = make_song(film, mia, "City of Stars")
    SongUse.objects.create(song_id=song.pk, moment_id=scenes[1].pk, note="He whistles it.")
    for title, place in (("Too early", 1.9), ("Just here", 2.0), ("Between", 2.9), ("Too late", 3.0)):
        make_trivia(film, mia, title, reveals_at=place)
    page = read(client, at(scenes[1]))
    shown = [text for text in ("City of Stars", "He whistles it.", "Just here", "Between") if text in page]
    assert shown == ["City of Stars", "He whistles it.", "Just here", "Between"]
    assert [text for text in ("Too early", "Too late") if text in page] == []
    assert "Too late" in read(client, at(scenes[2]))


def test_a_moment_says_where_we_are_in_the_story(client, film, mia):
    moment = make_moment(film, mia, context="They have just met.")
    assert "They have just met." in read(client, at(moment))


def test_songs_and_trivia_that_give_something_away_stay_out(client, scenes, film, mia):
    song = make_song(film, mia, "Epilogue", spoiler=True)
    SongUse.objects.create(song_id=song.pk, moment_id=scenes[0].pk, note="They part.")
    make_trivia(film, mia, "How it ends", reveals_at=1.0, spoiler=True)
    page = read(client, at(scenes[0]))
    assert [text for text in ("Epilogue", "They part.", "How it ends") if text in page] == []


def test_a_moment_beyond_ones_progress_tells_nothing_and_can_be_reached(as_seb, seb, scenes, film, mia):
    Progress.objects.set_progress(seb, film, ProgressPoint(1.0))
    later = scenes[1]
    song = make_song(film, mia, "City of Stars")
    SongUse.objects.create(song_id=song.pk, moment_id=later.pk)
    make_comment(later, mia, "What a party.")
    page = read(as_seb, at(later))
    told = (later.title, later.body, later.slug, later.art_url, "City of Stars", "feel-joy")
    assert [text for text in told if text in page] == []
    assert the(page, "h1").text == POST_KINDS["moment"].veiled_title
    response = as_seb.post(reverse("moment-progress", args=[later.pk]), {"next": at(later)})
    assert response["Location"] == at(later)
    assert later.title in read(as_seb, at(later))
    assert scenes[2].title not in read(as_seb, at(scenes[2]))


def test_the_page_before_a_veiled_moment_says_nothing_of_it(as_seb, seb, scenes, film):
    Progress.objects.set_progress(seb, film, ProgressPoint(1.0))
    page = read(as_seb, at(scenes[0]))
    assert [text for text in (scenes[1].title, scenes[1].slug) if text in page] == []


def test_a_moment_of_another_film_or_one_out_of_sight_is_not_found(client, scenes, film, mia):
    other = make_moment(make_film("Whiplash"), mia)
    scenes[2].remove(moderator(), "spam")
    assert client.get(reverse("relive-moment", args=[film.slug, other.pk])).status_code == 404
    assert client.get(at(scenes[2])).status_code == 404
    assert place(client.get(at(scenes[0]))) == "1 / 2"


def test_a_film_with_a_new_address_is_found_under_the_old_one(client, scenes, film):
    old = [of("film-relive", film), at(scenes[1]), of("relive-end", film)]
    film.title = "City of Stars"
    film.revise()
    moved = [client.get(address) for address in old]
    assert {response.status_code for response in moved} == {301}
    assert [response["Location"] for response in moved] == [
        address.replace("la-la-land", film.slug) for address in old
    ]


def test_a_film_of_one_moment_begins_and_ends_with_it(client, film, mia):
    only = make_moment(film, mia)
    assert place(client.get(at(only))) == "1 / 1"
    assert ways(client, only) == (of("film-relive", film), of("relive-end", film))


def test_pages_of_relive_mode_are_kept_by_no_cache(client, scenes, film):
    for name in ("film-relive", "relive-end", "relive-card"):
        assert "no-store" in client.get(of(name, film))["Cache-Control"]
    assert "private" in client.get(at(scenes[0]))["Cache-Control"]


# The end.


def felt_at(page):
    """At how many moments the viewer felt something."""
    assert len(page.context["walkthrough"]) == 3
    return select(page, ".relive-mode-title .relive-mode-text b")[0].text


def test_the_end_tells_what_a_member_felt_most(as_seb, seb, scenes, film):
    for moment, feeling in ((scenes[0], "joy"), (scenes[1], "joy"), (scenes[1], "fear")):
        moment.feel(seb, feeling)
    page = as_seb.get(of("relive-end", film))
    assert felt_at(page) == "2"
    assert [(share.feeling.slug, share.percent) for share in page.context["feelings"]] == [
        ("joy", 67),
        ("fear", 33),
    ]
    assert the(page, ".shares svg")["aria-label"] == page.context["feelings"].label
    assert "arc-key-mine" in text_of(page)


def test_the_end_tells_a_visitor_the_same_and_offers_to_keep_it(client, scenes, film):
    tap(client, scenes[0], "joy")
    tap(client, scenes[2], "joy")
    page = client.get(of("relive-end", film))
    assert felt_at(page) == "2"
    assert "/accounts/signup/?next=%2Frelive%2Fkept%2F" in links(page)


def test_the_end_counts_what_was_felt_beyond_ones_progress_too(as_seb, seb, scenes, film):
    scenes[1].feel(seb, "joy")
    Progress.objects.set_progress(seb, film, UNSEEN)
    assert felt_at(as_seb.get(of("relive-end", film))) == "1"


def test_the_end_of_a_film_where_nothing_was_felt_is_kind(client, scenes, film):
    page = client.get(of("relive-end", film))
    assert (page.status_code, page.context["reacted_to"], select(page, ".shares")) == (200, 0, [])


def test_a_film_without_moments_has_no_end(client, film):
    assert client.get(of("relive-end", film)).status_code == 404
    assert client.get(of("relive-card", film)).status_code == 404


def test_at_the_end_one_may_say_that_one_has_seen_it_all(as_seb, seb, scenes, film):
    assert the(as_seb.get(of("relive-end", film)), "button[name=seen]")["value"] == "all"
    as_seb.post(of("film-progress", film), {"seen": "all", "next": of("relive-end", film)})
    assert Progress.objects.of(seb, film).place == ALL_SEEN
    assert select(as_seb.get(of("relive-end", film)), "button[name=seen]") == []


def test_an_evening_goes_into_the_diary_at_once(as_seb, seb, scenes, film):
    for moment, feeling in ((scenes[0], "joy"), (scenes[1], "joy"), (scenes[1], "fear")):
        moment.feel(seb, feeling)
    scenes[0].relive(seb, note="With popcorn.")
    response = as_seb.post(of("relive-diary", film), follow=True)
    assert response.redirect_chain == [(of("relive-end", film), 302)]
    assert messages_of(response) == [counted(1, visitor_reactions.NOTED)]
    entries = DiaryEntry.objects.order_by("moment__position").values_list("moment__title", "note", "feelings")
    assert list(entries) == [("The Jam", "With popcorn.", ["joy"]), ("The Party", "", ["fear", "joy"])]
    (said,) = messages_of(as_seb.post(of("relive-diary", film), follow=True))
    assert said != counted(0, visitor_reactions.NOTED)
    film.refresh_from_db()
    assert (DiaryEntry.objects.count(), film.relive_count) == (2, 2)


def test_a_long_evening_goes_into_the_diary_in_parts(as_seb, seb, scenes, film, monkeypatch):
    monkeypatch.setattr(visitor_reactions, "ENTRIES_AT_ONCE", 2)
    for moment in scenes:
        moment.feel(seb, "joy")
    said = [messages_of(as_seb.post(of("relive-diary", film), follow=True)) for _time in range(2)]
    assert said == [[counted(2, visitor_reactions.NOTED_AND_MORE)], [counted(1, visitor_reactions.NOTED)]]
    assert DiaryEntry.objects.count() == 3


def test_the_diary_is_not_for_visitors(client, scenes, film):
    tap(client, scenes[0], "joy")
    forms = select(client.get(of("relive-end", film)), "main form")
    assert of("relive-diary", film) not in [form["action"] for form in forms]
    assert client.post(of("relive-diary", film))["Location"].startswith("/accounts/login/?next=%2Ffilms%2F")
    assert not DiaryEntry.objects.exists()
