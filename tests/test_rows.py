"""Rows by their keys with a kept statement: the same rows as Django's, as they are now, for nobody else."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from reelive.rows import LARGEST, row_by_key
from tests.support.makers import make_member


def all_columns(row):
    return {field.attname: getattr(row, field.attname) for field in type(row)._meta.concrete_fields}


def test_a_row_is_the_one_that_django_finds(mia):
    User.objects.filter(pk=mia.pk).update(
        links=["https://example.org"], hiding_thresholds={"unkind": 2}, suspended_until="2026-03-01"
    )
    found = row_by_key(User, mia.pk, "default")
    assert all_columns(found) == all_columns(User.objects.filter(pk=mia.pk).get())
    assert found == mia
    assert not found._state.adding
    assert found._state.db == "default"


def test_a_row_is_read_anew_each_time(mia):
    assert User.objects.get(pk=mia.pk).theme == "system"
    User.objects.filter(pk=mia.pk).update(theme="dark")
    assert User.objects.get(pk=mia.pk).theme == "dark"


@pytest.mark.parametrize("key", [0, -1, LARGEST - 1, LARGEST, 10**30, "0"])
def test_a_key_of_no_row_finds_none(db, key):
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=key)


def test_the_managers_of_relations_keep_their_conditions(mia, seb):
    group = Group.objects.create(name="Readers")
    group.user_set.add(mia)
    assert group.user_set.get(pk=mia.pk) == mia
    with pytest.raises(User.DoesNotExist):
        group.user_set.get(pk=seb.pk)


def test_a_member_is_found_by_other_conditions_as_well(mia):
    assert User.objects.get(pk=mia.pk, username="mia") == mia
    assert User.objects.get(pk=str(mia.pk)) == mia
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=mia.pk, username="seb")


def viewer_of(client):
    return client.get("/about/").context["request"].user


def test_a_page_asks_once_for_the_session_and_once_for_the_member(as_mia, mia):
    with CaptureQueriesContext(connection) as asked:
        assert viewer_of(as_mia) == mia
    for table in (Session._meta.db_table, User._meta.db_table):
        assert len([query for query in asked if f'FROM "{table}"' in query["sql"]]) == 1


def test_a_session_that_is_over_signs_nobody_in(as_mia):
    assert viewer_of(as_mia).is_authenticated
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not viewer_of(as_mia).is_authenticated


def ended_everywhere(member):
    key = Session.objects.get().session_key
    UserSession.objects.create(user=member, session_key=key, ip="127.0.0.1", data={})
    member.end_sessions()


def suspended(member):
    member.suspend(make_member("keith", is_staff=True, is_superuser=True), "Spam.")


def with_another_password(member):
    member.set_password("another phrase of mine")
    member.save()


def erased(member):
    User.objects.filter(pk=member.pk).delete()


def without_session(member):
    Session.objects.all().delete()


@pytest.mark.parametrize("end", [ended_everywhere, suspended, with_another_password, erased, without_session])
def test_whoever_is_signed_out_is_so_at_the_next_request(as_mia, mia, end):
    assert viewer_of(as_mia) == mia
    end(mia)
    assert not viewer_of(as_mia).is_authenticated
