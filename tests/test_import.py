"""What a member brings along from another site: made once, as their own, quietly, and never trusted."""

import json
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from accounts.models import User
from moments.archives.imports import making
from moments.archives.imports.making import STEPS, make_due
from moments.models import (
    Comment,
    DiaryEntry,
    Event,
    Film,
    Import,
    Moment,
    Post,
    Reaction,
    Trivia,
)
from moments.models.imported import ONCE_IN, ImportedToday, ImportRunning
from moments.tasks import tidy
from reelive.images import read
from tests.support.exports import make_export
from tests.support.exports import opened as opened_export
from tests.support.imports import COMMENT, NOW, POST, archive, as_upload, bring, held, outcome
from tests.support.makers import make_comment, make_entry, make_member, make_moment
from tests.support.pictures import picture


def test_a_post_is_made_again_with_its_own_date_and_told_to_nobody(mia):
    assert outcome(bring(mia, archive(posts=[POST]))) == {"posts": {"made": 1}}
    post = Moment.objects.select_related("film", "author").get()
    assert (post.title, post.body, post.author, post.position) == (POST["title"], POST["body"], mia, 3.0)
    assert post.created.isoformat() == "2024-05-01T10:00:00+00:00"
    assert "<em>dance</em>" in post.body_html
    assert [str(tag) for tag in post.tags.all()] == ["stars"]
    assert (str(post.film), post.film.moment_count) == ("La La Land (2016)", 1)
    assert Event.objects.count() == 0


def test_the_same_archive_again_changes_nothing(mia):
    file = archive(posts=[POST], comments=[COMMENT])
    bring(mia, file)
    before = list(Post.objects.values()), list(Comment.objects.values()), list(Film.objects.values())
    assert outcome(bring(mia, file)) == {"posts": {"known": 1}, "comments": {"known": 1}}
    assert before == (
        list(Post.objects.values()),
        list(Comment.objects.values()),
        list(Film.objects.values()),
    )


def test_what_was_made_on_this_site_is_not_made_twice(film, mia):
    own = make_moment(film, mia)
    make_comment(own, mia), own.feel(mia, "joy"), make_entry(own, mia)
    file = as_upload(make_export(mia))
    made = outcome(bring(mia, file))
    assert {kind for counts in made.values() for kind in counts} == {"known"}
    assert (Post.objects.count(), Comment.objects.count(), DiaryEntry.objects.count()) == (1, 1, 1)


def test_what_a_moderator_removed_does_not_come_back(film, mia, keith):
    own = make_moment(film, mia)
    own.remove(keith, "spam")
    assert outcome(bring(mia, as_upload(make_export(mia)))) == {"posts": {"known": 1}}
    elsewhere = POST | {"state": "removed"}
    assert outcome(bring(mia, archive(posts=[elsewhere]))) == {"posts": {"left out": 1}}
    film.remove(keith, "spam")
    assert outcome(bring(mia, archive(posts=[POST]))) == {"posts": {"left out": 1}}
    assert Post.objects.count() == 1


def test_no_date_lies_in_the_future(mia):
    bring(mia, archive(posts=[POST | {"created": "2999-01-01T00:00:00Z"}]))
    assert Post.objects.get().created <= timezone.now()


def test_a_film_is_found_by_its_title_and_year(film, mia):
    bring(mia, archive(posts=[POST, POST | {"uid": "x/posts/2", "title": "Other", "film_year": 1999}]))
    assert sorted(Film.objects.values_list("title", "year")) == [("La La Land", 1999), ("La La Land", 2016)]
    assert Moment.objects.get(title="A Lovely Night").film == film


def test_an_import_makes_so_many_films_and_no_more(mia, monkeypatch):
    monkeypatch.setattr("moments.archives.imports.finding.MOST_FILMS", 2)
    rows = [POST | {"uid": f"x/posts/{year}", "film_year": year} for year in range(2000, 2004)]
    assert outcome(bring(mia, archive(posts=rows))) == {"posts": {"made": 2, "left out": 2}}
    assert Film.objects.count() == 2


def test_comments_come_along_where_their_post_is_theirs_or_here(film, mia, seb, moment):
    here = COMMENT | {"uid": "x/comments/2", "post_uid": "", "post": moment.get_absolute_url()}
    gone = COMMENT | {"uid": "x/comments/3", "post_uid": "", "post": "/films/la-la-land/moments/none/"}
    answer = COMMENT | {"uid": "x/comments/4", "answers": "/comments/1/", "answers_uid": COMMENT["uid"]}
    lost = COMMENT | {"uid": "x/comments/5", "answers": "/comments/7/", "answers_uid": ""}
    post = POST | {"title": "Mine"}
    made = outcome(bring(seb, archive(posts=[post], comments=[COMMENT, here, gone, answer, lost])))
    assert made["comments"] == {"made": 3, "left out": 2}
    posts = Comment.objects.filter(author=seb).order_by("pk").values_list("post__title", "parent__body")
    assert list(posts) == [("Mine", None), ("A Lovely Night", None), ("Mine", "Mine.")]
    assert Post.objects.get(title="Mine").comment_count == 2


