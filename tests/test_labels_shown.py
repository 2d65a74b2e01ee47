"""Labels as viewers see them: shown to all, hidden as each wants it, and the quorum for a spoiler."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import User
from moments.labels import LABEL_KINDS, LABELS_BY_SLUG, SPOILER_QUORUM, VISITOR_THRESHOLDS, Hiding, hiding_for
from moments.syndication.structured_data import shown_title
from moments.templatetags.posts import SAY_IT_SPOILS
from reelive.formats import counted
from tests.support.makers import make_comment, make_member, make_moment, make_song
from tests.support.pages import select, texts, the
from tests.support.rows import for_each


@pytest.fixture
def comment(moment, mia):
    return make_comment(moment, mia, "Nobody can dance like that.")


def members(number):
    return [make_member(f"reader{place}") for place in range(number)]


def label_all(target, kind, number):
    for member in members(number):
        target.label(member, kind)
    target.refresh_from_db()
    return target


def said(client, url):
    return client.get(url).content.decode()


def hidden(client, url):
    """Why something on the page is hidden, for each text."""
    return texts(client.get(url), ".hidden-for-you summary")


def name_of(kind):
    return LABELS_BY_SLUG[kind].name


SIGN_IN = "/accounts/login/"


# What readers see.


def test_everybody_sees_the_labels_and_nobody_sees_whose(client, moment, comment, mia):
    label_all(moment, "wrong", 2)
    comment.label(make_member("tracy"), "off-topic")
    for url in (moment.get_absolute_url(), "/new/"):
        assert f"{name_of('wrong')} 2" in texts(client.get(url), ".labels-one")
    page = said(client, moment.get_absolute_url())
    assert texts(page, f"#labels-comment-{comment.pk} .labels-one") == [f"{name_of('off-topic')} 1"]
    assert not [name for name in ("reader0", "reader1", "tracy") if name in page]


def test_a_visitor_finds_what_needs_no_name_and_a_member_the_five(client, as_seb, moment, comment):
    for url in (f"/posts/{moment.pk}/labels/", f"/comments/{comment.pk}/labels/"):
        assert url in said(as_seb, moment.get_absolute_url())
        kinds = [
            field["value"] for field in select(as_seb.get(url), "main form[method=post] input[name=kind]")
        ]
        assert kinds == [kind.slug for kind in LABEL_KINDS]
    client.logout()
    assert client.get(f"/comments/{comment.pk}/labels/")["Location"].startswith(SIGN_IN)
    menu = client.get(f"/posts/{moment.pk}/labels/", headers={"HX-Request": "true"})
    assert select(menu, "form") == []
    mutes = ["/mutes/"] * (1 + len(moment.tag_list))  # the film, and each tag
    assert [link["href"].partition("?")[0] for link in select(menu, "a")] == [
        moment.get_absolute_url(),
        moment.send_url,
        *mutes,
        moment.report_url,
        "/mutes/",  # its author
        SIGN_IN,
    ]


def test_what_is_mine_offers_no_label(as_mia, moment, comment):
    page = as_mia.get(f"/posts/{moment.pk}/labels/")
    assert select(page, "main [data-copy]") != []
    forms = [form["action"] for form in select(page, ".labelling form") if "label" in form["action"]]
    assert (page.context["labellable"], forms) == (False, [])


def test_the_menu_of_an_own_post_leads_to_its_edit_and_deletion(as_mia, moment, comment):
    links = [reverse(name, args=[moment.pk]) for name in ("post-edit", "post-delete")]
    menu = as_mia.get(f"/posts/{moment.pk}/labels/")
    assert [link["href"] for link in select(menu, ".labelling a")][2:4] == links


@for_each("address", ["/", "/new/", "/films/la-la-land/", "/tags/stars/", "/members/mia/"])
def test_each_card_of_a_list_opens_the_menu_of_its_post(address, client, moment):
    page = client.get(address)
    sign = the(page, ".card [data-menu]")
    assert sign["href"] == moment.labels_url
    assert len(select(page, ".card .label-slot")) == 1


def test_who_mutes_from_a_list_comes_back_to_it(as_seb, moment):
    here = {"HX-Request": "true", "HX-Current-URL": "http://testserver/new/?kind=moment"}
    menu = as_seb.get(moment.labels_url, headers=here)
    places = {field["value"] for field in select(menu, "input[name=next]")}
    assert places == {"/new/?kind=moment"}


def test_the_five_are_swapped_in_place_with_the_badges(as_seb, moment):
    menu = as_seb.get(f"/posts/{moment.pk}/labels/", headers={"HX-Request": "true"})
    assert select(menu, "html") == []
    assert select(menu, "button[aria-pressed=true]") == []
    url = reverse("post-label", args=[moment.pk])
    menu = as_seb.post(url, {"kind": "wrong"}, headers={"HX-Request": "true"})
    (pressed,) = [form for form in select(menu, "form") if form.select("button[aria-pressed=true]")]
    assert pressed["action"] == reverse("post-unlabel", args=[moment.pk])
    assert the(menu, f"#labels-post-{moment.pk}")["data-hx-swap-oob"] == "true"


def test_a_text_is_hidden_from_the_readers_number_on(client, moment, comment, seb):
    number = VISITOR_THRESHOLDS["unkind"]
    label_all(comment, "unkind", number - 1)
    url = moment.get_absolute_url()
    assert hidden(client, url) == []
    comment.label(seb, "unkind")
    assert hidden(client, url) == [Hiding("unkind", number).sentence]
    assert comment.body in said(client, url), "it is there, and opens without a script"


def test_each_viewer_sets_what_is_hidden(client, moment, comment, seb, keith):
    label_all(comment, "unkind", 2), moment.label(seb, "wrong")
    seb.hiding_thresholds = {"unkind": 2, "wrong": 1}
    seb.save()
    client.force_login(seb)
    why = [Hiding("wrong", 1).sentence, Hiding("unkind", 2).sentence]
    assert hidden(client, moment.get_absolute_url()) == why
    client.force_login(keith)
    assert hidden(client, moment.get_absolute_url()) == []


def test_authors_find_their_own_texts_open(as_mia, moment, comment):
    label_all(comment, "unkind", 9)
    assert hidden(as_mia, moment.get_absolute_url()) == []


def test_two_readers_of_one_list_have_their_own_thresholds(client, moment, seb, keith):
    moment.label(keith, "off-topic")
    seb.hiding_thresholds = {"off-topic": 1}
    seb.save()
    for member, is_hidden in ((seb, True), (keith, False), (seb, True)):
        client.force_login(member)
        assert hidden(client, "/new/") == ([Hiding("off-topic", 1).sentence] if is_hidden else [])
        assert moment.excerpt in said(client, "/new/")


def test_what_is_hidden_is_hidden_wherever_it_is_shown(client, comment):
    label_all(comment, "unkind", VISITOR_THRESHOLDS["unkind"])
    for url in ("/search/?q=dance", "/members/mia/comments/", f"/comments/{comment.pk}/"):
        assert hidden(client, url) == [Hiding("unkind", VISITOR_THRESHOLDS["unkind"]).sentence], url


def test_a_reader_sets_the_numbers(as_seb, seb):
    page = said(as_seb, "/hiding/")
    assert all(str(kind.name) in page for kind in LABEL_KINDS)
    form = dict.fromkeys(LABELS_BY_SLUG, "0") | {"unkind": "1"}
    assert as_seb.post("/hiding/", form).status_code == 302
    assert User.objects.get(pk=seb.pk).hiding_thresholds == dict.fromkeys(LABELS_BY_SLUG, 0) | {"unkind": 1}
    assert as_seb.post("/hiding/", form | {"wrong": "7000"}).status_code == 422
    assert as_seb.post("/hiding/", {"unkind": "-1"}).status_code == 422


# The quorum.


def test_a_quorum_flags_a_spoiler_for_everybody_who_has_not_said_otherwise(client, film, mia):
    moment = make_moment(film, mia, "She leaves", body="For Paris, alone.")
    label_all(moment, "spoiler", SPOILER_QUORUM - 1)
    assert "She leaves" in said(client, "/new/")
    moment.label(make_member("tracy"), "spoiler")
    for url in ("/new/", film.get_absolute_url(), f"/posts/{moment.pk}/", moment.get_absolute_url()):
        page = said(client, url)
        assert "She leaves" not in page.replace(moment.slug, "")
        assert "For Paris" not in page
    assert counted(SPOILER_QUORUM, SAY_IT_SPOILS) in said(client, moment.get_absolute_url())
    moment.refresh_from_db()
    assert (moment.spoiler, moment.is_marked_spoiler) == (False, True)


def test_the_quorum_falls_with_its_labels(client, film, mia, seb):
    song = label_all(make_song(film, mia, "Epilogue"), "spoiler", SPOILER_QUORUM)
    assert "Epilogue" not in said(client, "/songs/")
    song.unlabel(User.objects.get(username="reader0"), "spoiler")
    assert "Epilogue" in said(client, "/songs/")


def test_who_asked_to_see_everything_is_neither_veiled_nor_hidden_by_the_quorum(as_seb, moment, seb):
    seb.spoiler_stance = User.SpoilerStance.SHOW
    seb.save()
    label_all(moment, "spoiler", 2 * SPOILER_QUORUM)
    page = said(as_seb, moment.get_absolute_url())
    assert moment.title in page
    assert texts(page, ".hidden-for-you") == []


def test_a_page_passed_on_says_nothing_of_what_a_quorum_flagged(as_mia, moment):
    label_all(moment, "spoiler", SPOILER_QUORUM)
    moment.refresh_from_db()
    passed_on = the(as_mia.get(moment.get_absolute_url()), 'meta[property="og:title"]')["content"]
    assert passed_on == shown_title(moment)
    assert moment.title not in passed_on


def test_a_label_on_a_comment_hides_it_and_veils_nothing(client, moment, comment):
    label_all(comment, "spoiler", SPOILER_QUORUM)
    page = said(client, moment.get_absolute_url())
    assert moment.title in page
    assert hidden(client, moment.get_absolute_url()) == [Hiding("spoiler", SPOILER_QUORUM).sentence]
    assert hiding_for(comment, AnonymousUser()) == ("spoiler", SPOILER_QUORUM)
