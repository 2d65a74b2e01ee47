"""Members write Markdown: it becomes HTML once, when it is saved, and an excerpt that shows no spoiler."""

import re
from collections.abc import Collection, Iterator

import nh3
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from reelive import links

MAX_LENGTH = 10_000
MAX_HTML_LENGTH = 100_000
ALLOWED_TAGS = {"a", "blockquote", "br", "code", "em", "hr", "input", "label", "li", "ol", "p", "pre"}
ALLOWED_TAGS |= {"s", "span", "strong", "ul"}
VEIL = "▒▒▒"
FEW_WORDS = 3

# A spoiler that opens a line would begin a quotation: it is kept from the block rules as one non-character.
LINE_OPENER = "\ufdd0"
_LINE_OPENERS = re.compile(r"^([ \t>*+\-0-9.)]*)>!", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_FENCE = re.compile(r"^([ >]*(?:```|~~~))", re.MULTILINE)
_CLOSERS = {">!": "!<", "||": "||", LINE_OPENER: "!<"}

_MENTION = re.compile(r"(?<![\w@/.+-])@([A-Za-z0-9_-]{3,30})(?![\w-])")
_BREAKS = {"br", "hr", "/p", "/li", "/pre", "/blockquote"}
_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}  # the last one last
_RENDERED = re.compile(r"<(?:p|ul|ol|pre|blockquote|hr)\b")
_NOT_OURS = re.compile(rf"<(?!/?(?:{'|'.join(sorted(ALLOWED_TAGS))})[ >])")
_TOGGLE = '<label class="spoiler"><input type="checkbox" aria-label="Show spoiler"><span>'


def render(text: str, known_members: Collection[str] = ()) -> str:
    """The HTML of a text of at most 10,000 characters; @names link to the `known_members` among them."""
    env = {"members": {name.lower() for name in known_members}, "mentions": set()}
    markup = _parser.render(_prepared(text), env)
    return _sanitiser.clean(markup.replace(LINE_OPENER, "&gt;!")).strip()


def mentions(text: str) -> set[str]:
    """The names, in lower case, that a text mentions outside of code and links; they may not exist."""
    env = {"members": set(), "mentions": set()}
    _parser.parse(_prepared(text), env)
    return env["mentions"]


def excerpt(html_or_markdown: str, limit: int = 280) -> str:
    """The beginning as plain text on one line, at most `limit` characters, cut at a word; spoilers are "▒▒▒".

    Takes what `render` returned, or Markdown: the former begins with a block and has no tags but ours.
    """
    markup = html_or_markdown[:MAX_HTML_LENGTH]
    if not _RENDERED.match(markup) or _NOT_OURS.search(markup):
        markup = render(html_or_markdown)
    plain = _text_of(_encodable(markup))
    # What was written as a spoiler but not taken for one, such as in code, is no text for a card either.
    plain = _veiled(_veiled(plain, ">!", "!<"), "||", "||")
    return _cut(" ".join(plain.split()), limit)


def is_link_only(markup: str) -> bool:
    """Whether what `render` returned leads elsewhere and says next to nothing of its own beside its links."""
    outside, *links = markup.split('<a href="http')
    beside = _text_of(" ".join([outside, *(link.partition("</a>")[2] for link in links)]))
    words = [word for word in beside.split() if any(character.isalnum() for character in word)]
    return bool(links) and len(words) <= FEW_WORDS


def _text_of(markup: str) -> str:
    """The text between the tags of our own markup. A parser for just any HTML takes quadratic time."""
    text, *pieces = markup.split("<")
    parts, hidden = [text], False
    for piece in pieces:
        tag, _, text = piece.partition(">")
        if tag.startswith("label"):
            hidden = True
            parts.append(VEIL)
        hidden = hidden and tag != "/label"
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


def _prepared(text: str) -> str:
    text = _encodable(text[:MAX_LENGTH]).replace(LINE_OPENER, "").replace("\r\n", "\n")
    return _LINE_OPENERS.sub(rf"\1{LINE_OPENER}", _per_paragraph(text))


