"""The pages on which a member connects players, and the address that a player writes to."""

import json
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.deletion import delete_account
from moments.models import DiaryEntry, Film, PlayerConnection, Progress, UnknownWork, player
from moments.models.private_feed import hash_of
from moments.models.unknown_work import MOST_UNKNOWN
from moments.spoilers.rules import SEEN
from moments.views.players import LARGEST_MESSAGE
from reelive.logs import LineFormatter
from reelive.ratelimit import LIMITS
from tests.support.makers import make_film, make_title, moderator
from tests.support.pages import select
from tests.support.players import FILM, connect, emby, jellyfin, player_of, plex, send
from tests.support.rows import for_each

END = jellyfin("PlaybackStop", 7_600, PlayedToCompletion=True)


@pytest.fixture
def la(film):
    Film.objects.filter(pk=film.pk).update(imdb=FILM["imdb"], tmdb=FILM["tmdb"])
    return film


def made_address(page):
    (field,) = select(page, "input[readonly]")
    return field["value"].removeprefix("http://localhost:8000")


# The address.


def test_the_address_is_shown_once_and_its_hash_is_kept(as_mia, mia, la):
    page = as_mia.post(reverse("players"), {"name": "The shelf"})
    url = made_address(page)
    secret = url.split("/")[2]
    (row,) = PlayerConnection.objects.values()
    assert (row["name"], row["member_id"], row["secret_hash"]) == ("The shelf", mia.pk, hash_of(secret))
    assert [value for value in row.values() if secret in str(value)] == []
    assert {"private", "no-store"} <= set(page["Cache-Control"].split(", "))
    assert secret not in as_mia.get(reverse("players")).text
    assert send(url, END).status_code == 204
    assert Progress.objects.of(mia, la) == SEEN


def test_a_form_that_is_sent_twice_makes_one_connection(as_mia):
    first, second = (made_address(as_mia.post(reverse("players"), {"name": "Home"})) for _ in range(2))
    assert (PlayerConnection.objects.count(), first == second) == (1, False)


def test_a_member_has_ten_at_most(as_mia, mia):
    for number in range(10):
        connect(mia, f"Player {number}")
    assert as_mia.post(reverse("players"), {"name": "One more"}).status_code == 422
    assert PlayerConnection.objects.count() == 10


@for_each("way", ["renewed", "revoked", "suspended", "gone", "made up"])
def test_an_address_that_is_not_valid_is_not_found_and_changes_nothing(way, as_mia, mia, seb, la):
    row, url = connect(mia)
    if way == "renewed":
        new = made_address(as_mia.post(reverse("player-renew", args=[row.pk])))
        assert send(new, jellyfin("PlaybackStart")).status_code == 204
    if way == "revoked":
        as_mia.post(reverse("player-revoke", args=[row.pk]))
    if way == "suspended":
        mia.suspend(moderator(), "Spam.")
    if way == "gone":
        delete_account(mia, take_texts=True)
        assert PlayerConnection.objects.count() == 0
    if way == "made up":
        url = reverse("player-hear", args=[row.secret_hash])
    assert send(url, END).status_code == 404
    assert not Progress.objects.filter(place=SEEN.place).exists()


def test_a_message_needs_no_cookie_and_gets_none(as_seb, mia, la):
    _row, url = connect(mia)
    answer = as_seb.post(url, END, content_type="application/json")
    assert (answer.status_code, answer.content, dict(answer.cookies)) == (204, b"", {})
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert Progress.objects.get().member == mia
    assert mia.username not in Client().get(url).text


FORMS = {
    "a field of a form": emby("playback.stop", 7_600, is_whole=True),
    "plain text": END,
    "with a picture": plex("media.scrobble"),
}


@for_each("form", FORMS)
def test_a_message_comes_in_several_forms(form, mia, la):
    _row, url = connect(mia)
    client, body = Client(enforce_csrf_checks=True), FORMS[form]
    if form == "a field of a form":
        answer = client.post(url, {"data": json.dumps(body)})
    elif form == "plain text":
        answer = client.post(url, json.dumps(body), content_type="text/plain; charset=utf-8")
    else:
        picture = SimpleUploadedFile("thumb.jpg", b"\xff\xd8" * 50_000, "image/jpeg")
        answer = client.post(url, body | {"thumb": picture})
    assert (answer.status_code, Progress.objects.of(mia, la)) == (204, SEEN)


@for_each(
    "body, kind, status",
    [
        ("{", "application/json", 400),
        (b"\xff\x00", "application/json", 400),
        ("payload=%00", "application/x-www-form-urlencoded", 400),
        ("--x\r\n", "multipart/form-data; boundary=x", 400),
        ("x", "multipart/form-data", 400),
        ("&".join("a" * 600), "application/x-www-form-urlencoded", 400),
        ("x" * 1_048_577, "application/json", 413),
    ],
)
def test_what_is_no_message_is_refused_and_said_so(body, kind, status, as_mia, mia):
    row, url = connect(mia)
    assert Client().post(url, body, content_type=kind).status_code == status
    row.refresh_from_db()
    assert (row.heard is None, row.player) == (status == 413, "")


