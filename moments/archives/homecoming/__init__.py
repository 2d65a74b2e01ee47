"""Homecoming: the files of other places that people bring, read into records. No database and no network."""
