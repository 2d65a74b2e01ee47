"""Whatever staff send to the admin changes nothing, or stands in the ledger: a walk of all its addresses."""

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.db import connection, transaction
from django.urls import get_resolver
from django.urls.resolvers import RoutePattern

from moments.models import Appeal, LedgerEntry, Report, SitePage, Tag, Verdict
from tests.support.admin import form_data, listed, one_of_each
from tests.support.database import changes_nothing, statements_noted
from tests.support.makers import (
    make_comment,
    make_film,
    make_member,
    make_moment,
    make_revision,
    make_song,
    make_trivia,
)

# What staff can do to which table. Whatever is not named here is refused, or changes nothing.
DEEDS = {
    "accounts_user": "change suspend reinstate sweep",
    "moments_appeal": "reply strike",
    "moments_comment": "change remove restore",
    "moments_film": "change remove restore remove_picture merge_into lock unlock",
    "moments_memberlist": "remove lock",
    "moments_moment": "change remove restore lock unlock",
    "moments_diaryentry": "remove",
    "moments_report": "remove keep act",
    "moments_revision": "strike",
    "moments_sitepage": "change",
    "moments_song": "change remove restore lock",
    "moments_tag": "remove merge_into",
    "moments_trivia": "change remove restore lock",
    "moments_verdict": "remove",
}
# Closing a report takes nothing away and is told to who made it alone: it has no row, as README says.
PRIVATE = {"keep", "act"}
# What Django notes for itself, and what every request may leave.
BESIDE = {"admin.LogEntry", "sessions.Session", "usersessions.UserSession", "moments.LedgerEntry"}
# Something for every field of every form.
FORM = {
    "confirmed": "yes",
    "reason": "spam",
    "note": "It sells pills.",
    "why": "It was misspelt.",
    "until": "2990-01-01",
    "outcome": "It stays.",
    "answer": "We looked again.",
    "name": "another tag",
    "target": "/films/ponyo/",
    "title": "Another title",
    "body": "Another text, long enough to be one.",
    "context": "Another context.",
    "tags": "other, tags",
    "bio": "Another life.",
    "summary": "Another summary.",
    "spoiler": "on",
    "is_staff": "on",
    "is_superuser": "on",
    "remove_avatar": "on",
    "post": "yes",
    "tallies-0-house": "9",
    "sources-TOTAL_FORMS": "1",
    "sources-0-url": "https://example.org/else",
    "sources-0-title": "Else",
}


@pytest.fixture
def world(moment, seb):
    return one_of_each(moment, seb)


@pytest.fixture
def rows(world, moment, film, mia, seb, keith):
    """A few rows of every table that staff has a page of: as readers see them, and in other states."""
    comment, suspended, locked = make_comment(moment, mia), make_member("will"), make_moment(film, mia)
    removed = [make_moment(film, mia), make_song(film, mia), make_trivia(film, mia), make_film("Snatch")]
    for one in (comment, *removed):
        one.remove(keith, "spam")
        one.refresh_from_db()
    suspended.suspend(keith, "Spam.")
    closed = make_film("Up")
    for target in (locked, closed):
        target.lock(keith)
    appeal = Appeal.objects.create(removal=comment.removal, author=mia, text="It was no spam.")
    report, _new = Report.objects.file(seb, moment, "spam")
    revision = make_revision(locked, body="An older text.")
    told = [moment.relive(mia, note="For all.", public=True), Verdict.objects.get()]
    told += [
        make_film("Ponyo", still="stills/one.webp", still_alt="A wave."),
        SitePage.objects.get(name="rules"),
    ]
    return [*world, *told, *removed, comment, suspended, locked, closed, appeal, report, revision]


