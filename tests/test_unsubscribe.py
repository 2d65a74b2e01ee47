"""Links in letters that stop them: what they do, for whom they are good, and how they become void."""

import pytest
from django.test import Client

from accounts.models import User
from moments.models import NotificationChoice
from moments.notifications.choices import TOPICS, kinds_of
from moments.notifications.unsubscribing import address_of, holder_of
from reelive.logs import LineFormatter
from tests.support.notifications import choose_mail
from tests.support.rows import for_each

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(mia, settings):
    """The path of the link in a letter of mia's, by its topic."""
    return lambda topic: address_of(mia, topic).removeprefix(settings.SITE_URL)


def token_in(path):
    return path.strip("/").rpartition("/")[2]


def test_a_mail_program_stops_a_digest_without_session_or_form(link, mia):
    """RFC 8058: a POST of its own, from anywhere, that is not sent elsewhere."""
    before = set(kinds_of(mia, "daily"))
    assert before
    answer = Client(enforce_csrf_checks=True).post(link("daily"), ONE_CLICK)
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert kinds_of(mia, "daily") == []
    assert set(kinds_of(mia, "removal")) == {"removal"}
    chosen = NotificationChoice.objects.filter(member=mia, mail="never", site=True)
    assert set(chosen.values_list("kind", flat=True)) == before


def test_a_kind_that_is_told_at_once_is_stopped_alone(client, link, mia):
    client.post(link("removal"), ONE_CLICK)
    assert (kinds_of(mia, "removal"), kinds_of(mia, "answer")) == ([], ["answer"])


def test_a_kind_that_was_put_into_a_digest_meanwhile_is_stopped_as_well(client, link, mia):
    old = link("removal")
    choose_mail(mia, removal="weekly")
    client.post(old, ONE_CLICK)
    assert "removal" not in kinds_of(mia, "weekly")


def test_a_scanner_that_opens_the_page_stops_nothing(client, link, mia):
    page = client.get(link("daily"))
    client.head(link("daily"))
    assert 'class="hear-state" method="post"' in page.text
    assert "no-store" in page["Cache-Control"]
    assert not NotificationChoice.objects.exists()


def test_the_page_says_nothing_of_the_member(client, link, mia):
    page = client.get(link("daily")).text
    assert (mia.username in page, mia.email in page) == (False, False)


def test_stopping_twice_does_no_harm(client, link, mia):
    for _ in range(2):
        assert client.post(link("weekly"), ONE_CLICK).status_code == 200
    assert kinds_of(mia, "weekly") == []


@pytest.mark.parametrize("topic", TOPICS)
def test_a_link_is_good_for_its_topic_and_member_alone(topic, link, mia, seb):
    token = token_in(link(topic))
    assert holder_of(token) == (mia, topic)
    signature = token.rpartition(".")[2]
    seb.key_for_letters()
    others = [other for other in TOPICS if other != topic]
    forged = [f"{mia.pk}.{other}.{signature}" for other in others] + [f"{seb.pk}.{topic}.{signature}"]
    assert [holder_of(token) for token in forged] == [None] * len(forged)


@for_each(
    "token", ["x", "..", "1.daily.", "1.daily.00", "٣.daily.00", f"{'9' * 40}.daily.00", "-1.daily.00", "%00"]
)
def test_what_is_no_token_is_not_found(token, client, mia):
    assert client.get(f"/notifications/unsubscribe/{token}/").status_code == 404
    assert client.post(f"/notifications/unsubscribe/{token}/").status_code == 404


def test_a_member_without_letters_has_no_link_that_could_be_guessed(mia):
    assert mia.letter_key == ""
    assert holder_of(f"{mia.pk}.daily.") is None


def test_a_link_that_the_log_tells_of_is_of_no_use(client, link, mia, full_log):
    path = link("daily")
    assert client.put(path).status_code == 405
    lines = [LineFormatter().format(record) for record in full_log.records]
    assert any("/notifications/unsubscribe/" in line for line in lines)
    assert not any(path.rstrip("/").rpartition(".")[2] in line for line in lines)


def test_links_are_void_when_another_address_is_confirmed(client, link, mia):
    old = link("daily")
    mia.begin_mail_anew()
    assert client.post(old, ONE_CLICK).status_code == 404
    assert link("daily") != old
    assert client.get(link("daily")).status_code == 200


def test_links_outlive_a_change_of_the_secret_key(link, mia, settings):
    token = token_in(link("daily"))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    assert holder_of(token) == (mia, "daily")
    settings.SECRET_KEY_FALLBACKS = []
    assert holder_of(token) is None


def test_two_processes_agree_on_one_key(mia):
    other = User.objects.get(pk=mia.pk)
    assert mia.key_for_letters() == other.key_for_letters() != ""
