"""A film is merged into another, which gets all that it had."""

from moments.models import Progress
from moments.spoilers.rules import SEEN, UNSEEN
from tests.support.counters import differences
from tests.support.ledger import rows
from tests.support.makers import make_film, make_moment
from tests.support.pages import refused_fields


def test_a_merged_film_hands_over_all_that_it_had(client, film, mia, seb, keith):
    twin = make_film("Lalaland")
    moment, clash = make_moment(twin, mia, "The tap dance"), make_moment(twin, mia, "A Lovely Night")
    namesake = make_moment(film, mia, "A Lovely Night")
    moment.relive(seb)
    former = clash.get_absolute_url()
    assert twin.merge_into(keith, film, "The same film.") is True
    film.refresh_from_db()
    assert (film.moment_count, film.relive_count) == (3, 1)
    assert client.get("/films/lalaland/")["Location"] == film.get_absolute_url()
    moved = client.get("/films/lalaland/moments/the-tap-dance/", follow=True)
    assert moved.context["post"].pk == moment.pk
    assert client.get(former, follow=True).context["post"].pk == namesake.pk
    clash.refresh_from_db()
    assert (clash.film, clash.slug) == (film, "a-lovely-night-2")
    assert differences() == {}
    assert [(row.action, row.note) for row in rows()] == [("merge", f"Into film/{film.pk}. The same film.")]


def test_a_film_is_merged_once_and_never_with_itself(film, keith):
    twin = make_film("Lalaland")
    assert film.merge_into(keith, film) is False
    assert [twin.merge_into(keith, film), twin.merge_into(keith, film)] == [True, False]
    assert twin.restore(keith) is False


def test_how_far_members_are_goes_with_a_merged_film(film, seb, mia, keith):
    twin = make_film("Lalaland")
    Progress.objects.set_progress(seb, twin, UNSEEN)
    Progress.objects.set_progress(mia, twin, UNSEEN)
    Progress.objects.set_progress(mia, film, SEEN)
    twin.merge_into(keith, film)
    assert Progress.objects.of(seb, film) == UNSEEN
    assert Progress.objects.of(mia, film) == SEEN


def test_staff_merges_a_film_by_the_address_of_the_other(as_keith, film):
    twin = make_film("Lalaland")
    url = f"/admin/moments/film/{twin.pk}/merge_into/"
    refused = as_keith.post(url, {"confirmed": "yes", "target": "/films/nowhere/", "note": "The same."})
    assert refused.status_code == 422
    assert refused_fields(refused) == ["target"]
    as_keith.post(url, {"confirmed": "yes", "target": "/films/la-la-land/", "note": "The same."})
    twin.refresh_from_db()
    assert twin.merged_into == film
