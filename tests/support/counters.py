"""The stored counters, counted again."""

from moments.models.counters import COUNTERS


def differences(columns=COUNTERS):
    """What is stored and wrong, by column; nothing is repaired."""
    return {column.name: wrong for column in columns if (wrong := column.wrong(column.rows()))}
