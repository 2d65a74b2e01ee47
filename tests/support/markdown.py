"""Markdown as it is rendered."""

REL = 'rel="nofollow ugc noopener"'


def veil(content):
    return (
        '<label class="spoiler"><input type="checkbox" aria-label="Show spoiler">'
        f"<span>{content}</span></label>"
    )


def link(address, text=None):
    return f'<a href="{address}" {REL}>{text or address}</a>'


def fold(content):
    return f'<details class="spoiler"><summary>Show spoiler</summary>\n{content}</details>'
