"""The fixtures of the house, and in which order they load."""

# What the others refer to: who wrote them, the films with the people who made them, and the tags.
NEEDED = ("house", "films", "people", "tags")
FIXTURES = [*NEEDED, "la_la_land", "snatch", "ponyo", "along_with_the_gods"]


def plain(label):
    """The name of a fixture of the house, also where its file was named; other labels as they are."""
    name = label.removesuffix(".json")
    return name if name in FIXTURES else label


def in_order(labels):
    """The labels with those that they need, so that every row finds the rows that it names."""
    ours = set(labels) & set(FIXTURES)
    wanted = ours | {*NEEDED} if ours else ours
    return [label for label in FIXTURES if label in wanted] + [label for label in labels if label not in ours]


# Titles that nobody has used yet, as a table: a fixture of rows would take ten times as long.
CATALOGUE = "catalogue"
CATALOGUE_FILE = "catalogue.csv"
