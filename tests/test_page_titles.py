"""What pages are called: each by a name of its own, also lists, their choices and their later pages."""

import re

import pytest
from django.contrib import admin
from django.urls import URLPattern, get_resolver, reverse

from moments.models import Film
from tests.support.makers import make_comment, make_moment, make_song, make_trivia, moderator
from tests.support.pages import repeated, title_of, titles_of
from tests.support.rows import for_each

pytestmark = pytest.mark.one_database

FILM = "/films/la-la-land/"


def pages_of_others():
    """The pages of one's account that have no variables in their address."""
    for pattern in get_resolver("allauth.urls").url_patterns:
        for page in getattr(pattern, "url_patterns", [pattern]):
            for inner in getattr(page, "url_patterns", [page]):
                if isinstance(inner, URLPattern) and not inner.pattern.regex.groups and inner.name:
                    yield inner.name


@pytest.mark.parametrize("viewer", ["visitor", "member"])
def test_pages_of_the_account_have_titles_of_their_own(viewer, client, mia):
    if viewer == "member":
        client.post(reverse("account_login"), {"login": "mia", "password": "correct horse"})
        client.post(reverse("account_reauthenticate"), {"password": "correct horse"})
    names = {"settings", "profile-edit", "account-delete", *pages_of_others()}
    answers = {name: client.get(reverse(name)) for name in sorted(names)}
    titles = titles_of(answers)
    assert len(titles) >= {"visitor": 5, "member": 12}[viewer]
    assert [title for title in titles.values() if not re.search(r"\w.* · Reelive\Z", title)] == []
    assert repeated(titles) == {}


def test_the_page_for_a_code_has_a_whole_title(client, mia):
    page = client.post(reverse("account_reset_password"), {"email": "mia@example.org"}, follow=True)
    assert title_of(page) == "Enter the code · Reelive"
    assert "<h1>Enter the code</h1>" in page.text


def test_pages_of_the_staff_have_titles_of_their_own(admin_client, moment):
    kinds = [model._meta for model in admin.site._registry]
    names = [f"admin:{kind.app_label}_{kind.model_name}_changelist" for kind in kinds]
    titles = {name: title_of(admin_client.get(reverse(name))) for name in ["admin:index", *names]}
    assert repeated(titles) == {}


# Lists.


@for_each("url, title", [
    ("/", "Reelive: the scenes you never got over"),
    ("/?kind=song", "Hot · Songs · Reelive"),
    ("/new/", "New · Reelive"),
    ("/new/?kind=trivia&utm_source=x", "New · Trivia · Reelive"),
    ("/top/", "Top · Reelive"),
    ("/top/?by=week&kind=moment", "Top · This week · Moments · Reelive"),
    ("/films/", "Films and series · Reelive"),
    ("/films/?medium=film&decade=2010&sort=year", "Films and series · Films · 2010s · Latest · Reelive"),
    ("/songs/", "Songs · Reelive"),
    ("/songs/?order=title", "Songs · By title · Reelive"),
    ("/trivia/?status=disputed", "Trivia · Disputed · Reelive"),
    ("/tags/", "Tags · Reelive"),
    ("/tags/?order=name", "Tags · A to Z · Reelive"),
    ("/tags/stars/", "#stars · Reelive"),
    ("/feelings/", "Feelings · Reelive"),
    ("/feelings/joy/", "Joy · Reelive"),
    ("/feelings/joy/?film=la-la-land&with=love", "Joy · in La La Land with Love · Reelive"),
    (FILM, "La La Land (2016) · Reelive"),
    (FILM + "?order=votes", "La La Land (2016) · Most upvoted · Reelive"),
    (FILM + "songs/", "Songs of La La Land (2016) · Reelive"),
    (FILM + "trivia/", "Trivia of La La Land (2016) · Reelive"),
    (FILM + "trivia/?status=confirmed", "Trivia of La La Land (2016) · Confirmed · Reelive"),
    (FILM + "moments/a-lovely-night/", "A Lovely Night – La La Land (2016) · Reelive"),
    (FILM + "moments/a-lovely-night/?sort=new", "A Lovely Night – La La Land (2016) · New · Reelive"),
    ("/members/mia/", "@mia · Reelive"),
    ("/members/mia/comments/", "Comments by @mia · Reelive"),
    ("/members/mia/diary/", "Diary of @mia · Reelive"),
    ("/search/", "Search · Reelive"),
    ("/search/?q=stars", "stars · Search · Reelive"),
    ("/search/?q=stars&kind=songs", "stars · Search · Songs · Reelive"),
    ("/ledger/", "Moderation log · Reelive"),
    ("/ledger/?actor=bill&action=remove&reason=spam&film=la-la-land",
     "Moderation log · by @bill · Removals · Spam or malware · La La Land (2016) · Reelive"),
])  # fmt: skip
def test_a_title_says_what_was_chosen(url, title, client, moment):
    assert title_of(client.get(url)) == title


@for_each("url, title", [
    ("/new/", "New · continued · Reelive"),
    ("/new/?kind=moment", "New · Moments · continued · Reelive"),
    (FILM, "La La Land (2016) · continued · Reelive"),
    ("/members/mia/", "@mia · continued · Reelive"),
    ("/", "Reelive: the scenes you never got over · continued"),
])  # fmt: skip
def test_a_later_page_of_a_list_is_not_called_like_the_first(url, title, client, film, mia):
    for _ in range(26):
        make_moment(film, mia)
    cursor = client.get(url).context["next_cursor"]
    later = f"{url}{'&' if '?' in url else '?'}after={cursor}"
    assert title_of(client.get(later)) == title


# What must not be told.


@for_each("make", [make_moment, make_song, make_trivia])
def test_the_title_of_a_veil_tells_nothing_and_changes_when_it_is_lifted(make, client, film, mia):
    post = make(film, mia, "The Envelope", spoiler=True)
    comment = make_comment(post, mia)
    for url in (post.get_absolute_url(), f"/posts/{post.pk}/", comment.get_absolute_url()):
        title = title_of(client.get(url))
        assert title == f"{client.get(url).context['post'].shown_title} – La La Land (2016) · Reelive"
        assert "Envelope" not in title
    page = client.get(f"{post.get_absolute_url()}?show=1", follow=True)
    assert title_of(page) == "The Envelope – La La Land (2016) · Reelive"
    assert 'property="og:title" content="A spoiler for La La Land"' in page.text


def test_the_title_of_what_is_gone_is_its_state(client, film, mia):
    removed, deleted = make_moment(film, mia, "The Envelope"), make_moment(film, mia, "The Bench")
    removed.remove(moderator(), "spam")
    deleted.delete_by_author()
    titles = [title_of(client.get(post.get_absolute_url(), follow=True)) for post in (removed, deleted)]
    assert titles == [
        "A removed moment – La La Land (2016) · Reelive",
        "A deleted moment – La La Land (2016) · Reelive",
    ]


@for_each("words", ["</title><script>alert(1)</script>", '"&amp;"', "Reelive", "x" * 150])
def test_a_title_is_shown_as_it_was_typed(words, client, film, mia):
    Film.objects.update(title=words)
    assert title_of(client.get(FILM)) == f"{words} (2016) · Reelive"


def test_errors_say_in_the_title_what_went_wrong(client, film):
    assert title_of(client.get("/nowhere/")) == "Page not found · Reelive"
    large = client.generic("POST", "/", b"", CONTENT_LENGTH="99999999")
    assert title_of(large) == "That is too large · Reelive"
