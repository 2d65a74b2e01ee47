"""A person who made films or plays in them: their name, and where else they are listed."""

from urllib.parse import quote

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.ledger.sentences import describe
from reelive.alphabet import sort_name
from reelive.text import fold

from .facts import Facts
from .film_ids import ID_FORMS, id_field
from .follow import Follow
from .ledger import Action
from .locking import lock_rows, read_locked
from .mixins.addressed import Addressed
from .mixins.lockable import Lockable
from .mixins.mergeable import Mergeable
from .mixins.moderated import Moderated
from .mixins.reportable import Reportable
from .mixins.stateful import State, Stateful, StateQuerySet
from .refusals import PersonGone, PersonLocked
from .song_columns import artist_slug

PERSON_FACTS = ("name", "sort_name", "other_names", "born", "died", "imdb", "tmdb", "wikidata")
FIRST_YEAR = 1000
MAKERS = ("director", "creator", "composer")  # roles that lists of films name
YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(2100)]


class PersonQuerySet(StateQuerySet):
    def visible_to(self, member):
        return self.listed()

    def editable_by(self, member):
        return self.listed() if member.is_authenticated else self.none()

    def credited(self):
        """Those with a credit, in the words of the indexes that lists walk."""
        return self.listed().exclude(film_count=0)

    def called(self, name):
        """Those of this very name, whatever its case and accents."""
        return self.listed().filter(name_key=fold(name))


