"""What pages say, and the elements that they are made of."""

import re
from collections import Counter
from html import unescape

from bs4 import BeautifulSoup


def text_of(response):
    return response.content.decode()


def told(page):
    """What a page says, without what is around it."""
    return page.text[page.text.index("<main") : page.text.index("</main>")]


def title_of(response):
    """The title of a whole page; nothing for a fragment, a feed or a picture."""
    if response.streaming or response.content.lstrip()[:9].lower() != b"<!doctype":
        return None
    title = unescape(re.search("<title>(.*?)</title>", response.text, re.DOTALL)[1])
    return " ".join(title.split())  # as browsers show it


def titles_of(answers):
    """The title of each whole page that was found, by the name of the answer."""
    titles = {name: title_of(answer) for name, answer in answers.items() if answer.status_code == 200}
    return {name: title for name, title in titles.items() if title is not None}


def repeated(titles):
    return {title: [page for page in titles if titles[page] == title]
            for title, number in Counter(titles.values()).items() if number > 1}  # fmt: skip


def select(page, selector):
    """The elements of a response, or of a text, that a CSS selector finds."""
    return BeautifulSoup(
        page if isinstance(page, str) else text_of(page), "html.parser", multi_valued_attributes=None
    ).select(selector)


def words_of(element):
    """All that it says, in one line."""
    return " ".join(element.get_text().split())


def texts(page, selector):
    """What these elements say."""
    return [words_of(element) for element in select(page, selector)]


def the(page, selector):
    """The one element that there is."""
    (element,) = select(page, selector)
    return element


def messages_of(response):
    """What the next page tells of what was done."""
    return texts(response, "#toasts .toast p")


def refused_fields(response):
    """The fields of a form that came back with a sentence, which stands on the page."""
    errors = response.context["form"].errors
    said = texts(response, ".errorlist li")
    assert all(sentence in said for sentences in errors.values() for sentence in sentences), said
    return sorted(errors)


def links(page, within="main"):
    """Where the links lead to."""
    return [element["href"] for element in select(page, f"{within} a[href]")]


def sent_by(form, but=None):
    """What a browser would send of a form as it comes, but for one field that somebody unticks."""
    sent = {}
    for field in form.select("input[name]"):
        is_off = field.get("type") in ("checkbox", "radio") and not field.has_attr("checked")
        if not is_off and field is not but:
            sent.setdefault(field["name"], []).append(field.get("value", "on"))
    return sent
