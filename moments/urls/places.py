"""The beginnings that many addresses share."""

from django.urls import register_converter

from reelive.converters import WordConverter

register_converter(WordConverter, "word")

FILM, MEMBER, ARTIST = "films/<word:film>/", "members/<word:name>/", "songs/by/<word:artist>/"
