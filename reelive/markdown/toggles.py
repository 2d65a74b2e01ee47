"""What opens a spoiler: a box to tick for a passage of a line, a fold for blocks. Both work without a script.

A stored text is kept in no language: the words on its toggles are put in when it is shown.
"""

SHOW_SPOILER = "Show spoiler"
LABEL = f'<label class="spoiler"><input type="checkbox" aria-label="{SHOW_SPOILER}"><span>'
LABEL_END = "</span></label>"
FOLD = f'<details class="spoiler"><summary>{SHOW_SPOILER}</summary>\n'
FOLD_END = "</details>\n"
_IN_LABEL, _IN_FOLD = f'aria-label="{SHOW_SPOILER}"', f"<summary>{SHOW_SPOILER}</summary>"


def in_language(markup: str, words: str) -> str:
    """Stored HTML whose toggles say these words, which hold no markup."""
    if words == SHOW_SPOILER or "spoiler" not in markup:
        return markup
    return markup.replace(_IN_LABEL, f'aria-label="{words}"').replace(_IN_FOLD, f"<summary>{words}</summary>")
