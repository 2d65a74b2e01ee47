"""Seasons and episodes: their facts and history, and the veil over what a viewer has not come to."""

import pytest
from django.urls import reverse

from accounts.models import User
from moments.models import Episode, LedgerEntry, Moment, Progress, Revision, Season
from moments.models.episode import TooManyEpisodes, add_episodes
from moments.spoilers.rules import SEEN, UNSEEN, end_of
from moments.viewer.episodes import veil
from tests.support.makers import make_episode, make_member, make_moment, make_series
from tests.support.pages import links, text_of, texts
from tests.support.rows import for_each

LINES = "1. The Pier, 2011-04-17\n2) Fog and, Rope, 2011-04\n3: \n10 Last Boat"


@pytest.fixture
def ferries(db):
    return make_series("Ferries", year=2011)


def several(client, film, lines, season=1):
    return client.post(reverse("episodes-add", args=[film.slug, season]), {"lines": lines})


def known(film):
    return list(
        film.episodes.order_by("season", "number").values_list("season", "number", "title", "released")
    )


def far(member, film, season, episode=None):
    Progress.objects.set_progress(member, film, film.progress_until(end_of(season, episode)))


# Adding and editing.


def test_several_are_added_by_lines_and_make_their_season(as_mia, ferries, mia):
    assert several(as_mia, ferries, LINES)["Location"] == "/films/ferries/seasons/1/"
    assert known(ferries) == [
        (1, 1, "The Pier", "2011-04-17"),
        (1, 2, "Fog and, Rope", "2011-04"),
        (1, 3, "", ""),
        (1, 10, "Last Boat", ""),
    ]
    assert [(row.number, row.added_by) for row in Season.objects.all()] == [(1, mia)]
    several(as_mia, ferries, LINES)
    assert Episode.objects.count() == 4


WRONG = ["", "The Pier", "1. A\n1. B", "9999. A", "1. A, 2011-13", f"1. {'x' * 151}"]


@for_each("lines", [*WRONG, "\n".join(f"{number}. A" for number in range(501))])
def test_lines_that_say_no_episode_are_refused(lines, as_mia, ferries):
    assert several(as_mia, ferries, lines).status_code == 422
    assert known(ferries) == []


def test_what_is_here_under_another_title_is_not_written_over(as_mia, ferries):
    make_episode(ferries, 1, 1, title="The Pier")
    assert several(as_mia, ferries, "1. Buy pills\n2. Rope").status_code == 422
    assert known(ferries) == [(1, 1, "The Pier", "")]


def test_a_series_has_so_many_episodes_and_seasons(ferries, mia, monkeypatch):
    monkeypatch.setattr("moments.models.episode.EPISODES_OF_SEASON", 2)
    make_episode(ferries, 1, 1)
    with pytest.raises(TooManyEpisodes):
        add_episodes(ferries, [Episode(film=ferries, season=1, number=number) for number in (2, 3)], mia)
    monkeypatch.setattr("moments.models.episode.SEASONS", 1)
    several_refused = [Episode(film=ferries, season=2, number=1)]
    with pytest.raises(Exception, match="two hundred seasons"):
        add_episodes(ferries, several_refused, mia)
    assert known(ferries) == [(1, 1, "", "")]


def test_a_season_and_an_episode_are_added_one_by_one(as_mia, ferries):
    as_mia.post(reverse("season-add", args=["ferries"]), {"number": 2, "title": "Winter", "released": "2012"})
    said = {"number": 3, "title": "Ice", "absolute": 13, "runtime": 44, "tvdb": "77", "summary": "It melts."}
    answer = as_mia.post(reverse("episode-add", args=["ferries", 2]), said)
    episode = Episode.objects.get()
    assert answer["Location"] == episode.get_absolute_url() == "/films/ferries/seasons/2/episodes/3/"
    assert {name: getattr(episode, name) for name in said} == said
    assert Season.objects.get().title == "Winter"
    assert (
        as_mia.post(reverse("season-add", args=["ferries"]), {"number": 2, "title": "X"}).status_code == 422
    )


def test_an_edit_is_kept_and_any_member_puts_back_what_was_there(as_mia, client, ferries, mia, seb):
    _season, episode = make_episode(ferries, 1, 1, title="The Pier", summary="They meet.")
    as_mia.get(f"{episode.get_absolute_url()}edit/?show=1")
    said = {"title": "Buy pills", "version": 0, "summary": "They meet.", "source": "The credits"}
    as_mia.post(f"{episode.get_absolute_url()}edit/", said)
    revision = Revision.objects.get()
    assert (revision.episode, revision.editor, revision.source) == (episode, mia, "The credits")
    assert revision.texts == {
        **dict.fromkeys(("absolute", "runtime", "after_season", "after_episode")),
        **dict.fromkeys(("released", "imdb", "tmdb", "tvdb"), ""),
        "title": "The Pier",
        "summary": "They meet.",
    }
    client.force_login(seb)
    Progress.objects.set_progress(seb, ferries, SEEN)
    page = client.get(episode.history_url)
    assert texts(page, ".revision h3") == ["Title"]
    client.post(reverse("revision-restore", args=[revision.pk]))
    episode.refresh_from_db()
    assert (episode.title, episode.revisions.count()) == ("The Pier", 2)


