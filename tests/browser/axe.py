"""axe-core's rules of WCAG 2.2 AA, asked of a page as it is drawn."""

from functools import cache
from pathlib import Path

import axe_playwright_python

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# axe leaves the size of targets out unless it is asked for. Without preload it copies no sheet that
# another imports into a <style>, which our policy refuses; only a rule on trial would need that.
ASKED = """levels => axe.run(document, {
    preload: false, runOnly: {type: 'tag', values: levels}, rules: {'target-size': {enabled: true}},
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


def violations(page) -> list[str]:
    """Return every element that breaks a rule, with the rule's name."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_rules())
    # A colour on its way from light to dark is none that anybody reads.
    page.evaluate(ARRIVED)
    return page.evaluate(ASKED, LEVELS)
