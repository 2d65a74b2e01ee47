"""What a row of the ledger says, as one sentence in the viewer's language.

Rows are kept, and hashed, in English: an action by its code, a target by one of SUBJECTS.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.ledger.keys import BEGINNING

# By the action of a row (see moments.models.ledger.Action).
SENTENCES = {
    "remove": _("%(actor)s removed %(target)s"),
    "restore": _("%(actor)s restored %(target)s"),
    "lock": _("%(actor)s locked the thread of %(target)s"),
    "unlock": _("%(actor)s opened the thread of %(target)s"),
    "lock-facts": _("%(actor)s locked the facts of %(target)s"),
    "open-facts": _("%(actor)s opened the facts of %(target)s"),
    "edit": _("%(actor)s edited %(target)s"),
    "withdraw": _("%(actor)s revoked a former version of %(target)s"),
    "merge": _("%(actor)s merged %(target)s"),
    "suspend": _("%(actor)s suspended %(target)s"),
    "reinstate": _("%(actor)s reinstated %(target)s"),
    "appeal": _("%(actor)s appealed against the removal of %(target)s"),
    "answer": _("%(actor)s answered the appeal about %(target)s"),
    "strike": _("%(actor)s removed the text of the appeal about %(target)s"),
    "rights": _("%(actor)s changed the rights of %(target)s"),
    BEGINNING: _("%(actor)s began to sign the ledger"),
}


def sentence_of(action: str) -> str:
    """The sentence of an action, in which %(actor)s and %(target)s are to be filled in."""
    return str(SENTENCES.get(action) or gettext("%(actor)s acted on %(target)s"))


# What a target is, as the ledger keeps it; alone, and with the film that it belongs to.
SUBJECTS = {
    "a moment": (_("a moment"), _("a moment of %(film)s")),
    "a song": (_("a song"), _("a song of %(film)s")),
    "trivia": (_("trivia"), _("trivia of %(film)s")),
    "a review": (_("a review"), _("a review of %(film)s")),
    "a film": (_("a film"), _("the film %(film)s")),
    "a season": (_("a season"), _("a season of %(film)s")),
    "an episode": (_("an episode"), _("an episode of %(film)s")),
    "a comment on a moment": (_("a comment on a moment"), _("a comment on a moment of %(film)s")),
    "a comment on a song": (_("a comment on a song"), _("a comment on a song of %(film)s")),
    "a comment on a list": (_("a comment on a list"), _("a comment on a list")),
    "a comment on trivia": (_("a comment on trivia"), _("a comment on trivia of %(film)s")),
    "a comment on a review": (_("a comment on a review"), _("a comment on a review of %(film)s")),
    "a verdict on trivia": (_("a verdict on trivia"), _("a verdict on trivia of %(film)s")),
    "a verdict on where a song is heard": (
        _("a verdict on where a song is heard"),
        _("a verdict on where a song of %(film)s is heard"),
    ),
    "a recording": (_("a recording"), _("a recording")),
    "where a song is heard": (_("where a song is heard"), _("where a song of %(film)s is heard")),
    "a diary note": (_("a diary note"), _("a diary note on a moment of %(film)s")),
    "a person": (_("a person"), _("a person")),
    "a diary note of a film": (_("a diary note"), _("a diary note of %(film)s")),
    "a tag": (_("a tag"), _("a tag")),
    "a list": (_("a list"), _("a list")),
    "the page “About”": (_("the page “About”"), _("the page “About”")),
    "the page “Rules”": (_("the page “Rules”"), _("the page “Rules”")),
    "the page “Privacy”": (_("the page “Privacy”"), _("the page “Privacy”")),
    "the page “Contact”": (_("the page “Contact”"), _("the page “Contact”")),
}


def describe(subject: str, film="") -> str:
    """What a target is, in the language of the page. Names of members stay, like all that is not in SUBJECTS.

    Args:
        subject: the `ledger_subject` of the target.
        film: the title of its film, where it may be named.
    """
    alone, of_film = SUBJECTS.get(subject, (subject, subject))
    return of_film % {"film": film} if film and subject in SUBJECTS else str(alone)


# What a filter calls the actions, whoever acted and on what.
ACTIONS = {
    "remove": _("Removals"),
    "restore": _("Restorations"),
    "lock": _("Locked threads"),
    "unlock": _("Opened threads"),
    "lock-facts": _("Locked facts"),
    "open-facts": _("Opened facts"),
    "edit": _("Edits"),
    "withdraw": _("Revoked versions"),
    "merge": _("Merges"),
    "suspend": _("Suspensions"),
    "reinstate": _("Reinstatements"),
    "appeal": _("Appeals"),
    "answer": _("Answers to appeals"),
    "strike": _("Removed texts of appeals"),
    "rights": _("Changes of rights"),
    BEGINNING: _("The beginning of signing"),
}
