"""Mentions in Markdown: @name becomes a link to a known member."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MENTION = re.compile(r"(?<![\w@/.+-])@([A-Za-z0-9_-]{3,30})(?![\w-])")


def link_mentions(state: StateCore) -> None:
    """Core rule: @name becomes a link to a known member; every name is noted in the environment.

    Those that stand in no quotation are noted as `addressed` besides.
    """
    quotations = 0
    for block in state.tokens:
        quotations += block.nesting if block.tag == "blockquote" else 0
        if block.type == "inline" and any("@" in token.content for token in block.children):
            noted = ("mentions",) if quotations else ("mentions", "addressed")
            block.children = list(_with_mentions(block.children, state.env, noted))


def _with_mentions(tokens: list[Token], env: dict, noted: Sequence[str]) -> Iterator[Token]:
    links = 0
    for token in tokens:
        links += token.nesting if token.tag == "a" else 0
        if token.type == "text" and not links:
            yield from _split_mentions(token.content, env, noted)
        else:
            yield token


def _split_mentions(text: str, env: dict, noted: Sequence[str]) -> Iterator[Token]:
    done = 0
    for match in _MENTION.finditer(text):
        name = match[1].lower()
        spellings = [name, name.rstrip("-_")]
        for kind in noted:
            env[kind].update(s for s in spellings if len(s) >= 3)
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
