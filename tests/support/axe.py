"""What axe complains of on the page before a visitor, in both themes and at both widths."""

from axe_playwright_python.base import AXE_SCRIPT

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
EVERY_RULE = {"type": "tag", "values": STANDARDS}
WIDTHS = (WIDE, NARROW) = (1360, 360)
THEMES = ("dark", "light")
# The tenth card is like the first, and looking at each costs as much again.
ALIKE = {"exclude": [[".cards > li:nth-child(n+7)"], [".tags.is-big > :nth-child(n+20)"]]}
CONTROLS = ".vote, .feel, .chip, .bottombar a, .topbar a, .button, .tabs a, .textlink, .activity a, summary"
# What stands there, or looks otherwise, at one of the two widths alone.
BY_WIDTH = (".topbar", ".bottombar", ".page-side", ".relive-mode-side", "#header", "#nav-sidebar")
# What most pages have alike. What these hold is looked at where it is written otherwise than on all pages
# before; they themselves and their `nav` are parts of each page, of which no two may have the same name.
BARS = (".topbar", ".bottombar", ".footer")
INSIDE = "{0} > :not(nav), {0} nav > *, nav{0} > *"
# A colour that is still on its way to the other theme is not the one to judge; where things are
# folded it never arrives.
RUN = """async ([context, runOnly]) => {
    // Of siblings built of the same parts, alike in all but what they say and where they lead, two are looked
    // at: the third tells no more. But no two nav may have the same name, so none is left out.
    const own = new Set(["id", "for", "href", "src", "alt", "title", "value", "name", "action", "formaction",
        "datetime", "aria-label", "aria-labelledby", "aria-describedby", "aria-controls"]);
    const built = (part) => [...part.attributes].map(({ name, value }) =>
        own.has(name) ? name : `${name}=${value}`).sort();
    const outline = (part) => [part, ...part.querySelectorAll("*")].map((one) =>
        [one.localName, one.children.length, one.textContent.trim() !== "", ...built(one)].join()).join(">");
    const alike = [...document.querySelectorAll("body *")].flatMap((parent) => {
        if (parent.children.length < 3) return [];
        const parts = [...parent.children].filter((part) => !part.matches(":is(nav, :has(nav))"));
        return [...Map.groupBy(parts, outline).values()].flatMap((alike) => alike.slice(2));
    });
    if (!context.include) context.exclude = [...context.exclude, ...alike];
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
# The parts that were seen in both themes, by width and how they are written.
looked_at = set()


def complaints(visitor, controls=None):
    """By theme and width: all rules on the wide page in the dark and on the narrow one in the light.

    Colours are the same at both widths but where something else stands there: that is looked at in both. What
    a bar holds is looked at once, however many pages have the same. The page stands at its head, since
    elsewhere what sticks to the edge lies over a part of something. On the narrow one a thumb must hit all
    controls that the selector finds.
    """
    page, found = visitor.page, {}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    for width in sorted(WIDTHS, key=lambda width: width != visitor.width):  # which begins as it was opened
        visitor.changes_to(width)
        visitor.sees_that_it_fits()
        if controls and width == NARROW:
            visitor.can_touch(controls, only_here=True)
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        whole, part = THEMES if width == WIDE else reversed(THEMES)
        page.emulate_media(color_scheme=whole)
        parts = {name: (width, written) for name, written in page.evaluate(PARTS, [*BY_WIDTH, ".footer"])}
        new = [name for name, written in parts.items() if written not in looked_at]
        bars = [[INSIDE.format(name)] for name in BARS if name in parts and name not in new]
        context = {"exclude": ALIKE["exclude"] + bars}
        found[f"{whole} at {width}"] = page.evaluate(RUN, [context, EVERY_RULE])
        if new:
            page.emulate_media(color_scheme=part)
            looked_at.update(parts.values())
            include = {"include": [[name] for name in new]}
            found[f"{part} at {width}"] = page.evaluate(RUN, [include, BY_COLOUR])
    return {where: said for where, said in found.items() if said}
