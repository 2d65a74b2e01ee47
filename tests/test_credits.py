"""The credits of a film: facts of it, edited in rows, with a person for each name."""

from django.urls import reverse

from moments.forms import CreditsForm
from moments.models import Credit, Film, Person, Revision
from tests.support.counters import differences
from tests.support.film_facts import now, restore, send, typed
from tests.support.makers import make_credit, make_film


def sent(film, *changes):
    """What a browser sends back of the form of credits; `changes` are rows, added or by their number."""
    form = CreditsForm(None, film)
    fields = [*form.rows.management_form, *(field for row in form.rows for field in row)]
    values = {field.html_name: field.value() for field in fields}
    for number, row in changes:
        row = {"role": "cast"} | row
        values |= {f"credit-{number}-{name}": value for name, value in row.items()}
    values = {name: value for name, value in values.items() if value is not None and value is not False}
    return values | {"version": film.version}


def edit(client, film, *changes):
    return client.post(reverse("film-cast-edit", args=[film.slug]), sent(now(film), *changes))


def credited(film):
    return [(one.person.name, one.role, one.character) for one in Credit.objects.of_film(film)]


def test_rows_become_credits_with_people_of_their_names(as_mia, film, mia):
    response = edit(
        as_mia, film,
        (0, {"name": "Emma  Stone", "character": "Mia"}),
        (1, {"name": "Damien Chazelle", "role": "writer"}),
        (2, {"name": "damien chazelle", "role": "director"}),
        (4, {"name": "Justin Hurwitz", "role": "composer"}),
    )  # fmt: skip
    assert response["Location"] == "/films/la-la-land/cast/"
    assert credited(film) == [
        ("Damien Chazelle", "director", ""), ("Damien Chazelle", "writer", ""),
        ("Justin Hurwitz", "composer", ""), ("Emma Stone", "cast", "Mia"),
    ]  # fmt: skip
    assert (now(film).director, now(film).music) == ("Damien Chazelle", "Justin Hurwitz")
    assert set(Person.objects.values_list("added_by", "film_count")) == {(mia.pk, 1)}
    kept = Revision.objects.get()
    assert (kept.editor, kept.texts["credits"], kept.texts["director"]) == (mia, [], "")
    restore(as_mia, kept)
    assert (credited(film), now(film).director) == ([], "")
    restore(as_mia, Revision.objects.order_by("-pk").first())
    assert len(credited(film)) == 4
    assert differences() == {}


def test_a_row_without_its_name_is_taken_out(as_mia, film):
    make_credit(film, "Emma Stone"), make_credit(film, "Ryan Gosling")
    edit(as_mia, film, (0, {"name": ""}))
    assert [name for name, *_role in credited(film)] == ["Ryan Gosling"]
    assert Person.objects.get(name="Emma Stone").film_count == 0


def test_of_namesakes_an_address_says_who_is_meant(as_mia, film):
    first, second = Person.objects.add("Steve McQueen"), Person.objects.add("Steve McQueen")
    refused = edit(as_mia, film, (0, {"name": "steve mcqueen"}))
    assert (refused.status_code, list(refused.context["form"].rows.errors[0])) == (422, ["name"])
    edit(as_mia, film, (0, {"name": second.get_absolute_url()}))
    assert film.credits.get().person == second
    edit(as_mia, film, (0, {"name": "Steve McQueen", "character": "Himself"}))
    assert film.credits.get().person == second, "the row remembers whom it meant"
    assert edit(as_mia, film, (1, {"name": "/people/nobody/"})).status_code == 422
    assert first.credits.count() == 0


def test_two_who_edit_at_once_keep_what_the_other_did(client, film, mia, seb):
    make_credit(film, "Emma Stone"), make_credit(film, "John Legend")
    forms = [sent(now(film), (0, {"name": ""})), sent(now(film), (2, {"name": "Ryan Gosling"}))]
    for member, form in zip((mia, seb), forms, strict=True):
        client.force_login(member)
        client.post(reverse("film-cast-edit", args=[film.slug]), form)
    assert [name for name, *_role in credited(film)] == ["John Legend", "Ryan Gosling"]


def test_an_edit_of_other_facts_leaves_credits_that_came_meanwhile(as_mia, film):
    form = typed(film, summary="Two dreamers.")
    make_credit(film, "Emma Stone")
    as_mia.post(reverse("film-edit", args=[film.slug]), form)
    assert (now(film).summary, len(credited(film))) == ("Two dreamers.", 1)


def test_a_director_who_is_credited_is_changed_there_alone(as_mia, film):
    make_credit(film, "Damien Chazelle", role="director")
    send(as_mia, film, director="Somebody Else", summary="Two dreamers.")
    assert (now(film).director, now(film).summary) == ("Damien Chazelle", "Two dreamers.")


def test_a_locked_film_locks_its_credits(as_mia, film, keith):
    form = sent(film, (0, {"name": "Emma Stone"}))
    film.lock(keith)
    assert as_mia.post(reverse("film-cast-edit", args=[film.slug]), form).status_code == 422
    assert (Credit.objects.count(), Person.objects.count()) == (0, 0), "a refused edit makes nobody either"


def test_an_edit_brings_so_many_new_people_and_no_more(as_mia, film):
    form = sent(film) | {"credit-TOTAL_FORMS": 21}
    form |= {f"credit-{number}-name": f"Extra {number}" for number in range(21)}
    form |= {f"credit-{number}-role": "cast" for number in range(21)}
    assert as_mia.post(reverse("film-cast-edit", args=[film.slug]), form).status_code == 422
    assert Person.objects.count() == 0


def test_what_is_no_form_of_credits_is_refused(as_mia, film):
    address = reverse("film-cast-edit", args=[film.slug])
    assert as_mia.post(address, {"name": "Emma Stone"}).status_code == 404
    refused = edit(as_mia, film, (0, {"name": "Emma Stone", "episode": "3", "role": "king"}))
    assert (refused.status_code, set(refused.context["form"].rows.errors[0])) == (422, {"role"})
    assert edit(as_mia, film, (0, {"name": "Emma Stone", "episode": "3"})).status_code == 422
    assert Person.objects.count() == 0


def test_rows_survive_a_sign_in(client, film, mia):
    form = sent(film, (0, {"name": "Emma Stone", "character": "Mia"}))
    client.post(reverse("film-cast-edit", args=[film.slug]), form)
    client.post("/accounts/login/", {"login": "mia", "password": "correct horse"})
    rows = client.get(reverse("film-cast-edit", args=[film.slug])).context["form"].rows
    assert [(row["name"].value(), row["character"].value()) for row in rows][:1] == [("Emma Stone", "Mia")]
    assert Credit.objects.count() == 0


def test_credits_of_a_season_stand_apart(client, as_mia, db):
    series = make_film("Dark", medium="series")
    edit(as_mia, series, (0, {"name": "Louis Hofmann", "season": "1", "episode": "2"}))
    page = client.get(f"{series.get_absolute_url()}cast/")
    assert [(one.season, one.episode) for one in page.context["in_parts"]] == [(1, 2)]
    assert page.context["cast"] == []


def test_a_merged_film_hands_its_credits_to_one_that_has_none(film, keith):
    twin = make_film("Lalaland")
    make_credit(twin, "Damien Chazelle", role="director")
    twin.merge_into(keith, film)
    assert credited(film) == [("Damien Chazelle", "director", "")]
    assert (Film.objects.get(pk=film.pk).director, Person.objects.get().film_count) == ("Damien Chazelle", 1)
    assert differences() == {}
