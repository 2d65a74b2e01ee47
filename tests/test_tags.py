"""Tags: one word, whatever its case; merged ones redirect."""

from django.urls import reverse

from moments.models import Tag
from tests.support.makers import make_moment, moderator
from tests.support.pages import select


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


def test_a_tag_that_stays_is_not_counted_again(film, mia):
    make_moment(film, mia, tags=["stars"])
    moment = make_moment(film, mia, tags=["stars", "dusk"])
    moment.retag(["stars", "night"])
    assert dict(Tag.objects.values_list("name", "post_count")) == {"stars": 2, "dusk": 0, "night": 1}


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


def test_the_first_tags_show_three_pictures_of_what_has_them(client, film, mia):
    for _ in range(4):
        make_moment(film, mia, tags=["stars"])
    make_moment(film, mia, tags=["dusk"], spoiler=True)
    cards = select(client.get(reverse("tags")), ".pictured-tags a")
    assert [(card["href"], len(card.select("img"))) for card in cards] == [
        ("/tags/stars/", 3),
        ("/tags/dusk/", 0),
    ]


def test_a_tag_is_pictured_or_in_the_list_behind(client, film, mia):
    names = [f"tag {number:02}" for number in range(15)]
    make_moment(film, mia, tags=names[:8])
    make_moment(film, mia, tags=names[8:])
    page = client.get(reverse("tags"))
    listed = [len(select(page, selector)) for selector in (".pictured-tags a", ".tags.is-big a")]
    assert listed == [12, 3]


def test_tags_can_be_read_by_name(client, film, mia):
    make_moment(film, mia, tags=["stars", "piano"])
    make_moment(film, mia, tags=["stars", "dusk"])
    page = client.get(reverse("tags"), {"order": "name"})
    assert [tag.name for tag in page.context["tags"]] == ["dusk", "piano", "stars"]
    assert select(page, ".pictured-tags") == []
    assert client.get(reverse("tags"), {"order": "loud"}).status_code == 404
