"""What a post looks like: the addresses of its still and of its artwork, and where their files go."""

from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from moments.graphics.artwork.choice import art_seed, scenes_of
from moments.graphics.palette import palette_from
from moments.models import Moment
from moments.models.mixins.pictured import NEIGHBOURS, vary_scenes
from reelive.images import WIDTHS, read
from tests.support.makers import make_moment
from tests.support.pictures import picture


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def with_still(moment):
    moment.attach_still(read(picture((1600, 800))))
    moment.save()
    return moment


def contents(names):
    found = []
    for name in names:
        with default_storage.open(name) as file:
            found.append(file.read())
    return found


def stored():
    return {f"stills/{name}" for name in default_storage.listdir("stills")[1]}


def test_artwork_is_addressed_by_its_recipe(film, moment):
    film.palette = moment.palette = []
    first = moment.art_url
    assert first.startswith("/art/")
    assert first.count("-") == 5, "a seed and five colours"
    moment.palette = ["#010203", "#0a0b0c", "#111213", "#212223", "#313233"]
    assert moment.art_url.endswith("-010203-0a0b0c-111213-212223-313233.svg")
    assert moment.colours == moment.palette
    seeds = {moment.art_url.partition("-")[0]}
    for name, value in (("kind", "song"), ("slug", "another")):
        setattr(moment, name, value)
        seeds.add(moment.art_url.partition("-")[0])
    assert len(seeds) == 3
    moment.palette = []
    film.palette = ["#414243"]
    assert moment.film.palette == moment.colours == ["#414243"]


def test_each_scene_that_suits_a_post_has_an_address_of_its_own(moment):
    addresses = []
    for moment.art_turn in (0, 1):
        seed = art_seed(moment.slug, moment.kind, moment.art_turn)
        addresses.append(moment.art_url)
        assert moment.art_url.startswith(f"/art/{seed}-")
    assert len(set(addresses)) == 2


def test_without_any_colours_the_name_chooses_them(film, moment):
    film.palette = moment.palette = []
    colours = "-".join(colour.lstrip("#") for colour in palette_from(moment.slug))
    assert moment.art_url.endswith(f"-{colours}.svg")


def test_a_post_without_a_still_has_no_address_of_one(moment):
    assert (moment.still_url, moment.palette) == ("", [])
    moment.drop_still(), moment.readdress_still()
    assert moment.still_url == ""


def test_a_still_is_encoded_anew_and_gives_its_colours(with_still):
    name = with_still.still.name
    assert stored() == {name}
    assert (with_still.still_widths, len(with_still.palette)) == ([], 5)
    assert with_still.still_url == f"/media/{name}"
    assert with_still.still_srcset == f"/media/{name} {WIDTHS[-1]}w"
    with default_storage.open(name) as file:
        assert (read(file).image.width, name[-5:]) == (WIDTHS[-1], ".webp")


def test_smaller_widths_stand_in_the_source_set_once_they_are_made(with_still, film, mia):
    other = make_moment(film, mia, still=with_still.still.name)
    assert with_still.make_widths() is True
    other.refresh_from_db()
    assert other.still_widths == []
    stem = with_still.still.name.removesuffix(".webp")
    names = [f"{stem}.webp", *(f"{stem}-{width}.webp" for width in WIDTHS[:-1])]
    assert with_still.still_names() == names
    assert stored() == set(names)
    assert Moment.objects.get(pk=with_still.pk).still_widths == with_still.still_widths == list(WIDTHS[:-1])
    smaller = [f"/media/{stem}-{width}.webp {width}w" for width in WIDTHS[:-1]]
    assert with_still.still_srcset == ", ".join([*smaller, f"/media/{stem}.webp {WIDTHS[-1]}w"])
    with default_storage.open(names[1]) as file:
        assert read(file).image.width == WIDTHS[0]


def test_a_still_is_written_with_its_post_and_not_before(moment):
    moment.attach_still(read(picture()))
    assert Moment.objects.get().still_url == ""


def test_a_width_that_was_left_half_written_is_made_anew(with_still):
    default_storage.save(with_still.still_name(WIDTHS[0]), ContentFile(b"half a pic"))
    with_still.make_widths()
    assert stored() == set(with_still.still_names())
    with default_storage.open(with_still.still_name(WIDTHS[0])) as file:
        assert read(file).image.width == WIDTHS[0]


def test_the_widths_of_a_still_that_was_replaced_meanwhile_go_again(with_still):
    Moment.objects.update(still="stills/another.webp")
    assert with_still.make_widths() is False
    assert stored() == {with_still.still.name}
    assert Moment.objects.get().still_widths == []


def test_a_still_moves_with_all_its_widths(with_still, django_capture_on_commit_callbacks):
    with_still.make_widths()
    before = with_still.still_names()
    pictures = contents(before)
    with django_capture_on_commit_callbacks(execute=True):
        with_still.readdress_still()
        assert stored() == {*before, *with_still.still_names()}, "the old ones go when the change is safe"
    after = with_still.still_names()
    assert stored() == set(after)
    assert not set(after) & set(before)
    assert contents(after) == pictures
    assert Moment.objects.get().still.name == after[0]


def test_a_still_moves_also_when_a_width_was_lost(with_still, django_capture_on_commit_callbacks):
    with_still.make_widths()
    default_storage.delete(with_still.still_name(WIDTHS[0]))
    with django_capture_on_commit_callbacks(execute=True):
        with_still.readdress_still()
    assert stored() == set(with_still.still_names()) - {with_still.still_name(WIDTHS[0])}


def test_a_still_that_is_dropped_goes_with_all_its_widths(with_still, django_capture_on_commit_callbacks):
    with_still.make_widths()
    with_still.still_alt = "A bench."
    with django_capture_on_commit_callbacks(execute=True):
        with_still.drop_still()
        assert len(stored()) == len(WIDTHS)
    assert (stored(), with_still.still.name, with_still.still_alt, with_still.still_widths) == (
        set(),
        "",
        "",
        [],
    )


def test_a_new_still_takes_the_place_of_the_old_one(with_still, django_capture_on_commit_callbacks):
    with_still.make_widths()
    with django_capture_on_commit_callbacks(execute=True):
        with_still.attach_still(read(picture((1200, 800), color="#112233")))
    assert stored() == {with_still.still.name}
    assert with_still.still_widths == []


def test_who_leaves_takes_the_still_along(with_still, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert with_still.erase() is True
    assert stored() == set()


def test_neighbours_are_painted_as_other_scenes_that_suit_them():
    posts = [SimpleNamespace(slug="the-planetarium", kind="moment") for _number in range(3)]
    posts += [SimpleNamespace(slug="the-planetarium", kind="song") for _number in range(2)]
    scenes = [scenes_of(post.slug, post.kind) for post in posts]
    assert vary_scenes(posts) is posts
    shown = []
    for post, suits in zip(posts, scenes, strict=True):
        assert suits[post.art_turn] == next(scene for scene in suits if scene not in shown[-NEIGHBOURS:])
        shown.append(suits[post.art_turn])


def test_a_song_is_painted_as_what_suits_songs():
    song = SimpleNamespace(slug="untitled", kind="song")
    scenes = scenes_of("untitled", "song")
    assert scenes != scenes_of("untitled", "moment")
    before = [SimpleNamespace(slug="untitled", kind="song") for _number in range(2)]
    vary_scenes([*before, song])
    assert scenes[song.art_turn] not in {scenes[post.art_turn] for post in before}
