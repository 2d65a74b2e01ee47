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
BY_WIDTH = (".topbar", ".bottombar", ".page-side", ".relive-mode-side", "#header", "#nav-sidebar")
# A colour that is still on its way to the other theme is not the one to judge; where things are
# folded it never arrives.
RUN = """async ([context, runOnly]) => {
    const going = document.getAnimations().filter((one) => one.effect.target.checkVisibility());
    await Promise.allSettled(going.map((one) => one.finished));
    const options = { runOnly, resultTypes: ["violations"], preload: false };
    const { violations } = await axe.run(context, options);
    const reasons = ({ failureSummary }) => failureSummary.split("\\n").slice(1).join(" ");
    return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id} at ${node.target}: ${reasons(node)}`));
}"""
# A part as it is written, but for where it leads, and the colours that it stands on.
PARTS = """(parts) => parts.flatMap((part) => {
    const found = document.querySelector(part);
    if (!found) return [];
    const written = found.outerHTML.replace(/ (href|action|value)="[^"]*"/g, "");
    const colours = [document.documentElement, document.body, found].map((one) => {
        const { backgroundColor, backgroundImage, color } = getComputedStyle(one);
        return backgroundColor + backgroundImage + color;
    });
    return [[part, [written, ...colours].join()]];
})"""
# The parts that stand at one width, by theme, width and how they are written: most pages have the same bars.
looked_at = set()


def complaints(visitor):
    """By theme and width: all rules on the wide page in the dark and on the narrow one in the light.

    Colours are the same at both widths but where something else stands there: that is looked at in both. The
    page stands at its head, since elsewhere what sticks to the edge lies over a part of something.
    """
    page, found = visitor.page, {}
    page.evaluate(AXE_SCRIPT)
    for width in WIDTHS:
        visitor.changes_to(width)
        visitor.sees_that_it_fits()
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        whole, part = THEMES if width == WIDTHS[0] else reversed(THEMES)
        page.emulate_media(color_scheme=whole)
        found[f"{whole} at {width}"] = page.evaluate(RUN, [ALIKE, EVERY_RULE])
        new = [one for one in page.evaluate(PARTS, BY_WIDTH) if (part, width, one[1]) not in looked_at]
        if new:
            page.emulate_media(color_scheme=part)
            looked_at.update((part, width, written) for _name, written in new)
            include = {"include": [[name] for name, _written in new]}
            found[f"{part} at {width}"] = page.evaluate(RUN, [include, BY_COLOUR])
    return {where: said for where, said in found.items() if said}
