"""What was rendered, without its spoilers: for cards, descriptions, feeds and the search."""

import re

from .parser import ALLOWED_TAGS, render

MAX_HTML_LENGTH = 100_000
VEIL = "▒▒▒"
FEW_WORDS = 3

_HIDING = {"label": VEIL, "details": f"<p>{VEIL}</p>"}
_HIDING_OPENS = re.compile("<(label|details)")
_BREAKS = {"br", "hr", "/p", "/li", "/pre", "/blockquote", "/details"}
_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}  # the last one last
_RENDERED = re.compile(r"<(?:p|ul|ol|pre|blockquote|hr|details)\b")
_NOT_OURS = re.compile(rf"<(?!/?(?:{'|'.join(sorted(ALLOWED_TAGS))})[ >])")


def excerpt(html_or_markdown: str, limit: int = 280) -> str:
    """The beginning as plain text on one line, at most `limit` characters, cut at a word; spoilers are "▒▒▒".

    Takes what `render` returned, or Markdown: the former begins with a block and has no tags but ours.
    """
    markup = html_or_markdown[:MAX_HTML_LENGTH]
    if not _RENDERED.match(markup) or _NOT_OURS.search(markup):
        markup = render(html_or_markdown)
    plain = _text_of(markup.encode("utf-8", "ignore").decode())
    # What was written as a spoiler but not taken for one, such as in code, is no text for a card either.
    plain = _veiled(_veiled(plain, ">!", "!<"), "||", "||")
    return _cut(" ".join(plain.split()), limit)


def without_spoilers(markup: str) -> str:
    """Stored HTML with "▒▒▒" in the place of each spoiler, for readers without our styles."""
    shown, done = [], 0
    while hiding := _HIDING_OPENS.search(markup, done):
        shown += [markup[done : hiding.start()], _HIDING[hiding[1]]]
        end = markup.find(f"</{hiding[1]}>", hiding.end())
        done = end + len(f"</{hiding[1]}>") if end >= 0 else len(markup)
    return "".join(shown) + markup[done:]


def is_link_only(markup: str) -> bool:
    """Whether what `render` returned leads elsewhere and says next to nothing of its own beside its links."""
    outside, *links = markup.split('<a href="http')
    beside = _text_of(" ".join([outside, *(link.partition("</a>")[2] for link in links)]))
    words = [word for word in beside.split() if any(character.isalnum() for character in word)]
    return bool(links) and len(words) <= FEW_WORDS


def _text_of(markup: str) -> str:
    """The text between the tags of our own markup. A parser for just any HTML takes quadratic time."""
    text, *pieces = markup.split("<")
    parts, hidden = [text], ""
    for piece in pieces:
        tag, _, text = piece.partition(">")
        if not hidden and tag.startswith(("label", "details")):
            hidden = f"/{tag.partition(' ')[0]}"
            parts.append(f" {VEIL} " if hidden == "/details" else VEIL)
        hidden = "" if tag == hidden else hidden
        if not hidden:
            parts += [" " if tag in _BREAKS else "", text]
    plain = "".join(parts)
    for entity, character in _ENTITIES.items():
        plain = plain.replace(entity, character)
    return plain


def _veiled(text: str, opener: str, closer: str) -> str:
    shown, done = [], 0
    while (start := text.find(opener, done)) >= 0 and (end := text.find(closer, start + 2)) >= 0:
        shown += [text[done:start], VEIL]
        done = end + 2
    return "".join(shown) + text[done:]


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = text[:limit].rpartition(" ")[0]
    return (head if len(head) > limit // 2 else text[: limit - 1]).rstrip(" ,;:–—-") + "…"
