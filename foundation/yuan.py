"""Amounts of yuan: the units of which they are multiples, and the cent to which they are kept."""

from decimal import Decimal

CENT = Decimal("0.01")
WAN, MILLION, YI, BILLION = (Decimal(10) ** power for power in (4, 6, 8, 9))


def cents(amount: Decimal | None) -> Decimal | None:
    """Return a sum with two places; None for None. SQLite adds in floats: fifteen digits."""
    return None if amount is None else amount.quantize(CENT)
