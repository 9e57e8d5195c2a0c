"""The units in which amounts of yuan are written: 万元, 亿元; in English millions and billions."""

from decimal import Decimal

from django.utils.translation import pgettext

from foundation.language import in_chinese

WAN, MILLION, YI, BILLION = (Decimal(10) ** power for power in (4, 6, 8, 9))


def yuan_in(unit: str) -> Decimal:
    """Return how many yuan a unit is: wan, million, or large, which is 亿元 or a billion."""
    return {"wan": WAN, "million": MILLION, "large": YI if in_chinese() else BILLION}[unit]


def unit_name(unit: str) -> str:
    """Return what a unit is called in the reader's language."""
    return {
        "wan": pgettext("unit of amount", "ten thousand yuan"),
        "million": pgettext("unit of amount", "million yuan"),
        "large": pgettext("unit of amount", "billion yuan"),
    }[unit]


def suitable_unit(amount: Decimal) -> str:
    """
    Return the unit that suits an amount's size.

    亿元 from one 亿 on, else 万元. In English what is between one 亿 and a billion is written in
    millions: an amount of 104 million and the threshold of 100 million read apart.
    """
    size = abs(amount)
    if size < YI:
        return "wan"
    return "large" if in_chinese() or size >= BILLION else "million"
