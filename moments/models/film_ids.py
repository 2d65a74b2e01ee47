"""The ids by which other places know a film: where it is listed, and what files from there name it by."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# Each has an index of those that are not empty: a query by one says so too, filter(imdb__gt="", imdb=id).
FILM_IDS = ("imdb", "tmdb", "wikidata", "tvdb", "letterboxd")
# What an id of each place reads like, in whatever way it comes here.
ID_FORMS = {
    "imdb": r"tt[0-9]{7,10}",
    "tmdb": r"[1-9][0-9]{0,9}",
    "wikidata": r"Q[1-9][0-9]{0,11}",
    "tvdb": r"[1-9][0-9]{0,9}",
    "letterboxd": r"[a-z0-9][a-z0-9-]{0,98}",
}


def id_field(label, length, form, says, **options):
    """A column for an id that reads like `form`; `says` is the sentence for one that does not."""
    validator = RegexValidator(rf"\A{form}\Z", says)
    return models.CharField(label, max_length=length, blank=True, validators=[validator], **options)


class FilmIds(models.Model):
    imdb = id_field(_("IMDb id"), 12, ID_FORMS["imdb"], _("Like tt3783958."))
    tmdb = id_field(_("TMDB id"), 12, ID_FORMS["tmdb"], _("A number."))
    wikidata = id_field(_("Wikidata id"), 14, ID_FORMS["wikidata"], _("Like Q20856802."))
    # Old code may run that does not name these, so the database has their defaults.
    tvdb = id_field(_("TheTVDB id"), 12, ID_FORMS["tvdb"], _("A number."), default="", db_default="")
    letterboxd = id_field(
        _("Letterboxd id"),
        100,
        ID_FORMS["letterboxd"],
        _("Like la-la-land."),
        default="",
        db_default="",
    )

    class Meta:
        abstract = True

    @property
    def outside_links(self):
        """Where else it is listed, by the ids that members gave: names with addresses."""
        medium, entry = ("tv", "series") if self.is_series else ("movie", "movie")
        wiki = f"{(get_language() or 'en')[:2]}wiki"
        places = (
            ("IMDb", self.imdb, f"https://www.imdb.com/title/{self.imdb}/"),
            ("TMDB", self.tmdb, f"https://www.themoviedb.org/{medium}/{self.tmdb}"),
            ("TheTVDB", self.tvdb, f"https://thetvdb.com/dereferrer/{entry}/{self.tvdb}"),
            ("Letterboxd", self.letterboxd, f"https://letterboxd.com/film/{self.letterboxd}/"),
            (
                "Wikipedia",
                self.wikidata,
                f"https://www.wikidata.org/wiki/Special:GoToLinkedPage/{wiki}/{self.wikidata}",
            ),
            ("Wikidata", self.wikidata, f"https://www.wikidata.org/wiki/{self.wikidata}"),
        )
        return [(name, url) for name, number, url in places if number]
