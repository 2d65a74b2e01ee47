"""A member's year: counts, films, feelings, the arc of its months, and nothing that is not for everybody."""

import time
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from moments.arc import Arc
from moments.diary import Line, Stretch, arc_of_year
from moments.models import Moment, Relive
from moments.year_svg import draw_year
from tests.conftest import make_film, make_member, make_moment, moderator
from tests.test_diary import make_entry, told

THIS_YEAR = timezone.localdate().year


def year_of(member, year=2024):
    return reverse("member-year", args=[member.username, year])


def lines(*facts):
    """Lines of one film from (month, day, moment, feelings) of 2024."""
    return [Line(date(2024, month, day), moment, 1, feelings) for month, day, moment, feelings in facts]


# The numbers.


def test_a_stretch_counts_entries_moments_films_and_days():
    stretch = Stretch([*lines((1, 1, 5, []), (1, 1, 6, []), (3, 2, 5, [])), Line(date(2024, 4, 1), 7, 2, [])])
    assert (len(stretch), len(stretch.moments), len(stretch.films), len(stretch.days)) == (4, 3, 2, 3)
    assert stretch.moments.most_common(1) == [(5, 2)]
    assert (stretch.first.date, stretch.last.moment) == (date(2024, 1, 1), 7)


def test_feelings_are_added_up_but_for_what_is_not_told():
    told_lines = lines((1, 1, 5, ["joy", "love"]), (1, 2, 5, ["joy"]))
    stretch = Stretch([*told_lines, Line(date(2024, 1, 3), 9, 1, ["fear"], untold=True)])
    assert [(share.feeling.slug, share.percent) for share in stretch.strongest()] == [
        ("joy", 67),
        ("love", 33),
    ]
    assert (stretch.untold, len(stretch)) == (1, 3)


def test_ties_of_feelings_are_in_house_order():
    stretch = Stretch(lines((1, 1, 5, ["heartbreak", "joy", "hope"])))
    assert [share.feeling.slug for share in stretch.strongest()] == ["joy", "hope", "heartbreak"]


def test_words_that_are_no_feelings_count_for_nothing():
    assert not Stretch(lines((1, 1, 5, ["ennui", "<b>"]))).bar


def test_the_arc_of_a_year_has_its_months_as_places():
    stretch = Stretch(lines((2, 1, 5, ["joy"]), (2, 9, 5, ["joy", "heartbreak"]), (11, 3, 6, ["fear"])))
    arc = arc_of_year(stretch, lambda month: f"/{month}/")
    assert [(point.place, point.title, point.url, point.weight) for point in arc.points] == [
        (2, "February", "/2/", 2),
        (11, "November", "/11/", 1),
    ]
    assert arc.points[0].valence == pytest.approx((2 * 0.9 - 1.0) / 3)


def test_months_without_feelings_have_no_place_on_the_arc():
    arc = arc_of_year(Stretch(lines((2, 1, 5, ["joy"]), (3, 1, 5, []))), lambda month: "")
    assert [point.place for point in arc.points] == [2]


def test_the_drawing_names_all_months_and_leads_to_those_with_feelings():
    stretch = Stretch(lines(*((month, 1, 5, ["joy"]) for month in (1, 6, 12))))
    drawing = draw_year(arc_of_year(stretch, lambda month: f"/{month}/"), 2024)
    assert drawing.count("<text") == 14
    assert [f'href="/{month}/"' in drawing for month in (1, 2, 6, 12)] == [True, False, True, True]
    assert "Brightest: January: joy, +0.90." in drawing


def test_a_single_month_is_a_dot_and_none_is_nothing():
    one = arc_of_year(Stretch(lines((5, 1, 5, ["joy"]))), lambda month: "/5/")
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
    stretch = page.context["stretch"]
    assert (len(stretch), len(stretch.moments), len(stretch.films), len(stretch.days)) == (4, 2, 2, 3)
    assert [(moment.pk, count) for moment, count in page.context["most"]] == [
        (scenes[0].pk, 3), (scenes[1].pk, 1)
    ]  # fmt: skip
    assert [(film.title, count) for film, count in page.context["films"]] == [("La La Land", 3), ("Ponyo", 1)]
    assert [(day, moment.pk) for day, moment in page.context["ends"]] == [
        (date(2024, 1, 5), scenes[0].pk),
        (date(2024, 12, 5), scenes[0].pk),
    ]


def test_the_year_says_what_was_felt_most_in_bars_and_numbers(client, film, mia, seb):
    make_entry(make_moment(film, mia), seb, feelings=["joy", "love"])
    make_entry(make_moment(film, mia), seb, feelings=["love"])
    page = told(client.get(year_of(seb)))
    strongest = page[page.index('id="strongest"') :]
    assert (
        strongest.index("Love") < strongest.index("67 %") < strongest.index("Joy") < strongest.index("33 %")
    )
    assert "felt 2 times" in strongest


