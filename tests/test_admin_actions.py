"""Staff remove and restore, merge tags, and suspend members, when they mean it."""

from django.contrib.admin.models import LogEntry
from django.urls import reverse

from accounts.models import User
from moments.models import Moment, Song, Tag, Tagging, Trivia
from tests.support.admin import listed, page, shown
from tests.support.counters import differences
from tests.support.makers import make_comment, make_member, make_moment, make_song, make_trivia, moderator
from tests.support.pages import refused_fields, select, text_of
from tests.support.rows import for_each

# Hiding and restoring.


MEANT = {"confirmed": "yes", "reason": "spam", "note": "It sells pills."}


def act(client, model, action, *rows, **more):
    data = {"action": action, "_selected_action": [row.pk for row in rows]} | more
    return client.post(listed(model, show=more.pop("show", "latest")), data)


@for_each("make, model", [(make_moment, Moment), (make_song, Song), (make_trivia, Trivia)])
def test_posts_are_hidden_and_restored_when_meant(as_anna, film, mia, make, model):
    posts = [make(film, mia) for _ in range(3)]
    asked = act(as_anna, model, "remove", *posts[:2])
    assert asked.status_code == 200
    assert [post.title in text_of(asked) for post in posts] == [True, True, False]
    assert model.objects.filter(state="visible").count() == 3
    assert act(as_anna, model, "remove", *posts[:2], **MEANT).status_code == 302
    assert model.objects.filter(state="removed").count() == 2
    assert differences() == {}
    act(as_anna, model, "restore", *posts[:2], confirmed="yes", note="It is fine.", show="hidden")
    data = {
        "action": "restore",
        "_selected_action": [post.pk for post in posts[:2]],
        "confirmed": "yes",
        "note": "It is fine.",
    }
    as_anna.post(listed(model, show="hidden"), data)
    assert model.objects.filter(state="visible").count() == 3
    assert differences() == {}


def test_one_row_is_hidden_from_its_page(as_anna, anna, moment, seb):
    comment = make_comment(moment, seb)
    for one in (comment, moment, moment.film):
        assert select(as_anna.get(page(one, "remove")), f'form a[href="{page(one)}"]')
        one.refresh_from_db()
        assert one.state == "visible"
        assert as_anna.post(page(one, "remove"), MEANT).url == page(one)
        one.refresh_from_db()
        assert one.state == "removed"
        assert select(as_anna.get(page(one)), f'a[href="{page(one, "restore")}"]')
    assert differences() == {}
    assert LogEntry.objects.filter(user=anna, change_message="Removed").count() == 3


def test_a_second_click_changes_nothing(as_anna, moment):
    as_anna.post(page(moment, "remove"), MEANT)
    again = as_anna.post(page(moment, "remove"), MEANT, follow=True)
    _removed, message = again.context["messages"]
    assert (message.level_tag, moment.title in str(message)) == ("warning", True)
    assert differences() == {}


def test_who_may_only_look_may_not_act(client, moment, moderators):
    viewer = make_member("viewer", is_staff=True)
    viewer.user_permissions.add(moderators.permissions.get(codename="view_moment"))
    client.force_login(viewer)
    assert client.get(page(moment)).status_code == 200
    assert client.post(page(moment, "remove"), MEANT).status_code == 403
    act(client, Moment, "remove", moment, **MEANT)
    assert Moment.objects.get().state == "visible"


def test_a_row_that_is_gone_is_not_found(as_anna, film):
    assert as_anna.get(reverse("admin:moments_moment_remove", args=[9_999])).status_code == 404
    assert as_anna.get("/admin/moments/moment/nonsense/remove/").status_code == 404


# Tags.


def test_tags_are_merged_when_meant(as_anna, film, mia, client):
    for number, tag in enumerate(["tap dance", "tap-dance", "tapdance"]):
        make_moment(film, mia, tags=[tag, "stars"] if number else [tag])
    doubled = list(Tag.objects.filter(name__in=["tap-dance", "tapdance"]))
    asked = act(as_anna, Tag, "merge_into", *doubled, show="used")
    assert 'name="name"' in text_of(asked)
    assert Tag.objects.filter(state="visible").count() == 4
    nameless = act(as_anna, Tag, "merge_into", *doubled, confirmed="yes", note="The same.", name="!!")
    assert refused_fields(nameless) == ["name"]
    assert Tag.objects.filter(state="visible").count() == 4
    act(as_anna, Tag, "merge_into", *doubled, confirmed="yes", note="The same.", name=" Tap  Dance ")
    target = Tag.objects.get(name="tap dance")
    assert (target.post_count, Tagging.objects.filter(tag=target).count()) == (3, 3)
    assert differences() == {}
    assert set(shown(as_anna.get(listed(Tag, show="merged")))) == set(doubled)
    assert shown(as_anna.get(listed(Tag, show="hidden"))) == []
    assert as_anna.get("/admin/").context["sections"][-1].rows == []
    assert client.get(f"/tags/{doubled[0].slug}/").url == target.get_absolute_url()


def test_a_tag_is_renamed_by_merging_it(as_anna, moment):
    tag = Tag.objects.get(name="tap dance")
    act(as_anna, Tag, "merge_into", tag, confirmed="yes", note="The same.", name="step dance")
    assert Tag.objects.get(name="step dance").post_count == 1
    assert Tag.objects.get(name="tap dance").merged_into.name == "step dance"
    assert differences() == {}


def test_a_hidden_tag_takes_no_others(as_anna, moment):
    stars, tap = Tag.objects.order_by("name")
    stars.remove(moderator(), "spam")
    refused = act(as_anna, Tag, "merge_into", tap, confirmed="yes", note="The same.", name="stars")
    assert refused_fields(refused) == ["name"]
    assert Tag.objects.get(name="tap dance").merged_into is None


# Members.


def test_members_are_suspended_and_reinstated(as_anna, anna, seb):
    as_anna.post(page(seb, "suspend"), MEANT)
    assert not User.objects.get(username="seb").is_active
    as_anna.post(page(seb, "reinstate"), MEANT)
    assert User.objects.get(username="seb").is_active
    messages = LogEntry.objects.filter(user=anna).values_list("change_message", flat=True)
    assert sorted(messages) == ["Reinstated", "Suspended"]


def test_moderators_cannot_act_on_staff_on_the_house_or_on_themselves(as_anna, anna, keith):
    house = make_member("house")
    for one in (keith, anna, house):
        assert as_anna.post(page(one, "suspend"), MEANT).status_code == 403
        act(as_anna, User, "suspend", one, **MEANT)
        assert as_anna.post(page(one), {"bio": "changed"}).status_code == 403
    assert User.objects.filter(is_active=True, bio="").count() == 3


def test_moderators_cannot_give_rights(as_anna, seb, moderators):
    group = moderators.pk
    data = {
        "bio": "Hello *you*",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": [group],
        "username": "boss",
    }
    as_anna.post(page(seb), data)
    seb = User.objects.get(pk=seb.pk)
    assert (seb.username, seb.is_staff, seb.is_superuser, seb.groups.count()) == ("seb", False, False, 0)
    assert seb.bio_html == "<p>Hello <em>you</em></p>"
