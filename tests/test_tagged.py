"""The tags of a post: in which order it has them, how they are counted, what a tagging says of its post."""

import pytest

from moments.models import Post, Tag
from moments.models.mixins.tagged import tags_as_text
from moments.models.tag import Tagging
from tests.support.makers import make_moment, moderator

pytestmark = pytest.mark.django_db


def counts():
    return dict(Tag.objects.order_by("name").values_list("name", "post_count"))


def names_of(post):
    return [tag.name for tag in post.tag_list]


def with_text(post):
    return Post.objects.annotate(tags_text=tags_as_text()).get(pk=post.pk)


@pytest.fixture
def posts(film, mia):
    return [make_moment(film, mia, tags=tags) for tags in (["stars", "night"], ["night", "rain"])]


def test_other_tags_are_counted_and_those_of_other_posts_stay(posts):
    first, second = posts
    assert counts() == {"night": 2, "rain": 1, "stars": 1}
    first.retag(["rain", "stars", "bench"])
    assert counts() == {"bench": 1, "night": 1, "rain": 2, "stars": 1}
    assert (names_of(first), names_of(second)) == (["stars", "rain", "bench"], ["night", "rain"])


def test_the_same_tags_once_more_change_nothing(posts):
    before = set(Tagging.objects.values_list("pk", "tag__name", "content_object"))
    posts[0].retag(["night", "stars"])
    assert set(Tagging.objects.values_list("pk", "tag__name", "content_object")) == before
    assert counts() == {"night": 2, "rain": 1, "stars": 1}


def test_a_post_without_tags_is_counted_by_none(posts):
    posts[0].retag([])
    assert (names_of(posts[0]), counts()) == ([], {"night": 1, "rain": 1, "stars": 0})


def test_a_tag_that_was_merged_is_replaced_by_the_one_that_it_was_merged_into(posts):
    rain, night = (Tag.objects.get(name=name) for name in ("rain", "night"))
    rain.merge_into(moderator(), night)
    posts[0].retag(["rain", "bench"])
    assert (names_of(posts[0]), counts()) == (
        ["night", "bench"],
        {"bench": 1, "night": 2, "rain": 0, "stars": 0},
    )


def test_a_tagging_carries_the_hot_rank_of_its_post(posts):
    first, second = posts
    first.hot, second.hot = 4.5, 2.5
    first.retag(["stars", "bench"])
    assert list(first.taggings.filter(tag__name="bench").values_list("hot", flat=True)) == [4.5]
    first.rank_taggings()
    assert set(first.taggings.values_list("hot", flat=True)) == {4.5}
    assert 4.5 not in second.taggings.values_list("hot", flat=True)


def test_a_post_is_counted_in_its_own_tags_alone(posts):
    posts[0].count_in_tags(-1)
    assert counts() == {"night": 1, "rain": 1, "stars": 0}
    posts[0].count_in_tags(+1)
    assert counts() == {"night": 2, "rain": 1, "stars": 1}


def test_tags_stand_in_the_order_in_which_they_were_given_however_they_are_read(posts):
    first = posts[0]
    first.retag(["night", "bench", "stars", "alley"])
    order = ["stars", "night", "bench", "alley"]
    assert names_of(first) == names_of(with_text(first)) == order
    first._prefetched_objects_cache = {"taggings": list(first.taggings.order_by("-pk"))}
    assert names_of(first) == order


def test_tags_that_are_read_as_text_have_what_a_link_needs(posts):
    tags = {tag.name: tag for tag in Tag.objects.all()}
    read = with_text(posts[1]).tag_list
    assert [(tag.pk, tag.name, tag.slug) for tag in read] == [
        (tags[name].pk, name, tags[name].slug) for name in ("night", "rain")
    ]
    assert read[0].get_absolute_url() == tags["night"].get_absolute_url()


def test_a_tag_that_was_removed_is_not_read_as_text(posts):
    Tag.objects.get(name="night").remove(moderator(), "illegal")
    assert [names_of(with_text(post)) for post in posts] == [["stars"], ["rain"]]
