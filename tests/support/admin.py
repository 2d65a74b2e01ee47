"""The pages of the staff: their addresses, what stands in forms and lists, and what there is to act upon."""

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from moments.models import (
    Appeal,
    Comment,
    DiaryEntry,
    Film,
    MemberList,
    Moment,
    Report,
    Song,
    SongUse,
    Tag,
    Trivia,
    Verdict,
)
from tests.support.makers import (
    make_comment,
    make_film,
    make_list,
    make_member,
    make_moment,
    make_revision,
    make_song,
    make_trivia,
    moderator,
)
from tests.support.rights import make_moderator

OURS = [Moment, Song, Trivia, Comment, Film, Tag, DiaryEntry, MemberList, User]


def listed(model, **query):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=query)


def section_of(front_page, model, show=None):
    """The section of the front page that leads to the list of a model, or to what that shows."""
    (section,) = [
        part
        for part in front_page.context["sections"]
        if part.url.partition("?")[0] == listed(model) and show in (None, part.url.partition("show=")[2])
    ]
    return section


def page(instance, verb="change"):
    meta = instance._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{verb}", args=[instance.pk])


def form_data(response):
    """What a browser would send back of the change form, inlines included."""
    form = response.context["adminform"].form
    bound = [
        form,
        *(part for formset in response.context["inline_admin_formsets"] for part in forms_of(formset)),
    ]
    data = {}
    for part in bound:
        for field in part:
            value = "It was misspelt." if field.name == "why" else field.value()
            if value is True:
                data[field.html_name] = "on"
            elif value is not None and value is not False:
                data[field.html_name] = value
    return data


def forms_of(inline):
    return [inline.formset.management_form, *inline.formset.forms]


def shown(response):
    return list(response.context["cl"].result_list)


def one_of_each(moment, seb):
    """What staff have to do with: most of it by the author of the moment, the rest by another."""
    mia, film = moment.author, moment.film
    song, claim = make_song(film, mia), make_trivia(film, mia)
    SongUse.objects.create(song=song, moment=moment)
    claim.cite([("https://example.org/a", "A")])
    Verdict.objects.create(trivia=claim, member=seb, stance="confirm")
    comment = make_comment(moment, seb)
    moment.feel(seb, "joy")
    entry = moment.relive(seb, note="My own words.")
    return [
        moment,
        song,
        claim,
        comment,
        film,
        Tag.objects.first(),
        entry,
        make_list(mia, moment, note="Look."),
        seb,
    ]


def make_full_world():
    """One of everything that the staff has a list of, with every text filled in."""
    mia, seb, anna = make_member("mia"), make_member("seb"), make_moderator("anna")
    film = make_film()
    moment = make_moment(film, mia, "A Lovely Night", tags=["stars", "tap dance"])
    world = one_of_each(moment, seb)
    last = make_comment(moment, mia, "Removed and appealed against.")
    last.remove(moderator(), "spam", "It sells pills.")
    last.refresh_from_db()
    Appeal.objects.create(removal=last.removal, author=mia, text="It was no spam at all.")
    make_revision(last, body="An older text.")
    Report.objects.file(seb, moment, "spam", "He wrote to me.")
    User.objects.filter(pk=seb.pk).update(last_login=timezone.now(), bio="About me.")
    return {"mia": mia, "seb": seb, "anna": anna, "film": film, "moment": moment, "world": world}
