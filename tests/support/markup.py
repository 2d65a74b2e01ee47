"""Reads a page more strictly than any browser does, and notes what is wrong with its elements.

This site closes whatever it opens, so what HTML would forgive is a fault here.
"""

import re
from collections import Counter
from html.parser import HTMLParser

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# What takes words, and what stands among words; and what is too large for that.
OF_WORDS = HEADINGS | {
    "abbr", "b", "button", "cite", "code", "em", "i", "label", "legend", "p", "pre", "q", "small", "span",
    "strong", "summary", "time",
}  # fmt: skip
LARGE = HEADINGS | {
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer",
    "form", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip
TAKE_HEADINGS = {"legend", "summary"}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div", "dt", "dd"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "select": {"option", "optgroup"},
}
NOT_IN_ITSELF = {"a", "button", "form", "label"}
CONTROLS = {
    "a", "button", "details", "embed", "iframe", "input", "label", "select", "summary", "textarea",
}  # fmt: skip
REFERENCES = ("for", "form", "list", "popovertarget", "aria-controls", "aria-describedby", "aria-labelledby")


def faults(markup, is_piece=False):
    """What is wrong with a page, in a line each; a piece of one may refer to what is around it."""
    reader = StrictReader(is_piece)
    reader.feed(markup)
    reader.close()
    reader.ends()
    return reader.faults


def faults_of(answers):
    """What is wrong with these answers, by their names. What has no head is a piece of a page."""
    found = {
        name: faults(answer.text, is_piece="<head>" not in answer.text)
        for name, answer in answers.items()
        if answer["Content-Type"].startswith("text/html")
    }
    assert found
    return {name: wrong for name, wrong in found.items() if wrong}


class StrictReader(HTMLParser):
    """Keeps the elements that are open, the headings so far, and each id with who refers to it."""

    def __init__(self, is_piece):
        super().__init__()
        self.is_piece, self.faults, self.open, self.levels = is_piece, [], [], []
        self.ids, self.referred = Counter(), []
        self.articles = []  # of each that is open, whether it has a heading

    def note(self, fault):
        self.faults.append(f"line {self.getpos()[0]}: {fault}")

    def handle_starttag(self, tag, attributes):
        traits = dict(attributes)
        self.check_place(tag)
        self.check_pressing(tag, traits)
        self.check_attributes(tag, attributes, traits)
        self.collect(tag, traits)
        if tag in HEADINGS:
            self.check_level(int(tag[1]))
        if tag == "article":
            self.articles.append(False)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        if tag not in VOID and "svg" not in self.open:
            self.note(f"<{tag}/> is no way to close it")
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in self.open:
            self.note(f"</{tag}> closes nothing")
            return
        while (last := self.open.pop()) != tag:
            self.note(f"<{last}> is still open at </{tag}>")
        if tag == "article" and not self.articles.pop():
            self.note("<article> has no heading")

    def check_place(self, tag):
        parent = self.open[-1] if self.open else ""
        if tag not in CHILDREN.get(parent, {tag}) | {"script", "template"}:
            self.note(f"<{tag}> is a child of <{parent}>")
        if parent in OF_WORDS and tag in LARGE and not (parent in TAKE_HEADINGS and tag in HEADINGS):
            self.note(f"<{tag}> stands among the words of <{parent}>")
        if tag in NOT_IN_ITSELF and tag in self.open:
            self.note(f"<{tag}> stands in another")

    def check_pressing(self, tag, traits):
        is_pressed = (tag in CONTROLS and traits.get("type") != "hidden") or "tabindex" in traits
        for outer in {"a", "button"} & set(self.open):
            if is_pressed and outer != tag:
                self.note(f"<{tag}> and the <{outer}> around it can both be pressed")

    def check_attributes(self, tag, attributes, traits):
        if len(attributes) > len(traits):
            self.note(f"<{tag}> has an attribute twice")
        if tag == "img" and not {"alt", "src"} <= set(traits):
            self.note("<img> needs an alt and a src")
        if tag == "time" and re.search(r"\.\d{4}", traits.get("datetime", "")):
            self.note("<time> is finer than a thousandth of a second")
        if traits.get("type") == "hidden" and any(name.startswith("aria-") for name in traits):
            self.note(f"<{tag}> is hidden, and ARIA says something of it")

    def collect(self, tag, traits):
        if "id" in traits:
            self.ids[traits["id"]] += 1
        for name in REFERENCES:
            self.referred += [(f"{name} of <{tag}>", key) for key in (traits.get(name) or "").split()]
        if (traits.get("href") or "").startswith("#"):
            self.referred.append((f"href of <{tag}>", traits["href"][1:]))

    def check_level(self, level):
        before = self.levels[-1] if self.levels else level if self.is_piece else 0
        if level > before + 1:
            self.note(f"<h{level}> skips a level")
        self.levels.append(level)
        self.articles = [True] * len(self.articles)

    def ends(self):
        for tag in self.open:
            self.note(f"<{tag}> is never closed")
        self.faults += [f"id {key!r} is given twice" for key, number in self.ids.items() if number > 1]
        if self.is_piece:
            return
        if self.levels.count(1) != 1:
            self.note(f"it has {self.levels.count(1)} main headings")
        self.faults += [f"{who} leads nowhere: {key!r}" for who, key in self.referred if key not in self.ids]
