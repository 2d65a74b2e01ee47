"""Link pictures: painted beside the request, the same for the same facts, giving nothing away, bounded."""

from datetime import timedelta
from functools import cache

import pytest
from django.db import DatabaseError
from django.test import TestCase
from django.utils import timezone
from resvg_py import svg_to_bytes

from moments.graphics.artwork import artwork
from moments.graphics.link_picture import scene_picture, stripes_picture
from moments.graphics.share_card import HEIGHT, WIDTH
from moments.models import FeelingTally, LinkPicture, MemberList, Post, Tag, link_picture
from moments.models.link_picture import MOST_TRIES, RENEWED_AFTER, REPLACED_KEPT_FOR, TRIED_AGAIN_AFTER
from moments.syndication import link_pictures
from moments.syndication.link_pictures import paint_due
from tests.support.link_pictures import files, named_picture, opened, paint_all, painted, rows
from tests.support.makers import (
    make_film,
    make_list,
    make_member,
    make_moment,
    make_song,
    make_trivia,
    moderator,
)
from tests.support.rows import for_each

PALETTE = ["#0e0b2e", "#2a1b5e", "#6a3fa0", "#e27396", "#f5b94a"]
OTHER = ["#7fb7d9", "#f6d6b8", "#fff3d1", "#6f8f86", "#2b3f4a"]
SITE = "/static/img/link.png"
OF_A_SCENE = "moments.graphics.link_picture.svg_to_bytes"
HOSTILE = [
    "", "x", "x" * 150, "W W " * 37, "夜の「踊り」", "ليلة جميلة", "שיר", "💥" * 75,
    "a\u0300\u0301\u0302" * 40, "\u202eevil", "<script>alert(1)</script>", "\x00\x08 y", "ﷺ" * 20, "𝕳𝖊𝖑𝖑𝖔",
    "&amp;", "%s %(x)s {}", "नमस्ते",
]  # fmt: skip


@cache
def the_scene():
    """What stands for the scene of every post: a picture takes eight times as long with one of its own."""
    return svg_to_bytes(svg_string=artwork(PALETTE, 7, width=WIDTH, height=HEIGHT), skip_system_fonts=True)


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def scene_is_painted_once(monkeypatch):
    monkeypatch.setattr(OF_A_SCENE, lambda *_drawn, **_how: the_scene())


def sweep(now):
    with TestCase.captureOnCommitCallbacks(execute=True):
        LinkPicture.objects.sweep(now)


@pytest.fixture
def world(film, mia, moment):
    song, claim = make_song(film, mia, "City of Stars"), make_trivia(film, mia, "The Envelope")
    FeelingTally.objects.create(moment=moment, feeling="wonder", house=3, strength=0.4)
    year = moment.relive(mia).date.year
    return {
        "moment": moment.get_absolute_url(),
        "song": song.get_absolute_url(),
        "trivia": claim.get_absolute_url(),
        "film": film.get_absolute_url(),
        "tag": "/tags/stars/",
        "feeling": "/feelings/wonder/",
        "member": "/members/mia/",
        "year": f"/members/mia/{year}/",
        "list": make_list(mia, moment, title="Dances").get_absolute_url(),
    }


KINDS = ["moment", "song", "trivia", "film", "tag", "feeling", "member", "year", "list"]


# The drawing.


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_breaks_a_picture(title):
    for data in (scene_picture([title], title, PALETTE, 7), stripes_picture([title], title, [PALETTE])):
        assert (opened(data).format, opened(data).size) == ("PNG", (1200, 630))


@pytest.mark.parametrize("title", ["夜の「踊り」", "ليلة جميلة", "שיר", "💥💥", "नमस्ते"])
def test_letters_that_the_fonts_lack_are_no_boxes(title):
    assert scene_picture([title], title, PALETTE, 7) == scene_picture([""], "", PALETTE, 7)


def test_the_first_title_that_can_be_written_is():
    assert stripes_picture(["千と千尋", "Spirited Away"], "", []) == stripes_picture(
        ["Spirited Away"], "", []
    )


def test_the_same_facts_make_the_same_bytes_and_others_do_not(monkeypatch):
    of_a_scene = cache(svg_to_bytes)
    monkeypatch.setattr(OF_A_SCENE, of_a_scene)
    once = scene_picture(["A Lovely Night"], "La La Land (2016)", PALETTE, 7)
    of_a_scene.cache_clear()
    assert once == scene_picture(["A Lovely Night"], "La La Land (2016)", PALETTE, 7)
    others = [
        scene_picture(["Another night"], "La La Land (2016)", PALETTE, 7),
        scene_picture(["A Lovely Night"], "Ponyo (2008)", PALETTE, 7),
        scene_picture(["A Lovely Night"], "La La Land (2016)", OTHER, 7),
        scene_picture(["A Lovely Night"], "La La Land (2016)", PALETTE, 8),
    ]
    assert len({once, *others}) == 5


def test_the_picture_of_the_site_has_the_same_measures(settings):
    picture = opened((settings.BASE_DIR / "static/img/link.png").read_bytes())
    assert (picture.format, picture.size) == ("PNG", (1200, 630))


