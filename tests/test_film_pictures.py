"""The picture of a film: given and changed by members, kept track of in its history, taken away by staff."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from accounts.deletion import delete_account
from moments.ledger.chain import fingerprint
from moments.models import Film, LedgerEntry, Revision
from moments.models.refusals import FactsLocked
from moments.tasks import make_film_still_widths
from reelive import ratelimit
from reelive.held_uploads import HeldUpload
from reelive.images import WIDTHS, read
from reelive.retries import TryAgain
from tests.support.admin import form_data, page
from tests.support.film_facts import edit, history, now, restore, send, typed
from tests.support.ledger import verified
from tests.support.makers import make_film, make_member, make_moment
from tests.support.pages import select, text_of
from tests.support.pictures import picture

NEW = {"title": "Past Lives", "year": 2023, "medium": "film"}
SAID = "Two people on a ferry."


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ponyo(db):
    film = make_film("Ponyo", year=2008)
    film.store_still(read(picture((1600, 800))))
    film.still_alt = SAID
    film.save()
    film.make_widths()
    return film


@pytest.fixture
def safe(django_capture_on_commit_callbacks):
    """What waits for the end of a transaction is done at the end of this one."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def stored():
    return {f"stills/{name}" for name in default_storage.listdir("stills")[1]}


# Given by members.


def test_a_film_is_added_with_a_picture_that_is_encoded_anew(as_mia, db, safe):
    with safe():
        as_mia.post(reverse("film-add"), NEW | {"picture": picture(), "still_alt": SAID})
    film = Film.objects.get(slug="past-lives")
    assert (film.still_alt, film.still_widths, film.palette) == (SAID, [480, 960], [])
    assert stored() == set(film.still_names())
    with default_storage.open(film.still.name) as file, Image.open(file) as image:
        assert (image.format, image.size) == ("WEBP", (1200, 800))


def test_a_picture_needs_a_description_and_waits_for_it(as_mia, db):
    response = as_mia.post(reverse("film-add"), NEW | {"picture": picture()})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["still_alt"])
    token = HeldUpload.objects.get().token
    assert select(response, "[name=picture_held]")[0]["value"] == token
    as_mia.post(reverse("film-add"), NEW | {"picture_held": token, "still_alt": SAID})
    assert Film.objects.get().still


def test_a_description_without_a_picture_is_not_kept(as_mia, db):
    as_mia.post(reverse("film-add"), NEW | {"still_alt": SAID})
    assert Film.objects.get().still_alt == ""


def test_what_a_picture_shows_cannot_be_left_out_later(as_mia, ponyo):
    assert send(as_mia, ponyo, still_alt="").status_code == 422
    assert now(ponyo).still_alt == SAID


def test_another_picture_takes_its_place_and_its_files(as_mia, ponyo, safe):
    with safe():
        send(as_mia, ponyo, picture=picture(color="#123456"), still_alt="A wave.")
    film = now(ponyo)
    assert film.still.name != ponyo.still.name
    assert stored() == set(film.still_names())
    assert (film.still_alt, film.still_widths) == ("A wave.", [480, 960])


def test_an_edit_of_other_facts_leaves_the_picture_and_its_widths(as_mia, ponyo, safe):
    with safe():
        send(as_mia, ponyo, director="Hayao Miyazaki")
    film = now(ponyo)
    assert (film.director, film.still_names()) == ("Hayao Miyazaki", ponyo.still_names())
    assert stored() == set(ponyo.still_names())


def test_a_picture_is_removed_by_a_member_with_its_description_and_files(as_mia, ponyo, safe):
    with safe():
        send(as_mia, ponyo, drop_still="on")
    film = now(ponyo)
    assert (film.still.name, film.still_alt, film.still_widths, stored()) == ("", "", [], set())


def test_who_opened_the_form_before_there_was_a_picture_takes_none_away(client, db, mia, seb):
    film = make_film("Ponyo", year=2008)
    forms = [typed(film, picture=picture(), still_alt=SAID), typed(film, music="Joe Hisaishi")]
    for member, form in zip((mia, seb), forms, strict=True):
        client.force_login(member)
        assert client.post(reverse("film-edit", args=["ponyo"]), form).status_code == 302
    assert (now(film).still_alt, now(film).music, bool(now(film).still)) == (SAID, "Joe Hisaishi", True)


