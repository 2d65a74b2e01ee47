"""Searching: what is found and what never is, in which order, page by page, whoever wrote the rows."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from moments import finding, search_index, search_schema
from moments.excerpts import marked
from moments.models import Comment, FeelingTally, Film, Post, Tag
from moments.query import parse
from moments.search import LABELS, find_films, search, similar_films, similar_posts, suggest_tags
from reelive.pagination import BadCursor
from tests.conftest import (
    make_comment,
    make_film,
    make_member,
    make_moment,
    make_song,
    make_trivia,
    moderator,
)

ANYBODY = AnonymousUser()


def found(text, kind="all", viewer=ANYBODY):
    """What the rows are called, kind by kind."""
    results = search(text, viewer, kind)
    assert results.problem == ""
    return {group.kind: [name(row) for row in group.rows] for group in results.groups}


def name(row):
    return getattr(row, "title", None) or getattr(row, "username", None) or getattr(row, "name", str(row.pk))


def titles(text, **options):
    return found(text, **options).get("posts", [])


@pytest.fixture
def shelf(film, mia, seb):
    """A few posts by two members about two films."""
    ponyo = make_film(
        "Gake no ue no Ponyo", original_title="崖の上のポニョ", director="Hayao Miyazaki", year=2008
    )
    make_moment(film, mia, "A Lovely Night", body="They tap dance above the city.", tags=["dance", "dusk"])
    make_song(
        film, seb, "City of Stars", body="Hummed on a pier at dusk.", artist="Ryan Gosling", tags=["dusk"]
    )
    make_trivia(film, mia, "One take", body="The pier was shot in one take.", tags=["camera"])
    make_moment(ponyo, seb, "Running on the waves", body="A girl dances over the sea.", tags=["dance", "sea"])
    return ponyo


# What is found.


def test_words_are_found_in_titles_bodies_context_and_artists(shelf, film, mia):
    make_moment(film, mia, "The bench", body="Two people.", context="Right after the *party*.")
    assert titles("lovely") == ["A Lovely Night"]
    assert titles("hummed pier") == ["City of Stars"]
    assert titles("party") == ["The bench"]
    assert titles("gosling") == ["City of Stars"]


def test_accents_and_case_do_not_matter(film, mia):
    make_moment(film, mia, "Amélie skips stones", body="À bientôt, Ōsaka. ポニョ 신과함께")
    for text in ("amelie", "AMÉLIE", "amélie", '"amelie skips"', "bientot", "osaka", "ポニョ", "신과함께"):
        assert titles(text) == ["Amélie skips stones"]
    assert titles("ボニョ") == []


def test_a_phrase_is_side_by_side_and_a_minus_leaves_out(shelf):
    assert titles('"city of stars"') == ["City of Stars"]
    assert titles('"stars of city"') == []
    assert titles("stars of city") == ["City of Stars"]
    assert titles("pier -take") == ["City of Stars"]
    assert titles('pier -"one take"') == ["City of Stars"]


def test_films_comments_tags_and_members_are_found_too(shelf, moment, seb):
    comment = make_comment(moment, seb, "That lamp post again.")
    User.objects.filter(pk=seb.pk).update(bio="Plays the piano.")
    assert found("ponyo") == {"films": ["Gake no ue no Ponyo"]}
    assert found("miyazaki 2008")["films"] == ["Gake no ue no Ponyo"]
    assert found("lamp") == {"comments": [str(comment.pk)]}
    assert found("camera") == {"tags": ["camera"]}
    assert found("piano") == {"members": ["seb"]}


def test_the_last_word_may_be_unfinished(shelf):
    assert found("pony")["films"] == ["Gake no ue no Ponyo"]
    assert found("ポ") == {}
    assert found("崖の上")["films"] == ["Gake no ue no Ponyo"]
    assert titles("hum") == ["City of Stars"]
    assert titles('"hum"') == titles("hum pier") == titles("hu") == []


def test_the_beginning_is_not_tried_where_the_word_itself_stands(film, mia):
    make_moment(film, mia, "The star", body="One of them.")
    make_moment(film, mia, "The start", body="Of it all.")
    assert titles("star") == ["The star"]


@pytest.mark.parametrize("kind, expected", [
    ("moments", {"moments": ["A Lovely Night"]}),
    ("songs", {}),
    ("trivia", {}),
    ("films", {}),
    ("tags", {"tags": ["dance"]}),
    ("members", {}),
    ("comments", {}),
])  # fmt: skip
def test_one_kind_alone_can_be_asked_for(shelf, kind, expected):
    assert found("dance", kind) == expected


def test_a_kind_that_is_not_there_is_an_error_of_the_caller(db):
    with pytest.raises(KeyError):
        search("bench", ANYBODY, "poems")


# Filters.


@pytest.mark.parametrize("text, expected", [
    ("dusk film:la-la-land", {"City of Stars"}),
    ('film:"la la land"', {"A Lovely Night", "City of Stars", "One take"}),
    ("film:ponyo", {"Running on the waves"}),
    ("film:崖の上のポニョ", {"Running on the waves"}),
    ("kind:song", {"City of Stars"}),
    ("kind:moment dances", {"Running on the waves"}),
    ("by:mia", {"A Lovely Night", "One take"}),
    ("by:@MIA pier", {"One take"}),
    ("tag:dance", {"A Lovely Night", "Running on the waves"}),
    ("tag:dance tag:dusk", {"A Lovely Night"}),
    ("tag:dance tap", {"A Lovely Night"}),
    ("tag:dance -tap", {"Running on the waves"}),
    ("tag:dusk kind:song film:la-la-land by:seb", {"City of Stars"}),
    ("tag:dusk by:mia", {"A Lovely Night"}),
    ("feeling:wonder", {"Running on the waves"}),
    ("feeling:wonder girl", {"Running on the waves"}),
    ("feeling:wonder tag:dusk", set()),
    ("feeling:joy", set()),
])  # fmt: skip
def test_filters_narrow_what_is_found_with_words_and_without(shelf, text, expected):
    waves = Post.objects.get(title="Running on the waves")
    FeelingTally.objects.create(moment=waves, feeling="wonder", house=3, strength=0.4)
    FeelingTally.objects.create(moment=waves, feeling="joy", house=0, strength=0)
    assert set(titles(text)) == expected


def test_comments_are_narrowed_by_their_post_and_their_author(shelf, mia, seb):
    waves = Post.objects.get(title="Running on the waves")
    FeelingTally.objects.create(moment=waves, feeling="wonder", house=3, strength=0.4)
    ours = make_comment(waves, mia, "What a wave.")
    theirs = make_comment(Post.objects.get(title="One take"), seb, "What a take.")
    expected = {
        "what": [str(theirs.pk), str(ours.pk)],
        "what film:ponyo": [str(ours.pk)],
        "what kind:trivia": [str(theirs.pk)],
        "what tag:sea": [str(ours.pk)],
        "what feeling:wonder": [str(ours.pk)],
        "by:seb": [str(theirs.pk)],
        "film:ponyo": [],
    }
    assert {text: found(text, "comments").get("comments", []) for text in expected} == expected


def test_a_film_is_known_by_its_slug_before_its_title(shelf, mia):
    make_moment(make_film("La La Land Again"), mia, "Another bench")
    assert "Another bench" not in titles("film:la-la-land")
    assert titles("film:again") == ["Another bench"]


def test_a_tag_is_known_by_its_words_and_a_merged_one_no_more(shelf, film, mia):
    make_moment(film, mia, "Shoes", tags=["tap dance"])
    for spelling in ("tap-dance", '"tap dance"', '"Tap  Dance"'):
        assert titles(f"tag:{spelling}") == ["Shoes"]
    Tag.objects.get(name="tap dance").merge_into(moderator(), Tag.objects.get(name="dance"))
    assert search("tag:tap-dance", ANYBODY).problem == "There is no tag “tap-dance” here."
    assert "Shoes" in titles("tag:dance")


@pytest.mark.parametrize("text, sentence", [
    ("film:nosferatu", "There is no film called “nosferatu” here."),
    ("tag:nosferatu", "There is no tag “nosferatu” here."),
    ("by:nosferatu", "There is no member called “nosferatu” here."),
    ("foo:bar", "There is no filter “foo:”."),
    ('"open', "A quotation mark is left open"),
])  # fmt: skip
def test_a_query_without_sense_says_why(shelf, text, sentence):
    results = search(text, ANYBODY)
    assert results.problem.startswith(sentence)
    assert results.groups == []


def test_filters_have_no_say_in_films_tags_and_members(shelf):
    assert search("la kind:song", ANYBODY, "films").problem.startswith("Films, tags and members are found by")
    assert "films" not in found("city kind:song")


HOSTILE = [
    *(
        "AND",
        "NOT stars",
        "stars OR",
        "NEAR(city stars)",
        "title:city",
        "* ^ city",
        "ci*ty",
        "city^2",
        "+city",
    ),
    *(
        "city & stars | !x",
        "'; DROP TABLE moments_post; --",
        "\\",
        "city\\",
        "%s %(x)s {id} {0}",
        "{title}",
        "<->",
    ),
    *(
        "\x00city",
        "city\ufffe",
        "\ue000kmoment",
        "=kmoment",
        "💥",
        "city 💥 \u0301",
        "\u0301\u0301",
        "ﬁ ½ ² Ⅷ",
    ),
    *(
        "ᭅ ꧂ 𐍈",
        "(((((",
        '""',
        '-""',
        "city -*",
        "e\u0301" * 50,
        "İ ı ß ŉ",
        "\u180e \u200b city",
        "''''",
        "a:*",
    ),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_sign_means_anything_to_the_database(shelf, text):
    for kind in LABELS:
        assert search(text, ANYBODY, kind).groups is not None


def test_what_is_kept_for_filters_cannot_be_typed(shelf):
    assert Post.objects.filter(kind="moment").exists()
    for text in ("kmoment", "\ue000kmoment", "=kmoment", "k moment", '"\ue000kmoment"'):
        assert titles(text) == []


# What is never found.


def test_deleted_and_removed_posts_are_not_found(moment, mia):
    assert titles("lovely") == ["A Lovely Night"]
    moment.remove(moderator(), "spam")
    assert found("lovely") == {}
    moment.restore(moderator())
    assert titles("lovely") == ["A Lovely Night"]
    moment.take_back()
    assert found("lovely") == found("deleted") == {}
    assert indexed("moments_post") == []


def test_nothing_of_a_removed_film_is_found(moment, film, seb):
    make_comment(moment, seb, "That lamp post again.")
    film.remove(moderator(), "spam")
    assert found("lovely") == found("land") == found("lamp") == {}
    film.restore(moderator())
    assert set(found("lovely")) == {"posts"}
    assert set(found("lamp")) == {"comments"}


def test_deleted_comments_removed_tags_and_closed_accounts_are_not_found(moment, mia, seb):
    comment = make_comment(moment, seb, "That lamp post again.")
    assert (set(found("lamp")), set(found("stars")), set(found("seb"))) == (
        {"comments"},
        {"tags"},
        {"members"},
    )
    comment.take_back()
    Tag.objects.get(name="stars").remove(moderator(), "spam")
    seb.suspend(moderator(), "Spam.")
    assert found("lamp") == found("stars") == found("seb") == {}
    assert indexed("moments_comment") == []
    seb.reinstate(moderator())
    assert found("seb") == {"members": ["seb"]}


def test_a_comment_on_a_deleted_post_is_not_found(moment, seb):
    make_comment(moment, seb, "That lamp post again.")
    moment.take_back()
    assert found("lamp") == {}


def test_nobody_is_found_by_an_address_of_mail(mia):
    for text in ("mia@example.org", "example", '"example org"'):
        assert found(text) == {}


def test_an_edit_is_found_by_its_new_words_alone(moment, mia):
    moment.title, moment.body = "The bench", "Shoes are changed."
    moment.revise(["stars"])
    assert titles("bench") == titles("shoes") == ["The bench"]
    assert found("lovely") == {}


# Spoilers.


def test_a_veiled_post_is_not_found_by_what_it_feels_like(film, mia):
    shown, hidden = make_moment(film, mia, tags=["end"]), make_moment(film, mia, tags=["end"], spoiler=True)
    for moment in (shown, hidden):
        FeelingTally.objects.create(moment=moment, feeling="heartbreak", house=3, strength=0.4)
    assert titles("feeling:heartbreak") == titles("tag:end") == [shown.title]
    assert titles("feeling:heartbreak", viewer=mia) == [hidden.title, shown.title]


def test_a_spoiler_shows_neither_title_nor_text(client, film, mia, seb):
    post = make_moment(film, mia, "He leaves her", body="At the very end the piano closes.", spoiler=True)
    make_comment(post, seb, "I cried when the piano closed.")
    page = client.get("/search/", {"q": "piano"}).content.decode()
    assert page.count("A moment later in the story") == 1
    assert "on a moment of La La Land" in page
    assert "He leaves her" not in page
    assert "closes" not in page
    assert "I cried" not in page


def test_a_member_who_wants_to_see_everything_does(client, film, mia):
    make_moment(film, mia, "He leaves her", body="The piano closes.", spoiler=True)
    client.force_login(make_member("laura", spoiler_stance="show"))
    page = client.get("/search/", {"q": "piano"}).content.decode()
    assert "He leaves her" in page
    assert "The <mark>piano</mark> closes." in page


def test_a_veiled_line_of_a_text_stays_veiled(client, film, mia):
    make_moment(film, mia, "The end", body="The piano >!plays on without her!< and then silence.")
    for word in ("piano", "without"):
        page = client.get("/search/", {"q": word}).content.decode()
        assert "The end" in page
        assert "plays on" not in page


# The order, and pages.


def test_a_word_in_the_title_counts_more_than_one_in_the_body(film, mia):
    make_moment(film, mia, "The lamp post", body="Light.")
    for number in range(3):
        make_moment(
            film, mia, f"Scene of light {number}", body="Somewhere a lamp stands, in the dark, for a while."
        )
    assert titles("lamp")[0] == "The lamp post"


def test_without_words_the_newest_come_first_and_by_tag_the_hottest(film, mia, seb):
    old = make_moment(film, mia, "First", created=timezone.now() - timedelta(hours=1))
    make_moment(film, mia, "Second")
    assert titles("by:mia") == ["Second", "First"]
    assert titles("tag:stars") == ["Second", "First"]
    old.upvote(seb)
    make_member("laura")
    old.upvote(User.objects.get(username="laura"))
    assert titles("tag:stars") == ["First", "Second"]


def test_comments_come_newest_first_and_tags_by_their_use(film, mia, seb):
    make_moment(film, mia, "One", tags=["night sky", "night"])
    moment = make_moment(film, mia, "Two", tags=["night sky"])
    comments = [make_comment(moment, seb, f"Remark on shoes {number}") for number in range(3)]
    assert found("shoes", "comments")["comments"] == [str(comment.pk) for comment in reversed(comments)]
    assert found("night", "tags")["tags"] == ["night sky", "night"]


def pages(text, kind):
    """The names of all pages, walked by their cursors."""
    cursor, walked = None, []
    while True:
        results = search(text, ANYBODY, kind, cursor)
        walked.append([name(row) for group in results.groups for row in group.rows])
        cursor = results.next_cursor
        if cursor is None:
            return walked


def test_pages_hold_25_and_go_on_where_the_last_one_ended(film, mia):
    for number in range(55):
        make_moment(film, mia, f"Lamp {number}")
    walked = pages("lamp", "moments")
    assert [len(page) for page in walked] == [25, 25, 5]
    assert len({title for page in walked for title in page}) == 55


def test_a_page_goes_on_when_the_row_that_it_ended_with_is_gone(film, mia):
    posts = [make_moment(film, mia, f"Lamp {number}") for number in range(30)]
    first = search("lamp", ANYBODY, "moments")
    last = first.groups[0].rows[-1]
    Post.objects.get(pk=last.pk).remove(moderator(), "spam")
    second = search("lamp", ANYBODY, "moments", first.next_cursor)
    seen = {row.pk for row in first.groups[0].rows} | {row.pk for row in second.groups[0].rows}
    assert len(seen) >= len(posts) - 1


def test_of_very_many_matches_the_newest_are_ranked(film, mia):
    posts = [make_moment(film, mia, "The lamp, lamp, lamp")]
    posts += [make_moment(film, mia, body="A lamp somewhere.") for _ in range(12)]
    ask = search_index.Ask(parse("lamp").wanted)
    best = search_index.best(search_schema.POSTS, ask, limit=10)
    assert sorted(best) == [post.pk for post in posts[-10:]]
    assert search_index.best(search_schema.POSTS, ask, limit=20)[0] == posts[0].pk


@pytest.mark.parametrize(
    "cursor", ["x", "25", "25-", "-3", "25-x", "٢٥-٣", "2" * 40, "25-3-4", "1e3-4", "25 - 3"]
)
def test_a_cursor_of_somebodys_own_is_refused(client, moment, cursor):
    with pytest.raises(BadCursor):
        search("lovely", ANYBODY, "moments", cursor)
    assert client.get("/search/", {"q": "lovely", "kind": "moments", "after": cursor}).status_code == 404


def test_a_cursor_beyond_the_end_is_an_empty_page(client, moment):
    page = client.get("/search/", {"q": "lovely", "kind": "moments", "after": "9999999999-7"})
    assert "That was everything" in page.content.decode()


@pytest.mark.parametrize("kind", LABELS)
def test_an_answer_costs_the_same_for_one_row_and_for_many(kind, client, film, mia, seb):
    def grow(count):
        for _ in range(count):
            post = make_moment(film, mia, tags=[f"lamp {Post.objects.count()}", "lamp"], body="A lamp.")
            make_song(film, mia, body="A lamp.")
            make_trivia(film, mia, body="A lamp.")
            make_comment(post, seb, "A lamp.")
            make_film(f"Lamp {Film.objects.count()}")
            make_member(f"lamp-{User.objects.count()}")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert search("lamp", ANYBODY, kind).groups
        return len(queries)

    grow(1)
    few = cost()
    grow(30)
    assert cost() == few <= 18


# The index follows its table, whoever writes.


def indexed(table):
    """The ids in an index, as the database itself has them."""
    rows = f"search_{table}" if connection.vendor == "postgresql" else f"search_{table}_docsize"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {rows} ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_bulk_inserts_updates_and_deletes_are_followed(film, mia):
    fields = {"film": film, "kind": "trivia", "status": "unsourced", "author": mia}
    Post.objects.bulk_create([Post(title=f"Lamp {n}", slug=f"lamp-{n}", **fields) for n in range(5)])
    assert len(titles("lamp")) == 5
    Post.objects.filter(slug="lamp-1").update(title="Bench")
    assert (len(titles("lamp")), titles("bench")) == (4, ["Bench"])
    Post.objects.filter(slug="lamp-2").delete()
    assert len(titles("lamp")) == 3
    Film.objects.filter(pk=film.pk).delete()
    assert found("lamp") == found("bench") == {}
    assert indexed("moments_post") == []


def test_another_author_or_film_is_followed_by_the_filters(moment, mia, seb):
    Post.objects.filter(pk=moment.pk).update(author=seb)
    assert (titles("by:mia"), titles("by:seb")) == ([], ["A Lovely Night"])
    Post.objects.filter(pk=moment.pk).update(film=make_film("Ponyo"))
    assert (titles("film:la-la-land"), titles("film:ponyo")) == ([], ["A Lovely Night"])
    Post.objects.filter(pk=moment.pk).update(author=None)
    assert titles("lovely") == ["A Lovely Night"]


def test_fixtures_are_indexed_as_they_are_loaded(db):
    call_command("loaddata", "house", "films", "tags", "ponyo", verbosity=0)
    assert indexed("moments_post") == list(Post.objects.listed().order_by("pk").values_list("pk", flat=True))
    assert found("sosuke")["posts"]
    assert found("ponyo")["films"] == ["Ponyo"]


def test_a_vote_leaves_the_index_alone(moment, seb):
    with CaptureQueriesContext(connection):
        moment.upvote(seb)
    assert indexed("moments_post") == [moment.pk]
    assert titles("lovely") == ["A Lovely Night"]


def test_installing_again_changes_nothing(moment):
    with CaptureQueriesContext(connection) as queries:
        search_schema.install(connection)
    written = [query["sql"] for query in queries if not query["sql"].lstrip().upper().startswith("SELECT")]
    assert written == []


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_is_made_anew_by_migrate():
    film, mia = make_film(), make_member("mia")
    make_moment(film, mia, "The lamp post")
    with connection.cursor() as cursor:
        on = " ON moments_post" if connection.vendor == "postgresql" else ""
        trigger = "changed" if connection.vendor == "postgresql" else "update"
        cursor.execute(f"DROP TRIGGER search_moments_post_{trigger}{on}")
    Post.objects.update(title="The bench")
    assert titles("bench") == []
    call_command("migrate", verbosity=0, stdout=StringIO())
    assert titles("bench") == ["The bench"]
    assert found("lamp") == {}


@pytest.mark.django_db(transaction=True)
def test_a_table_can_be_changed_while_it_is_indexed():
    """What a later migration does: another length of a column, which remakes the table on SQLite."""
    make_moment(make_film(), make_member("mia"), "The lamp post")
    old = Post._meta.get_field("artist")
    new = old.clone()
    new.max_length = 250
    new.set_attributes_from_name("artist")
    for before, after in ((old, new), (new, old)):
        with connection.schema_editor() as editor:
            editor.alter_field(Post, before, after)
        search_schema.install(connection)
        assert titles("lamp") == ["The lamp post"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL can stop a question")
@pytest.mark.django_db(transaction=True)
def test_a_question_that_takes_too_long_is_stopped_with_a_sentence(monkeypatch):
    make_moment(make_film(), make_member("mia"), "The lamp post")
    monkeypatch.setattr(search_index, "TIME_LIMIT_MS", 20)
    monkeypatch.setattr(finding, "best", lambda *_: search_index._run("SELECT 1 FROM pg_sleep(5)", []))
    assert search("lamp", ANYBODY, "moments").problem.startswith("So many texts hold these words")
    monkeypatch.undo()
    assert titles("lamp") == ["The lamp post"]


# Excerpts.


@pytest.mark.parametrize("query, text, shown", [
    ("amelie", "Voilà Amélie!", "Voilà <mark>Amélie</mark>!"),
    ("art", "start art artful", "start <mark>art</mark> artful"),
    ('"of stars"', "City — of_stars, & <b>", "City — <mark>of_stars</mark>, &amp; &lt;b&gt;"),
    ("<script>", "a <script>alert(1)", "a &lt;<mark>script</mark>&gt;alert(1)"),
    ("don't", "I don’t know", "I <mark>don’t</mark> know"),
    ("b", "x " * 50 + "b" + " y" * 300, "…" + "x " * 29 + "<mark>b</mark>" + " y" * 90 + "…"),
    ("b", "no such word", None),
])  # fmt: skip
def test_an_excerpt_shows_the_words_where_they_stand(query, text, shown):
    excerpt = marked(text, parse(query).wanted)
    assert excerpt == shown or (excerpt and excerpt.rstrip("…").startswith(shown.rstrip("… y")))


def test_an_unfinished_word_is_marked_to_its_end():
    terms = parse("gosl").wanted
    assert marked("Ryan Gosling sings", terms, terms) == "Ryan <mark>Gosling</mark> sings"


def test_an_excerpt_is_of_a_bearable_length():
    terms = parse("b").wanted
    for text in ("x" * 9000 + " b " + "y" * 9000, "b" + "é" * 9000, "b " * 5000, "é " * 5000 + "b"):
        assert (excerpt := marked(text, terms)) is None or len(excerpt.replace("<mark>b</mark>", "b")) < 310


def test_a_result_shows_the_place_of_the_word(client, film, mia):
    make_moment(film, mia, "Late", body="First nothing. " * 40 + "Then a **lamp** <b>goes</b> on.")
    page = client.get("/search/", {"q": "lamp"}).content.decode()
    assert "Then a <mark>lamp</mark> &lt;b&gt;goes&lt;/b&gt; on." in page


# The page.


def test_the_page_keeps_the_query_and_offers_every_kind(client, moment):
    response = client.get("/search/", {"q": 'lovely "night"', "kind": "moments"})
    page = response.content.decode()
    assert 'value="lovely &quot;night&quot;"' in page
    assert [tab["label"] for tab in response.context["tabs"]] == list(LABELS.values())
    assert [tab["label"] for tab in response.context["tabs"] if tab["current"]] == ["Moments"]
    assert '<input type="hidden" name="kind" value="moments">' in page


def test_the_page_helps_when_nothing_was_asked_found_or_understood(client, moment):
    assert "Ways to ask" in client.get("/search/").content.decode()
    assert "Nothing found" in client.get("/search/", {"q": "nosferatu"}).content.decode()
    page = client.get("/search/", {"q": "foo:bar"}).content.decode()
    assert "There is no filter “foo:”." in page
    assert 'value="foo:bar"' in page


def test_the_page_leads_to_all_of_a_kind_when_it_shows_a_few(client, film, mia):
    for number in range(4):
        make_film(f"Lamp {number}")
    groups = client.get("/search/", {"q": "lamp"}).context["groups"]
    assert [(group["label"], len(group["rows"]), group["url"]) for group in groups] == [
        ("Films", 3, "/search/?q=lamp&kind=films")
    ]


def test_the_page_does_not_know_other_kinds(client, db):
    assert client.get("/search/", {"q": "x", "kind": "poems"}).status_code == 404


@pytest.mark.parametrize("kind", LABELS)
def test_every_kind_has_its_rows(client, moment, seb, mia, film, kind):
    make_song(film, mia, "Lovely song")
    make_trivia(film, mia, "Lovely claim")
    make_comment(make_moment(film, mia, "Bench", tags=["lovely"]), seb, "Lovely <b>indeed</b>.")
    make_film("Lovely")
    make_member("lovely")
    page = client.get("/search/", {"q": "lovely", "kind": kind}).content.decode()
    signs = {
        "moments": "A Lovely Night", "songs": "Lovely song", "trivia": "Lovely claim",
        "comments": "<mark>Lovely</mark> &lt;b&gt;indeed&lt;/b&gt;.", "films": "/films/lovely/",
        "tags": "/tags/lovely/", "members": "/members/lovely/",
    }  # fmt: skip
    shown = {name for name, sign in signs.items() if sign in page}
    assert shown == (set(signs) if kind == "all" else {kind})


# Help for forms.


def test_films_to_choose_from_are_found_by_unfinished_words(shelf):
    assert [film.title for film in find_films("la la l")] == ["La La Land"]
    assert [film.title for film in find_films("miyaz")[:1]] == ["Gake no ue no Ponyo"]
    assert find_films("💥") == find_films("") == []


def test_tags_are_suggested_most_used_first(film, mia):
    make_moment(film, mia, tags=["dusk", "dust"])
    make_moment(film, mia, tags=["dust", "at dusk"])
    Tag.objects.create(name="dusty road", slug="dusty-road", state="removed")
    assert [tag.name for tag in suggest_tags("DUS")] == ["dust", "dusk", "at dusk"]
    assert suggest_tags("%") == suggest_tags("") == []


def test_a_film_that_may_be_there_already_is_found_by_either_title(shelf):
    make_film("La La Land", year=1999, state="removed")
    assert [str(film) for film in similar_films("La La Lnd")] == ["La La Land (2016)"]
    assert [film.title for film in similar_films("崖の上のポニョ")] == ["Gake no ue no Ponyo"]
    assert similar_films("Nosferatu") == similar_films("💥") == []


def test_a_post_that_may_be_there_already_is_of_the_same_film_and_kind(shelf, film):
    assert [post.title for post in similar_posts(film, "moment", "The lovely night", ANYBODY)] == [
        "A Lovely Night"
    ]
    assert [post.title for post in similar_posts(film, "moment", "A lovley night", ANYBODY)] == [
        "A Lovely Night"
    ]
    assert (
        similar_posts(film, "song", "The lovely night", ANYBODY)
        == similar_posts(shelf, "moment", "Lovely night", ANYBODY)
        == []
    )
    assert similar_posts(film, "moment", "!!!", ANYBODY) == []


def test_twins_are_looked_for_without_reading_every_title(film, mia):
    for number in range(30):
        make_moment(film, mia, f"Scene {number}")
    with CaptureQueriesContext(connection) as queries:
        similar_posts(film, "moment", "The bench", ANYBODY)
    assert len(queries) <= 2


def test_comments_of_one_another_do_not_mix(moment, mia):
    make_comment(moment, mia, "Lamp")
    assert Comment.objects.count() == 1
    assert found("lamp", "moments") == {}


def test_the_page_shows_the_marks_and_nobody_elses_markup(client, film, mia):
    make_moment(film, mia, "The Pier", body="A <b>lamp</b> and a piano on the pier.")
    page = client.get("/search/", {"q": "piano"}).content.decode()
    assert "<mark>piano</mark>" in page
    assert "&lt;b&gt;lamp&lt;/b&gt;" in page
