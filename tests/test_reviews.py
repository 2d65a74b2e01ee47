"""Reviews: what a member makes of a film, with stars or none, once or each time that they see it again."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from moments.models import DiaryEntry, Post, Progress, Rating, Review, Wanted
from moments.models.draft import Draft
from moments.spoilers.rules import SEEN, UNSEEN
from moments.syndication.sitemaps import PART, address_of
from tests.support.makers import make_film, make_moment, make_review, moderator
from tests.support.pages import links, select
from tests.support.rows import for_each

pytestmark = pytest.mark.django_db
FORM = {"title": "Still here", "body": "It stays with me.", "tags": "again"}


def add(film):
    return reverse("review-add", args=[film.slug])


def shown(response):
    return [post.title for post in response.context["posts"]]


def own(member):
    return list(Rating.objects.filter(member=member).values_list("stars", "liked", "date", "entry"))


def entries(member):
    rows = DiaryEntry.objects.filter(member=member).order_by("pk")
    return list(rows.values_list("date", "rating", "rewatch", "liked"))


def test_a_review_is_a_post_with_stars_which_are_what_one_makes_of_the_film_today(as_mia, mia, film):
    Rating.objects.say(mia, film, 3, liked=True)
    response = as_mia.post(add(film), FORM | {"rating": "7", "spoiler": "on", "context": "On a train"})
    review = Review.objects.get()
    assert (
        response["Location"] == review.get_absolute_url() == f"{film.get_absolute_url()}reviews/still-here/"
    )
    assert (review.author, review.kind, review.rating, review.spoiler) == (mia, "review", 7, True)
    film.refresh_from_db()
    assert (film.review_count, film.rating_count, film.rating_sum) == (1, 1, 7)
    assert own(mia) == [(7, True, timezone.localdate(), None)]
    assert entries(mia) == []


def test_without_stars_it_leaves_what_was_said_of_the_film(as_mia, mia, film):
    Rating.objects.say(mia, film, 3)
    as_mia.post(add(film), FORM)
    assert Review.objects.get().rating is None
    assert own(mia) == [(3, False, timezone.localdate(), None)]


def test_it_may_be_logged_with_it_and_again_where_one_has_seen_the_film_before(as_mia, mia, film):
    today = timezone.localdate()
    Wanted.objects.add(mia, film)
    as_mia.post(add(film), FORM | {"rating": "8", "logged": "on"})
    assert entries(mia) == [(today, 8, False, False)]
    assert own(mia) == [(8, False, today, DiaryEntry.objects.get().pk)]
    assert Wanted.objects.count() == 0
    assert Progress.objects.get(member=mia, film=film).place == SEEN.place
    as_mia.post(add(film), FORM | {"title": "Once more", "body": "Again.", "rating": "9", "logged": "on"})
    assert entries(mia) == [(today, 9, False, False)]  # one of a day
    DiaryEntry.objects.update(date=today - timedelta(days=3))
    as_mia.post(add(film), FORM | {"title": "A third time", "body": "Yes.", "logged": "on"})
    assert entries(mia) == [(today - timedelta(days=3), 9, False, False), (today, None, True, False)]
    assert Review.objects.filter(film=film, author=mia).count() == 3


def test_the_same_words_again_are_refused_and_a_form_sent_twice_makes_one(as_mia, mia, film):
    nonce = str(as_mia.get(add(film)).context["form"]["nonce"].value())
    sent = FORM | {"rating": "8", "logged": "on", "nonce": nonce}
    assert {as_mia.post(add(film), sent)["Location"] for _ in range(2)} == {
        Review.objects.get().get_absolute_url()
    }
    again = str(as_mia.get(add(film)).context["form"]["nonce"].value())
    assert as_mia.post(add(film), sent | {"nonce": again}).status_code == 422
    assert (Review.objects.count(), entries(mia)) == (1, [(timezone.localdate(), 8, False, False)])


def test_reviews_of_others_that_are_called_alike_are_no_twins(as_mia, film, seb):
    make_review(film, seb, "Still here")
    as_mia.post(add(film), FORM)
    assert sorted(Review.objects.values_list("slug", flat=True)) == ["still-here", "still-here-2"]
    similar = as_mia.get(reverse("post-similar", args=[film.slug, "review"]), {"title": "Still here"})
    assert similar.context["similar"] == []


@for_each("rating", ["0", "11", "-1", "4.5", "many"])
def test_stars_that_are_none_are_refused(rating, as_mia, film):
    response = as_mia.post(add(film), FORM | {"rating": rating})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["rating"])
    assert Review.objects.count() == 0


def test_an_edit_changes_the_review_and_not_what_is_made_of_the_film_today(as_mia, mia, film):
    review = make_review(film, mia, rating=4)
    Rating.objects.say(mia, film, 9)
    form = as_mia.get(reverse("post-edit", args=[review.pk])).context["form"]
    assert (form["rating"].value(), "logged" in form.fields) == (4, False)
    as_mia.post(
        reverse("post-edit", args=[review.pk]), FORM | {"title": "Other", "rating": "", "logged": "on"}
    )
    review.refresh_from_db()
    assert (review.title, review.rating) == ("Other", None)
    assert (own(mia), entries(mia)) == ([(9, False, timezone.localdate(), None)], [])


def test_only_reviews_have_stars_and_these_are_ten_halves_at_most(film, mia):
    moment, review = make_moment(film, mia), make_review(film, mia)
    for row, stars in ((moment, 5), (review, 0), (review, 11)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.filter(pk=row.pk).update(rating=stars)
    assert Post.objects.filter(pk=review.pk).update(rating=10) == 1


def test_the_tab_of_a_film_lists_its_reviews_in_two_orders(client, film, mia, seb, keith):
    page = reverse("film-reviews", args=[film.slug])
    assert add(film) in links(client.get(page), "main")
    ago = timezone.now() - timedelta(days=2)
    loved, fresh = make_review(film, mia, "Loved", created=ago), make_review(film, seb, "Fresh")
    make_moment(film, mia)
    make_review(make_film("Snatch"), mia)
    loved.upvote(keith)
    assert shown(client.get(page)) == ["Loved", "Fresh"]
    assert shown(client.get(f"{page}?order=new")) == ["Fresh", "Loved"]
    chosen = [tab["href"] for tab in select(client.get(f"{page}?order=new"), "main .tabs a[aria-current]")]
    assert chosen == [page, f"{page}?order=new"]
    assert client.get(f"{page}?order=title").status_code == 404
    assert client.get(f"{page}feed/").content.decode().count("<entry>") == 2
    assert shown(client.get("/new/?kind=review"))[-2:] == ["Fresh", "Loved"]
    part = address_of("posts", fresh.pk // PART + 1)
    assert fresh.get_absolute_url() in client.get(part).content.decode()


def test_what_is_marked_is_veiled_until_one_has_seen_it_all(client, as_seb, film, mia, seb):
    """That it gives the story away is all that is known of its place."""
    marked, plain = make_review(film, mia, "It ends so", spoiler=True, rating=2), make_review(film, mia, "Go")
    veils = {}
    for progress in (None, UNSEEN, SEEN):
        Progress.objects.filter(member=seb).delete()
        if progress:
            Progress.objects.create(member=seb, film=film, place=progress.place)
        page = as_seb.get(reverse("film-reviews", args=[film.slug]))
        veils[progress] = {post.pk: bool(post.is_veiled) for post in page.context["posts"]}
    assert veils[None] == veils[UNSEEN] == {marked.pk: True, plain.pk: False}
    assert veils[SEEN] == {marked.pk: False, plain.pk: False}
    assert "★" not in client.get(f"/posts/{marked.pk}/").content.decode()


def test_search_engines_learn_that_it_is_a_review_and_its_stars(client, film, mia):
    starred, bare = make_review(film, mia, rating=7), make_review(film, mia)
    said = {}
    for review in (starred, bare):
        (script,) = (
            json.loads(tag.text)
            for tag in select(client.get(review.get_absolute_url()), 'script[type="application/ld+json"]')[:1]
        )
        said[review.pk] = script[0] if isinstance(script, list) else script
    assert said[starred.pk]["@type"] == said[bare.pk]["@type"] == "Review"
    assert said[starred.pk]["itemReviewed"]["name"] == film.title
    stars = {"@type": "Rating", "ratingValue": 3.5, "bestRating": 5.0, "worstRating": 0.5}
    assert [said[review.pk].get("reviewRating") for review in (starred, bare)] == [stars, None]


def test_a_removed_or_deleted_review_is_not_counted_and_its_stars_go_with_its_text(film, mia):
    removed, deleted = make_review(film, mia, rating=6), make_review(film, mia, rating=6)
    removed.remove(moderator(), "spam")
    deleted.delete_by_author()
    film.refresh_from_db()
    assert film.review_count == 0
    assert list(Review.objects.order_by("pk").values_list("state", "rating")) == [
        ("removed", 6),
        ("deleted", None),
    ]
    deleted.refresh_from_db()
    assert deleted.undelete(mia)
    film.refresh_from_db()
    assert (film.review_count, Review.objects.get(pk=deleted.pk).rating) == (1, 6)


def test_a_draft_keeps_the_stars(as_mia, film):
    as_mia.post(add(film), FORM | {"rating": "7", "logged": "on", "draft": "1"})
    draft = Draft.objects.get()
    assert (draft.form, draft.values["rating"], draft.values["logged"]) == ("review", "7", "on")
    form = as_mia.get(f"{add(film)}?draft={draft.pk}").context["form"]
    assert (str(form["rating"].value()), Review.objects.count()) == ("7", 0)


def test_its_rating_is_written_as_stars():
    written = {rating: Review(rating=rating).stars_text for rating in (1, 2, 7, 10, None)}
    assert written == {1: "½", 2: "★", 7: "★★★½", 10: "★★★★★", None: ""}
