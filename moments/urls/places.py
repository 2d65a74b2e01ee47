"""The beginnings that many addresses share."""

from django.urls import register_converter

from reelive.converters import WordConverter, WordsConverter

register_converter(WordConverter, "word")
register_converter(WordsConverter, "words")

FILM, MEMBER, ARTIST = "films/<word:film>/", "members/<word:name>/", "songs/by/<word:artist>/"