def test_nobody_writes_into_a_locked_thread_by_an_archive(mia, seb, moment, keith):
    moment.lock(keith)
    here = COMMENT | {"post_uid": "", "post": moment.get_absolute_url()}
    assert outcome(bring(seb, archive(comments=[here]))) == {"comments": {"left out": 1}}


def test_settings_are_taken_over_when_the_member_says_so(mia):
    profile = {"uid": "", "bio": "I *dance*.", "theme": "dark", "time_zone": "Europe/Vienna"}
    profile |= {"spoiler_stance": "hide", "is_private": True, "is_suggested": False, "language": "xx"}
    file = archive(profile=[profile])
    bring(mia, file)
    assert User.objects.get(pk=mia.pk).theme == "system"
    bring(mia, file, with_settings=True)
    member = User.objects.get(pk=mia.pk)
    assert (member.theme, member.time_zone, member.is_private) == ("dark", "Europe/Vienna", True)
    assert "<em>dance</em>" in member.bio_html


def test_whoever_did_not_see_an_entry_there_does_not_see_it_here(mia, moment):
    entry = {"uid": "x/diary/1", "post_uid": "", "post": moment.get_absolute_url(), "date": "2026-01-02"}
    entry |= {"note": "", "public": False, "feelings": [], "created": "2026-01-02T10:00:00Z", "audience": ""}
    wider = entry | {"uid": "x/diary/2", "date": "2026-01-03", "audience": "everyone"}
    bring(mia, archive(profile=[{"uid": "", "diary_audience": "me"}], diary=[entry, wider]))
    audiences = DiaryEntry.objects.filter(member=mia).order_by("date").values_list("audience", flat=True)
    assert list(audiences) == ["me", "everyone"]


def test_so_much_is_made_in_a_day_and_the_rest_on_another(mia, monkeypatch):
    monkeypatch.setattr(making, "MOST_MADE", {"posts": 4})
    rows = [POST | {"uid": f"x/posts/{number}", "title": f"Scene {number}"} for number in range(9)]
    assert outcome(bring(mia, archive(posts=rows))) == {"posts": {"made": 4, "later": 5}}
    assert outcome(bring(mia, archive(posts=rows))) == {"posts": {"known": 4, "made": 4, "later": 1}}
    newcomer = make_member("brandt", date_joined=timezone.now())
    assert outcome(bring(newcomer, archive(posts=rows))) == {"posts": {"made": 2, "later": 7}}


def test_a_picture_comes_along(mia, film, settings):
    own = make_moment(film, mia, still_alt="Two on a hill.", spoiler=True)
    own.attach_still(read(picture()))
    own.save()
    mia.set_avatar(read(picture()))
    mia.save()
    export = make_export(mia, with_pictures=True)
    names = [name for name in opened_export(export).namelist() if name.startswith("pictures/")]
    assert len(names) == 2
    file = as_upload(export)
    settings.SITE_HOST = "another.example"
    seb = make_member("seb2")
    bring(seb, file, with_settings=True)
    post = Post.objects.get(author=seb)
    assert (bool(post.still), post.still_alt, post.spoiler) == (True, "Two on a hill.", True)
    assert User.objects.get(pk=seb.pk).avatar


def test_who_was_suspended_meanwhile_brings_nothing(mia, keith):
    importing = held(mia, archive(posts=[POST]))
    importing.begin(False)
    mia.suspend(keith, "Spam.")
    assert make_due(timezone.now())
    assert (Import.objects.get().state, Post.objects.count()) == ("failed", 0)


# How it is made.


def test_it_can_be_stopped_and_goes_on_where_it_was(mia, monkeypatch):
    monkeypatch.setattr(making, "ROWS_AT_ONCE", 1)
    rows = [POST | {"uid": f"x/posts/{number}", "title": f"Scene {number}"} for number in range(4)]
    importing = held(mia, archive(posts=rows))
    importing.begin(False)
    assert [make_due(timezone.now()) for _step in range(2)] == [True, True]
    importing.stop()
    assert not make_due(timezone.now())
    assert Post.objects.count() == 2
    importing.go_on()
    while make_due(timezone.now()):
        pass
    importing.refresh_from_db()
    assert (importing.state, importing.part, Post.objects.count()) == ("done", STEPS, 4)


def test_a_step_begins_where_the_last_one_ended(mia, monkeypatch):
    monkeypatch.setattr(making, "ROWS_AT_ONCE", 2)
    rows = [POST | {"uid": f"x/posts/{number}", "title": f"Scène {number}"} for number in range(5)]
    importing = held(mia, archive(posts=rows))
    importing.begin(False)
    make_due(timezone.now())
    importing.refresh_from_db()
    read_before = len("".join(json.dumps(row) + "\n" for row in rows[:2]).encode())
    assert (importing.part, importing.place) == (0, read_before)
    storages["private"].delete(importing.file_name)
    unreadable = archive({"posts.ndjson": "x" * read_before + json.dumps(rows[2]) + "\n"})
    storages["private"].save(importing.file_name, unreadable)
    while make_due(timezone.now()):
        pass
    importing.refresh_from_db()
    assert (importing.state, importing.part, Post.objects.count()) == ("done", STEPS, 3)


