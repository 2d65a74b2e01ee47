"""Staff edit, revoke and lock the facts of a film, each with a row of the ledger."""

import pytest
from django.core.management import CommandError
from django.urls import reverse

from moments.ledger.chain import fingerprint
from moments.ledger.sentences import describe, sentence_of
from moments.models import Film, LedgerEntry, Revision
from moments.models.refusals import Refused
from tests.support.admin import form_data, page
from tests.support.film_facts import edit, history, now, restore, send, typed
from tests.support.ledger import verified
from tests.support.makers import make_film, make_member, make_moment, moderator
from tests.support.pages import links, text_of


@pytest.fixture
def ponyo(db):
    return make_film("Ponyo", year=2008, director="Hayao Miyazaki", runtime=101, summary="A fish || a girl.")


# The staff.


def change(client, film, **fields):
    response = client.post(page(film), form_data(client.get(page(film))) | fields)
    assert response.status_code == 302


def test_an_edit_by_staff_is_kept_and_the_ledger_has_the_facts_from_before(
    as_keith,
    client,
    ponyo,
    keith,
):
    before = ponyo.ledger_texts
    change(as_keith, ponyo, title="Gake no Ue", summary="A fish.")
    revision, row = Revision.objects.get(), LedgerEntry.objects.get()
    assert (revision.editor, revision.entry) == (keith, row)
    note = "Changed: title and summary. It was misspelt."
    assert (row.action, row.target, row.note) == ("edit", f"film/{ponyo.pk}", note)
    assert before == ["Ponyo", "", "Hayao Miyazaki", "", "A fish || a girl."]
    assert row.text == fingerprint(before) == fingerprint(revision.ledger_texts)
    assert row.get_absolute_url() in links(history(client, now(ponyo)))


def test_the_ledger_proves_what_a_film_said_before_an_edit_by_staff(as_keith, ponyo):
    change(as_keith, ponyo, director="Nobody")
    assert verified() == "2 rows follow one another, 0 removed texts match, and 1 from before an edit."
    revision = Revision.objects.get()
    Revision.objects.update(texts=revision.texts | {"director": "Somebody"})
    with pytest.raises(CommandError, match=f"film/{ponyo.pk}, edited in row 1, is not the one from before"):
        verified()


def test_saving_a_film_as_it_was_writes_nothing(as_keith, ponyo):
    change(as_keith, ponyo)
    assert (Revision.objects.count(), LedgerEntry.objects.count()) == (0, 0)


def test_staff_who_save_a_film_that_is_gone_leave_no_row(as_keith, ponyo, monkeypatch):
    data = form_data(as_keith.get(page(ponyo))) | {"summary": "Written too late."}

    def too_late(*_args, **_options):
        raise Refused("It is gone.")

    monkeypatch.setattr(Film, "revise", too_late)
    assert as_keith.post(page(ponyo), data).status_code == 404
    assert LedgerEntry.objects.count() == 0


def test_staff_strike_private_data_with_the_address_made_of_it(as_keith, client, ponyo, mia):
    edit(ponyo, mia, title="Ring 555 0199")
    leaked = now(ponyo).get_absolute_url()
    edit(ponyo, mia, title="Ponyo")
    revision = Revision.objects.latest("pk")
    url = reverse("admin:moments_revision_strike", args=[revision.pk])
    assert url in links(history(as_keith, ponyo))
    as_keith.post(url, {"confirmed": "yes", "note": "A number."})
    row = LedgerEntry.objects.get()
    assert (row.action, row.reason, row.target, row.text) == ("withdraw", "private", f"film/{ponyo.pk}", "")
    client.logout()
    response = history(client, ponyo)
    assert links(response, f"#edit-{revision.pk} .tombstone") == [row.get_absolute_url()]
    assert "555" not in text_of(response)
    assert client.get(leaked).status_code == 404


def test_staff_find_the_former_facts_of_a_film_that_is_out_of_sight(as_keith, ponyo, mia, keith):
    edit(ponyo, mia, summary="Ring 555 0199.")
    ponyo.remove(keith, "private")
    former = reverse("admin:moments_revision_change", args=[Revision.objects.get().pk])
    assert former in links(as_keith.get(page(ponyo)), "body")
    assert "101 minutes" in text_of(as_keith.get(former))
    listed = reverse("admin:moments_revision_changelist", query={"show": "films"})
    assert listed in links(as_keith.get(page(ponyo)), "body")
    assert list(as_keith.get(listed).context["cl"].result_list) == [Revision.objects.get()]


