"""
Nothing in our style sheets and scripts that Chromium 86 does not know.

What is named here came later. Pages are opened in it by tests/browser/test_old_chromium.py.
"""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"

# Chromium's version -> what came with it. An unknown selector takes its whole rule away.
LATER_STYLES = {
    r":has\(": 105,
    r":is\(": 88,
    r":where\(": 88,
    r":not\([^()]*,": 88,
    r":not\([^()]*[ >+~]": 88,
    r":nth-child\([^)]* of ": 111,
    r":user-(in)?valid": 119,
    r"::backdrop|:popover-open": 114,
    r"@(layer|container|property|scope|starting-style)\b": 85,
    r"@media[^{]*[<>]": 104,
    r"\blight-dark\(": 123,
    r"\bcolor-mix\(": 111,
    r"\b(oklch|oklab|lch|lab|hwb)\(": 101,
    r"\b(rgb|hsl)a?\([^)]*from": 119,
    r"(?<![\w-])inset(-\w+)*\s*:": 87,
    r"(?<![\w-])(margin|padding|border)-(inline|block)\s*:": 87,
    r"(?<![\w-])aspect-ratio\s*:": 88,
    r"(?<![\w-])(rotate|scale|translate)\s*:": 104,
    r"(?<![\w-])text-decoration\s*:[^;]*\d": 89,
    # In a flex box; flex-end means the same, and in a grid too.
    r"(?<![\w-])(align|justify)-(items|content|self)\s*:\s*end\b": 93,
    r"(?<![\w-])overflow(-[xy])?\s*:\s*clip": 90,
    r"\d(d|s|l)v[hwib]\b": 108,
    r"\d(cq[whib]|lh|rlh|cap|ric)\b": 105,
    r"^\s*&": 112,
    r"\bsubgrid\b": 117,
    r"(?<![\w-])content-visibility\s*:": 85,
}
LATER_SCRIPTS = {
    r"\bstructuredClone\b": 98,
    r"\.at\(": 92,
    r"\bObject\.(hasOwn|groupBy)\b": 93,
    r"\.(findLast|findLastIndex|toSorted|toReversed|toSpliced)\(": 97,
    r"\bArray\.fromAsync\b|\bPromise\.(withResolvers|try)\b": 119,
    r"^(const [^=]+= )?await ": 89,
    r"\bstatic \{": 94,
    r"\bcrypto\.randomUUID\b": 92,
    r"\bAbortSignal\.(timeout|any)\b": 103,
    r"\b(showPicker|showPopover|scheduler)\b": 99,
    r"\bnew Error\([^)]*cause": 93,
    r"#\w+ in ": 91,
    r"/[gimsuy]*[dv][gimsuy]*\.(test|exec)\(": 90,
    r"\bimport\b[^;]*\b(with|assert) \{": 91,
}


def without_comments(text: str) -> str:
    """The text of a style sheet or script without what is said in it."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"(?m)(^|\s)//.*$", "", text)


def sheets() -> dict[str, str]:
    """Our style sheets by name."""
    own = {path.name: path.read_text() for path in (STATIC / "css").glob("*.css")}
    served = (STATIC / "css/components").glob("*.css")
    return own | {path.name: path.read_text() for path in served}


def scripts() -> dict[str, str]:
    return {path.name: path.read_text() for path in (STATIC / "js").glob("*.js")}


def found(text: str, later: dict[str, int]) -> dict[str, int]:
    """What stands in a text that came later, with the version it came with."""
    bare = without_comments(text)
    return {
        match[0].strip(): version
        for what, version in later.items()
        for match in re.finditer(what, bare, re.MULTILINE)
    }


@pytest.mark.parametrize("name", sheets())
def test_no_style_is_of_a_later_browser(name):
    assert found(sheets()[name], LATER_STYLES) == {}


@pytest.mark.parametrize("name", scripts())
def test_no_script_is_of_a_later_browser(name):
    assert found(scripts()[name], LATER_SCRIPTS) == {}


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("a:has(b) {}", LATER_STYLES),
        ("a:not(.b, .c) {}", LATER_STYLES),
        ("a { color: color-mix(in srgb, red, blue); }", LATER_STYLES),
        ("a { rotate: 3deg; }", LATER_STYLES),
        ("a { margin-inline: auto; }", LATER_STYLES),
        ("a { text-decoration: underline 1px red; }", LATER_STYLES),
        ("const last = list.at(-1);", LATER_SCRIPTS),
        ("const copy = structuredClone(one);", LATER_SCRIPTS),
    ],
)
def test_what_is_later_is_found(text, later):
    assert found(text, later)


@pytest.mark.parametrize(
    "text",
    [
        "a:not(.b):not(.c) { margin-inline-start: 1rem; border-inline-end: 0; }",
        "a { transform: rotate(3deg); clip-path: inset(50%); box-shadow: inset 0 -1px red; }",
        "/* :has( */ a { align-items: flex-end; text-decoration: underline; }",
    ],
)
def test_what_is_old_enough_is_not(text):
    assert not found(text, LATER_STYLES)