def test_no_line_of_the_log_has_the_secret():
    message = "Not Found: /players/sEcret-1/ and /accounts/players/12/"
    line = LineFormatter().format(logging.LogRecord("django", logging.WARNING, "", 1, message, (), None))
    assert line.endswith("Not Found: /players/…/ and /accounts/players/12/")


def test_the_limits_are_those_that_are_written_down(settings):
    table = (settings.BASE_DIR / "docs" / "limits.md").read_text(encoding="utf-8")
    said = [
        f"{player.MOST_CONNECTIONS} of a member, each with {player.MOST_NAMES} users and {player.MOST_NAMES}",
        f"one message in {player.BETWEEN_MESSAGES.seconds} s",
        f"{LIMITS['player'][0]} an hour of the others | a message {LARGEST_MESSAGE // 2**20} MiB",
        f"named and nobody knows | table | {MOST_UNKNOWN} of a connection",
    ]
    assert [words for words in said if words not in table] == []


# The pages.


def test_choices_are_saved_and_what_came_meanwhile_stays(as_mia, mia):
    row, url = connect(mia)
    for user in ("mia", "guest"):
        send(url, jellyfin("PlaybackStop", 60, user=user))
    page = reverse("player", args=[row.pk])
    assert [box["value"] for box in select(as_mia.get(page), "input[name=users][checked]")] == ["mia"]
    as_mia.post(page, {"name": "The sofa", "users": ["guest"], "writes_diary": "on"})
    row.refresh_from_db()
    assert (row.name, row.users, row.writes_diary, row.is_paused) == (
        "The sofa", {"mia": False, "guest": True}, True, False,
    )  # fmt: skip
    assert as_mia.post(page, {"name": "", "users": ["nobody"]}).status_code == 422


def test_the_page_looks_again_by_itself_for_some_minutes(as_mia, mia, la):
    row, url = connect(mia)
    page, htmx = reverse("player", args=[row.pk]), {"HX-Request": "true"}
    send(url, jellyfin("PlaybackProgress", 2_892))
    part = as_mia.get(f"{page}?look=1", headers=htmx)
    (heard,) = select(part, "#heard")
    assert heard["data-hx-get"] == f"{page}?look=2"
    assert "La La Land, 48:12" in heard.get_text()
    for look in ("60", "999", "-1", "x", "9" * 30):
        again = select(as_mia.get(page, {"look": look}, headers=htmx), "#heard[data-hx-get]")
        assert bool(again) == (look not in ("60", "999"))


def test_another_member_finds_none_of_it(as_seb, client, mia):
    of_mia = player_of(mia)
    row, work = of_mia["connection_id"], of_mia["work_id"]
    forms = [reverse("player", args=[row]), reverse("player-film", args=[work])]
    verbs = [reverse(f"player-{verb}", args=[row]) for verb in ("renew", "revoke")]
    verbs.append(reverse("player-film-drop", args=[work]))
    before = (list(PlayerConnection.objects.values()), list(UnknownWork.objects.values()))
    answers = [as_seb.get(url).status_code for url in forms]
    answers += [as_seb.post(url, {"name": "Mine", "film": "1"}).status_code for url in [*forms, *verbs]]
    answers += [Client().post(url).status_code for url in verbs]
    assert set(answers) == {404}
    assert (list(PlayerConnection.objects.values()), list(UnknownWork.objects.values())) == before
    assert "Home video" not in as_seb.get(reverse("players")).text


def test_an_unknown_film_is_chosen_among_films_and_titles(as_mia, mia):
    _row, url = connect(mia, writes_diary=True)
    for name in ("Harbor light", "Our home"):
        send(url, END | {"Name": name, "Provider_imdb": ""})
    title, film = make_title("Harbour Lights"), make_film("Our home movie", year=1999)
    lights, home = UnknownWork.objects.order_by("pk")
    page = reverse("player-film", args=[lights.pk])
    found = [button["value"] for button in select(as_mia.get(page, {"q": "Harbour"}), "button[name=film]")]
    assert found == [f"catalogue:{title.pk}"]
    as_mia.post(page, {"film": found[0]})
    as_mia.post(reverse("player-film", args=[home.pk]), {"film": film.pk})
    made = Film.objects.get(title="Harbour Lights")
    assert [Progress.objects.of(mia, each) for each in (made, film)] == [SEEN, SEEN]
    assert set(DiaryEntry.objects.values_list("whole_film", flat=True)) == {made.pk, film.pk}
    assert as_mia.post(page, {"film": "0"}).status_code == 404


def test_what_is_left_is_asked_when_it_is_named_again(as_mia, mia):
    work = player_of(mia)["work_id"]
    as_mia.post(reverse("player-film-drop", args=[work]))
    assert UnknownWork.objects.count() == 0
