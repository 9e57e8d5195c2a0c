"""
The style sheets of all components as one file, css/components.css.

Each component keeps a file of its own (static/css/components); a page loads one file instead
of thirty. There is no build step: the finder writes the file when collectstatic or the development
server looks for it.
"""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

COMPONENTS = settings.BASE_DIR / "static/css/components"
JOINED = "css/components.css"


class JoinedStyles(BaseFinder):
    """Static-files finder of the joined file, written anew when a component has changed."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(settings.DATA_DIR / "joined")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        """Return no errors: there is nothing to configure."""
        return []

    def find(self, path, find_all=False, **kwargs):
        """Return the path of the joined file; [] for any other."""
        if path != JOINED:
            return []
        found = str(self.write())
        return [found] if find_all else found

    def list(self, ignore_patterns):
        """Yield the file and its storage, for collectstatic."""
        self.write()
        yield JOINED, self.storage

    def write(self) -> Path:
        """Write the joined file if its content has changed; return its path."""
        there, now = Path(self.storage.path(JOINED)), joined()
        if not there.exists() or there.read_text() != now:
            there.parent.mkdir(parents=True, exist_ok=True)
            part = there.with_suffix(".part")
            part.write_text(now)
            part.replace(there)
        return there


def joined() -> str:
    """Return the text of all components' style sheets, as Chromium 86 understands it."""
    every = "\n".join(path.read_text() for path in sorted(COMPONENTS.glob("*.css")))
    return for_chromium_86(every)


# Properties of two sides at once, which Chromium knows from 87, and the sides that it always knew.
SIDES = {"inline": ("left", "right"), "block": ("top", "bottom")}
OF_TWO_SIDES = re.compile(
    r"(?P<before>[{;\s])(?P<what>margin|padding|border|inset)(?:-(?P<axis>inline|block))?:\s*"
    r"(?P<value>[^;}]+?)(?=\s*[;}])"
)
THICK_LINES = re.compile(
    r"text-decoration:\s*underline\s+(?P<thickness>\d\S*?)(?:\s+(?P<colour>[^;}\s]+))?(?=\s*[;}])"
)
# A space between two values, not one inside the brackets of a function.
BETWEEN_VALUES = re.compile(r"\s+(?![^(]*\))")


def for_chromium_86(css: str) -> str:
    """
    Return a style sheet with margin-inline, padding-block, inset and the like written out.

    So is a line's thickness that is given with its kind.

    Browsers of 360 and UOS are built on Chromium 86, which drops these declarations. Text runs
    from left to right in both our languages.
    """
    return THICK_LINES.sub(_thick_line, OF_TWO_SIDES.sub(_written_out, css))


def _written_out(found: re.Match) -> str:
    what, axis, value = found["what"], found["axis"], found["value"].strip()
    if axis is None and what != "inset":
        return found[0]
    if axis is None:
        sides, values = ("top", "right", "bottom", "left"), [value] * 4
    else:
        sides = SIDES[axis]
        values = [value] if what == "border" else BETWEEN_VALUES.split(value)
        values = values * 2 if len(values) == 1 else values
    name = "{}" if what == "inset" else f"{what}-{{}}"
    pairs = zip(sides, values, strict=True)
    return found["before"] + "; ".join(f"{name.format(side)}: {one}" for side, one in pairs)


def _thick_line(found: re.Match) -> str:
    colour = f"; text-decoration-color: {found['colour']}" if found["colour"] else ""
    return f"text-decoration: underline; text-decoration-thickness: {found['thickness']}{colour}"
