"""Whole sentences, in the language of the page: a claim's status, a veil, a viewer's progress, an arc."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils.translation import override

from moments.arc.arc import Arc, ArcMoment
from moments.feelings import FEELINGS
from moments.graphics import arc_text
from moments.models import Film, Post, Tag, Trivia
from moments.models.card_pages import card_of
from moments.spoilers.rules import SEEN, UNSEEN, ProgressPoint
from moments.templatetags.posts import (
    by_member,
    claim_status,
    gone_title,
    named,
    progress_text,
    veil_of,
    verdicts_so_far,
)
from tests.support.makers import make_comment, make_film, moderator

HALFWAY = ProgressPoint(5.0, None)


@pytest.mark.parametrize(
    ("status", "confirms", "disputes", "css", "icon", "text"),
    [
        ("unsourced", 0, 0, "is-unsourced", "info", "No source yet"),
        ("sourced", 2, 0, "is-sourced", "check", "Sourced, confirmed by 2"),
        (
            "sourced", 2, 1, "is-sourced is-doubted", "dispute", "Sourced, confirmed by 2, disputed by 1",
        ),
        ("unsourced", 0, 1, "is-unsourced is-doubted", "dispute", "No source yet, disputed by 1"),
        ("confirmed", 12_000, 0, "is-confirmed", "check", "Confirmed by 12k"),
        ("confirmed", 9, 1, "is-confirmed", "check", "Confirmed by 9, disputed by 1"),
        ("disputed", 1, 9, "is-disputed is-doubted", "dispute", "Disputed by 9, confirmed by 1"),
    ],
)  # fmt: skip
def test_a_claim_says_its_status_and_the_verdicts_behind_it(status, confirms, disputes, css, icon, text):
    claim = Trivia(status=status, confirms=confirms, disputes=disputes)
    assert claim_status(claim) == (css, icon, text)


def test_verdicts_are_told_in_sentences():
    assert verdicts_so_far(Trivia()) == "Nobody has said anything yet."
    assert verdicts_so_far(Trivia(confirms=1)) == "1 member confirms it."
    assert verdicts_so_far(Trivia(confirms=3, disputes=1)) == "3 members confirm it. 1 member disputes it."


@pytest.mark.parametrize(
    ("kind", "facts", "progress", "told"),
    [
        ("moment", {}, UNSEEN, ["not seen La La Land yet", "words and its picture"]),
        (
            "song",
            {"comment_count": 1},
            HALFWAY,
            ["not that far in La La Land", "Its words stay", "1 comment is"],
        ),
        ("trivia", {"spoiler": True}, None, ["who added it", "until you ask"]),
        ("trivia", {"spoiler_labels": 3}, None, ["3 members say", "until you ask"]),
    ],
)
def test_a_veil_says_why_it_is_there(kind, facts, progress, told):
    post = Post(kind=kind, film=Film(title="La La Land"), **facts)
    sentences = veil_of(post, progress).sentences
    assert len(sentences) == len(told)
    assert all(part in sentence for part, sentence in zip(told, sentences, strict=True))


@pytest.mark.parametrize(
    ("stance", "progress", "told"),
    [
        ("show", UNSEEN, "to be shown everything"),
        ("", None, "Say how far you are"),
        ("", SEEN, "seen it all"),
        ("", UNSEEN, "You have not seen it"),
        ("", HALFWAY, "You have seen 3 of 9 moments."),
    ],
)
def test_a_film_says_how_far_its_viewer_has_seen_it(stance, progress, told):
    viewer = SimpleNamespace(spoiler_stance=stance)
    assert told in progress_text(Film(moment_count=9), viewer, progress, 3)


def test_what_is_veiled_or_gone_is_named_without_its_title(moment):
    moment.is_veiled = False
    assert named(moment) == "A Lovely Night"
    moment.is_veiled = True
    assert named(moment) == "a moment of La La Land"
    moment.remove(moderator(), "spam")
    moment.is_veiled = False
    assert named(moment) == "a moment of La La Land"
    assert gone_title(moment) == "Removed: Spam or malware"


def test_who_left_is_a_former_member_and_nobody_breaks_out_of_a_name(mia):
    assert by_member(None) == "<span>a former member</span>"
    assert by_member(mia) == '<a href="/members/mia/">@mia</a>'


# The arc.


def arc_of(*slugs, ahead=0):
    rows = [ArcMoment(key, float(key), {slug: 1}, title=f"Scene {key}") for key, slug in enumerate(slugs, 1)]
    return Arc([*rows, *(ArcMoment.of_veiled(100 + key, 100.0 + key) for key in range(ahead))])


def test_a_shape_has_a_name_from_twelve_moments_on():
    valley = ["joy", *["heartbreak"] * 9, "joy"]
    few, enough = arc_of(*valley), arc_of(*valley, "joy")
    assert arc_text.shape_note(few).endswith("It falls and rises again.")
    assert (arc_text.shape_name(few), arc_text.shape_name(enough)) == ("", "Man in a hole")
    assert "Man in a hole" not in arc_text.describe_arc(few)
    assert "Man in a hole" in arc_text.describe_arc(enough)


def test_an_arc_tells_what_lies_ahead_and_in_between_by_number_alone():
    arc = arc_of("joy", "hope", ahead=2)
    assert arc_text.ahead_note(arc) == "2 moments still ahead."
    assert arc_text.ahead_note(arc_of(ahead=1)) == "1 moment, still ahead of you."
    between = Arc([ArcMoment(1, 1.0, {"joy": 1}), ArcMoment.of_veiled(2, 2.0), ArcMoment(3, 3.0, {"joy": 1})])
    assert arc_text.ahead_note(between) == "1 moment in between is veiled."


def test_the_name_of_a_shape_leads_to_where_it_is_explained(client, film):
    page = client.get(reverse("feelings")).content.decode()
    assert 'id="shapes"' in page
    assert 'id="shape-cinderella"' in page


# Languages and addresses.


def test_counts_are_whole_phrases():
    source = Template(
        '{% load counts %}{{ n|counted:"comment" }}|{{ n|strong_count:"song" }}'
        '|{{ n|worded_count:"comment" }}'
    )
    assert source.render(Context({"n": 1})) == (
        '1 comment|<b>1</b> song|1 <span class="card-word">comment</span>'
    )
    assert source.render(Context({"n": 12_000})).startswith("12k comments|<b>12k</b> songs|12k <span")


def test_a_card_is_kept_for_each_language_by_itself(client, moment):
    Post.objects.filter(pk=moment.pk).update(comment_count=1_234)
    assert "1,234 <span" in client.get("/").text
    with override("de"):
        assert "1.234 <span" in Template("{% load render_cache %}{% card post 0 %}").render(
            Context(
                {
                    "post": card_of(Post.objects.for_page(moment.author).get(), moment.author),
                    "request": SimpleNamespace(viewer=moment.author),
                }
            )
        )


def test_addresses_made_by_hand_are_those_of_the_urlconf(moment, mia):
    comment = make_comment(moment, mia)
    for target in (moment, comment):
        for verb in ("history", "labels"):
            wanted = reverse(f"{target.model_name}-{verb}", args=[target.pk])
            assert getattr(target, f"{verb}_url") == wanted
        for has_voted, verb in ((False, "upvote"), (True, "unvote")):
            target.my_vote = has_voted
            assert target.vote_url == reverse(f"{target.model_name}-{verb}", args=[target.pk])
    for verb in ("reply", "edit", "delete"):
        assert getattr(comment, f"{verb}_url") == reverse(f"comment-{verb}", args=[comment.pk])
    assert comment.get_absolute_url() == reverse("comment", args=[comment.pk])


def test_addresses_of_films_tags_and_feelings_are_those_of_the_urlconf(db):
    film, tag = make_film("Amélie – 東京?"), Tag(slug="日本-tag")
    for part in ("songs", "trivia", "barcode"):
        assert getattr(film, f"{part}_url") == reverse(f"film-{part}", args=[film.slug])
    assert tag.get_absolute_url() == reverse("tag", args=[tag.slug])
    assert FEELINGS["joy"].url == reverse("feeling", args=["joy"])
