"""What is stored is nobody's language: readers are told in theirs what moderators did in another."""

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import translation

from accounts.models import User
from moments.models import LedgerEntry, Report
from reelive.staff import deed_of
from tests.support.admin import form_data, page
from tests.support.makers import make_comment, make_film, make_trivia
from tests.support.pseudo_language import pseudo, pseudo_language
from tests.support.rows import for_each


@pytest.fixture
def xa(settings, monkeypatch):
    with pseudo_language(settings, monkeypatch) as code:
        yield code


@pytest.fixture
def as_keith_in_xa(xa, client, keith):
    User.objects.filter(pk=keith.pk).update(language=xa)
    client.force_login(keith)
    return client


def filed(member, target):
    return Report.objects.file(member, target, "spam")[0]


def test_the_outcome_of_a_removal_is_told_in_the_language_of_the_reader(moment, seb, keith, xa):
    report = filed(seb, moment)
    with translation.override(xa):
        moment.remove(keith, "private")
    report.refresh_from_db()
    assert report.outcome == "remove:1:private"
    assert report.outcome_text == "Removed: Private data. Row 1 of the ledger."
    with translation.override(xa):
        told = pseudo("Removed: %(reason)s. Row %(number)s of the ledger.")
        assert report.outcome_text == told % {"reason": pseudo("Private data"), "number": 1}


def test_the_outcome_of_a_merge_is_told_in_the_language_of_the_reader(film, seb, keith, xa):
    report = filed(seb, film)
    film.merge_into(keith, make_film("Another"))
    report.refresh_from_db()
    assert report.outcome_text == "Merged with another one. Row 1 of the ledger."
    with translation.override(xa):
        told = pseudo("Merged with another one. Row %(number)s of the ledger.")
        assert report.outcome_text == told % {"number": 1}


@for_each("words", ["It is fine.", "Removed: spam or malware. Row 3 of the ledger.", ""])
def test_words_of_moderators_and_old_sentences_stay_as_they_are(words, moment, seb, keith):
    report = filed(seb, moment)
    report.keep(keith, words)
    report.refresh_from_db()
    assert report.outcome_text == words


@pytest.mark.parametrize("kind", ["comment", "claim"])
def test_the_ledger_names_in_english_what_was_edited_in_another_language(
    kind, as_keith_in_xa, film, moment, mia
):
    target = make_comment(moment, mia) if kind == "comment" else make_trivia(film, mia)
    data = form_data(as_keith_in_xa.get(page(target)))
    as_keith_in_xa.post(page(target), data | {"body": "Other words than those before."})
    note = {"comment": "Text. It was misspelt.", "claim": "The claim. It was misspelt."}[kind]
    assert [row.note for row in LedgerEntry.objects.all()] == [note]


def test_the_log_of_the_staff_keeps_english_and_tells_it_in_the_language_of_the_page(as_keith_in_xa, moment):
    answers = {"confirmed": "yes", "reason": "spam", "note": ""}
    as_keith_in_xa.post(page(moment, "remove"), answers)
    entry = LogEntry.objects.get()
    assert entry.change_message == "Removed"
    for address in ("/admin/", page(moment, "history")):
        assert f">{pseudo('Removed')}<" in as_keith_in_xa.get(address).text
    assert deed_of(LogEntry(change_message="Entfernt.")) == "Entfernt."
