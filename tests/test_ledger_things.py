"""What the proofs of the ledger say of one thing at a time, each with a ledger of its own."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from moments.ledger.keys import Signatures, known_keys, public_key, sign
from moments.ledger.state_proof import PROOFS, NewestRows
from moments.ledger.state_proof.newest_rows import VISIBILITY, Fact
from moments.ledger.state_proof.table import Table, number_of, word_of
from moments.models import Appeal, Comment, Film, LedgerEntry, MemberList, Revision, Tag, Trivia, Verdict
from tests.support.makers import make_comment, make_film, make_list, make_moment, make_trivia, moderator
from tests.support.revisions import age, edit

pytestmark = pytest.mark.django_db


def said():
    rows = NewestRows()
    rows.catch_up()
    return rows


def faults(name):
    """All sentences of one proof, of everything that it has to look at."""
    rows = said()
    return list(PROOFS[name].wrong(list(PROOFS[name].targets(rows)), rows))


def row(action):
    return LedgerEntry.objects.filter(action=action).latest("number").number


def edited_by_staff(text, by, *bodies):
    """Give a text these bodies one after the other, each by staff with a row that names what was there."""
    for body in bodies:
        edit(text, by, body=body)
        revision = text.revisions.latest("pk")
        revision.entry = LedgerEntry.objects.record(by, "edit", text, texts=revision.ledger_texts)
        revision.save()
    return text.revisions.order_by("pk")


def queries_of(name):
    with CaptureQueriesContext(connection) as asked:
        assert faults(name) == []
    return len(asked)


# Things that are gone


@pytest.mark.parametrize("name, target", [("posts", "post/7"), ("comments", "comment/7"), ("tags", "tag/7")])
def test_what_rows_speak_of_and_is_not_there_is_named(name, target):
    sentences = list(PROOFS[name].check(target, None, NewestRows()))
    assert sentences == [f"{target} has rows in the ledger, but is gone."]


def test_a_removed_film_that_was_dropped_is_named_and_nothing_else_is_asked_of_it(film):
    film.remove(moderator(), "copyright")
    Film.objects.filter(pk=film.pk)._raw_delete("default")
    assert faults("films") == [f"film/{film.pk} has rows in the ledger, but is gone."]


@pytest.mark.parametrize("name", ["verdicts", "lists", "diary notes", "members"])
def test_what_its_member_may_take_away_is_not_missed(name):
    assert list(PROOFS[name].check("thing/7", None, NewestRows())) == []


def test_a_removed_comment_on_a_list_may_go_with_its_list_and_another_may_not(film, mia, seb):
    on_list = make_comment(make_list(mia), seb)
    on_moment = make_comment(make_moment(film, mia), seb)
    for comment in (on_list, on_moment):
        comment.remove(moderator(), "spam")
    MemberList.objects.all().delete()
    Comment.objects.all().delete()
    assert faults("comments") == [f"comment/{on_moment.pk} has rows in the ledger, but is gone."]


# Texts that are back


def test_a_comment_that_was_restored_is_where_it_belongs(film, mia, seb):
    comment = make_comment(make_moment(film, mia), seb)
    comment.remove(moderator(), "spam")
    comment.restore(moderator())
    assert faults("comments") == []
    Comment.objects.update(state="withheld")
    assert faults("comments") == [
        f"comment/{comment.pk} is in the state “withheld”, in which no comment can be."
    ]


# Merges


def test_films_stay_where_they_were_merged_and_tags_go_along(film):
    by = moderator()
    films = [film, make_film("Ferry"), make_film("Ferries")]
    *tags, twin = (Tag.objects.create(name=name, slug=name) for name in ("one", "two", "three", "twin"))
    twin.merge_into(by, tags[1])
    for first, second, third in (films, tags):
        first.merge_into(by, second, "The same.")
        second.merge_into(by, third, "The same again.")
    leads = said().leads
    assert [leads[one.ledger_name] for one in films[:2]] == [two.ledger_name for two in films[1:]]
    assert [leads[tag.ledger_name] for tag in (twin, *tags[:2])] == [tags[2].ledger_name] * 3
    assert faults("films") == faults("tags") == []


def test_a_tag_that_came_back_follows_no_more_where_it_led_before():
    by = moderator()
    one, two, three, four = (
        Tag.objects.create(name=name, slug=name) for name in ("one", "two", "three", "four")
    )
    one.merge_into(by, two)
    one.restore(by)
    one.merge_into(by, three)
    two.merge_into(by, four)
    leads = {target: said().leads[target.ledger_name] for target in (one, two)}
    assert leads == {one: three.ledger_name, two: four.ledger_name}
    assert faults("tags") == []


# Facts that are locked


def test_the_facts_of_a_film_are_locked_as_the_newest_row_says(film):
    other, by = make_film("Ferries"), moderator()
    film.lock(by, "An edit war.")
    other.lock(by, "An edit war.")
    other.unlock(by)
    assert faults("films") == []
    Film.objects.filter(pk=film.pk).update(locked=False)
    Film.objects.filter(pk=other.pk).update(locked=True)
    assert faults("films") == [
        f"film/{film.pk} was locked in row {row('lock-facts') - 1}, and is open.",
        f"film/{other.pk} is locked, and row {row('open-facts')} opened it.",
    ]


def test_facts_that_no_row_locked_are_named(film):
    Film.objects.filter(pk=film.pk).update(locked=True)
    assert faults("films") == [f"film/{film.pk} is locked, and no row says so."]


# Verdicts


def test_a_verdict_that_was_restored_is_where_it_belongs(film, mia, seb):
    make_trivia(film, mia)
    Trivia.objects.get().judge(seb, "dispute", "No, it was two.")
    verdict = Verdict.objects.get()
    verdict.remove(moderator(), "private")
    verdict.restore(moderator())
    assert faults("verdicts") == []
    Verdict.objects.update(state="removed")
    assert faults("verdicts") == [f"verdict/{verdict.pk} is removed, and row {row('restore')} restored it."]


# Members


def test_all_rights_of_which_no_row_says_anything_are_listed(seb):
    assert list(PROOFS["members"].check("member/7", seb, NewestRows())) == []
    User.objects.filter(pk=seb.pk).update(is_staff=True, is_superuser=True)
    has = f"{seb.ledger_name} (@seb) has"
    assert faults("members") == [f"{has} rights (staff, superuser), and no row says so."]
    seb.refresh_from_db()
    seb.record(seb, "rights", "", seb.rights)
    assert faults("members") == []
    User.objects.filter(pk=seb.pk).update(is_staff=False, is_superuser=False)
    assert faults("members") == [f"{has} other rights (none) than row {row('rights')} says."]


# Older versions


def test_versions_of_posts_and_comments_are_proved_side_by_side(film, mia, seb, keith):
    moment = age(make_moment(film, mia))
    remark = age(make_comment(moment, seb, "The bench, at nine."))
    edited_by_staff(moment, keith, "They dance.", "They sing.")
    edited_by_staff(remark, keith, "The bench, at ten.")
    assert faults("older versions") == []
    Revision.objects.exclude(comment=None).update(texts={"body": "Another"})
    assert faults("older versions") == [
        f"The text of comment/{remark.pk}, edited in row {row('edit')}, is not the one from before."
    ]


def test_all_revoked_versions_that_are_missing_are_named_at_once(film, mia, keith):
    moment = age(make_moment(film, mia))
    for body in ("They dance.", "They sing.", "They leave."):
        edit(moment, body=body)
    first, second, _kept = moment.revisions.order_by("pk")
    first.strike(keith)
    second.strike(keith)
    assert faults("older versions") == []
    moment.revisions.exclude(revocation=None).delete()
    one, two = LedgerEntry.objects.order_by("number").values_list("number", flat=True)
    assert faults("older versions") == [
        f"post/{moment.pk} has no version that was revoked in row {one}, {two}."
    ]


def test_who_deletes_a_text_takes_its_versions_along(film, mia, keith):
    moment = age(make_moment(film, mia))
    edit(moment, body="They dance.")
    moment.revisions.get().strike(keith)
    moment.delete_by_author()
    moment.revisions.all().delete()
    assert faults("older versions") == []


def test_proving_versions_takes_no_more_queries_for_more_of_them(film, mia, keith):
    moment = age(make_moment(film, mia))
    edited_by_staff(moment, keith, "They dance.", "They sing.")
    moment.revisions.earliest("pk").strike(keith)
    few = queries_of("older versions")
    edited_by_staff(moment, keith, "They leave.", "They come back.", "They stay.")
    moment.revisions.order_by("pk")[1].strike(keith)
    assert queries_of("older versions") == few


# Appeals


def test_proving_appeals_takes_no_more_queries_for_more_of_them(film, mia, keith):
    def appeal(times):
        for _number in range(times):
            post = make_moment(film, mia)
            post.remove(keith, "spam")
            Appeal.objects.lodge(post, mia, "It was a joke.").reply(keith, "It stays away.")
        return queries_of("appeals")

    assert appeal(1) == appeal(3)


# Rows


def test_all_rows_are_heard_until_somebody_acts(film):
    assert NewestRows().is_whole()
    film.lock(moderator())
    rows = NewestRows()
    assert not rows.is_whole()
    rows.catch_up()
    assert (rows.is_whole(), rows.number) == (True, LedgerEntry.objects.count())


def test_all_rows_that_the_site_signed_are_counted(film):
    film.lock(moderator())
    film.unlock(moderator())
    signatures = Signatures(known_keys())
    assert [signatures.problem(one) for one in LedgerEntry.objects.order_by("number")] == ["", ""]
    assert (signatures.first, signatures.known) == (1, 2)


def test_what_is_wrong_with_a_signature_is_said_in_a_sentence(settings):
    keys, rows = [], []
    for number, key in enumerate(("11", "22", "11", "33"), start=2):
        settings.LEDGER_KEY = key * 32
        keys.append(public_key())
        rows.append(
            SimpleNamespace(number=number, action="lock", hash=f"{number}", signature=sign(f"{number}"))
        )
    rows.append(SimpleNamespace(number=6, action="lock", hash="6", signature=""))
    signatures = Signatures(keys[:2])
    assert [signatures.problem(one) for one in rows] == [
        "it is the first signed row and does not say that signing begins",
        "",
        "it is signed with a key that was replaced before",
        "no known key has signed it",
        "it is not signed",
    ]
    assert (signatures.first, signatures.known) == (2, 3)


def test_a_target_is_a_word_and_a_number():
    targets = ["post/12", "post", "post/", "post/x1", "page/1/2"]
    assert [(word_of(target), number_of(target)) for target in targets] == [
        ("post", 12), ("post", 0), ("post", 0), ("post", 0), ("page", 0),
    ]  # fmt: skip


def test_a_table_is_asked_for_what_rows_name_and_what_it_marks_itself_each_once(film, mia):
    tags = [Tag.objects.create(name=name, slug=name) for name in ("one", "two", "three")]
    tags[2].remove(moderator(), "illegal")
    tags[0].remove(moderator(), "illegal")
    Tag.objects.filter(pk=tags[1].pk).update(state="removed")
    proof = PROOFS["tags"]
    alike = Table(proof.word, proof.rows, proof.condition, proof.check)
    assert list(alike.targets(said())) == [tags[at].ledger_name for at in (0, 2, 1)]
    assert list(alike.load([tags[1].ledger_name, "tag/0"]).items()) == [(tags[1].ledger_name, tags[1])]


def test_what_rows_name_is_gone_through_by_number():
    rows = NewestRows()
    for number, target in enumerate(("tag/10", "tag/9", "post/3", "post/20"), start=1):
        fact = Fact(number, "remove", "", "")
        rows.newest[VISIBILITY, target] = fact
        rows.answers[target].append(fact)
        rows.revoked[target].add(number)
    assert PROOFS["tags"].named(rows) == ["tag/9", "tag/10"]
    both = ["post/3", "post/20", "tag/9", "tag/10"]
    assert PROOFS["appeals"].named(rows) == PROOFS["older versions"].named(rows) == both
