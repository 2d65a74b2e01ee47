"""What a test with transactions of its own leaves behind: the rows of the migrations, and none of its own."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction

from accounts.models import User
from moments.models import Film, LedgerEntry, SitePage
from tests.support.makers import make_film, make_member
from tests.support.template import empty_tables, flush


def written_by_migrations():
    rights = Permission.objects.filter(group__isnull=False).values_list("group__name", "codename")
    return {
        "pages": sorted(SitePage.objects.values_list("name", flat=True)),
        "groups": sorted(Group.objects.values_list("name", flat=True)),
        "rights": sorted(rights),
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("emptied", [flush, empty_tables])
def test_the_rows_of_the_migrations_stay(emptied):
    before = written_by_migrations()
    assert all(before.values())
    film, staff = make_film(), make_member("keith", is_staff=True)
    film.remove(staff, "spam")
    emptied()
    assert [model.objects.count() for model in (Film, User, LedgerEntry)] == [0, 0, 0]
    assert written_by_migrations() == before
    # Numbers begin anew, and the ledger is sealed.
    film, staff = make_film(), make_member("keith", is_staff=True)
    film.remove(staff, "spam")
    assert (film.pk, staff.pk, LedgerEntry.objects.get().number) == (1, 1, 1)
    assert Group.objects.create(name="Editors").pk > Group.objects.get(name="Moderators").pk
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
        LedgerEntry.objects.all()._raw_delete("default")
