"""Cards in a list: what is the same for all readers is rendered once and kept, the vote is laid beside it."""

from hashlib import blake2b

from django import template
from django.core.cache import caches
from django.template.loader import get_template
from django.utils import timezone

from moments.labels import fold
from reelive.templatetags.ui import ago

register = template.Library()

KEPT = 3600
# What changes without a change of the card, or belongs to the reader.
NOT_ON_THE_CARD = {"_state", "_prefetched_objects_cache", "votes", "hot", "my_vote", "edited", "nonce"}


@register.simple_tag(takes_context=True)
def card_body(context, post, place):
    """The card of a post but for its vote; the first of a list (`place` 0) loads its picture at once."""
    folded = None if post.is_veiled else fold(post, context["request"].user)
    options = {"in_film": bool(context.get("in_film")), "lazy": place > 0, "fold": folded}
    key = fingerprint(post, options)
    html = caches["local"].get(key)
    if html is None:
        html = get_template("posts/_card_body.html").render({"post": post, "film": post.film, **options})
        caches["local"].set(key, html, KEPT)
    return html


def fingerprint(post, options):
    """A key made of all that the card shows: when anything of it changes, so does the key."""
    film, author = post.film, post.author
    own = [(name, value) for name, value in post.__dict__.items() if name not in NOT_ON_THE_CARD]
    others = (
        film.title,
        film.slug,
        film.palette,
        author and author.username,
        ago(post.created, timezone.now()),
    )
    tallies = [(tally.feeling, tally.house, tally.count) for tally in post.tallies.all()]
    tags = [(tag.name, tag.slug) for tag in post.tag_list]
    shown = repr((own, others, tallies, tags, sorted(options.items())))
    return f"card:{blake2b(shown.encode(), digest_size=20).hexdigest()}"