def test_the_arc_of_the_year_is_a_drawing_and_a_table(client, moment, seb):
    make_entry(moment, seb, feelings=["triumph"])
    page = told(client.get(year_of(seb)))
    assert "The shape of the year" in page
    assert '<th scope="row"><a href="/members/seb/relived/2024/3/">March</a></th>' in page
    assert "+1.00" in page


def test_a_year_in_which_nothing_was_felt_has_no_arc(client, moment, seb):
    make_entry(moment, seb)
    page = told(client.get(year_of(seb)))
    assert "The shape of the year" not in page
    assert "No feelings noted." in page


def test_years_lead_to_their_neighbours_that_hold_entries(client, moment, seb):
    for year in (2019, 2024, THIS_YEAR):
        make_entry(moment, seb, date(year, 1, 1))
    page = client.get(year_of(seb))
    assert (page.context["earlier"].year, page.context["later"].year) == (2019, THIS_YEAR)
    assert 'href="/members/seb/2019/" rel="prev"' in page.text
    assert 'rel="prev"' not in client.get(year_of(seb, 2019)).text
    assert 'rel="next"' not in client.get(year_of(seb, THIS_YEAR)).text


def test_the_members_page_and_the_diary_lead_to_the_year(client, seb):
    for name in ("member", "member-relived", "member-comments"):
        assert f'href="/members/seb/{THIS_YEAR}/"' in client.get(reverse(name, args=["seb"])).text


def test_a_year_without_entries_is_kind(client, as_seb, seb):
    assert "your year begins with it" in as_seb.get(year_of(seb, THIS_YEAR)).text
    client.logout()
    page = client.get(year_of(seb, THIS_YEAR))
    assert (page.status_code, "Nothing relived yet this year." in page.text) == (200, True)


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
    page = client.get(year_of(seb)).text
    assert 'property="og:title" content="2024, relived by @seb"' in page
    assert 'content="2 relivings, 1 moment, 1 film, and how it all felt."' in page
    assert f'rel="canonical" href="http://localhost:8000{year_of(seb)}"' in page
    assert "noindex" not in page
    assert "noindex" in client.get(year_of(seb, THIS_YEAR)).text


# What is not for everybody.


def test_notes_are_never_on_the_page_not_even_ones_own(client, as_seb, moment, seb):
    make_entry(moment, seb, note="A private word.")
    make_entry(moment, seb, date(2024, 5, 5), note="A public word.", public=True)
    for reader in (as_seb, client):
        assert "word." not in told(reader.get(year_of(seb)))


def test_what_lies_beyond_the_horizon_counts_and_is_not_named(client, film, mia, seb):
    late = make_moment(film, mia, "The Reunion", spoiler=True, palette=["#123456"] * 5)
    make_entry(late, seb, feelings=["heartbreak"])
    page = client.get(year_of(seb))
    assert (len(page.context["stretch"]), page.context["stretch"].untold) == (1, 1)
    words = ("reunion", "heartbreak</", "feeling-heartbreak", "#123456")
    assert [word for word in words if word in told(page).lower()] == []
    assert "A moment later in the story" in told(page)
    assert f"/posts/{late.pk}/" in told(page)


def test_ones_own_feelings_count_also_beyond_ones_horizon(as_seb, film, mia, seb):
    make_entry(make_moment(film, mia, spoiler=True), seb, feelings=["heartbreak"])
    assert as_seb.get(year_of(seb)).context["stretch"].tally == {"heartbreak": 1}


def test_the_page_is_the_same_for_all_so_what_is_gone_is_on_none(client, as_seb, film, mia, seb):
    gone, here = make_moment(film, mia, "Gone"), make_moment(film, mia, "Here")
    make_entry(gone, seb), make_entry(here, seb)
    gone.remove(moderator(), "spam")
    for reader in (as_seb, client):
        assert [moment.title for moment, _count in reader.get(year_of(seb)).context["most"]] == ["Here"]
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
    began = time.process_time()
    page = client.get(year_of(seb))
    took = time.process_time() - began
    assert len(page.context["stretch"]) == 5000
    assert took < 0.9  # seconds of work; 0.15 on an idle machine


def queries_of(client, member, scenes, start, felt, days):
    """How many queries the year costs with an entry of each scene on each of so many days."""
    Relive.objects.all().delete()
    Relive.objects.bulk_create(
        Relive(member=member, moment=scene, date=start + timedelta(days=day), feelings=felt[day % 4])
        for scene in scenes
        for day in range(days)
    )
    with CaptureQueriesContext(connection) as queries:
        client.get(year_of(member))
    return len(queries)


def test_a_year_of_many_films_names_the_first_few(client, mia, seb):
    for number in range(12):
        make_entry(make_moment(make_film(f"Film {number}"), make_member(f"fan{number}")), seb)
    page = client.get(year_of(seb))
    assert len(page.context["films"]) == 8
    assert "and 4 more films" in page.text
    assert Moment.objects.count() == 12
