"""Toasts: a sentence that says what was just done, with a link to it and a way to undo it."""

import json
from typing import Any, NamedTuple

from django.contrib import messages


class ToastVerbs(NamedTuple):
    """What one can do about a toast.

    Args:
        link, link_text: an address and what it is called.
        undo: the address of the verb that undoes what was done.
        part: a selector of the part of the page that the undo answers with; none where it leads to a page.
    """

    link: str = ""
    link_text: str = ""
    undo: str = ""
    part: str = ""


def toast(request: Any, sentence: str, level: int = messages.SUCCESS, **verbs: str) -> None:
    """Say it on the page that the viewer sees next. `verbs` are the fields of ToastVerbs."""
    messages.add_message(request, level, sentence, extra_tags=json.dumps(verbs) if verbs else "")


def verbs_of(message: Any) -> ToastVerbs:
    """What `toast` was told beside the sentence; nothing for messages of others."""
    try:
        said = json.loads(message.extra_tags or "{}")
        return ToastVerbs(**{name: str(value) for name, value in said.items()})
    except (AttributeError, TypeError, ValueError):
        return ToastVerbs()
