"""The lists of the staff answer about what they show: no other column can be guessed letter by letter."""

import re
from datetime import date, datetime
from functools import cache
from itertools import product

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import FieldError
from django.test import RequestFactory
from django.urls import NoReverseMatch

from accounts.models import User
from moments.models import DiaryEntry, Film, Moment, Report
from reelive.staff import StaffAdmin
from tests.support.admin import listed, make_full_world, shown
from tests.support.makers import make_moment
from tests.support.rows import for_each

OF_PACKAGES = (
    "account.EmailAddress",
    "auth.Group",
    "django_tasks_database.DBTaskResult",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "taggit.Tag",
    "usersessions.UserSession",
)
SECRETS = {
    User: ("email", "seb@example.org"),
    DiaryEntry: ("note", "My own words."),
    Report: ("note", "He wrote to me."),
}
SCENE = make_full_world


def test_every_list_is_one_of_ours():
    assert [model for model in site._registry if not isinstance(site._registry[model], StaffAdmin)] == []
    assert {label for label in OF_PACKAGES if site.is_registered(apps.get_model(label))} == set()


@for_each("label", OF_PACKAGES)
def test_tables_of_packages_have_no_address(label, as_keith):
    with pytest.raises(NoReverseMatch):
        listed(apps.get_model(label))
    assert as_keith.get(f"/admin/{label.lower().replace('.', '/')}/").status_code == 404


# Columns.


def declared(model):
    """The parameters that the filters beside the list ask for."""
    names = {"show"}
    for entry in site.get_model_admin(model).list_filter:
        name = entry[0] if isinstance(entry, tuple) else entry
        if isinstance(name, str):
            names |= {f"{name}__{end}" for end in ("exact", "isnull", "gte", "lt")}
    return names


def asking(member, query):
    request = RequestFactory().get("/", query)
    request.user = member
    return request


def answer(model, member, **query):
    """The rows that the list shows, or how it refuses."""
    request = asking(member, query)
    try:
        rows = site.get_model_admin(model).get_changelist_instance(request).result_list
        return [row.pk for row in rows]
    except (DisallowedModelAdminLookup, IncorrectLookupParameters, FieldError, ValueError) as error:
        return type(error)


def around(value):
    """Something smaller and something greater."""
    if isinstance(value, bool):
        return "0", "1"
    if isinstance(value, int | float):
        return str(value - 1), str(value + 1_000)
    return ("1990-01-01", "2990-01-01") if isinstance(value, date | datetime) else ("", "~~~~")


def guesses(name, value):
    """Of each lookup a guess that is right and one that is wrong."""
    text, (less, more) = str(value), around(value)
    begun = re.escape(text[:3])
    yield name, text, f"{text[:-1]}{'9' if text[-1:] != '9' else '8'}"
    yield f"{name}__exact", text, f"{text[:-1]}{'9' if text[-1:] != '9' else '8'}"
    yield f"{name}__in", text, "999"
    yield f"{name}__startswith", text[:3], "~~~"
    yield f"{name}__contains", text[1:3], "~~~"
    yield f"{name}__regex", f"^{begun}", "^~~~"
    yield f"{name}__gt", less, more
    yield f"{name}__lt", more, less
    yield f"{name}__isnull", "0", "1"


@cache
def value_of(field):
    filled = field.model._base_manager.filter(**{f"{field.attname}__isnull": False})
    return filled.order_by(f"-{field.attname}").values_list(field.attname, flat=True).first()


def columns(model):
    return [field for field in model._meta.concrete_fields if field.get_internal_type() != "JSONField"]


def told(model, member, tried):
    """The parameters that answer a right guess in another way than a wrong one."""
    return [
        name
        for name, hit, miss in tried
        if name not in declared(model)
        and answer(model, member, **{name: hit}) != answer(model, member, **{name: miss})
    ]


def is_known(model, member):
    """Of a guess whether the rule of the page lets the list answer it, be it right or wrong."""
    page, request = site.get_model_admin(model), asking(member, {})
    return lambda guess: any(page.lookup_allowed(guess[0], value, request) for value in guess[1:])


@for_each("model", site._registry, ids=lambda model: model.__name__)
def test_no_column_can_be_guessed(model, full_world, anna):
    value_of.cache_clear()
    tried = [guess for field in columns(model) for guess in guesses(field.attname, value_of(field))]
    assert told(model, anna, tried) == []


@for_each("model", site._registry, ids=lambda model: model.__name__)
def test_no_column_of_a_neighbour_can_be_guessed(model, full_world, anna):
    """One guess of each is asked of the list, others only where the rule of its page would answer them."""
    value_of.cache_clear()
    tried, would_answer = [], is_known(model, anna)
    for relation in (field for field in model._meta.get_fields() if field.related_model):
        for field in columns(relation.related_model):
            name = f"{relation.name}__{field.attname}"
            first, *others = (one for one in guesses(name, value_of(field)) if one[0].endswith(("t", "h")))
            tried += [first, *filter(would_answer, others)]
    assert told(model, anna, tried) == []


@for_each("model", SECRETS, ids=lambda model: model.__name__)
def test_a_private_word_is_refused_alike_when_right_and_when_wrong(model, as_anna, full_world):
    name, value = SECRETS[model]
    flags = [{"e": "1"}, {"_popup": "1"}, {"all": ""}, {"_facets": "True"}, {"show": "latest"}]
    lookups = ["", "__startswith", "__contains", "__regex", "__gt", "__isnull"]
    said = set()
    for lookup, flag in [*product(lookups, [{}]), *product(lookups[:2], flags)]:
        for guess in (value, "0", "~~~"):
            response = as_anna.get(listed(model, **{f"{name}{lookup}": guess} | flag))
            said.add((response.status_code, response.content))
    assert [status for status, _content in said] == [400]


def test_superusers_cannot_spell_out_passwords_either(as_keith, keith):
    statuses = [
        as_keith.get(listed(User, password__startswith=guess)).status_code for guess in (keith.password, "~")
    ]
    assert statuses == [400, 400]


def test_filters_beside_a_list_still_answer(as_anna, film, mia):
    spoiler = make_moment(film, mia, spoiler=True)
    assert shown(as_anna.get(listed(Moment, show="latest", spoiler__exact="1"))) == [spoiler]
    future = listed(Moment, show="latest", created__gte="2990-01-01 00:00:00+00:00")
    assert shown(as_anna.get(future)) == []
    assert shown(as_anna.get(listed(Film, show="latest", medium__exact="film"))) == [film]


GARBLED = [
    "",
    "~",
    "\0",
    "1\0",
    "0",
    "-1",
    "9" * 40,
    "0001-01-01",
    "9999-12-31T23:59:59-12:00",
    "é",
    "1" * 5_000,
]
WORST = {"~", "1\0", "9" * 40}  # tried on lists with other columns too


@for_each("value", GARBLED, ids=lambda value: repr(value[:30]))
def test_no_value_of_a_parameter_breaks_a_list(value, client, anna, full_world):
    client.force_login(anna)
    client.raise_request_exception = False
    names = (
        "q",
        "p",
        "o",
        "all",
        "e",
        "show",
        "created__gte",
        "created__lt",
        "spoiler__exact",
        "medium__exact",
    )
    names += ("spoiler__isnull", "_popup", "_to_field", "_facets", "_changelist_filters", "nonsense")
    models = (Moment, Film, User, DiaryEntry) if value in WORST else (Moment,)
    addresses = [listed(model, **{name: value}) for model in models for name in names]
    found = {address: client.get(address).status_code for address in addresses}
    assert {address: status for address, status in found.items() if status >= 500} == {}