# Locked facts.


def test_a_lock_and_its_end_are_rows_of_the_ledger(as_keith, client, ponyo):
    for verb in ("lock", "lock", "unlock"):
        as_keith.post(page(ponyo, verb), {"confirmed": "yes", "note": "An edit war."})
    rows = LedgerEntry.objects.order_by("number").values_list("action", "target", "note")
    target = f"film/{ponyo.pk}"
    assert list(rows) == [("lock-facts", target, "An edit war."), ("open-facts", target, "An edit war.")]
    locked = sentence_of("lock-facts") % {"actor": "", "target": describe("a film", "Ponyo (2008)")}
    assert locked.strip() in text_of(client.get("/ledger/"))


def test_members_edit_no_locked_facts_and_lose_nothing_that_they_typed(as_mia, ponyo, keith):
    sent = typed(ponyo, summary="A fish, and a boy.")
    ponyo.lock(keith, "An edit war.")
    response = as_mia.post(reverse("film-edit", args=["ponyo"]), sent)
    assert response.status_code == 422
    assert "locked" in response.context["form"].non_field_errors()[0]
    assert "A fish, and a boy." in text_of(response)
    assert (now(ponyo).summary, Revision.objects.count()) == ("A fish || a girl.", 0)


def test_locked_facts_are_read_with_their_history_and_not_put_back(as_mia, ponyo, mia, keith):
    edit(ponyo, mia, year=2009)
    ponyo.lock(keith)
    revision = Revision.objects.get()
    assert restore(as_mia, revision)["Location"] == ponyo.history_url
    assert revision.restore(mia) is False
    assert now(ponyo).year == 2009
    text = text_of(history(as_mia, ponyo))
    assert "Put back" not in text
    assert "?action=lock-facts&amp;film=ponyo" in text
    assert "data-keep" not in text_of(as_mia.get(reverse("film-edit", args=["ponyo"])))
    assert reverse("film-edit", args=["ponyo"]) not in text_of(as_mia.get(ponyo.get_absolute_url()))


def test_what_was_typed_before_signing_in_is_there_although_the_facts_are_locked(client, ponyo, mia, keith):
    client.post(reverse("film-edit", args=["ponyo"]), typed(ponyo, summary="Typed while signed out."))
    ponyo.lock(keith)
    client.force_login(mia)
    client.post("/accounts/login/", {"login": "mia", "password": "correct horse"})
    assert "Typed while signed out." in text_of(client.get(reverse("film-edit", args=["ponyo"])))


def test_staff_edit_locked_facts_with_a_row(as_keith, ponyo, keith):
    ponyo.lock(keith)
    change(as_keith, ponyo, year="2010")
    assert now(ponyo).year == 2010
    assert [row.action for row in LedgerEntry.objects.order_by("number")] == ["lock-facts", "edit"]


def test_an_open_film_is_everybodys_again(as_mia, ponyo, keith):
    ponyo.lock(keith)
    ponyo.unlock(keith)
    send(as_mia, ponyo, year=2010)
    assert now(ponyo).year == 2010


def test_posts_are_shared_about_a_film_whose_facts_are_locked(ponyo, mia, keith):
    ponyo.lock(keith)
    make_moment(now(ponyo), mia)
    assert now(ponyo).moment_count == 1


# What it costs.


@pytest.mark.parametrize("number", [1, 25])
def test_the_admin_asks_the_same_for_any_number_of_versions(
    as_keith,
    ponyo,
    number,
    django_assert_max_num_queries,
):
    for times in range(number):
        edit(ponyo, make_member(f"fan{times}"), summary=f"Text {times}.")
    as_keith.get(page(ponyo))
    with django_assert_max_num_queries(6):
        as_keith.get(page(ponyo))
    with django_assert_max_num_queries(6):
        as_keith.get(reverse("admin:moments_revision_changelist", query={"show": "films"}))


def test_nobody_by_name_strikes_but_staff(as_mia, ponyo, mia):
    edit(ponyo, mia, year=2009)
    revision = Revision.objects.get()
    assert as_mia.post(reverse("admin:moments_revision_strike", args=[revision.pk])).status_code == 404
    assert revision.strike(moderator(), "An address.") is True
