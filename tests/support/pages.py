"""What pages say, and the elements that they are made of."""

from bs4 import BeautifulSoup


def text_of(response):
    return response.content.decode()


def told(page):
    """What a page says, without what is around it."""
    return page.text[page.text.index("<main") : page.text.index("</main>")]


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
