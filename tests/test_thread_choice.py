"""What a member hears of one thread, chosen from the menu of its post on a small page of its own."""

from moments.models import Post, ThreadChoice
from tests.support.pages import select, the
from tests.support.rows import for_each

HTMX = {"HX-Request": "true"}


def pressed(client, post):
    page = client.get(f"/posts/{post.pk}/thread/")
    return {
        button["value"]: button["aria-pressed"] == "true" for button in select(page, "button[name=level]")
    }


def test_the_menu_of_a_post_leads_there(as_seb, moment):
    menu = as_seb.get(moment.labels_url, headers=HTMX).text
    assert f"/posts/{moment.pk}/thread/" in menu


@for_each("level", ThreadChoice.Level.values)
def test_the_page_says_what_one_hears_and_changes_it(level, as_seb, seb, moment):
    assert pressed(as_seb, moment) == {"all": False, "replies": True, "nothing": False}
    page = as_seb.get(f"/posts/{moment.pk}/thread/")
    next_page = the(page, "main form input[name=next]")["value"]
    response = as_seb.post(f"/posts/{moment.pk}/thread/", {"level": level, "next": next_page})
    assert response["Location"] == f"{moment.get_absolute_url()}#comments"
    assert pressed(as_seb, moment) == {name: name == level for name in ThreadChoice.Level.values}


def test_a_veiled_post_is_not_named_there(as_seb, moment):
    Post.objects.filter(pk=moment.pk).update(spoiler=True)
    assert moment.title not in as_seb.get(f"/posts/{moment.pk}/thread/").text


def test_a_visitor_signs_in_first_and_comes_back(client, moment):
    place = f"/posts/{moment.pk}/thread/"
    assert client.get(place)["Location"] == f"/accounts/login/?next={place.replace('/', '%2F')}"