# Which one a page names.


@for_each("kind", KINDS)
def test_a_page_names_the_site_until_its_picture_is_painted(kind, client, world):
    assert named_picture(client, world[kind]) == SITE
    picture = opened(painted(client, world[kind]))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert named_picture(client, world[kind]).startswith("/media/links/")


@for_each("url", ["/", "/new/", "/films/", "/tags/", "/songs/"])
def test_a_page_about_nothing_of_its_own_names_the_site(url, client, world):
    client.get(url)
    assert (rows(), named_picture(client, url)) == ([], SITE)


def test_no_request_paints(client, world, monkeypatch):
    for name in ("scene_picture", "stripes_picture"):
        monkeypatch.setattr(link_pictures, name, lambda *args: pytest.fail("A request painted."))
    for url in world.values():
        client.get(url)
    assert (files(), len(rows())) == (set(), len(KINDS))


def test_a_picture_is_of_a_size_and_is_described(client, world):
    painted(client, world["moment"])
    page = client.get(world["moment"]).text
    for name, content in (
        ("width", "1200"),
        ("height", "630"),
        ("alt", "A Lovely Night – La La Land (2016)"),
    ):
        assert f'<meta property="og:image:{name}" content="{content}">' in page


def test_a_page_that_is_looked_at_again_asks_for_nothing(client, world):
    for _ in range(3):
        for url in world.values():
            client.get(url)
    paint_all()
    before = LinkPicture.objects.in_bulk()
    for url in world.values():
        client.get(url)
    assert {pk: row.wanted for pk, row in LinkPicture.objects.in_bulk().items()} == dict.fromkeys(before)
    assert len(before) == len(KINDS)


def test_a_page_is_read_also_when_nothing_can_be_written(client, world, monkeypatch):
    def refuse(*args, **options):
        raise DatabaseError("read-only")

    monkeypatch.setattr(LinkPicture.objects, "bulk_create", refuse)
    assert named_picture(client, world["film"]) == SITE


# What it gives away.


@pytest.mark.parametrize("make", [make_moment, make_song, make_trivia])
def test_the_picture_of_a_spoiler_is_the_same_whatever_it_is(make, client, film, mia):
    one = make(film, mia, "He leaves her", spoiler=True, palette=PALETTE)
    other = make_moment(film, mia, "She dies", spoiler=True, palette=OTHER)
    pictures = {painted(client, post.get_absolute_url()) for post in (one, other)}
    assert pictures == {stripes_picture(["A spoiler for La La Land"], str(film), [film.palette])}


def test_what_becomes_a_spoiler_loses_its_picture_at_once(client, moment):
    painted(client, moment.get_absolute_url())
    Post.objects.filter(pk=moment.pk).update(spoiler=True)
    assert named_picture(client, moment.get_absolute_url()) == SITE


def test_a_page_that_is_veiled_for_its_viewer_alone_names_no_picture_of_what_it_is(client, film, mia):
    make_moment(film, mia, position=1.0)
    late = make_moment(film, mia, "The Reunion", position=9.0)
    painted(client, late.get_absolute_url())
    seen = film.posts.get(position=1.0)
    client.post(f"{film.get_absolute_url()}progress/", {"seen": "part", "moment": seen.pk})
    assert named_picture(client, late.get_absolute_url()) == SITE


@pytest.mark.parametrize("kind, url", [
    ("tag", "/tags/stars/"), ("member", "/members/mia/"), ("feeling", "/feelings/wonder/"),
])  # fmt: skip
def test_the_colours_of_spoilers_are_in_no_picture(kind, url, client, film, mia):
    seen, veiled = (
        make_moment(film, mia, palette=palette, spoiler=is_spoiler)
        for palette, is_spoiler in ((PALETTE, False), (OTHER, True))
    )
    for post in (seen, veiled):
        FeelingTally.objects.create(moment=post, feeling="wonder", house=3, strength=0.4)
    before = painted(client, url)
    Post.objects.filter(pk=veiled.pk).update(palette=["#ff0000"] * 5)
    LinkPicture.objects.all().delete()
    assert painted(client, url) == before


def test_a_page_in_xa_asks_for_the_same_picture(client, film, mia, xa):
    post = make_moment(film, mia, spoiler=True)
    painted(client, post.get_absolute_url())
    before = named_picture(client, post.get_absolute_url())
    other = client.get(post.get_absolute_url(), headers={"accept-language": xa})
    assert "A spoiler for" not in other.text
    assert f"http://localhost:8000{before}" in other.text
    assert LinkPicture.objects.get(key=post.pk).wanted is None


# What becomes of it.


def test_a_new_title_brings_a_new_picture_and_the_old_file_goes_after_a_day(client, moment):
    painted(client, moment.get_absolute_url())
    (before,) = files()
    moment.title = "The tap dance"
    moment.revise(["stars"])
    assert named_picture(client, moment.get_absolute_url()) == SITE
    paint_all()
    assert len(files()) == 2
    sweep(timezone.now())
    assert before in files()
    sweep(timezone.now() + REPLACED_KEPT_FOR + timedelta(seconds=1))
    assert before not in files()
    assert len(files()) == 1
    assert named_picture(client, moment.get_absolute_url()).rpartition("/")[2] in files()


