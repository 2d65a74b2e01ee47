from django import forms

from moments.models import Film
from reelive.fields import LineField, ProseField
from reelive.text import clean_line

from .fields import OnceForm


class FilmForm(OnceForm, forms.ModelForm):
    once_in = Film
    title = LineField(max_length=150, min_length=1)
    original_title = LineField(max_length=150, required=False)
    director = LineField(label="Directed by", max_length=150, required=False)
    music = LineField(label="Music by", max_length=150, required=False)
    summary = ProseField(max_length=1000, required=False, help_text="What it is about, spoiling nothing.")

    class Meta:
        model = Film
        fields = [
            "title",
            "year",
            "medium",
            "original_title",
            "director",
            "music",
            "runtime",
            "language",
            "summary",
        ]
        fields += ["imdb", "tmdb", "wikidata"]

    def clean_language(self):
        return clean_line(self.cleaned_data["language"]).lower()

    def save_for(self, member):
        """Add a new film, or keep the changes of an old one."""
        film = self.instance
        if film.pk:
            film.revise()
            return film
        film.added_by = member
        film.nonce = self.cleaned_data["nonce"]
        film.add()
        return film