def test_nothing_is_stored_for_facts_that_are_locked(ponyo, mia, keith, safe):
    ponyo.lock(keith)
    film, before = now(ponyo), stored()
    with safe(), pytest.raises(FactsLocked):
        film.revise(mia, picture=read(picture()))
    assert stored() == before


def test_there_are_so_many_pictures_and_a_form_that_is_refused_keeps_its_own(as_mia, ponyo, mia):
    for _upload in range(10):
        ratelimit.check("upload", mia)
    response = send(as_mia, ponyo, picture=picture(), still_alt="A wave.", summary="A fish.")
    assert (response.status_code, len(select(response, "[name=picture_held]"))) == (429, 1)
    assert (now(ponyo).still.name, now(ponyo).summary) == (ponyo.still.name, "")


def test_widths_of_a_picture_that_is_gone_are_not_made(ponyo, mia):
    Film.objects.update(still_widths=[], still="stills/lost.webp")
    with pytest.raises(FileNotFoundError):
        make_film_still_widths.call(ponyo.pk)
    Film.objects.update(still="")
    make_film_still_widths.call(ponyo.pk)
    assert now(ponyo).still_widths == []


def test_widths_of_a_picture_that_was_replaced_meanwhile_are_tried_again(ponyo, monkeypatch):
    Film.objects.update(still_widths=[])
    monkeypatch.setattr(Film, "make_widths", lambda film: False)
    with pytest.raises(TryAgain):
        make_film_still_widths.call(ponyo.pk)


# Its history.


def test_the_history_says_that_the_picture_changed_and_by_whom(as_mia, ponyo, mia):
    send(as_mia, ponyo, picture=picture(color="#123456"), still_alt="A wave.")
    revision = Revision.objects.get()
    assert (revision.editor, revision.texts["still"]) == (mia, ponyo.still.name)
    (one,) = history(as_mia, ponyo).context["edits"]
    assert len(one.changes) == len({"still", "still_alt"})
    shown = text_of(history(as_mia, ponyo))
    assert ponyo.still.name not in shown
    assert now(ponyo).still.name not in shown


def test_putting_back_texts_alone_keeps_the_picture(as_mia, ponyo, mia):
    edit(ponyo, mia, still_alt="A wave.", summary="A fish.")
    restore(as_mia, Revision.objects.get())
    film = now(ponyo)
    assert (film.still.name, film.still_alt, film.summary) == (ponyo.still.name, SAID, "")


def test_putting_back_what_was_before_another_picture_leaves_none(as_mia, ponyo, safe):
    with safe():
        send(as_mia, ponyo, picture=picture(color="#123456"), still_alt="Buy pills.", year=1901)
    with safe():
        restore(as_mia, Revision.objects.get())
    film = now(ponyo)
    assert (film.still.name, film.still_alt, film.year, film.still_widths) == ("", "", 2008, [])
    assert stored() == set()


def test_versions_from_before_films_had_pictures_can_be_put_back(as_mia, ponyo, mia):
    edit(ponyo, mia, summary="A fish.")
    revision = Revision.objects.get()
    revision.texts = {name: text for name, text in revision.texts.items() if not name.startswith("still")}
    revision.save()
    restore(as_mia, revision)
    assert (now(ponyo).summary, now(ponyo).still.name) == ("", "")


@pytest.mark.parametrize("take_texts", [True, False])
def test_a_picture_stays_when_its_giver_leaves(take_texts, as_mia, db, mia):
    as_mia.post(reverse("film-add"), NEW | {"picture": picture(), "still_alt": SAID})
    delete_account(mia, take_texts)
    film = Film.objects.get()
    assert (film.added_by, film.still_alt, default_storage.exists(film.still.name)) == (None, SAID, True)


# The staff.


