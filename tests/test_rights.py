"""Rights of staff: superusers give and take them, with a reason, and each change is a row of the ledger."""

import getpass
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from accounts.models import RetiredName, User
from moments.ledger.chain import fingerprint
from moments.models import LedgerEntry
from tests.support.admin import form_data, page
from tests.support.makers import make_member
from tests.support.pages import text_of
from tests.support.rows import for_each

NONE = {"is_staff": False, "is_superuser": False, "groups": []}


def told():
    rows = LedgerEntry.objects.order_by("number")
    return [(row.actor, row.action, row.target, row.subject, row.note) for row in rows]


def send(client, member, **changes):
    """The member's form with these changes; None takes a field away, as an empty box does."""
    data = form_data(client.get(page(member))) | changes
    return client.post(page(member), {name: value for name, value in data.items() if value is not None})


# In the admin.


def test_rights_that_are_given_and_taken_stand_in_the_ledger(as_keith, moderators, seb):
    given = send(as_keith, seb, is_staff="on", groups=[moderators.pk], note="She knows the rules.")
    assert given.status_code == 302
    seb.refresh_from_db()
    assert seb.rights == ["group Moderators", "staff"]
    assert send(as_keith, seb, is_staff=None, is_superuser="on", note="For the night.").status_code == 302
    seb.refresh_from_db()
    assert seb.rights == ["group Moderators", "superuser"]
    member = ("keith", "rights", f"member/{seb.pk}", "@seb")
    assert told() == [
        (*member, "Given: group Moderators, staff. She knows the rules."),
        (*member, "Given: superuser. Taken: staff. For the night."),
    ]


def test_the_row_has_the_fingerprint_of_what_they_may_do_now(keith, moderators, seb):
    seb.change_rights(keith, "Welcome.", is_staff=True, is_superuser=False, groups=[moderators])
    seb.refresh_from_db()
    assert seb.rights == ["group Moderators", "staff"]
    assert LedgerEntry.objects.get().text == fingerprint(seb.rights)
    seb.change_rights(keith, "Farewell.", **NONE)
    assert LedgerEntry.objects.order_by("-number").first().text == ""


def test_rights_are_said_in_words_and_in_order(keith, moderators, seb):
    assert (seb.rights, keith.rights) == ([], ["staff", "superuser"])
    seb.groups.add(moderators, Group.objects.create(name="Archivists"))
    seb.user_permissions.add(Permission.objects.get(codename="view_moment"))
    assert seb.rights == ["group Archivists", "group Moderators", "permission moments.view_moment"]


def test_rights_do_not_change_without_a_reason(as_keith, moderators, seb):
    for changes in ({"is_staff": "on"}, {"is_superuser": "on", "note": "  "}, {"groups": [moderators.pk]}):
        refused = send(as_keith, seb, **changes)
        assert set(refused.context["adminform"].form.errors) == {"note"}
    seb.refresh_from_db()
    assert (seb.rights, told()) == ([], [])


def test_a_form_that_changes_no_right_needs_no_reason(as_keith, moderators, seb):
    seb.groups.add(moderators)
    assert send(as_keith, seb, bio="Hello", note="Never mind.").status_code == 302
    assert [(action, note) for _actor, action, *_target, note in told()] == [("edit", "Changed: bio.")]


def test_moderators_neither_give_rights_nor_see_that_they_could(as_anna, moderators, seb):
    assert "is_superuser" not in text_of(as_anna.get(page(seb)))
    send(as_anna, seb, is_staff="on", is_superuser="on", groups=[moderators.pk], note="Please.")
    seb.refresh_from_db()
    assert (seb.rights, told()) == ([], [])


@for_each("who", ["anna", "keith", "house", "other"])
def test_moderators_cannot_raise_themselves_or_touch_peers(who, as_anna, anna, keith, moderators):
    other = make_member("other", is_staff=True)
    member = {"anna": anna, "keith": keith, "house": make_member("house"), "other": other}[who]
    before = member.rights
    rights = {"is_staff": "on", "is_superuser": "on", "groups": [moderators.pk], "note": "Please."}
    assert as_anna.post(page(member), rights).status_code == 403
    member.refresh_from_db()
    assert (member.rights, told()) == (before, [])


# The verb.