def test_a_lock_of_the_films_facts_holds_for_its_parts(as_mia, ferries, mia, keith):
    season, episode = make_episode(ferries, 1, 1, title="The Pier")
    ferries.lock(keith)
    as_mia.post(f"{episode.get_absolute_url()}edit/", {"title": "Pills", "version": 0})
    as_mia.post(f"{season.get_absolute_url()}edit/", {"title": "Pills", "version": 0})
    several(as_mia, ferries, "2. Pills")
    as_mia.post(reverse("season-add", args=["ferries"]), {"number": 2})
    assert (known(ferries), Revision.objects.count()) == ([(1, 1, "The Pier", "")], 0)
    assert [row.title for row in Season.objects.all()] == [""]


def test_a_film_gets_no_episodes(as_mia, film):
    assert several(as_mia, film, "1. The Pier").status_code == 422
    assert Episode.objects.count() == 0


def test_a_special_says_where_it_stands_and_no_other_episode_does(as_mia, ferries):
    said = {"number": 1, "title": "A Fair", "after_season": 1, "after_episode": 2}
    as_mia.post(reverse("episode-add", args=["ferries", 0]), said)
    as_mia.post(reverse("episode-add", args=["ferries", 1]), said)
    assert list(Episode.objects.order_by("season").values_list("season", "after_season")) == [
        (0, 1),
        (1, None),
    ]


def test_staff_delete_what_was_never_there_and_the_ledger_says_so(ferries, keith):
    season, episode = make_episode(ferries, 1, 1, title="Buy pills")
    assert season.drop(keith) is False
    assert (episode.drop(keith, "It never was."), season.drop(keith), season.drop(keith)) == (
        True,
        True,
        False,
    )
    rows = LedgerEntry.objects.order_by("number").values_list("action", "target", "note")
    assert list(rows) == [
        ("edit", f"film/{ferries.pk}", "Deleted S1 E1. It never was."),
        ("edit", f"film/{ferries.pk}", "Deleted S1."),
    ]


def test_a_version_with_private_data_is_struck(ferries, mia, keith):
    _season, episode = make_episode(ferries, 1, 1, summary="Mia lives in Elm Street.")
    episode.summary = "They meet."
    episode.revise(mia)
    assert Revision.objects.get().strike(keith) is True
    assert (Revision.objects.get().texts, LedgerEntry.objects.get().target) == ({}, f"episode/{episode.pk}")


def test_parts_go_along_when_films_are_merged(ferries, keith):
    twin = make_series("The Ferries")
    _season, one = make_episode(twin, 1, 1, title="The Pier")
    make_episode(twin, 1, 2, title="Rope")
    make_episode(ferries, 1, 2, title="Fog")
    twin.merge_into(keith, ferries)
    assert known(ferries) == [(1, 1, "The Pier", ""), (1, 2, "Fog", "")]
    one.refresh_from_db()
    assert one.film == ferries


# Pages.


def test_a_page_of_an_episode_has_its_moments_in_story_order(client, ferries, mia):
    make_episode(ferries, 2, 3, title="Ice")
    for title, place, numbers in (
        ("B", 2.0, (2, 3)),
        ("A", 1.0, (2, 3)),
        ("C", 3.0, (2, 4)),
        ("D", 4.0, (1, 3)),
    ):
        make_moment(ferries, mia, title, position=place, season=numbers[0], episode=numbers[1])
    found = {
        url: [post.title for post in client.get(url).context["posts"]]
        for url in ("/films/ferries/seasons/2/episodes/3/", "/films/ferries/seasons/2/moments/")
    }
    assert list(found.values()) == [["A", "B"], ["A", "B", "C"]]
    feed = text_of(client.get("/films/ferries/seasons/2/episodes/3/feed/"))
    assert "Ferries, season 2, episode 3" in feed
    assert ("<title>A" in feed, "<title>C" in feed) == (True, False)


def test_what_only_moments_name_has_a_page_and_what_nobody_names_has_none(client, ferries, mia):
    moment = make_moment(ferries, mia, "The Ice", season=2, episode=3)
    page = client.get(moment.get_absolute_url())
    assert "/films/ferries/seasons/2/episodes/3/" in links(page)
    statuses = {
        path: client.get(f"/films/ferries/seasons/{path}/").status_code
        for path in (
            "2",
            "2/moments",
            "2/episodes/3",
            "3",
            "2/episodes/4",
            "99999999999999999999",
            "2/history",
        )
    }
    assert list(statuses.values()) == [200, 200, 200, 404, 404, 404, 404]


