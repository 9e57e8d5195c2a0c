"""Places of texts in a drawing whose width is not known: no two touch at any width."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

# In pixels of text of 12 pixels; rather too wide than too narrow.
WIDE, NARROW = Decimal("12.5"), Decimal("7.5")
ASCENT, DESCENT = 11, 4
# Between two texts side by side.
APART = Decimal("4")


@dataclass(frozen=True, slots=True)
class Spot:
    """
    A place for a text.

    at      percent of the drawing's width
    y       the text's baseline, in pixels from the top
    anchor  start, middle or end: which part of the text stands there
    dx      pixels to the right of it
    """

    at: Decimal
    y: int
    anchor: str = "middle"
    dx: int = 0

    def left(self, text: str, width: Decimal) -> Decimal:
        """Return where the text begins in a drawing so many pixels wide."""
        part = {"start": Decimal("0"), "middle": Decimal("0.5"), "end": Decimal("1")}
        return self.at * width / 100 + self.dx - text_width(text) * part[self.anchor]


@dataclass(frozen=True, slots=True)
class Label:
    """A text with the spots where it may stand, the best first; kind is for its style."""

    text: str
    spots: Sequence[Spot]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A text at the spot where it stands."""

    text: str
    spot: Spot
    kind: str = ""

    @property
    def bottom(self) -> int:
        """The lowest pixel that it may touch."""
        return self.spot.y + DESCENT


def text_width(text: str) -> Decimal:
    """Return how wide a text is at most, in pixels."""
    return sum((WIDE if is_wide(sign) else NARROW for sign in text), Decimal("0"))


def is_wide(sign: str) -> bool:
    """Return whether a sign is as wide as a Chinese one."""
    return unicodedata.east_asian_width(sign) in ("W", "F", "A")


def place(labels: Iterable[Label], narrowest: Decimal) -> tuple[PlacedLabel, ...]:
    """
    Return the labels that find a spot, each at its first free one; the important come first.

    A spot is free if the text fits into a drawing of the narrowest width and touches none that
    stands already, there and in every wider drawing. A label without a free spot is left out.
    """
    standing: list[PlacedLabel] = []
    for label in labels:
        for spot in label.spots:
            one = PlacedLabel(label.text, spot, label.kind)
            if _fits(one, narrowest) and all(_apart(one, other, narrowest) for other in standing):
                standing.append(one)
                break
    return tuple(standing)


def _fits(one: PlacedLabel, width: Decimal) -> bool:
    left = one.spot.left(one.text, width)
    return left >= 0 and left + text_width(one.text) <= width


def _apart(one: PlacedLabel, other: PlacedLabel, width: Decimal) -> bool:
    """Return whether two texts do not touch in a drawing of a width, nor in a wider one."""
    if abs(one.spot.y - other.spot.y) >= ASCENT + DESCENT:
        return True
    # In the order of their places: then a wider drawing only moves them further apart.
    first, second = sorted((one, other), key=lambda label: label.spot.at)
    if one.spot.at == other.spot.at:
        first, second = sorted((one, other), key=lambda label: label.spot.left(label.text, width))
    end = first.spot.left(first.text, width) + text_width(first.text)
    return end + APART <= second.spot.left(second.text, width)
