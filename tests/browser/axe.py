"""axe-core's rules of WCAG 2.2 AA, asked of a page as it is drawn."""

from functools import cache
from pathlib import Path

import axe_playwright_python

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What may be otherwise on paper, where the style sheet alone differs: words and names are the same.
BY_COLOUR = ["color-contrast", "link-in-text-block"]
# axe leaves the size of targets out unless it is asked for; paper has none. Without preload
# it copies no sheet that another imports into a <style>, which our policy refuses; only a rule on
# trial would need that.
ASKED = """([exclude, type, values]) => axe.run({exclude}, {
    preload: false, resultTypes: ['violations'],
    runOnly: {type, values},
    rules: type == 'tag' ? {'target-size': {enabled: !matchMedia('print').matches}} : {},
}).then(found => found.violations.flatMap(one => one.nodes.map(
    node => `${one.id}: ${node.html.slice(0, 160)}`)))"""
ARRIVED = (
    "() => Promise.allSettled(document.getAnimations().map(one => one.finished)).then(() => 0)"
)


@cache
def _rules() -> str:
    """Return axe's own script, as its package carries it: nothing is fetched."""
    [script] = Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")
    return script.read_text(encoding="utf-8")


def violations(page, rules=(), without=()) -> list[str]:
    """
    Return every element that breaks a rule, with the rule's name.

    rules    these alone; all where none is named
    without  selectors of what was judged before
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_rules())
    # A colour on its way from light to dark is none that anybody reads.
    page.evaluate(ARRIVED)
    return page.evaluate(ASKED, [without, *(("rule", rules) if rules else ("tag", LEVELS))])