def test_an_import_that_the_release_before_began_reads_its_part_anew(mia):
    rows = [POST | {"uid": f"x/posts/{number}", "title": f"Scene {number}"} for number in range(3)]
    importing = held(mia, archive(posts=rows))
    importing.begin(False)
    Import.objects.update(row=2)
    while make_due(timezone.now()):
        pass
    importing.refresh_from_db()
    assert (importing.state, importing.row, Post.objects.count()) == ("done", 0, 3)


def test_it_is_taken_up_when_the_process_died(mia):
    importing = held(mia, archive(posts=[POST]))
    importing.begin(False)
    importing.refresh_from_db()
    assert importing.take(importing.due), "a process has begun the first step, and dies"
    assert not make_due(timezone.now())
    while make_due(timezone.now() + timedelta(hours=1)):
        pass
    assert (Import.objects.get().state, Post.objects.count()) == ("done", 1)


def test_what_members_did_in_another_way_stays_as_it_is(mia, moment):
    moment.feel(mia, "joy")
    about = {"post": moment.get_absolute_url(), "post_uid": ""}
    rows = [{"uid": "x/reactions/1", "feeling": "joy", "created": NOW, **about}]
    assert outcome(bring(mia, archive(reactions=rows))) == {"reactions": {"known": 1}}
    assert Reaction.objects.count() == 1


def test_one_at_a_time_and_one_a_day(mia):
    file = archive(posts=[POST])
    importing = held(mia, file)
    importing = held(mia, file)
    importing.begin(False)
    with pytest.raises(ImportRunning):
        held(mia, file)
    while make_due(timezone.now()):
        pass
    with pytest.raises(ImportedToday):
        held(mia, file)
    Import.objects.update(begun=timezone.now() - ONCE_IN)
    assert held(mia, file).state == "held"


def test_a_step_costs_the_same_wherever_it_is(mia, monkeypatch):
    monkeypatch.setattr(making, "ROWS_AT_ONCE", 3)
    rows = [POST | {"uid": f"x/posts/{number}", "title": f"Scene {number}"} for number in range(9)]
    held(mia, archive(posts=rows)).begin(False)
    counts = []
    for _step in range(3):
        with CaptureQueriesContext(connection) as asked:
            make_due(timezone.now())
        counts.append(len(asked))
    assert counts[2] <= counts[0]


def test_a_held_file_is_forgotten_after_a_day_and_with_the_account(mia, django_capture_on_commit_callbacks):
    importing = held(mia, archive(posts=[POST]))
    assert storages["private"].exists(importing.file_name)
    with django_capture_on_commit_callbacks(execute=True):
        tidy(timezone.now() + ONCE_IN)
    assert (Import.objects.count(), storages["private"].exists(importing.file_name)) == (0, False)
    importing = held(mia, archive(posts=[POST]))
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(mia, take_texts=True)
    assert not storages["private"].exists(importing.file_name)


def test_the_oldest_held_files_go_where_all_together_are_too_large(mia, seb, monkeypatch):
    file = archive(posts=[POST])
    monkeypatch.setattr("moments.models.imported.OF_ALL", file.size)
    held(mia, file), held(seb, file)
    assert [row.member for row in Import.objects.all()] == [seb]


# The page.


def test_the_page_shows_what_was_found_makes_it_and_says_what_came_of_it(as_mia, mia):
    as_mia.post(reverse("import"), {"archive": archive(posts=[POST], reports=[{"post": "/posts/1/"}])})
    page = as_mia.get(reverse("import"))
    assert [(line["part"], line["rows"], line["new"]) for line in page.context["parts"]] == [("posts", 1, 1)]
    assert Post.objects.count() == 0
    as_mia.post(reverse("import-begin"))
    assert as_mia.get(reverse("import")).context["steps"] == STEPS
    while make_due(timezone.now()):
        pass
    (line,) = as_mia.get(reverse("import")).context["outcome"]
    assert (line["made"], line["known"], line["left"]) == (1, 0, 0)
    assert Post.objects.get().author == mia


def test_nobody_begins_or_stops_what_is_not_there(as_mia, client):
    for name in ("import-begin", "import-stop", "import-go-on"):
        assert as_mia.post(reverse(name)).status_code == 404
    client.logout()
    assert client.get(reverse("import"))["Location"].startswith(reverse("account_login"))
    assert client.post(reverse("import-begin")).status_code == 404


def test_a_claim_comes_along_with_its_sources(mia):
    row = POST | {"kind": "trivia", "position": None}
    source = {"uid": "x/sources/1", "post_uid": POST["uid"], "url": "https://example.org/", "title": "One"}
    bad = source | {"uid": "x/sources/2", "url": "javascript:alert(1)"}
    made = outcome(bring(mia, archive(posts=[row], sources=[source, bad])))
    assert made["sources"] == {"made": 1, "left out": 1}
    assert Trivia.objects.get().status == "sourced"
