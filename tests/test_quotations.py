"""A reply that quotes: the hidden stays hidden, what is out of sight is not quoted, nobody is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moments.models import Mute, Notification
from reelive import markdown
from tests.support.makers import make_comment, make_moment
from tests.support.notifications import tell_all
from tests.support.pages import select, text_of
from tests.support.rows import for_each

SECRET = "quux"
PIECES = st.sampled_from(
    [SECRET, "seen", ">!", "!<", "||", " ", "\n", "\n\n", "- ", "> ", "`", "```", "1. ", "**", "\t", "# "]
)


def typed(client, comment, query="?quote=1"):
    (field,) = select(client.get(f"/comments/{comment.pk}/reply/{query}"), ".comment-form textarea")
    return field.text.strip()


def in_sight(text):
    return markdown.without_spoilers(markdown.render(text))


def test_each_line_is_quoted():
    assert markdown.quoted("One\n\n- two\r\n".replace("\r", "")) == "> One\n>\n> - two\n\n"
    assert markdown.quoted(" \n ") == ""


@for_each("hidden", [
    f">!{SECRET}!<", f"||{SECRET}||", f">!One\n\n{SECRET}!<", f">!\n\n- {SECRET}\n!<", f"So >!{SECRET}",
    f"- a\n- >!b\n- {SECRET}!<", f"> >!{SECRET}!<",
])  # fmt: skip
def test_a_spoiler_stays_hidden_in_a_quotation(hidden):
    quotation = markdown.quoted(f"Look: {hidden}") + "Mine."
    assert SECRET not in in_sight(quotation)
    assert SECRET in markdown.render(quotation)
    assert "Mine." in in_sight(quotation)


def test_where_signs_would_mean_something_else_the_plain_text_is_quoted():
    text = f">!> \n\n```\n>!{SECRET}"
    assert SECRET not in in_sight(text)
    assert markdown.quoted(text) == f"> {markdown.VEIL}\n\n"


@given(st.lists(PIECES, max_size=14).map("".join))
def test_no_quotation_shows_what_its_text_hides(text):
    if SECRET not in in_sight(text):
        assert SECRET not in in_sight(markdown.quoted(text))


@pytest.mark.django_db
def test_the_link_opens_the_form_with_the_quotation(as_seb, moment, mia):
    comment = make_comment(moment, mia, "Look at\nthe >!shoes!<.")
    (link,) = select(as_seb.get(moment.get_absolute_url()), "a[data-quote]")
    assert link["href"] == f"/comments/{comment.pk}/reply/?quote=1"
    assert typed(as_seb, comment) == "> Look at\n> the >!shoes!<."
    assert typed(as_seb, comment, "") == ""


@pytest.mark.django_db
def test_a_visitor_and_a_locked_thread_have_no_such_link(client, moment, mia):
    make_comment(moment, mia)
    assert select(client.get(moment.get_absolute_url()), "a[data-quote]") == []
    type(moment).objects.update(locked=True)
    client.force_login(mia)
    assert select(client.get(moment.get_absolute_url()), "a[data-quote]") == []


@pytest.mark.django_db
def test_whom_one_muted_and_what_is_hidden_is_not_quoted(as_seb, moment, mia, anna, seb):
    loud, flagged = make_comment(moment, anna, "Loud"), make_comment(moment, mia, "Rude", unkind_labels=99)
    Mute.objects.add(seb, anna)
    assert select(as_seb.get(moment.get_absolute_url()), "a[data-quote]") == []
    assert [typed(as_seb, comment) for comment in (loud, flagged)] == ["", ""]


@pytest.mark.django_db
def test_what_is_said_on_a_veiled_post_is_not_quoted(as_seb, film, mia):
    comment = make_comment(make_moment(film, mia, spoiler=True), mia, "He leaves")
    assert typed(as_seb, comment) == ""
    assert "He leaves" not in text_of(as_seb.get(f"/comments/{comment.pk}/reply/?quote=1"))


@pytest.mark.django_db
def test_who_quotes_a_mention_calls_nobody(moment, mia, seb, anna):
    first = make_comment(moment, mia, "Ask @anna.")
    tell_all()
    Notification.objects.all().delete()
    answer = make_comment(moment, seb, f"{markdown.quoted(first.body)}I shall.", parent=first)
    tell_all()
    assert [(row.member, row.kind) for row in Notification.objects.filter(kind="mention")] == []
    assert [link["href"] for link in select(answer.body_html, "a.mention")] == ["/members/anna/"]
    make_comment(moment, seb, f"{markdown.quoted(first.body)}@anna, shall I?", parent=first)
    tell_all()
    assert [row.member for row in Notification.objects.filter(kind="mention")] == [anna]
