"""Sharing: choosing a film, the forms of the three kinds, stills, drafts, twins."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from moments.models import Moment, Post, Song, SongUse, Trivia
from tests.support.makers import make_comment, make_moment
from tests.support.pages import links, select, the
from tests.support.pictures import picture
from tests.support.rows import for_each

FORM = {"title": "The Bench", "body": "Two people, one bench, a city below.", "tags": "dusk, Tap  Dance"}


def add(film, kind="moment"):
    return reverse(f"{kind}-add", args=[film.slug])


def test_sharing_begins_with_the_films(client, film):
    assert [f.title for f in client.get(reverse("share")).context["films"]] == ["La La Land"]
    assert [f.title for f in client.get(reverse("share"), {"q": "lalá"}).context["films"]] in (
        [],
        ["La La Land"],
    )


@pytest.mark.parametrize(("query", "title"), [("?q=Whiplash", "?title=Whiplash"), ("", "")])
def test_a_film_that_is_not_there_can_be_added_at_once(client, db, query, title):
    found = links(client.get(reverse("share") + query), "body")
    assert [link for link in found if link.startswith("/films/new/")] == [f"/films/new/{title}"]


def test_a_moment_is_shared_with_its_tags_place_and_time(as_mia, film, moment, mia):
    form = FORM | {"after": moment.pk, "timecode": "0:33:10", "palette": "#0e0b2e 2A1B5E", "spoiler": "on"}
    response = as_mia.post(add(film), form)
    shared = Moment.objects.get(title="The Bench")
    assert response["Location"] == shared.get_absolute_url()
    assert (shared.author, shared.timecode, shared.timecode_text, shared.spoiler) == (
        mia,
        1990,
        "0:33:10",
        True,
    )
    assert sorted(tag.name for tag in shared.tag_list) == ["dusk", "tap dance"]
    assert shared.palette == ["#0e0b2e", "#2a1b5e", "#0e0b2e", "#2a1b5e", "#0e0b2e"]
    assert shared.position > moment.position


def test_a_still_is_re_encoded_and_its_colours_are_read(as_mia, film, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        as_mia.post(add(film), FORM | {"picture": picture(), "still_alt": "A violet square."})
    moment = Moment.objects.get()
    assert moment.still.name.endswith(".webp")
    with moment.still.open() as file, Image.open(file) as stored:
        assert (stored.format, stored.size) == ("WEBP", (1200, 800))
    assert len(moment.palette) == 5
    assert moment.still_widths == [480, 960]
    assert moment.still.storage.exists(moment.still_name(480))


def test_a_deleted_moment_takes_its_pictures_along(as_mia, film, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        as_mia.post(add(film), FORM | {"picture": picture(), "still_alt": "A violet square."})
    moment = Moment.objects.get()
    names = [moment.still.name, moment.still_name(480), moment.still_name(960)]
    with django_capture_on_commit_callbacks(execute=True):
        as_mia.post(reverse("post-delete", args=[moment.pk]))
    assert [moment.still.storage.exists(name) for name in names] == [False] * 3


def test_a_removed_picture_leaves_the_address_that_people_know(
    as_mia, film, keith, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        as_mia.post(add(film), FORM | {"picture": picture(), "still_alt": "A violet square."})
    moment = Moment.objects.get()
    names, storage = moment.still_names(), moment.still.storage
    assert len(names) == 3
    with django_capture_on_commit_callbacks(execute=True):
        moment.remove(keith, "private")
    removed = Moment.objects.get()
    assert [storage.exists(name) for name in names] == [False] * 3
    assert [storage.exists(name) for name in removed.still_names()] == [True] * 3
    assert removed.still_url in as_mia.get(f"/posts/{removed.pk}/").content.decode()
    removed.restore(keith)
    assert Moment.objects.get().still_url == removed.still_url


def test_a_removal_does_without_a_picture_that_is_lost(film, mia, keith):
    moment = make_moment(film, mia, still="stills/lost.webp", still_alt="Lost.")
    assert moment.remove(keith, "spam") is True


def test_a_still_needs_a_description(as_mia, film):
    response = as_mia.post(add(film), FORM | {"picture": picture()})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["still_alt"]
    assert not Post.objects.exists()


@for_each("content", [b"", b"not a picture", picture().read()[:900], b"<svg xmlns='x'/>"])
def test_a_file_that_is_no_whole_picture_is_refused_with_a_sentence(as_mia, film, content):
    upload = SimpleUploadedFile("still.jpg", content, "image/jpeg")
    response = as_mia.post(add(film), FORM | {"picture": upload, "still_alt": "Broken."})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["picture"]
    assert "Two people, one bench" in response.content.decode()


def test_a_song_names_the_moments_in_which_it_is_heard(as_mia, film, moment):
    form = FORM | {"title": "City of Stars", "artist": "Ryan Gosling", "heard_in": [moment.pk]}
    as_mia.post(add(film, "song"), form)
    song = Song.objects.get()
    assert song.artist == "Ryan Gosling"
    assert list(SongUse.objects.values_list("song", "moment")) == [(song.pk, moment.pk)]


def test_a_claim_carries_its_sources_and_its_status(as_mia, film):
    sources = "https://example.org/a The making of\nhttps://example.org/b"
    as_mia.post(add(film, "trivia"), FORM | {"sources": sources})
    claim = Trivia.objects.get()
    assert claim.status == "sourced"
    assert list(claim.sources.values_list("url", "title")) == [
        ("https://example.org/a", "The making of"),
        ("https://example.org/b", "https://example.org/b"),
    ]


@for_each(
    "source",
    [
        "javascript:alert(1)",
        "not an address",
        "ftp://example.org/",
        "https://example.org/ " + "x" * 201,
        "\n".join(f"https://example.org/{number}" for number in range(11)),
    ],
)
def test_a_source_has_to_be_a_web_address(as_mia, film, source):
    response = as_mia.post(add(film, "trivia"), FORM | {"sources": source})
    assert list(response.context["form"].errors) == ["sources"]
    assert response.context["form"]["sources"].value() == source


@for_each(
    "field, value",
    [
        ("title", "\u200b\u0301"),
        ("title", "x" * 151),
        ("body", "x" * 10_001),
        ("body", ""),
        ("tags", "!!!"),
        ("tags", ",".join(f"tag{n}" for n in range(9))),
        ("timecode", "soon"),
        ("timecode", "0:99:99"),
        ("palette", "red"),
        ("after", "999999"),
        ("context", "x" * 1001),
    ],
)
def test_a_wrong_field_comes_back_with_a_sentence_and_nothing_lost(as_mia, film, field, value):
    response = as_mia.post(add(film), FORM | {"context": "Kept context.", field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["title"].value() == (value if field == "title" else "The Bench")
    assert not Post.objects.exists()


def test_a_likely_twin_is_shown_first_and_can_be_overruled(as_mia, film, seb):
    make_moment(film, seb, "The Bench")
    response = as_mia.post(add(film), FORM)
    assert [post.author for post in response.context["similar"]] == [seb]
    as_mia.post(add(film), FORM | {"anyway": "1"})
    assert Moment.objects.filter(title="The Bench").count() == 2


def test_a_preview_shows_the_text_and_keeps_nothing(as_mia, film):
    response = as_mia.post(add(film), FORM | {"body": "**Bold** words here", "preview": "1"})
    assert "<strong>Bold</strong>" in response.content.decode()
    assert not Post.objects.exists()


def test_a_form_filled_in_before_signing_in_is_found_again(client, film, mia):
    client.post(add(film), FORM)
    client.post("/accounts/login/", {"login": "mia", "password": "correct horse"})
    form = client.get(add(film)).context["form"]
    assert (form["title"].value(), form["tags"].value()) == ("The Bench", "dusk, Tap  Dance")


def test_every_moment_ticked_before_signing_in_is_still_ticked(client, film, mia):
    heard = [make_moment(film, mia).pk, make_moment(film, mia).pk]
    client.post(add(film, "song"), FORM | {"heard_in": heard})
    client.post("/accounts/login/", {"login": "mia", "password": "correct horse"})
    page = client.get(add(film, "song"))
    assert [int(pk) for pk in page.context["form"]["heard_in"].value()] == heard
    assert [int(box["value"]) for box in select(page, ".picked [checked]")] == heard


def test_editing_changes_the_post_and_keeps_its_thread(as_mia, moment, seb):
    make_comment(moment, seb)
    form = FORM | {"title": "A Lovely Night", "body": "Better words for it."}
    response = as_mia.post(reverse("post-edit", args=[moment.pk]), form)
    edited = Moment.objects.get()
    assert response["Location"] == edited.get_absolute_url() == moment.get_absolute_url()
    assert (edited.body, edited.position, edited.comment_count) == (
        "Better words for it.",
        moment.position,
        1,
    )


def test_the_seventh_post_in_ten_minutes_waits_and_keeps_its_text(as_mia, film):
    for number in range(6):
        as_mia.post(
            add(film, "trivia"), FORM | {"title": f"{number} {'abcdefghij'[number] * 9}", "anyway": "1"}
        )
    response = as_mia.post(add(film, "trivia"), FORM | {"title": "One too many"})
    assert (response.status_code, Post.objects.count()) == (429, 6)
    assert "One too many" in response.content.decode()
    assert int(response["Retry-After"]) > 0


def test_hostile_text_is_stored_tame(as_mia, film):
    body = "<script>alert(1)</script> [x](javascript:alert(1)) \u202ereversed e" + "\u0301" * 200
    as_mia.post(add(film), FORM | {"title": "Quiet\x00 \u202eTitle", "body": body})
    moment = Moment.objects.get()
    assert moment.title == "Quiet Title"
    assert "<script" not in moment.body_html
    assert [link for link in links(moment.body_html, "p") if link.startswith("javascript")] == []
    assert moment.body.count("\u0301") < 20


def test_a_refused_form_opens_at_its_head_where_links_lead_to_what_is_wrong(as_mia, film):
    page = as_mia.post(add(film), FORM | {"context": "x" * 1001, "tags": "!!!"})
    summary = the(page, "form [autofocus]")
    assert (summary["role"], summary["tabindex"]) == ("alert", "-1")
    targets = [link["href"] for link in summary.select("a")]
    assert targets == ["#id_context", "#id_tags"]
    assert all(the(page, target)["aria-invalid"] == "true" for target in targets)
    assert the(page, "form details").has_attr("open"), "what is wrong stands in it"


def test_only_a_title_and_a_text_are_needed(as_mia, film):
    as_mia.post(add(film), {"title": "The Bench", "body": FORM["body"]})
    shared = Moment.objects.get()
    assert (list(shared.tag_list), shared.is_placed, shared.palette) == ([], False, [])


def test_fields_left_empty_ask_to_be_filled_in(as_mia, film):
    errors = as_mia.post(add(film), {"spoiler": "on"}).context["form"].errors.as_data()
    found = {name: [error.code for error in errors[name]] for name in ("title", "body")}
    assert found == {name: ["required"] for name in found}