def test_two_pages_with_the_same_picture_share_a_file_until_the_last_of_them_goes(client, film, mia):
    one, other = (make_moment(film, mia, spoiler=True) for _ in range(2))
    for post in (one, other):
        painted(client, post.get_absolute_url())
    assert len(files()) == 1
    one.remove(moderator(), "spam")
    sweep(timezone.now())
    assert (len(files()), rows()) == (1, [("post", other.pk, "")])
    other.remove(moderator(), "spam")
    sweep(timezone.now())
    assert (files(), rows()) == (set(), [])


def test_what_is_out_of_sight_keeps_no_picture(client, world, moment, mia):
    for url in world.values():
        painted(client, url)
    moment.delete_by_author()
    Tag.objects.get(slug="stars").remove(moderator(), "spam")
    mia.suspend(moderator(), "Spam.")
    sweep(timezone.now())
    left = {kind for kind, _key, _detail in rows()}
    assert (left, len(rows())) == ({"post", "film", "feeling"}, 4)
    moment.film.remove(moderator(), "spam")
    sweep(timezone.now())
    assert {kind for kind, _key, _detail in rows()} == {"feeling"}
    assert len(files()) == 1


def test_the_year_of_a_private_account_keeps_no_picture(client, world, mia):
    painted(client, world["year"])
    type(mia).objects.filter(pk=mia.pk).update(is_private=True)
    sweep(timezone.now())
    assert (rows(), files()) == ([], set())


def test_a_list_that_is_not_public_keeps_no_picture(client, world, mia):
    painted(client, world["list"])
    assert len(files()) == 1
    MemberList.objects.update(visibility="unlisted")
    sweep(timezone.now())
    assert (rows(), files()) == ([], set())


def test_what_went_before_it_was_painted_is_not_painted(client, moment):
    client.get(moment.get_absolute_url())
    moment.remove(moderator(), "spam")
    paint_all()
    assert (rows(), files()) == ([], set())


def test_a_picture_is_painted_anew_after_a_day(client, film, mia):
    make_moment(film, mia, palette=PALETTE)
    before = painted(client, "/members/mia/")
    make_moment(film, mia, palette=OTHER)
    assert painted(client, "/members/mia/") == before
    LinkPicture.objects.update(painted=timezone.now() - RENEWED_AFTER - timedelta(seconds=1))
    assert painted(client, "/members/mia/") != before


def test_one_that_cannot_be_painted_holds_nothing_up(client, film, mia, monkeypatch):
    client.get(film.get_absolute_url())
    client.get("/members/mia/")
    monkeypatch.setitem(link_pictures.PAINTERS, "film", lambda *which: 1 / 0)
    now = timezone.now()
    paint_all(now)
    waiting = LinkPicture.objects.get(kind="film")
    assert (waiting.name, waiting.tries, waiting.wanted) == ("", 1, now + TRIED_AGAIN_AFTER)
    for number in range(1, MOST_TRIES + 2):
        paint_all(now + number * TRIED_AGAIN_AFTER)
    assert LinkPicture.objects.get(kind="film").wanted is None
    assert LinkPicture.objects.get(kind="member").name != ""


def test_a_full_disk_holds_nothing_up(client, film, monkeypatch):
    client.get(film.get_absolute_url())
    client.get("/feelings/joy/")
    refusals = [OSError(28, "No space left on device")]
    stored = link_picture.store
    monkeypatch.setattr(link_picture, "store", lambda data: raise_or(refusals, stored, data))
    now = timezone.now()
    paint_all(now)
    assert sorted(LinkPicture.objects.values_list("kind", "wanted")) == [
        ("feeling", None),
        ("film", now + TRIED_AGAIN_AFTER),
    ]


def raise_or(errors, do, *args):
    if errors:
        raise errors.pop()
    return do(*args)


def test_what_changes_while_it_is_painted_is_painted_again(client, moment, monkeypatch):
    client.get(moment.get_absolute_url())

    def paint(key, detail):
        LinkPicture.objects.filter(key=key).update(wished="another", wanted=timezone.now())
        return scene_picture(["Old"], "", PALETTE, 1)

    monkeypatch.setitem(link_pictures.PAINTERS, "post", paint)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert paint_due(timezone.now())
    row = LinkPicture.objects.get()
    assert (row.name, row.stamp, row.wished, files()) == ("", "", "another", set())
    assert row.wanted is not None


def test_a_page_has_one_row_however_often_it_changes(client, film, mia):
    for number in range(3):
        film.title = f"Title {number}"
        film.save()
        painted(client, film.get_absolute_url())
    assert (len(rows()), len(files())) == (1, 2)


def test_nobody_but_members_and_films_there_are_has_a_row(client, film):
    make_member("seb")
    make_film("Ponyo")
    for url in (
        "/films/nowhere/",
        "/members/nobody/",
        "/members/seb/1999/",
        "/tags/nothing/",
        "/feelings/x/",
    ):
        client.get(url)
    assert rows() == []
