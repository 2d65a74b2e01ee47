"""A walk of every address as somebody who mutes a tag, words or a film, or hid posts."""

import pytest
from django.db import transaction

from moments.models import Filter, Tag
from tests.support.loud_world import (
    ARTIST,
    BODY,
    CLAIM,
    DIARY,
    NAME,
    REMARK,
    REVIEW,
    SONG,
    SOURCE,
    TAG,
    TITLE,
    WORDS,
    answers,
    found,
    loud_scene,
)
from tests.support.makers import make_comment, make_film, make_moment, make_review, make_song, make_trivia
from tests.support.walk import NAMES, VERBS

OTHER = "quuxfilm"

# What of a post that is left out may stand at an address all the same.
OWN = {
    # What one chose oneself stays one's own.
    "saved": {TITLE},
    "favourites": {TITLE},
    "reminders": {TITLE},
    "saved-edit": {TITLE},
    "list-entry-edit": {TITLE},
    "upvoted-comments": {TITLE},
    "upvoted": {TITLE, BODY, TAG},
}
# What is the same for everybody.
OF_ALL = {"sitemap-section": {TITLE, SONG, CLAIM, REVIEW}}
TAGS = {name: {TAG} for name in ("tags", "tags-feed", "tags-json")}
EVERYTHING = {TITLE, BODY, TAG, SONG, ARTIST, CLAIM, REVIEW, SOURCE}


SCENE = loud_scene


@pytest.fixture
def world(staged, whole_sitemap):
    return staged["loud_world"]


def by_posts(viewer, loud):
    for post in loud.posts.all():
        Filter.objects.add(viewer, "post", post.pk)


def by_tags(viewer, loud):
    for post in loud.posts.all():
        post.retag([TAG])
    Filter.objects.add(viewer, "tag", Tag.objects.get(name=TAG).pk)


def by_words(viewer, loud):
    for word in (TITLE, SONG, CLAIM, REVIEW, REMARK):
        Filter.objects.add(viewer, "word", word)


KINDS = {
    "post": (by_posts, EVERYTHING, {"mutes": {TITLE, SONG, CLAIM, REVIEW}} | TAGS),
    "tag": (by_tags, EVERYTHING, {"mutes": {TAG}}),
    "word": (
        by_words,
        {*EVERYTHING, REMARK},
        {"mutes": {TITLE, SONG, CLAIM, REVIEW, REMARK}} | TAGS,
    ),
}


def met_at(client, world, watched, names):
    """What of the watched words stands at which address, where any does."""
    met = {name: set() for name in names}
    for asked, response in answers(client, world, names):
        met[asked] |= found(response, watched)
    return {name: words for name, words in met.items() if words}


PAGES = sorted(set(NAMES) - VERBS)
EVERY_ADDRESS = [*PAGES, *sorted(VERBS)]


@pytest.fixture
def other_film(world, mia, seb):
    """Another film of which everything has a word in it, with a moment that the reader has met."""
    other = make_film(OTHER, moment_count=9)
    scene = make_moment(other, mia, f"The {OTHER} scene", tags=["stars"])
    make_song(other, mia, f"The {OTHER} song", tags=["stars"])
    make_trivia(other, mia, f"The {OTHER} claim", tags=["stars"])
    make_review(other, mia, f"The {OTHER} review", tags=["stars"])
    make_comment(scene, seb, f"Now {OTHER}.")
    scene.relive(mia, note="Again.", public=True)
    return other


def test_posts_and_a_film_that_one_muted_are_met_nowhere_but_where_the_table_says(client, world, other_film):
    """Both at once: each has words of its own."""
    viewer, loud, places = world
    begin, watched, others = KINDS["post"]
    begin(viewer, loud)
    Filter.objects.add(viewer, "film", other_film.pk)
    client.force_login(viewer)
    table = OWN | OF_ALL | others
    table |= {name: table[name] | {OTHER} for name in ("mutes", "sitemap-section")}
    assert met_at(client, places, {OTHER, *watched}, EVERY_ADDRESS) == table


def test_tags_and_words_that_one_filters_are_met_nowhere_but_where_the_table_says(client, world, other_film):
    """They are looked for where the walk finds anything of what is neither filtered nor muted.

    What a walk does not find, here or as somebody who muted a member, is left out, and was not absent.
    """
    viewer, loud, places = world
    client.force_login(viewer)
    met = met_at(client, places, {OTHER, NAME, *WORDS}, PAGES)
    # The pages of who wrote them alone hold the source of a claim and the note of a diary.
    assert set().union(*met.values()) == {OTHER, NAME, *WORDS} - {SOURCE, DIARY}
    assert len([name for name, words in met.items() if OTHER in words]) > 27
    for begin, watched, others in (KINDS["tag"], KINDS["word"]):
        table = OWN | OF_ALL | others
        with transaction.atomic():
            begin(viewer, loud)
            pages = sorted((met.keys() | table) - VERBS)
            assert met_at(client, places, watched, [*pages, *sorted(VERBS)]) == table
            transaction.set_rollback(True)
