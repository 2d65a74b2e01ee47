"""No, in a sentence: what a verb raises whose form then comes back with everything that was typed."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User

SO_SOON = timedelta(minutes=5)
LOOKED_AT = 60  # more than the quotas allow in that time
SAID_BEFORE = "You posted these very words a moment ago. Change them, or wait five minutes."

FILM_GONE = "A moderator has just taken this film away. Copy your text if you want to keep it."


class Refused(Exception):
    """Its text is for the form."""


def refuse_twin(text, newest, **words):
    """Refuse what the same author has just posted word for word.

    Called in the transaction that saves the text. Its author's row is locked until that ends: of two texts
    that come at once, the second one waits here and then finds the first. What no form sent is let through.
    """
    if text.nonce is None:
        return
    list(User.objects.select_for_update(no_key=True).filter(pk=text.author_id).values_list("pk"))
    texts = type(text)._base_manager.filter(author=text.author_id)
    latest = texts.order_by(*newest).values("pk")[:LOOKED_AT]
    if texts.filter(pk__in=latest, created__gt=timezone.now() - SO_SOON, **words).exists():
        raise Refused(SAID_BEFORE)


def refuse_hidden(film):
    """Refuse a post about a film that was hidden or merged meanwhile.

    Called when the film's row has just counted the post: who takes it away waits for that, or came first.
    """
    if not type(film).objects.listed().filter(pk=film.pk).exists():
        raise Refused(FILM_GONE)
