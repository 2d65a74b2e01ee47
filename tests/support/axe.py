"""What axe complains of on the page before a visitor, in both themes and at both widths."""

from axe_playwright_python.base import AXE_SCRIPT

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
EVERY_RULE = {"type": "tag", "values": STANDARDS}
WIDTHS = (1360, 360)
THEMES = ("dark", "light")
# The tenth card is built like the first, and looking at each costs as much again.
ALIKE = {"exclude": [[".cards > li:nth-child(n+7)"], [".tags.is-big > :nth-child(n+20)"]]}
CONTROLS = ".vote, .feel, .chip, .bottombar a, .topbar a, .button, .tabs a, .textlink, .activity a, summary"
# What stands there, or looks otherwise, at one of the two widths alone.
BY_WIDTH = {
    "include": [
        [".topbar"],
        [".bottombar"],
        [".page-side"],
        [".relive-mode-side"],
        ["#header"],
        ["#nav-sidebar"],
    ]
}
# A colour that is still on its way to the other theme is not the one to judge; where things are
# folded it never arrives.
RUN = """async ([context, runOnly]) => {
    const going = document.getAnimations().filter((one) => one.effect.target.checkVisibility());
    await Promise.allSettled(going.map((one) => one.finished));
    if (context.include) {
        context.include = context.include.filter(([part]) => document.querySelector(part));
        if (context.include.length === 0) return [];
    }
    const options = { runOnly, resultTypes: ["violations"], preload: false };
    const { violations } = await axe.run(context, options);
    const reasons = ({ failureSummary }) => failureSummary.split("\\n").slice(1).join(" ");
    return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id} at ${node.target}: ${reasons(node)}`));
}"""


def complaints(visitor):
    """By theme and width: all rules on the wide page in the dark and on the narrow one in the light.

    Colours are the same at both widths but where something else stands there: that is looked at in both.
    """
    page, found = visitor.page, {}
    page.evaluate(AXE_SCRIPT)
    for width in WIDTHS:
        visitor.changes_to(width)
        visitor.sees_that_it_fits()
        whole, part = THEMES if width == WIDTHS[0] else reversed(THEMES)
        for scheme, context, rules in ((whole, ALIKE, EVERY_RULE), (part, BY_WIDTH, BY_COLOUR)):
            page.emulate_media(color_scheme=scheme)
            found[f"{scheme} at {width}"] = page.evaluate(RUN, [context, rules])
    return {where: said for where, said in found.items() if said}
