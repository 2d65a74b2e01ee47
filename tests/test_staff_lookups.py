"""Other ways to ask the pages of the staff: by order, search, number and history."""

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from accounts.models import User
from moments.models import Appeal, Comment, DiaryEntry, Film, Moment, Report, Song, Trivia, Verdict
from tests.support.admin import listed, make_full_world, page, shown
from tests.support.makers import make_member, make_moment
from tests.support.pages import text_of
from tests.support.rows import for_each

SCENE = make_full_world


@for_each("model", [User, DiaryEntry, Report, Moment, Comment, Verdict, Appeal])
def test_a_list_keeps_its_order(model, as_anna, full_world):
    orders = [as_anna.get(listed(model, o=order)) for order in ("", "1", "-1", "2.-3", "-4")]
    assert len({tuple(shown(response)) for response in orders}) == 1


@for_each(
    "model, words",
    [
        (User, "seb@example.org"),
        (User, "md5$"),
        (User, "About"),
        (DiaryEntry, "My own words."),
        (Report, "He wrote to me."),
        (Comment, "seb@example.org"),
        (Moment, "My own words."),
    ],
)
def test_no_search_finds_what_is_private(model, words, as_anna, full_world):
    found = shown(as_anna.get(listed(model, q=words)))
    assert found == shown(as_anna.get(listed(model, q="~~~nothing~~~")))


def test_only_whole_addresses_are_found_and_by_superusers_alone(as_keith, seb):
    asked = ("SEB@example.org", "seb@", "@example.org", "eb@example.org", "seb@example.or")
    assert [shown(as_keith.get(listed(User, q=text))) for text in asked] == [[seb], [], [], [], []]


@for_each("field", ["email", "password", "username", "last_login"])
def test_nobody_is_opened_by_another_column_than_the_number(field, as_anna, full_world, seb):
    values = [str(getattr(seb, field)), "nothing"]
    urls = [
        reverse("admin:accounts_user_change", args=[value], query={"_to_field": field}) for value in values
    ]
    urls += [listed(User, _to_field=field)]
    assert [as_anna.get(url).status_code for url in urls] == [400, 400, 400]


def test_pages_that_answer_about_any_table_are_closed(as_keith, full_world, seb):
    asked = {"app_label": "moments", "model_name": "diaryentry", "field_name": "member", "term": "seb"}
    assert as_keith.get("/admin/autocomplete/", asked).status_code == 404
    for model in (User, Group, DiaryEntry, apps.get_model("django_tasks_database.DBTaskResult")):
        kind = ContentType.objects.get_for_model(model).pk
        for key in (seb.pk, 9_999, "nonsense"):
            assert as_keith.get(f"/admin/r/{kind}/{key}/").status_code == 404


def test_the_link_to_the_site_leads_there(as_anna, moment):
    assert f'href="{moment.get_absolute_url()}" class="viewsitelink"' in text_of(as_anna.get(page(moment)))


def test_who_reported_them_is_kept_from_staff_too(as_anna, anna, film, seb):
    own = make_moment(film, anna)
    known = shown(as_anna.get(listed(Report)))
    report, _new = Report.objects.file(seb, own, "spam", "She wrote to me.")
    other, _new = Report.objects.file(seb, make_moment(film, make_member("will")), "spam")
    assert set(shown(as_anna.get(listed(Report)))) - set(known) == {other}
    gone = reverse("admin:moments_report_change", args=[9_999])
    assert as_anna.get(page(report)).url == as_anna.get(gone).url
    for verb in ("keep", "remove", "act"):
        assert as_anna.get(page(report, verb)).status_code == 404
    assert as_anna.get(page(report, "history")).status_code == 302
    assert "seb" not in text_of(as_anna.get(page(own)))


def test_the_history_of_a_row_tells_no_private_word(as_keith, full_world):
    pages = [page(one, verb) for one in full_world for verb in ("history", "change")]
    said = "".join(text_of(as_keith.get(address)) for address in pages)
    assert not [word for word in ("My own words.", "md5$", "He wrote to me.") if word in said]


@for_each("model", [Moment, Song, Trivia, Comment, Film, User, DiaryEntry])
def test_rows_that_are_chosen_by_nonsense_are_nothing(model, client, keith, full_world):
    client.force_login(keith)
    client.raise_request_exception = False
    for action in ("remove", "suspend", "delete_selected", "nonsense", ""):
        for chosen in (["x"], ["9" * 40], ["\0"], [], ["-1"]):
            data = {"action": action, "_selected_action": chosen, "confirmed": "yes"}
            assert client.post(listed(model), data).status_code < 500, (action, chosen)
