"""Whether texts of a drawing touch, at any width of it."""

from decimal import Decimal
from itertools import combinations

from indicators.drawings.labels import ASCENT, DESCENT, text_width

WIDTHS = (1, Decimal("1.1"), Decimal("1.5"), 2, 3, 5)


def box(label, width):
    """Left, right, top and bottom of a text in a drawing so many pixels wide."""
    left = label.spot.left(label.text, width)
    return left, left + text_width(label.text), label.spot.y - ASCENT, label.spot.y + DESCENT


def touch(one, other, width):
    left, right, top, bottom = box(one, width)
    left2, right2, top2, bottom2 = box(other, width)
    return left < right2 and left2 < right and top < bottom2 and top2 < bottom


def touching(labels, narrowest):
    """The pairs of texts that touch in the narrowest drawing or a wider one."""
    return [
        (one.text, other.text, width)
        for width in (narrowest * factor for factor in WIDTHS)
        for one, other in combinations(labels, 2)
        if touch(one, other, width)
    ]


def cut_off(labels, narrowest):
    """The texts that reach out of the narrowest drawing or a wider one."""
    return [
        label.text
        for width in (narrowest * factor for factor in WIDTHS)
        for label in labels
        if box(label, width)[0] < 0 or box(label, width)[1] > width
    ]
