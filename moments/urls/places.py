"""The beginnings that many addresses share."""

from django.urls import register_converter

from reelive.converters import WordConverter, WordsConverter

register_converter(WordConverter, "word")
register_converter(WordsConverter, "words")

FILM, MEMBER, ARTIST = "films/<word:film>/", "members/<word:name>/", "songs/by/<word:artist>/"
PERSON = "people/<word:person>/"
RECORDING, USE = "songs/<word:recording>/", "songs/uses/<int:use_id>/"
SEASON = FILM + "seasons/<int:season>/"
EPISODE = SEASON + "episodes/<int:episode>/"