@for_each("by", ["seb", "anna", "suspended", "demoted"])
def test_only_superusers_of_this_moment_change_rights(by, anna, seb, mia, keith):
    if by == "suspended":
        keith.suspend(make_member("bill"), "Gone mad.")
    if by == "demoted":
        User.objects.filter(pk=keith.pk).update(is_superuser=False)  # while the form was open
    giver = {"seb": seb, "anna": anna}.get(by, keith)
    assert mia.change_rights(giver, "Why not.", is_staff=True, is_superuser=True, groups=[]) is False
    mia.refresh_from_db()
    assert (mia.rights, [row for row in told() if row[1] == "rights"]) == ([], [])


def test_nobody_changes_their_own_rights_or_gives_the_house_any(keith):
    house = make_member("house")
    assert keith.change_rights(keith, "A rest.", **NONE) is False
    assert house.change_rights(keith, "More.", is_staff=True, is_superuser=True, groups=[]) is False
    keith.refresh_from_db(), house.refresh_from_db()
    assert (keith.rights, house.rights, told()) == (["staff", "superuser"], [], [])


def test_the_same_rights_again_are_no_row(keith, seb):
    assert seb.change_rights(keith, "Nothing.", **NONE) is False
    assert told() == []


def test_no_right_changes_when_the_row_cannot_be_written(keith, seb, monkeypatch):
    monkeypatch.setattr(User, "record", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        seb.change_rights(keith, "Welcome.", is_staff=True, is_superuser=True, groups=[])
    assert User.objects.get(pk=seb.pk).rights == []


def test_everybody_reads_it_in_the_ledger(client, keith, seb):
    seb.change_rights(keith, "Welcome.", is_staff=True, is_superuser=False, groups=[])
    for address in ("/ledger/", "/ledger/?action=rights", "/ledger/1/", "/ledger/feed/"):
        said = text_of(client.get(address))
        assert "changed the rights of" in said
        assert "Given: staff. Welcome." in said


# Addresses and tables of packages.


def test_staff_gives_no_account_another_address(as_keith, seb):
    EmailAddress.objects.create(user=seb, email=seb.email, verified=True, primary=True)
    data = {"user": seb.pk, "email": "keith@example.net", "verified": "on", "primary": "on"}
    assert as_keith.post("/admin/account/emailaddress/add/", data).status_code == 404
    send(as_keith, seb, email="keith@example.net", bio="Hello")
    assert User.objects.get(pk=seb.pk).email == "seb@example.org"
    assert EmailAddress.objects.get().email == "seb@example.org"


def test_what_moderators_may_do_is_not_changed_here(as_keith, moderators):
    before = list(moderators.permissions.order_by("pk"))
    assert as_keith.post("/admin/auth/group/add/", {"name": "Friends"}).status_code == 404
    change = f"/admin/auth/group/{moderators.pk}/change/"
    assert as_keith.post(change, {"name": "Moderators", "permissions": []}).status_code == 404
    assert list(Group.objects.all()) == [moderators]
    assert list(moderators.permissions.order_by("pk")) == before


def test_no_film_is_added_beside_the_site(as_keith):
    data = {"title": "Ponyo", "year": "2008", "medium": "film", "palette": "#0e0b2e", "summary": "A fish."}
    assert as_keith.get("/admin/moments/film/add/").status_code == 403
    assert as_keith.post("/admin/moments/film/add/", data).status_code == 403


# On the command line.


def create(name, **options):
    call_command("createsuperuser", username=name, email=f"{name}@example.org", interactive=False, **options)


def test_a_superuser_of_the_command_line_stands_in_the_ledger(db):
    create("boss", verbosity=0)
    boss = User.objects.get(username="boss")
    note = "Given: staff, superuser. On the command line."
    assert told() == [("house", "rights", f"member/{boss.pk}", "@boss", note)]
    assert LedgerEntry.objects.get().text == fingerprint(boss.rights)


def test_there_is_no_superuser_without_a_row(db, monkeypatch):
    monkeypatch.setattr(User, "record", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        create("boss")
    assert not User.objects.exists()


def test_no_superuser_takes_the_name_of_a_member_who_left(db):
    RetiredName.objects.retire("boss")
    with pytest.raises(CommandError, match="a member who left"):
        create("boss")
    assert not User.objects.exists()


def test_a_password_that_the_command_line_changes_ends_all_sessions(client, seb, monkeypatch):
    client.force_login(seb)
    key = client.session.session_key
    UserSession.objects.create(user=seb, session_key=key, ip="192.0.2.1")
    monkeypatch.setattr(getpass, "getpass", lambda prompt="": "a longer horse")
    call_command("changepassword", "seb", stdout=StringIO())
    assert not UserSession.objects.exists()
    assert not Session.objects.filter(pk=key).exists()
    assert "/login/" in client.get("/accounts/").url
