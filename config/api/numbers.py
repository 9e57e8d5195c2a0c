"""How the API writes numbers: decimal strings, never floats."""

from decimal import Decimal

# More places than any share needs to differ from its target.
PLACES = Decimal("0.0000000001")


def plain(number: Decimal | int) -> str:
    """Return a number as text, without an exponent and without trailing zeros."""
    text = f"{Decimal(number).quantize(PLACES):f}"
    return text.rstrip("0").rstrip(".")


def plain_or_none(number: Decimal | int | None) -> str | None:
    """Return the same; None, which is not reported, stays None."""
    return None if number is None else plain(number)
