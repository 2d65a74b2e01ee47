"""Cells of a spreadsheet that nothing runs: what would begin a formula begins with an apostrophe instead."""

import json

RISKY = ("=", "+", "-", "@", "\t", "\r", "'")


def cell(value):
    """A value of a row as a cell; `text_of` reads it back."""
    if value is None:
        return ""
    if isinstance(value, list | dict | bool):
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def text_of(cell_text):
    """The text that was written into a cell."""
    return cell_text.removeprefix("'")
