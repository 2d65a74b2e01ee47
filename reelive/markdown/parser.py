"""Markdown becomes HTML once, when it is saved."""

from collections.abc import Collection

import nh3
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt

from reelive import links

from . import emphasis, spoilers
from .marks import LINE_OPENER
from .mentions import link_mentions
from .toggles import FOLD, FOLD_END, LABEL, LABEL_END, SHOW_SPOILER

MAX_LENGTH = 10_000
ALLOWED_TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "details",
    "em",
    "hr",
    "input",
    "label",
    "li",
    "ol",
    "p",
    "pre",
}
ALLOWED_TAGS |= {"s", "span", "strong", "summary", "ul"}


def render(text: str, known_members: Collection[str] = ()) -> str:
    """The HTML of a text of at most 10,000 characters; @names link to the `known_members` among them."""
    env = _environment(known_members)
    markup = _parser.render(_prepared(text), env)
    return _sanitiser.clean(markup.replace(LINE_OPENER, "&gt;!")).strip()


def mentions(text: str) -> set[str]:
    """The names, in lower case, that a text mentions outside of code and links; they may not exist."""
    return _read(text)["mentions"]


def addressed(text: str) -> set[str]:
    """The same without those that a quotation alone mentions: who quotes somebody calls nobody."""
    return _read(text)["addressed"]


def _read(text: str) -> dict:
    env = _environment()
    _parser.parse(_prepared(text), env)
    return env


def _environment(known_members: Collection[str] = ()) -> dict:
    return {"members": {name.lower() for name in known_members}, "mentions": set(), "addressed": set()}


def _prepared(text: str) -> str:
    text = text[:MAX_LENGTH].encode("utf-8", "ignore").decode()
    return spoilers.prepared(text.replace("\r\n", "\n"))


def _leads_somewhere(url: str) -> bool:
    return links.is_allowed(url) and not spoilers.holds_one(url)


def _build_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False})
    parser.enable("strikethrough")
    # Indented code and reference lists change a text by surprise; a picture becomes a link.
    parser.disable(["code", "html_block", "html_inline", "image", "lheading", "reference"])
    parser.linkify = LinkifyIt({}, {"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    parser.validateLink = _leads_somewhere
    parser.inline.add_terminator_char(spoilers.KEPT_ASIDE)
    parser.inline.ruler.after("text", "bare_link", links.bare_link)
    parser.inline.ruler.before("link", "picture", links.picture)
    parser.inline.ruler.before("escape", "spoiler", spoilers.kept_aside)
    emphasis.install(parser)
    parser.core.ruler.after("block", "spoilers", spoilers.take_out)
    parser.core.ruler.push("tidy_links", links.tidy_links)
    parser.core.ruler.push("mentions", link_mentions)
    for name, markup in _MARKUP.items():
        parser.add_render_rule(name, lambda *_, markup=markup: markup)
    return parser


# A text stands under headings that it does not know, so its own are strong paragraphs and break no outline.
_MARKUP = {
    "heading_open": "<p><strong>",
    "heading_close": "</strong></p>\n",
    "spoiler_open": LABEL,
    "spoiler_close": LABEL_END,
    "spoilers_open": FOLD,
    "spoilers_close": FOLD_END,
}
_parser = _build_parser()
_sanitiser = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    tag_attribute_values={"input": {"type": {"checkbox"}, "aria-label": {SHOW_SPOILER}}},
    allowed_classes={"a": {"mention"}, "details": {"spoiler"}, "label": {"spoiler"}},
    link_rel="nofollow ugc noopener",
    url_schemes={"http", "https", "mailto"},
)
