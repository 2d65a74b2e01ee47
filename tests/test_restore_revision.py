"""The author of a text restores an older version of it, as an edit."""

from django.urls import reverse

from moments.models import Moment, Post, Revision
from reelive.ratelimit import LIMITS
from tests.support.pages import text_of
from tests.support.revisions import edit, history, kept, restore
from tests.support.rows import for_each


def test_the_author_puts_an_older_version_back_as_an_edit(as_mia, said):
    response = restore(as_mia, Revision.objects.get())
    stored = type(said).objects.get(pk=said.pk)
    assert response["Location"] == said.history_url
    assert (stored.body, stored.body_html) == ("They dance at night.", "<p>They dance at night.</p>")
    assert kept(said) == ["They dance at night.", "They dance at dusk."]


def test_a_title_comes_back_with_its_address(client, scene):
    old = scene.get_absolute_url()
    edit(scene, title="On the pier")
    away = client.get(old)
    assert (away.status_code, away["Cache-Control"]) == (301, "no-cache")
    Revision.objects.get().restore(scene.author)
    assert client.get(old).status_code == 200


def test_what_is_no_text_stays_as_it_is(scene, mia):
    edit(scene, body="They sing.")
    Post.objects.filter(pk=scene.pk).update(votes=3, still_alt="A pier")
    Revision.objects.get().restore(mia)
    stored = Moment.objects.get(pk=scene.pk)
    assert (stored.body, stored.votes, stored.still_alt) == ("They dance at night.", 3, "A pier")
    assert sorted(tag.name for tag in stored.tag_list) == ["stars", "tap dance"]


def test_restoring_twice_changes_nothing_more(as_mia, said):
    revision = Revision.objects.get()
    answers = [restore(as_mia, revision), restore(as_mia, revision)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Revision.objects.count() == 2


@for_each("address", ["revision-restore", "revision-revoke"])
def test_only_the_author_has_a_say(address, as_seb, said, keith):
    revision = Revision.objects.get()
    url = reverse(address, args=[revision.pk])
    assert as_seb.post(url).status_code == 404
    as_seb.force_login(keith)
    assert as_seb.post(url).status_code == 404
    assert [revision.restore(keith), revision.revoke(keith)] == [False, False]
    assert kept(said) == ["They dance at night."]
    assert "Put back" not in text_of(history(as_seb, said))


@for_each("address", ["revision-restore", "revision-revoke"])
def test_what_a_moderator_removed_is_left_alone(address, as_mia, said, keith, mia):
    revision = Revision.objects.get()
    said.remove(keith, "spam")
    assert as_mia.post(reverse(address, args=[revision.pk])).status_code == 404
    assert [Revision.objects.get().restore(mia), Revision.objects.get().revoke(mia)] == [False, False]


def test_visitors_sign_in_before_they_restore(client, said):
    response = restore(client, Revision.objects.get())
    assert response["Location"] == f"/accounts/login/?next={said.history_url.replace('/', '%2F')}"
    assert kept(said) == ["They dance at night."]


def test_restoring_is_counted_with_other_edits(as_mia, said):
    revision = Revision.objects.get()
    limit, _seconds = LIMITS["comment" if said.model_name == "comment" else "edit"]
    statuses = [restore(as_mia, revision).status_code for _ in range(limit + 1)]
    assert statuses == [302] * limit + [429]