class PersonManager(models.Manager.from_queryset(PersonQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def add(self, name, by=None):
        """A new person of this name, under the first free address."""
        facts = {"name_key": fold(name), "sort_title": alphabetic(name)}
        person = self.model(name=name, added_by=by, **facts)
        person.save_under_free_slug()
        return person


class Person(Addressed, Facts, Lockable, Mergeable, Reportable, Stateful, Moderated):
    model_name, titled_by, reported_as = "person", "name", "credited"
    fact_names, fingerprinted_fields = PERSON_FACTS, ("name", "sort_name", "other_names")
    editable_fields = ("slug", "edited", "name_key", "sort_title", *PERSON_FACTS)
    lock_actions = (Action.OPEN_FACTS, Action.LOCK_FACTS)
    gone, refusal = PersonGone, PersonLocked

    slug = models.CharField(_("slug"), max_length=100, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100)
    name_key = models.CharField(max_length=200, default="", editable=False)
    sort_name = models.CharField(
        _("name in the alphabet"),
        max_length=100,
        blank=True,
        help_text=_("Where it is not the last word that it stands by, such as “Miyazaki Hayao”."),
    )
    sort_title = models.CharField(max_length=120, default="", editable=False)
    other_names = models.CharField(
        _("other names"), max_length=300, blank=True, help_text=_("Parted by commas, in any script.")
    )
    born = models.PositiveSmallIntegerField(_("born"), null=True, blank=True, validators=YEARS)
    died = models.PositiveSmallIntegerField(_("died"), null=True, blank=True, validators=YEARS)
    imdb = id_field(_("IMDb id"), 12, r"nm[0-9]{7,10}", _("Like nm0000001."))
    tmdb = id_field(_("TMDB id"), 12, ID_FORMS["tmdb"], _("A number."))
    wikidata = id_field(_("Wikidata id"), 14, ID_FORMS["wikidata"], _("Like Q20856802."))
    added_by = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people_added",
        verbose_name=_("added by"),
    )
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    edited = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    locked = models.BooleanField(_("facts locked"), default=False, editable=False)
    film_count = models.PositiveIntegerField(_("films"), default=0, editable=False)

    objects = PersonManager()

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")
        ordering = ["name"]
        indexes = [
            models.Index(
                fields=["state", "-film_count", "-id"],
                name="person_most_films",
                condition=~models.Q(film_count=0),
            ),
            models.Index(
                fields=["state", "sort_title", "id"],
                name="person_alphabet",
                condition=~models.Q(film_count=0),
            ),
            models.Index(fields=["state", "-created", "-id"], name="person_newest"),
            models.Index(fields=["name_key", "id"], name="person_called"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/people/{quote(self.slug)}/"

    @property
    def link(self):
        """Where readers find them, also once they were merged; nowhere while they are removed."""
        return self.get_absolute_url() if self.is_visible or self.merged_into_id else ""

    def natural_key(self):
        return (self.slug,)

    @property
    def place_in_alphabet(self):
        return alphabetic(self.name, self.sort_name)

    @property
    def artist_slug(self):
        """Of an artist of the same name."""
        return artist_slug(self.name)

    @property
    def years(self):
        """From when to when they lived, as far as that is known."""
        if not self.died:
            return gettext("born %(year)s") % {"year": self.born} if self.born else ""
        return f"{self.born or ''}–{self.died}"

    @property
    def outside_links(self):
        """Where else they are listed: names with addresses."""
        places = (
            ("IMDb", self.imdb, f"https://www.imdb.com/name/{self.imdb}/"),
            ("TMDB", self.tmdb, f"https://www.themoviedb.org/person/{self.tmdb}"),
            ("Wikidata", self.wikidata, f"https://www.wikidata.org/wiki/{self.wikidata}"),
        )
        return [(name, url) for name, number, url in places if number]

    def slug_wishes(self, name):
        """With the year of birth where somebody else has the name: ann-lee, ann-lee-1963, ann-lee-1963-2."""
        (slug,) = super().slug_wishes(name)
        return [slug, f"{slug}-{self.born}"] if self.born else [slug]

    def complete_edit(self, stored, picture):
        self.name_key = fold(self.name)

    def follow_edit(self, before):
        if self.name != before["name"]:
            self.follow_in_films()

    # Films have names of their makers in columns of their own.

    def follow_in_films(self):
        """Have the films that the person is credited for say the names of now."""
        made = self.credits.filter(role__in=MAKERS).order_by("film").select_related("film")
        for film in {credit.film_id: credit.film for credit in made}.values():
            film.follow_credits()

    def lock_parents(self):
        films = self._meta.get_field("credits").related_model.film.field.related_model
        lock_rows(films.objects.filter(pk__in=self.credits.values("film")))

    def on_removed(self):
        self.follow_in_films()

    def on_restored(self):
        self.follow_in_films()

    @property
    def ledger_subject(self):
        return "a person"

    @property
    def described(self):
        """By name as long as everybody may read it."""
        said = gettext("the person %(name)s") % {"name": self.name}
        return said if self.is_visible else describe(self.ledger_subject)

    @transaction.atomic
    def merge_into(self, by, target, note=""):
        """Credit `target` for all that this person did; this one's addresses lead there from now on."""
        both = sorted((self, target), key=lambda person: person.pk)
        self.lock_parents()
        if target.pk == self.pk or not all(map(read_locked, both)):
            return False
        if not (self.is_visible and target.is_visible):
            return False
        self._hand_credits_to(target)
        self.former_slugs.update(person=target)
        target.keep_former_slug(self.slug)
        self.merged_from.update(merged_into=target)
        self.change_state(State.VISIBLE, State.REMOVED, merged_into=target)
        Follow.objects.hand_over(target, credited=self)
        row = self.record_in_ledger(by, Action.MERGE, note=f"Into {target.ledger_name}. {note}".strip())
        self.close_reports(by, row)
        target.follow_in_films()
        return True

    def _hand_credits_to(self, target):
        """But for what the target is credited for as well."""
        told = ("film", "role", "character", "season", "episode")
        there = set(target.credits.values_list(*told))
        mine = self.credits.values_list("pk", *told)
        self.credits.filter(pk__in=[pk for pk, *credit in mine if tuple(credit) in there]).delete()
        self.credits.update(person=target)
        self.credits.model.objects.recount([self.pk, target.pk])


def alphabetic(name, stands_by=""):
    """A key of the name's place in the alphabet: what it says itself, or in Latin letters its last word."""
    *first, last = name.split() or [""]
    is_latin = fold(last).isascii()
    return sort_name(stands_by or (" ".join([last, *first]) if is_latin else name))