def _per_paragraph(text: str) -> str:
    """A spoiler over several paragraphs hides each: in Markdown nothing inline reaches over a blank line."""
    sections = _FENCE.split(text)
    for number in range(0, len(sections), 4):  # prose, fence, code, fence, prose …
        before, *pieces = sections[number].split(">!")
        hidden = [piece.partition("!<") for piece in pieces]
        pieces = [
            _BLANK_LINES.sub(r"!<\n\n>!", text) + end + rest if end else text for text, end, rest in hidden
        ]
        sections[number] = ">!".join([before, *pieces])
    return "".join(sections)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "ignore").decode()


def _spoiler(state: StateInline, silent: bool) -> bool:
    """Inline rule: >!hidden!< and ||hidden||, with Markdown inside, but no spoiler in a spoiler."""
    opener = next((o for o in _CLOSERS if state.src.startswith(o, state.pos)), None)
    if opener is None or state.env.get("in_spoiler"):
        return False
    start = state.pos + len(opener)
    end = state.src.find(_CLOSERS[opener], start, state.posMax)
    if end < 0 or not state.src[start:end].strip():
        return False
    if not silent:
        state.push("spoiler_open", "label", 1)
        for token in _inside(state, state.src[start:end].strip()):
            state.tokens.append(token)
            state.tokens_meta.append(None)
        state.push("spoiler_close", "label", -1)
    state.pos = end + 2
    return True


def _inside(state: StateInline, source: str) -> list[Token]:
    # A state of its own: a link or a code span must not reach over the end of the spoiler.
    inner = StateInline(source, state.md, {**state.env, "in_spoiler": True}, [])
    inner.linkLevel = state.linkLevel
    state.md.inline.tokenize(inner)
    for rule in state.md.inline.ruler2.getRules(""):
        rule(inner)
    return inner.tokens


def _link_mentions(state: StateCore) -> None:
    """Core rule: @name becomes a link to a known member; every name is noted in the environment."""
    for block in state.tokens:
        if block.type == "inline" and "@" in block.content:
            block.children = list(_with_mentions(block.children, state.env))


def _with_mentions(tokens: list[Token], env: dict) -> Iterator[Token]:
    links = 0
    for token in tokens:
        links += token.nesting if token.tag == "a" else 0
        if token.type == "text" and not links:
            yield from _split_mentions(token.content, env)
        else:
            yield token


def _split_mentions(text: str, env: dict) -> Iterator[Token]:
    done = 0
    for match in _MENTION.finditer(text):
        name = match[1].lower()
        spellings = [name, name.rstrip("-_")]
        env["mentions"].update(s for s in spellings if len(s) >= 3)
        known = next((s for s in spellings if s in env["members"]), None)
        if known is None:
            continue
        end = match.start(1) + len(known)
        yield Token("text", "", 0, content=text[done : match.start()])
        attributes = {"href": f"/members/{known}/", "class": "mention"}
        yield Token("link_open", "a", 1, attrs=attributes)
        yield Token("text", "", 0, content=text[match.start() : end])
        yield Token("link_close", "a", -1)
        done = end
    yield Token("text", "", 0, content=text[done:])


def _build_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False})
    parser.enable("strikethrough")
    # Indented code and reference lists change a text by surprise; a picture becomes a link.
    parser.disable(["code", "html_block", "html_inline", "image", "lheading", "reference"])
    parser.linkify = LinkifyIt({}, {"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    parser.validateLink = links.is_allowed
    parser.inline.add_terminator_char("|")
    parser.inline.add_terminator_char(LINE_OPENER)
    parser.inline.ruler.after("text", "bare_link", links.bare_link)
    parser.inline.ruler.before("link", "picture", links.picture)
    parser.inline.ruler.before("escape", "spoiler", _spoiler)
    parser.core.ruler.push("tidy_links", links.tidy_links)
    parser.core.ruler.push("mentions", _link_mentions)
    for name, markup in _MARKUP.items():
        parser.add_render_rule(name, lambda *_, markup=markup: markup)
    return parser


# A text stands under headings that it does not know, so its own are strong paragraphs and break no outline.
_MARKUP = {
    "heading_open": "<p><strong>",
    "heading_close": "</strong></p>\n",
    "spoiler_open": _TOGGLE,
    "spoiler_close": "</span></label>",
}
_parser = _build_parser()
_sanitiser = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    tag_attribute_values={"input": {"type": {"checkbox"}, "aria-label": {"Show spoiler"}}},
    allowed_classes={"a": {"mention"}, "label": {"spoiler"}},
    link_rel="nofollow ugc noopener",
    url_schemes={"http", "https", "mailto"},
)
