"""Tags: one word, whatever its case; merged ones redirect."""

from django.urls import reverse

from moments.models import Tag
from tests.support.makers import make_moment, moderator


def named(name):
    return Tag.objects.get(name=name)


def test_merging_moves_the_posts_and_redirects(client, film, mia):
    make_moment(film, mia, tags=["tap dance"])
    make_moment(film, mia, tags=["tap dance", "tapdancing"])
    assert named("tapdancing").merge_into(moderator(), named("tap dance"))
    assert (named("tap dance").post_count, named("tapdancing").post_count) == (2, 0)
    response = client.get(reverse("tag", args=["tapdancing"]))
    assert (response.status_code, response["Location"]) == (301, "/tags/tap-dance/")


def test_a_tag_is_not_merged_into_itself(moment):
    tag = named("stars")
    assert not tag.merge_into(moderator(), tag)
    assert named("stars").post_count == 1


def test_a_merged_word_counts_as_its_target_when_used_again(film, mia):
    make_moment(film, mia, tags=["tap dance"])
    make_moment(film, mia, tags=["tapdancing"])
    named("tapdancing").merge_into(moderator(), named("tap dance"))
    moment = make_moment(film, mia, tags=["tapdancing"])
    assert [tag.name for tag in moment.tag_list] == ["tap dance"]
    assert named("tap dance").post_count == 3


def test_a_tags_feed_holds_its_posts_hot_first(client, film, mia, seb):
    cold, warm = make_moment(film, mia), make_moment(film, mia)
    make_moment(film, mia, tags=["other"])
    for post in (warm, cold):
        post.upvote(seb)
    cold.unvote(seb)
    posts = client.get(reverse("tag", args=["stars"])).context["posts"]
    assert [post.pk for post in posts] == [warm.pk, cold.pk]


def test_unicode_tags_have_addresses(film, mia):
    moment = make_moment(film, mia, tags=["日本", "été"])
    assert sorted(tag.slug for tag in moment.tag_list) == ["été", "日本"]


def test_a_hidden_tag_is_not_found_and_shown_on_no_post(client, moment):
    named("stars").remove(moderator(), "spam")
    assert client.get(reverse("tag", args=["stars"])).status_code == 404
    assert ">stars<" not in client.get("/").content.decode()


def test_a_tag_lists_nothing_that_its_reader_must_not_know_yet(client, film, mia):
    shown, hidden = make_moment(film, mia, tags=["end"]), make_moment(film, mia, tags=["end"], spoiler=True)
    listed = {}
    for name in (None, "mia"):
        if name:
            client.force_login(mia)
        listed[name] = [post.pk for post in client.get("/tags/end/").context["posts"]]
    assert listed == {None: [shown.pk], "mia": [hidden.pk, shown.pk]}
