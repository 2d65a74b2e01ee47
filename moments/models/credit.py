"""A credit: what a person did for a film or series, and whom they play in it.

An edit of the credits of a film is an edit of its facts. There they are plain values in the order of
CREDIT_FACTS; a name is kept with the key of its person, so that a history can be read.
"""

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.revisions.history import ROLES

from .locking import lock_rows
from .mixins.stateful import State
from .person import Person

MOST_CREDITS = 60  # of a film
CREDIT_FACTS = ("person", "name", "role", "character", "gives_away", "season", "episode")


class Role(models.TextChoices):
    """In the order in which credits are shown."""

    DIRECTOR = "director", ROLES["director"]
    CREATOR = "creator", ROLES["creator"]
    WRITER = "writer", ROLES["writer"]
    COMPOSER = "composer", ROLES["composer"]
    CINEMATOGRAPHER = "camera", ROLES["camera"]
    EDITOR = "editor", ROLES["editor"]
    CHOREOGRAPHER = "dance", ROLES["dance"]
    DESIGNER = "design", ROLES["design"]
    PRODUCER = "producer", ROLES["producer"]
    CAST = "cast", ROLES["cast"]


ORDER_OF_ROLES = {role.value: place for place, role in enumerate(Role)}


class CreditQuerySet(models.QuerySet):
    def listed(self):
        """Those whose film and person are in sight."""
        return self.filter(film__state=State.VISIBLE, person__state=State.VISIBLE)

    def open(self):
        """Of these, those that give nothing away."""
        return self.listed().filter(gives_away=False)

    def of_film(self, film):
        """Those of a film with their people, in their order."""
        return self.listed().filter(film=film).select_related("person").order_by("place", "id")


class CreditManager(models.Manager.from_queryset(CreditQuerySet)):
    def get_by_natural_key(self, film, person, role, character):
        names = {"film__slug": film, "person__slug": person, "role": role, "character": character}
        return self.get(**names, season=None, episode=None)

    def facts_of(self, film):
        """The credits of a film as facts, in their order, of persons who are in sight."""
        rows = self.filter(film=film.pk, person__state=State.VISIBLE).order_by("place", "id")
        return list(map(list, rows.values_list("person", "person__name", *CREDIT_FACTS[2:])))

    def of_now(self, facts):
        """Older credits with the people of now: of somebody merged the other one, nobody out of sight."""
        keys = {fact[0] for fact in facts}
        found = Person.objects.filter(pk__in=keys).select_related("merged_into").in_bulk()
        persons = {key: person.of_now for key, person in found.items() if person.of_now.is_visible}
        now = ([persons[key].pk, persons[key].name, *rest] for key, _name, *rest in facts if key in persons)
        return in_order(list(now))

    def write(self, film, facts):
        """Make these the credits of a film. Those of persons who are out of sight stay as they are."""
        old = self.filter(film=film, person__state=State.VISIBLE)
        touched = set(old.values_list("person", flat=True)) | {fact[0] for fact in facts}
        lock_rows(Person.objects.filter(pk__in=touched))
        old.delete()
        self.bulk_create(
            Credit(film=film, year=film.year, place=place, **_columns(fact))
            for place, fact in enumerate(facts, 1)
        )
        self.recount(touched)

    def recount(self, persons):
        """Count the films of these persons anew, given as keys."""
        found = Person.objects.filter(pk__in=persons)
        lock_rows(found)
        found.update(film_count=films_of(OuterRef("pk")))


def films_of(person):
    """A subquery: the number of films in sight for which a person has a credit."""
    rows = Credit.objects.filter(person=person, film__state=State.VISIBLE).order_by().values("person")
    return Coalesce(Subquery(rows.annotate(number=Count("film", distinct=True)).values("number")), 0)


class Credit(models.Model):
    """Of the whole work, of a season or of an episode. By its year, the film's, a person's are listed."""

    Role = Role

    film = models.ForeignKey(
        "Film", models.CASCADE, related_name="credits", db_index=False, verbose_name=_("film")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="credits", db_index=False, verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.CAST)
    character = models.CharField(_("character"), max_length=100, blank=True)
    gives_away = models.BooleanField(_("gives something away"), default=False)
    season = models.PositiveSmallIntegerField(_("season"), null=True, blank=True)
    episode = models.PositiveSmallIntegerField(_("episode"), null=True, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    year = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = CreditManager()

    class Meta:
        verbose_name, verbose_name_plural = _("credit"), _("credits")
        constraints = [
            models.UniqueConstraint(
                "film",
                "person",
                "role",
                "character",
                Coalesce("season", -1),
                Coalesce("episode", -1),
                name="credit_once",
            ),
        ]
        indexes = [
            models.Index(fields=["film", "place", "id"], name="credit_of_film"),
            models.Index(fields=["person", "-year", "-film", "id"], name="credit_of_person"),
        ]

    def __str__(self):
        return f"{self.person}: {self.did}"

    def natural_key(self):
        return (self.film.slug, self.person.slug, self.role, self.character)

    natural_key.dependencies = ["moments.film", "moments.person"]

    @property
    def did(self):
        """What the person did, in words: the character, where they play one."""
        is_played = self.role == Role.CAST and self.character
        return self.character if is_played else self.get_role_display()

    @property
    def described(self):
        """The same, with the season and episode where it is of one."""
        if self.season is None:
            return self.did
        place = {"season": self.season, "episode": self.episode}
        where = gettext("season %(season)s") if self.episode is None else gettext("%(season)s×%(episode)s")
        return f"{self.did} · {where % place}"


def in_order(facts):
    """The credits as they are shown: by their roles, and within one as they came; each once."""
    once = {(fact[0], *fact[2:4], *fact[5:]): fact for fact in reversed(facts)}
    kept = sorted(once.values(), key=facts.index)
    return sorted(kept, key=lambda fact: ORDER_OF_ROLES[fact[2]])[:MOST_CREDITS]


def merged(seen, mine, stored):
    """The credits after an edit of those that were `seen`, when others may have changed them to `stored`."""
    if seen == stored:
        return mine
    gone = [fact for fact in seen if fact not in mine]
    kept, new = (fact for fact in stored if fact not in gone), (fact for fact in mine if fact not in seen)
    return in_order([*kept, *new])


def names_by_role(facts):
    """The names that are credited for the whole work and give nothing away, by their role."""
    found = {}
    for _person, name, role, _character, gives_away, season, _episode in facts:
        if season is None and not gives_away:
            found.setdefault(role, []).append(name)
    return found


def _columns(fact):
    values = dict(zip(CREDIT_FACTS, fact, strict=True))
    del values["name"]
    return values | {"person_id": values.pop("person")}