def test_staff_remove_a_picture_for_a_reason_and_the_ledger_says_so(as_keith, ponyo, keith, safe):
    former, before = ponyo.still_names(), ponyo.ledger_texts
    verb = {"confirmed": "yes", "reason": "copyright", "note": "The owner wrote."}
    with safe():
        as_keith.post(page(ponyo, "remove_picture"), verb)
    film, row, revision = now(ponyo), LedgerEntry.objects.get(), Revision.objects.get()
    assert (film.still.name, film.still_alt, film.is_visible) == ("", "", True)
    assert not any(default_storage.exists(name) for name in former)
    assert as_keith.get(f"/media/{former[0]}").status_code == 404
    assert (row.action, row.reason, row.target) == ("edit", "copyright", f"film/{ponyo.pk}")
    assert row.note == "Removed its picture. The owner wrote."
    assert row.text == fingerprint(before) != fingerprint(before[:-1])
    assert (revision.editor, revision.entry) == (keith, row)
    assert verified() == "2 rows follow one another, 0 removed texts match, and 1 from before an edit."
    assert now(ponyo).remove_picture(keith, "spam") is False


def test_a_picture_that_staff_removed_comes_back_by_nobodys_hand(as_mia, ponyo, keith, safe):
    with safe():
        ponyo.remove_picture(keith, "illegal")
    restore(as_mia, Revision.objects.get())
    assert (now(ponyo).still.name, now(ponyo).still_alt, stored()) == ("", "", set())


def test_staff_remove_the_picture_of_locked_facts_and_members_may_not(as_mia, ponyo, keith):
    ponyo.lock(keith)
    verb = {"confirmed": "yes", "reason": "spam"}
    assert as_mia.post(page(ponyo, "remove_picture"), verb).status_code == 404
    assert now(ponyo).still
    assert now(ponyo).remove_picture(keith, "spam") is True


def test_staff_change_a_picture_on_the_form_of_theirs(as_keith, ponyo, safe):
    data = form_data(as_keith.get(page(ponyo)))
    with safe():
        as_keith.post(page(ponyo), data | {"picture": picture(), "still_alt": "A wave."})
    assert (now(ponyo).still_alt, stored()) == ("A wave.", set(now(ponyo).still_names()))
    note = LedgerEntry.objects.get().note
    assert note.startswith("Changed: what the picture shows and a poster or a still.")


def test_a_film_that_is_removed_takes_its_picture_from_its_address(ponyo, mia, keith, safe):
    edit(ponyo, mia, summary="A fish.")
    former = ponyo.still_names()
    with safe():
        now(ponyo).remove(keith, "copyright")
    film = now(ponyo)
    assert stored() == set(film.still_names())
    assert not stored() & set(former)
    assert verified() == "2 rows follow one another, 1 removed texts match."
    film.restore(keith)
    Revision.objects.get().restore(mia)
    assert (now(ponyo).still.name, now(ponyo).summary) == (film.still.name, "")


def test_a_film_that_is_merged_takes_its_picture_from_its_address(ponyo, keith, safe):
    with safe():
        ponyo.merge_into(keith, make_film("Another"))
    assert not stored() & {f"stills/{name}" for name in ponyo.still_names()}
    assert now(ponyo).still.name in stored()


# Where it is seen.


def test_it_is_the_cover_of_the_film_and_stands_above_its_page(client, ponyo, mia):
    make_moment(ponyo, mia)
    (cover,) = select(client.get("/films/"), ".film-cover img:not(.film-barcode)")
    (hero,) = select(client.get(ponyo.get_absolute_url()), "img.hero-art")
    for image in (cover, hero):
        assert (image["src"], image["alt"]) == (ponyo.still_url, SAID)
        assert image["srcset"].count("w") >= len(WIDTHS)


def test_other_sites_are_told_of_it(client, ponyo):
    shown = client.get(ponyo.get_absolute_url())
    (image,), (alt,) = (select(shown, f'meta[property="og:{name}"]') for name in ("image", "image:alt"))
    assert image["content"].endswith(ponyo.still_url)
    assert alt["content"] == SAID
    assert f'"image": "{image["content"]}"' in text_of(shown)


def test_covers_cost_no_more_with_pictures(client, ponyo, django_assert_max_num_queries):
    client.get("/films/?sort=title")
    for number in range(5):
        film = make_film(f"Film {number}", added_by=make_member(f"fan{number}"))
        Film.objects.filter(pk=film.pk).update(still=ponyo.still.name, still_alt=SAID)
    with django_assert_max_num_queries(3):
        client.get("/films/?sort=newest")
