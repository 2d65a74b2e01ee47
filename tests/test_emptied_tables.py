"""What a test with transactions of its own leaves behind: the rows of the migrations, and none of its own."""

import pytest
from django.contrib.auth.models import Group, Permission

from moments.models import Film, SitePage
from tests.support.makers import make_film
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
    make_film()
    emptied()
    assert not Film.objects.exists()
    assert written_by_migrations() == before
