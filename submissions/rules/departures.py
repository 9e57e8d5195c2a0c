"""
The one decision on enterprises that are said to have no figures any more.

Amounts are cumulative from 1 January: what was accepted earlier in a year stays in it, whether
the enterprise has no business, has closed or moved away, and wherever that is said: in a line
without figures, in 说明, or on the page about a missing line. Only the register may take an
enterprise away, by another city.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from submissions.workbook.reading.headings import fold
from submissions.workbook.reading.nil import WORDS, NilDeclaration, nil_state

# What is said of an enterprise whose amounts stay, at the line and on the page.
STAYS_MESSAGE = _(
    "The line has no figures, but %(before)s of %(heading)s was accepted for %(period)s."
)
STAYS_REMEDY = _(
    "Figures are cumulative from 1 January: what was reported earlier this year does not go "
    "away. Write the cumulative figures again and leave 说明 as it is. If the enterprise now "
    "reports through another city, ask the province to change the register first."
)

# Wherever they stand in a text. 本季无 is not among them: 本季无法取得数据 says another thing.
_GONE = re.compile(
    "(?<![未不非没])(?:"
    + "|".join(
        sorted(
            re.escape(fold(word))
            for state in (NilDeclaration.CLOSED, NilDeclaration.MOVED)
            for word in WORDS[state]
        )
    )
    + ")"
)


class Staying(NamedTuple):
    """The newest amount above zero accepted of an enterprise this year: field, yuan, quarter."""

    field: str
    amount: Decimal
    period: str


def newest_amounts(
    quarters: Iterable[tuple[str, str, Mapping[str, Decimal | None]]], fields: Iterable[str]
) -> dict[str, Staying]:
    """
    Return credit code -> the amount that stays, for those that have one.

    quarters are (period, credit code, amounts by field) of one year, the oldest first. Of an
    enterprise the newest quarter with figures counts: a later 0 has corrected the earlier amount.
    """
    fields = list(fields)
    found: dict[str, Staying] = {}
    for period, code, amounts in quarters:
        if all(amounts[name] is None for name in fields):
            continue
        found.pop(code, None)
        name = next((name for name in fields if amounts[name]), None)
        if name:
            found[code] = Staying(name, amounts[name], period)
    return found


def says_gone(text: str) -> bool:
    """Return whether a text says of an enterprise that it has no business, closed or moved."""
    return nil_state(text, has_figures=False) is not None or bool(_GONE.search(fold(text)))


def only_says_gone(text: str) -> bool:
    """Return whether a text is such a word and nothing else, which explains no fall of a figure."""
    return nil_state(text, has_figures=True) is not None
