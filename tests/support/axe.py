"""What axe complains of on the page before a visitor, in both themes and at both widths."""

from axe_playwright_python.base import AXE_SCRIPT

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_COLOUR = ["color-contrast", "link-in-text-block"]
EVERY_RULE = {"type": "tag", "values": STANDARDS}
WIDTHS = (1360, 360)
# The tenth card is built like the first, and looking at each costs as much again.
ALIKE = {"exclude": [[".cards > li:nth-child(n+7)"], [".tags.is-big > :nth-child(n+20)"]]}
CONTROLS = ".vote, .feel, .chip, .bottombar a, .topbar a, .button, .tabs a, .textlink, summary"
# A colour that is still on its way to the other theme is not the one to judge.
RUN = """async ([context, runOnly]) => {
    await Promise.allSettled(document.getAnimations().map((one) => one.finished));
    const options = { runOnly, resultTypes: ["violations"], preload: false };
    const { violations } = await axe.run(context, options);
    const reasons = ({ failureSummary }) => failureSummary.split("\\n").slice(1).join(" ");
    return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id} at ${node.target}: ${reasons(node)}`));
}"""


def complaints(visitor):
    """By theme and width; all rules in the dark, and those of colour once more in the light."""
    page, found = visitor.page, {}
    page.evaluate(AXE_SCRIPT)
    for width in WIDTHS:
        visitor.changes_to(width)
        visitor.sees_that_it_fits()
        for scheme, rules in (("dark", EVERY_RULE), ("light", {"type": "rule", "values": BY_COLOUR})):
            page.emulate_media(color_scheme=scheme)
            found[f"{scheme} at {width}"] = page.evaluate(RUN, [ALIKE, rules])
    return {where: said for where, said in found.items() if said}
