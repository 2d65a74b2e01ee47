"""A card's post: what a list shows of a post, read as a plain row by one statement.

A CardRow answers by the names of Post what templates and rules ask of a post in a list. Nothing of it is a
model; what a name means is said once, by Post and its mixins.
"""

import json
from collections import namedtuple
from typing import NamedTuple

from django.db.models import F, Func, IntegerField, OuterRef, TextField, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from moments.feelings import reading

from .feeling import FeelingTally
from .film import Film
from .last_read import LastRead
from .mixins.labelled import LABEL_COLUMNS
from .mixins.stateful import State
from .post import Post
from .rows_as_text import RowsAsText
from .tag import Tag, Tagging

# What is seen of a card. A row begins with these: when one of them changes, the card is rendered anew.
CARD_COLUMNS = {
    **{name: name for name in ("id", "kind", "title", "slug", "created", "votes")},
    **{name: name for name in ("comment_count", "relive_count", "felt_by", "season", "episode", "timecode")},
    **{
        name: name
        for name in ("artist", "artist_slug", "rating", "status", "confirms", "disputes", "spoiler")
    },
    **{
        name: name
        for name in (*LABEL_COLUMNS, "author_id", "film_id", "is_veiled", "my_vote", "new_comments")
    },
    "author_name": "author__username",
    "film_title": "film__title",
    "film_slug": "film__slug",
    "film_palette": "film_palette_text",
    "own_palette": "palette_text",
    "still_file": "still",
    "widths": "still_widths_text",
    "tags": "tags_text",
    "tallies": "tallies_text",
}
# What lists are ordered by besides; and the excerpt, which the search marks: it is put into a rendered card.
BESIDES = ("excerpt", "hot", "position", "sort_title")


class StoredText(Func):
    """A column of JSON as the text that the database has of it: most cards are not rendered anew."""

    template, output_field = "%(expressions)s", TextField()


def card_rows(posts, viewer):
    """The posts as rows for cards. Asks for `veiled_for`."""
    mine = OuterRef("pk")
    tags = Tagging.objects.filter(content_object=mine, tag__state=State.VISIBLE).order_by("pk")
    tags = tags.annotate(name=F("tag__name"), slug=F("tag__slug"))
    tallies = FeelingTally.objects.filter(moment=mine).order_by("feeling")
    posts = posts.with_my_vote(viewer).annotate(
        new_comments=_new_comments(viewer),
        palette_text=StoredText("palette"),
        film_palette_text=StoredText("film__palette"),
        still_widths_text=StoredText("still_widths"),
        tags_text=RowsAsText(tags, "name", "slug"),
        tallies_text=RowsAsText(tallies, "feeling", "house", "count"),
    )
    return posts.values_list(*CARD_COLUMNS.values(), *BESIDES)


def _new_comments(viewer):
    if not viewer.is_authenticated:
        return Value(0, IntegerField())
    return Coalesce(LastRead.objects.columns(viewer)["new_in_thread"], 0)


class CardFilm(NamedTuple):
    """The film of a card."""

    title: str
    slug: str
    palette: list

    get_absolute_url = Film.get_absolute_url


class CardAuthor(NamedTuple):
    username: str

    is_house = User.is_house
    get_absolute_url = User.get_absolute_url


class CardTag(NamedTuple):
    name: str
    slug: str

    get_absolute_url = Tag.get_absolute_url


class CardRow(namedtuple("CardRow", [*CARD_COLUMNS, *BESIDES])):
    """A post as a card shows it: CARD_COLUMNS and BESIDES, and what a Post makes of them."""

    model_name, state, is_visible, is_removed = Post.model_name, State.VISIBLE, True, False
    art_turn = 0  # see `vary_scenes`

    pk = property(lambda self: self.id)
    role_of, get_absolute_url = Post.role_of, Post.get_absolute_url
    shown_title, named, link, artist_url = Post.shown_title, Post.named, Post.link, Post.artist_url
    episode_text, episode_url, stars_text = Post.episode_text, Post.episode_url, Post.stars_text
    is_marked_spoiler, feelings = Post.is_marked_spoiler, Post.feelings
    labels_url, join_url, vote_url = Post.labels_url, Post.join_url, Post.vote_url
    is_labelled, label_counts, spoils_by_quorum = Post.is_labelled, Post.label_counts, Post.spoils_by_quorum
    colours, art_url, still_url, still_srcset = Post.colours, Post.art_url, Post.still_url, Post.still_srcset
    still_name = Post.still_name

    @property
    def shown(self):
        """All that a card tells of its post besides its excerpt."""
        return (*self[: len(CARD_COLUMNS)], self.art_turn)

    @property
    def film(self):
        return CardFilm(self.film_title, self.film_slug, json.loads(self.film_palette))

    @property
    def author(self):
        return CardAuthor(self.author_name) if self.author_id else None

    @property
    def palette(self):
        return json.loads(self.own_palette)

    @property
    def still(self):
        field = Post._meta.get_field("still")
        return field.attr_class(self, field, self.still_file)

    @property
    def still_widths(self):
        return json.loads(self.widths)

    @property
    def tag_list(self):
        """Its tags that can be seen."""
        return [CardTag(*tag) for tag in json.loads(self.tags or "[]")]

    @property
    def reading(self):
        """What was felt here, and whether it is our first guess."""
        tallies = json.loads(self.tallies or "[]")
        house = {feeling: weight for feeling, weight, _count in tallies}
        return reading(house, {feeling: count for feeling, _weight, count in tallies}, self.felt_by)