def test_a_long_season_comes_in_pages(client, ferries):
    Season.objects.create(film=ferries, number=1)
    rows = [
        Episode(film=ferries, season=1, number=number, title=f"Boat {number}") for number in range(1, 121)
    ]
    Episode.objects.bulk_create(rows)
    first = client.get("/films/ferries/seasons/1/")
    second = client.get("/films/ferries/seasons/1/", {"after": first.context["next_cursor"]})
    numbers = [[row.number for row in page.context["episodes"]] for page in (first, second)]
    assert numbers == [list(range(1, 51)), list(range(51, 101))]


# The veil.

CASES = {  # of episode 2 of season 2: whether its title is veiled, and whether its summary
    "nothing said": (None, False, True),
    "not begun": ("unseen", True, True),
    "the season before": ((1, None), True, True),
    "the episode before": ((2, 1), True, True),
    "this episode": ((2, 2), False, False),
    "the next season": ((3, None), False, False),
    "all of it": ("seen", False, False),
}


@for_each("case", CASES)
def test_titles_and_summaries_are_veiled_by_how_far_the_viewer_is(case, client, ferries):
    said, is_veiled, is_summary_veiled = CASES[case]
    _season, episode = make_episode(ferries, 2, 2, title="Quuxtitle", summary="Quuxsummary.")
    make_episode(ferries, 2, 1), make_episode(ferries, 2, 3)
    tracy = make_member("tracy")
    known = {"unseen": UNSEEN, "seen": SEEN}
    if isinstance(said, tuple):
        far(tracy, ferries, *said)
    else:
        Progress.objects.set_progress(tracy, ferries, known.get(said))
    client.force_login(tracy)
    page = text_of(client.get(episode.get_absolute_url()))
    assert ("Quuxtitle" not in page, "Quuxsummary" not in page) == (is_veiled, is_summary_veiled)
    others = [
        text_of(client.get(f"/films/ferries/seasons/2/{path}")) for path in ("", "episodes/1/", "episodes/3/")
    ]
    assert {"Quuxtitle" not in other for other in others} == {is_veiled}
    shown = text_of(client.get(episode.get_absolute_url(), {"show": "1"}))
    assert ("Quuxtitle" in shown, "Quuxsummary" in shown) == (True, True)
    for path in ("history/", "edit/"):
        url = f"{episode.get_absolute_url()}{path}"
        assert ("Quuxsummary" in text_of(client.get(url))) <= (not is_summary_veiled)


def test_who_wants_to_see_spoilers_reads_them(ferries):
    viewer = make_member("tracy", spoiler_stance=User.SpoilerStance.SHOW)
    _season, episode = make_episode(ferries, 2, 2, title="Ice", summary="It melts.")
    veil([episode], ferries, viewer)
    assert (episode.is_veiled, episode.is_summary_veiled) == (False, False)


def test_a_special_is_veiled_until_the_episode_that_it_stands_after(as_seb, ferries, seb):
    placed = make_episode(ferries, 0, 1, title="Quuxfair", after_season=1, after_episode=2)[1]
    lost = make_episode(ferries, 0, 2, title="Quuxlost")[1]
    seen = {}
    for episode in (1, 2):
        far(seb, ferries, 1, episode)
        page = text_of(as_seb.get("/films/ferries/seasons/0/"))
        seen[episode] = (placed.title in page, lost.title in page)
    assert seen == {1: (False, False), 2: (True, False)}


def test_a_moment_tells_the_title_of_its_episode_to_those_who_are_there(as_seb, ferries, mia, seb):
    make_episode(ferries, 1, 2, title="Quuxtitle")
    moment = make_moment(ferries, mia, "The Rope", season=1, episode=2, timecode=60)
    far(seb, ferries, 1, 1)
    pages = [text_of(as_seb.get(moment.get_absolute_url(), follow=True))]
    far(seb, ferries, 1, 2)
    pages.append(text_of(as_seb.get(moment.get_absolute_url())))
    assert ["Quuxtitle" in page for page in pages] == [False, True]


def test_up_to_here_is_said_on_the_page_of_an_episode(client, as_seb, ferries, mia, seb):
    make_episode(ferries, 1, 2)
    make_moment(ferries, mia, position=5.0, season=1, episode=2)
    as_seb.post(reverse("episode-seen", args=["ferries", 1, 2]))
    progress = Progress.objects.of(seb, ferries)
    assert (progress.place, progress.story_time) == (5.0, end_of(1, 2))
    assert as_seb.post(reverse("episode-seen", args=["ferries", 1, 3])).status_code == 404


def test_a_form_offers_the_episodes_that_are_known_and_veils_their_titles(as_seb, ferries, seb):
    for number in (1, 2):
        make_episode(ferries, 1, number, title=f"Quuxtitle{number}")
    far(seb, ferries, 1, 1)
    url = reverse("moment-add", args=["ferries"])
    page = text_of(as_seb.get(url))
    assert ("Quuxtitle1" in page, "Quuxtitle2" in page, "1-2" in page) == (True, False, True)
    as_seb.post(url, {"title": "The Rope", "body": "It holds.", "tags": "rope", "known": "1-2", "season": ""})
    assert Moment.objects.values_list("season", "episode").get() == (1, 2)