def tables():
    """Every row of every table but those beside the point, by the table's name."""
    metas = [model._meta for model in apps.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        return {meta.db_table: all_of(cursor, meta.db_table) for meta in metas if meta.label not in BESIDE}


def all_of(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')
    return sorted(map(repr, cursor.fetchall()))


def outcome(client, address, data, before):
    """What a POST changes, and how many rows of the ledger come with it; all is put back."""
    cookies, known = client.cookies.copy(), LedgerEntry.objects.count()
    with transaction.atomic():
        with statements_noted() as sent:
            status = client.post(address, data).status_code
        # Most are refused, and to read all tables takes longer than to be refused.
        after = before if changes_nothing(sent) else tables()
        new = LedgerEntry.objects.count() - known
        transaction.set_rollback(True)
    client.cookies = cookies
    return status, {name for name in before if before[name] != after[name]}, new


def patterns(resolver=None, route="/admin/"):
    """The name and the route of every address of the admin."""
    resolver = resolver or next(one for one in get_resolver().url_patterns if str(one.pattern) == "admin/")
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            yield from patterns(one, f"{route}{one.pattern}")
        elif isinstance(one.pattern, RoutePattern):
            yield one.name or "", f"{route}{one.pattern}"


def requests(client, rows, form):
    """Every address, with each of the rows that it may be about, and what somebody may send there."""
    for name, route in patterns():
        if "<path:object_id>" not in route:
            yield name, route, form
            continue
        for row in rows:
            if route.startswith(f"/admin/{row._meta.app_label}/{row._meta.model_name}/"):
                address = route.replace("<path:object_id>", str(row.pk))
                filled = client.get(address) if name.endswith("_change") else None
                known = (
                    form_data(filled) if filled and filled.context and "adminform" in filled.context else {}
                )
                yield name, address, known | form
                if filled:
                    yield name, f"{address}?_popup=1&_to_field=id", known | form | {"_popup": "1"}


def actions(rows):
    """Every action of every list on all of its rows, and what a list whose cells can be edited would take."""
    for model, admin in site._registry.items():
        chosen = [row.pk for row in rows if isinstance(row, model)]
        cells = {"form-TOTAL_FORMS": len(chosen), "form-INITIAL_FORMS": len(chosen), "_save": "Save"}
        for number, key in enumerate(chosen):
            cells |= {f"form-{number}-{name}": value for name, value in FORM.items()} | {
                f"form-{number}-id": key
            }
        for show in admin.scopes or (None,):
            address = listed(model, show=show.name) if show else listed(model)
            yield f"{model._meta.model_name}_cells", address, cells
            for action in ("delete_selected", *(verb.name for verb in admin.verbs)):
                asked = {"action": action, "_selected_action": chosen} | FORM
                yield f"{model._meta.model_name}_{action}", address, asked


def acts(tried, client):
    """The addresses that changed something: whether each time with a row of the ledger."""
    before, told = tables(), {}
    for name, address, data in tried:
        status, changed, new = outcome(client, address, data, before)
        assert status < 500, address
        if changed or new:
            told[name] = told.get(name, True) and new > 0
    return told


def test_an_address_changes_nothing_or_leaves_a_row(as_keith, rows, moderators):
    told = acts(requests(as_keith, rows, FORM | {"groups": [moderators.pk]}), as_keith)
    assert {name for name, is_told in told.items() if not is_told} == {
        f"moments_report_{act}" for act in PRIVATE
    }
    assert set(told) == {f"{table}_{act}" for table, acts in DEEDS.items() for act in acts.split()}


def test_an_action_of_a_list_changes_nothing_or_leaves_a_row(as_keith, rows):
    told = acts(actions(rows), as_keith)
    assert {name for name, is_told in told.items() if not is_told} == {f"report_{act}" for act in PRIVATE}
    by_form = {table.partition("_")[2]: acts.split() for table, acts in DEEDS.items()}
    assert set(told) == {
        f"{table}_{act}" for table, acts in by_form.items() for act in acts if act not in {"change", "sweep"}
    }


def test_an_action_on_rows_that_left_the_list_does_nothing(as_keith, moment):
    tag = Tag.objects.get(name="stars")
    data = {
        "action": "merge_into",
        "_selected_action": [tag.pk],
        "confirmed": "yes",
        "note": "So.",
        "name": "planets",
    }
    as_keith.post(listed(Tag, show="merged"), data)
    assert not Tag.objects.filter(name="planets").exists()
