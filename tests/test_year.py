"""A member's year: counts, films, feelings, the arc of its months, and nothing that is not for everybody."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from moments.arc.arc import Arc
from moments.arc.diary_summary import DiaryLine, DiaryPeriod, arc_of_year
from moments.feelings import FEELINGS
from moments.graphics.year import draw_year
from moments.models import DiaryEntry, Moment
from moments.models.kinds import POST_KINDS
from moments.views import diary
from tests.support.growth import MOST, growth
from tests.support.makers import make_entry, make_film, make_member, make_moment, moderator
from tests.support.pages import links, select, texts, the, told


@pytest.fixture(autouse=True)
def few_entries_have_charts(request, monkeypatch):
    """Most tests have a handful of entries and ask for what a year of many shows."""
    if "real_threshold" not in request.fixturenames:
        monkeypatch.setattr(diary, "ENTRIES_FOR_CHARTS", 1)


@pytest.fixture
def real_threshold():
    return diary.ENTRIES_FOR_CHARTS


def test_a_year_has_charts_from_ten_entries_on(client, film, mia, real_threshold):
    moment = make_moment(film, mia)
    shown = []
    for day in range(1, real_threshold + 1):
        make_entry(moment, mia, date(2024, 3, day), ["joy"])
        shown.append(select(client.get(year_of(mia)), "[aria-labelledby=strongest]") != [])
    assert (real_threshold, shown) == (10, [False] * 9 + [True])


THIS_YEAR = timezone.localdate().year


def year_of(member, year=2024):
    return reverse("member-year", args=[member.username, year])


def lines(*facts):
    """Lines of one film from (month, day, moment, feelings) of 2024."""
    return [DiaryLine(date(2024, month, day), moment, 1, feelings) for month, day, moment, feelings in facts]


# The numbers.


def test_a_stretch_counts_entries_moments_films_and_days():
    period = DiaryPeriod(
        [*lines((1, 1, 5, []), (1, 1, 6, []), (3, 2, 5, [])), DiaryLine(date(2024, 4, 1), 7, 2, [])]
    )
    assert (len(period), len(period.moments), len(period.films), len(period.days)) == (4, 3, 2, 3)
    assert period.moments.most_common(1) == [(5, 2)]
    assert (period.first.date, period.last.moment) == (date(2024, 1, 1), 7)


def test_feelings_are_added_up_but_for_what_is_veiled():
    shown_lines = lines((1, 1, 5, ["joy", "love"]), (1, 2, 5, ["joy"]))
    period = DiaryPeriod([*shown_lines, DiaryLine(date(2024, 1, 3), 9, 1, ["fear"], is_veiled=True)])
    assert [(share.feeling.slug, share.percent) for share in period.strongest()] == [
        ("joy", 67),
        ("love", 33),
    ]
    assert (period.veiled, len(period)) == (1, 3)


def test_ties_of_feelings_are_in_house_order():
    period = DiaryPeriod(lines((1, 1, 5, ["heartbreak", "joy", "hope"])))
    assert [share.feeling.slug for share in period.strongest()] == ["joy", "hope", "heartbreak"]


def test_words_that_are_no_feelings_count_for_nothing():
    assert not DiaryPeriod(lines((1, 1, 5, ["ennui", "<b>"]))).bar


def test_the_arc_of_a_year_has_its_months_as_places():
    period = DiaryPeriod(lines((2, 1, 5, ["joy"]), (2, 9, 5, ["joy", "heartbreak"]), (11, 3, 6, ["fear"])))
    arc = arc_of_year(period, lambda month: f"/{month}/")
    assert [(point.keys, point.place, point.title, point.url, point.weight) for point in arc.points] == [
        ((2,), 2, "February", "/2/", 2),
        ((11,), 11, "November", "/11/", 1),
    ]
    assert arc.points[0].valence == pytest.approx((2 * 0.9 - 1.0) / 3)


def test_months_without_feelings_have_no_place_on_the_arc():
    arc = arc_of_year(DiaryPeriod(lines((2, 1, 5, ["joy"]), (3, 1, 5, []))), lambda month: "")
    assert [point.place for point in arc.points] == [2]


def test_the_drawing_names_all_months_and_leads_to_those_with_feelings():
    period = DiaryPeriod(lines(*((month, 1, 5, ["joy"]) for month in (1, 6, 12))))
    drawing = draw_year(arc_of_year(period, lambda month: f"/{month}/"), 2024)
    assert drawing.count("<text") == 14
    assert [f'href="/{month}/"' in drawing for month in (1, 2, 6, 12)] == [True, False, True, True]
    assert "Happiest: January: Joy, +0.90." in drawing


def test_a_single_month_is_a_dot_and_none_is_nothing():
    one = arc_of_year(DiaryPeriod(lines((5, 1, 5, ["joy"]))), lambda month: "/5/")
    assert ("arc-dot" in draw_year(one, 2024), "arc-line" in draw_year(one, 2024)) == (True, False)
    assert draw_year(Arc([]), 2024) == ""


# The page.


def test_the_year_counts_what_was_relived_in_it(client, film, mia, seb):
    scenes = [make_moment(film, mia), make_moment(make_film("Ponyo"), mia)]
    for scene, month in [(scenes[0], 1), (scenes[0], 2), (scenes[1], 2), (scenes[0], 12)]:
        make_entry(scene, seb, date(2024, month, 5))
    make_entry(scenes[0], seb, date(2023, 12, 31))
    make_entry(scenes[0], seb, date(2025, 1, 1))
    page = client.get(year_of(seb))
    period = page.context["period"]
    assert (len(period), len(period.moments), len(period.films), len(period.days)) == (4, 2, 2, 3)
    assert [(moment.pk, count) for moment, count in page.context["most"]] == [
        (scenes[0].pk, 3), (scenes[1].pk, 1)
    ]  # fmt: skip
    assert [(film.title, count) for film, count in page.context["films"]] == [("La La Land", 3), ("Ponyo", 1)]
    assert [(day, moment.pk) for day, moment, _film in page.context["ends"]] == [
        (date(2024, 1, 5), scenes[0].pk),
        (date(2024, 12, 5), scenes[0].pk),
    ]


def test_the_year_says_what_was_felt_most_in_bars_and_numbers(client, film, mia, seb):
    make_entry(make_moment(film, mia), seb, feelings=["joy", "love"])
    make_entry(make_moment(film, mia), seb, feelings=["love"])
    page = client.get(year_of(seb))
    bars = select(page, "[aria-labelledby=strongest] .strongest li")
    assert [(bar["class"], bar.select(".tnum")[0].text.split()[0]) for bar in bars] == [
        (FEELINGS["love"].css, "67"),
        (FEELINGS["joy"].css, "33"),
    ]
    assert "2" in bars[0].select(".tnum .sr-only")[0].text


def test_the_arc_of_the_year_is_a_drawing_and_a_table(client, moment, seb):
    make_entry(moment, seb, feelings=["triumph"])
    page = client.get(year_of(seb))
    assert select(page, "[aria-labelledby=arc] .arc-figure svg")
    (row,) = select(page, "[aria-labelledby=arc] tbody tr")
    assert row.select("th[scope=row] a")[0]["href"] == "/members/seb/diary/2024/3/"
    assert [cell.text for cell in row.select("td.num")] == ["+1.00", "1"]


def test_a_year_in_which_nothing_was_felt_has_no_arc(client, moment, seb):
    make_entry(moment, seb)
    page = client.get(year_of(seb))
    assert select(page, "[aria-labelledby=arc]") == []
    assert select(page, "[aria-labelledby=strongest] .strongest") == []
    assert texts(page, "[aria-labelledby=strongest] p.muted") != []


def test_years_lead_to_their_neighbours_that_hold_entries(client, moment, seb):
    for year in (2019, 2024, THIS_YEAR):
        make_entry(moment, seb, date(year, 1, 1))
    page = client.get(year_of(seb))
    assert (page.context["earlier"].year, page.context["later"].year) == (2019, THIS_YEAR)
    assert the(page, ".neighbours a[rel=prev]")["href"] == year_of(seb, 2019)
    assert select(client.get(year_of(seb, 2019)), ".neighbours a[rel=prev]") == []
    assert select(client.get(year_of(seb, THIS_YEAR)), ".neighbours a[rel=next]") == []


def test_the_members_page_and_the_diary_lead_to_the_year(client, seb):
    for name in ("member", "member-diary", "member-comments"):
        assert f"/members/seb/{THIS_YEAR}/" in links(client.get(reverse(name, args=["seb"])))


def test_a_year_without_entries_is_kind(client, as_seb, seb):
    assert "/" in links(as_seb.get(year_of(seb, THIS_YEAR)), ".empty")
    client.logout()
    page = client.get(year_of(seb, THIS_YEAR))
    assert (page.status_code, len(select(page, ".hero-lede")), select(page, ".hero-stats")) == (200, 1, [])
    assert links(page, ".empty") == []


def test_years_between_the_first_entry_and_now_are_there(client, moment, seb):
    make_entry(moment, seb, date(2010, 5, 5))
    found = {year: client.get(year_of(seb, year)).status_code for year in (2009, 2010, 2015, THIS_YEAR)}
    assert found == {2009: 404, 2010: 200, 2015: 200, THIS_YEAR: 200}


def test_the_year_one_joined_is_there_and_the_one_before_is_not(client, seb):
    joined = timezone.now() - timedelta(days=800)
    type(seb).objects.filter(pk=seb.pk).update(date_joined=joined)
    assert client.get(year_of(seb, joined.year)).status_code == 200
    assert client.get(year_of(seb, joined.year - 1)).status_code == 404


@pytest.mark.parametrize("year", [0, 1, 1899, THIS_YEAR + 1, 9999, 10_000, 10**30])
def test_years_that_cannot_be_are_not_found(year, client, moment, seb):
    make_entry(moment, seb)
    assert client.get(f"/members/seb/{year}/").status_code == 404


def test_the_year_tells_other_sites_what_it_is(client, moment, seb):
    make_entry(moment, seb), make_entry(moment, seb, date(2024, 4, 4))
    response = client.get(year_of(seb))
    page, meta = response.text, response.context["meta"]
    assert the(page, 'meta[property="og:title"]')["content"] == meta.title
    assert the(page, "meta[name=description]")["content"] == meta.description
    assert all(word in meta.title for word in ("2024", "seb"))
    assert re.findall(r"\d+", meta.description) == ["2", "1", "1"]
    assert the(page, "link[rel=canonical]")["href"] == f"http://localhost:8000{year_of(seb)}"
    assert "noindex" not in page
    assert "noindex" in client.get(year_of(seb, THIS_YEAR)).text


# What is not for everybody.


def test_notes_are_never_on_the_page_not_even_ones_own(client, as_seb, moment, seb):
    make_entry(moment, seb, note="A private word.")
    make_entry(moment, seb, date(2024, 5, 5), note="A public word.", public=True)
    for viewer in (as_seb, client):
        assert "word." not in told(viewer.get(year_of(seb)))


def test_what_lies_beyond_ones_progress_counts_and_is_not_named(client, film, mia, seb):
    late = make_moment(film, mia, "The Reunion", spoiler=True, palette=["#123456"] * 5)
    make_entry(late, seb, feelings=["heartbreak"])
    page = client.get(year_of(seb))
    assert (len(page.context["period"]), page.context["period"].veiled) == (1, 1)
    words = ("reunion", "heartbreak</", "feeling-heartbreak", "#123456")
    assert [word for word in words if word in told(page).lower()] == []
    assert texts(page, ".year-moment b") == [POST_KINDS["moment"].veiled_title]
    assert f"/posts/{late.pk}/" in told(page)


def test_ones_own_feelings_count_also_beyond_ones_progress(as_seb, film, mia, seb):
    make_entry(make_moment(film, mia, spoiler=True), seb, feelings=["heartbreak"])
    assert as_seb.get(year_of(seb)).context["period"].tally == {"heartbreak": 1}


def test_the_page_is_the_same_for_all_so_what_is_gone_is_on_none(client, as_seb, film, mia, seb):
    gone, here = make_moment(film, mia, "Gone"), make_moment(film, mia, "Here")
    make_entry(gone, seb), make_entry(here, seb)
    gone.remove(moderator(), "spam")
    for viewer in (as_seb, client):
        assert [moment.title for moment, _count in viewer.get(year_of(seb)).context["most"]] == ["Here"]
        client.logout()


def test_a_suspended_member_has_no_year(client, moment, seb):
    make_entry(moment, seb)
    seb.suspend(moderator(), "Spam.")
    assert client.get(year_of(seb)).status_code == 404


# A very long year.


def test_a_year_of_five_thousand_entries_answers_soon(client, film, mia, seb):
    scenes = [make_moment(film, mia, palette=["#112233"] * 5) for _number in range(20)]
    start, felt = date(2024, 1, 1), [["joy"], ["fear", "love"], [], ["longing"]]
    client.get(year_of(seb, THIS_YEAR))
    counts = [queries_of(client, seb, scenes[:1], start, felt, 1)]
    counts.append(queries_of(client, seb, scenes, start, felt, 250))
    assert counts[0] == counts[1]
    assert len(client.get(year_of(seb)).context["period"]) == 5000
    keep_diary(mia, scenes, start, felt, 62)
    assert growth(lambda member: client.get(year_of(member)), mia, seb) <= MOST


def queries_of(client, member, scenes, start, felt, days):
    """How many queries the year costs with an entry of each scene on each of so many days."""
    DiaryEntry.objects.all().delete()
    keep_diary(member, scenes, start, felt, days)
    client.get(year_of(member))  # the first look at a page asks for its link picture
    with CaptureQueriesContext(connection) as queries:
        client.get(year_of(member))
    return len(queries)


def keep_diary(member, scenes, start, felt, days):
    DiaryEntry.objects.bulk_create(
        DiaryEntry(member=member, moment=scene, date=start + timedelta(days=day), feelings=felt[day % 4])
        for scene in scenes
        for day in range(days)
    )


def test_a_year_of_many_films_names_the_first_few(client, mia, seb):
    for number in range(12):
        make_entry(make_moment(make_film(f"Film {number}"), make_member(f"fan{number}")), seb)
    page = client.get(year_of(seb))
    assert len(page.context["films"]) == 8
    assert page.context["more_films"] == 4
    assert "4" in the(page, "[aria-labelledby=films] p").text
    assert Moment.objects.count() == 12
