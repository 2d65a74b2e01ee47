"""Texts that were rendered before spoilers hid whole blocks are rendered anew; others are left alone."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from moments.models import Comment, Post
from tests.support.makers import make_comment, make_moment
from tests.support.markdown import fold, veil

migration = import_module("moments.migrations.0024_spoilers_over_blocks")
HIDDEN = ">!\n- She waits, @seb\n- He goes\n!<"


def migrate():
    with connection.schema_editor() as editor:
        migration.render_anew(apps, editor)


@pytest.mark.django_db(transaction=True)
def test_stored_texts_with_spoilers_over_blocks_are_hidden(film, mia, seb):
    moment = make_moment(film, mia, body=HIDDEN)
    comment = make_comment(moment, mia, "||One\n\nTwo||")
    moment.relive(seb, note=HIDDEN)
    rendered = moment.body_html
    assert rendered.startswith(fold("")[:30])
    old = '<p>&gt;!</p>\n<ul>\n<li>She waits, <a href="/members/seb/" class="mention">@seb</a></li>\n</ul>'
    Post.objects.filter(pk=moment.pk).update(body_html=old, excerpt="She waits", context="||a\n\nb||")
    Comment.objects.filter(pk=comment.pk).update(body_html="<p>||One</p>\n<p>Two||</p>")
    moment.diary_entries.update(note_html=old)
    type(mia).objects.filter(pk=mia.pk).update(bio=HIDDEN, bio_html=old)
    migrate()
    for row in (moment, comment, mia, entry := moment.diary_entries.get()):
        row.refresh_from_db()
    assert moment.body_html == mia.bio_html == entry.note_html == rendered
    assert (moment.excerpt, moment.context_html) == ("▒▒▒", fold("<p>a</p>\n<p>b</p>\n"))
    assert comment.body_html == fold("<p>One</p>\n<p>Two</p>\n")


@pytest.mark.django_db(transaction=True)
def test_other_stored_texts_stay_as_they_are(film, mia):
    plain = make_moment(film, mia, body="Nothing to hide.")
    Post.objects.filter(pk=plain.pk).update(body_html="<p>As it was.</p>", excerpt="As it was.")
    hiding = make_moment(film, mia, "The end", body="He >!goes!<.")
    migrate()
    plain.refresh_from_db(), hiding.refresh_from_db()
    assert (plain.body_html, plain.excerpt) == ("<p>As it was.</p>", "As it was.")
    assert hiding.body_html == f"<p>He {veil('goes')}.</p>"
