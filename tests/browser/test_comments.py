"""Comments before one's eyes: they appear in their thread, and the form is ready for the next."""

import pytest
from playwright.sync_api import expect

from moments.models import Comment
from tests.support.makers import make_comment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thread(meet, moment, mia, seb):
    make_comment(moment, mia, "Look at the shoes.")
    reader = meet(seb)
    reader.opens(f"{moment.get_absolute_url()}?sort=old")
    return reader


def says(reader, words):
    reader.page.get_by_role("textbox", name="Your comment").fill(words)
    reader.presses("Comment")


def test_a_comment_appears_in_its_thread_without_a_new_page(thread):
    page = thread.page
    page.evaluate("window.same = true")
    says(thread, "I held my breath.")
    comment = page.locator(".thread > .comment").nth(1)
    expect(comment.locator(".prose")).to_have_text("I held my breath.")
    expect(comment).to_be_focused()
    expect(comment).to_be_in_viewport()
    expect(page.locator("#toasts")).to_contain_text("Your comment is in the thread.")
    expect(page.get_by_role("heading", name="2 comments")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your comment")).to_have_value("")
    assert page.url.endswith("?sort=old")
    assert page.evaluate("window.same")
    says(thread, "And again.")
    expect(page.locator(".thread > .comment")).to_have_count(3)
    assert Comment.objects.count() == 3


def test_a_reply_appears_below_what_it_answers_and_takes_replies_itself(thread):
    page = thread.page
    page.get_by_role("link", name="Reply").click()
    page.get_by_label("Your reply").fill("What shoes?")
    thread.presses("Reply")
    answer = page.locator(".thread ol .comment")
    expect(answer.locator(".prose")).to_have_text("What shoes?")
    expect(answer).to_be_focused()
    expect(page.get_by_label("Your reply")).to_have_count(0)
    answer.get_by_role("link", name="Edit").click()
    thread.arrives_at("Edit your comment")


def test_what_is_wrong_stands_at_the_form_and_nothing_is_lost(thread):
    page = thread.page
    thread.expected = {422}
    says(thread, "x" * 10_001)
    expect(page.locator(".comment-form [role=alert]")).to_be_focused()
    expect(page.locator(".comment-form .field .errorlist")).to_be_visible()
    box = page.get_by_role("textbox", name="Your comment")
    assert len(box.input_value()) == 10_001
    says(thread, "Shorter.")
    expect(page.locator(".thread > .comment")).to_have_count(2)
    expect(page.locator(".comment-form .errorlist")).to_have_count(0)


def test_words_stay_when_the_site_is_out_of_reach(thread):
    page = thread.page
    page.route("**/comments/", lambda route: route.abort())
    says(thread, "Keep me.")
    expect(page.get_by_text("The site could not be reached")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your comment")).to_have_value("Keep me.")
    thread.forgives("net::ERR_FAILED")
    page.unroute("**/comments/")
    thread.presses("Comment")
    expect(page.locator(".thread > .comment")).to_have_count(2)


def test_without_script_one_is_led_to_the_comment_in_the_same_order(meet, moment, mia, seb):
    make_comment(moment, mia)
    reader = meet(seb, java_script_enabled=False)
    reader.opens(f"{moment.get_absolute_url()}?sort=old")
    says(reader, "I held my breath.")
    comment = Comment.objects.get(author=seb)
    expect(reader.page).to_have_url(f"{reader.home}{moment.get_absolute_url()}?sort=old#c{comment.pk}")
    expect(reader.page.locator(f"#c{comment.pk}")).to_be_in_viewport()
