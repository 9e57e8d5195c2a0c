"""How values, targets, quarters and standings are written in sentences, in the active language."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation.amount_units import yuan_in
from foundation.quarters import Quarter
from indicators.verdict.goal import ABOUT, Goal, Standing
from indicators.verdict.rounding import plain

HUNDRED = Decimal("100")


class ValueKind(StrEnum):
    """How a target's values are written: as a percentage, an amount, or a number of what."""

    SHARE = "share"
    FIRMS = "firms"
    CLUSTERS = "clusters"
    PARKS = "parks"
    TITLED = "titled"
    PEOPLE = "people"
    MONEY = "money"


# Things on the plan's records, which no city reports.
ON_RECORD = (ValueKind.CLUSTERS, ValueKind.PARKS, ValueKind.TITLED)
# The least number of places of a value.
PLACES = {ValueKind.SHARE: 1, ValueKind.MONEY: 2}


def scale_of(kind: ValueKind) -> Decimal:
    """Return the factor of a value before it is written; for amounts it depends on the language."""
    if kind is ValueKind.MONEY:
        return 1 / yuan_in("large")
    return HUNDRED if kind is ValueKind.SHARE else Decimal("1")


def standing_word(standing: Standing) -> str:
    """Return a standing in words, in the active language."""
    words = {
        Standing.ACHIEVED: _("Achieved"),
        Standing.ON_PACE: _("On pace"),
        Standing.SLIGHTLY_BEHIND: _("Slightly behind"),
        Standing.BEHIND: _("Behind"),
        Standing.SERIOUSLY_BEHIND: _("Seriously behind"),
        Standing.CANNOT_JUDGE: _("Cannot judge"),
    }
    return words[standing]


def at_end_of(quarter: Quarter) -> str:
    """Return "end of 2024" or "end of Q3 2025", in the active language."""
    ends = {
        1: _("end of Q1 %(year)s"),
        2: _("end of Q2 %(year)s"),
        3: _("end of Q3 %(year)s"),
        4: _("end of %(year)s"),
    }
    return ends[quarter.quarter] % {"year": quarter.year}


def expected_word(standing: Standing) -> str:
    """Return the words for a standing that the likely range suggests."""
    words = {
        Standing.ACHIEVED: _("Expected to be achieved"),
        Standing.ON_PACE: _("Expected to be on pace"),
        Standing.SLIGHTLY_BEHIND: _("Expected to be slightly behind"),
        Standing.BEHIND: _("Expected to be behind"),
        Standing.SERIOUSLY_BEHIND: _("Expected to be seriously behind"),
    }
    return words[standing]


def joined(clauses: Sequence[str]) -> str:
    """Return clauses of one sentence, joined."""
    return pgettext("between clauses", "; ").join(clauses)


def as_sentence(clauses: Sequence[str]) -> str:
    """Return clauses as one sentence with a capital and a full stop."""
    whole = joined(clauses) + pgettext("end of sentence", ".")
    return whole[:1].upper() + whole[1:]


def reporting_cities_words(number: int) -> str:
    """Return how many reporting cities a figure is of, while others are silent."""
    words = ngettext(
        "of the %(number)s city that reported",
        "of the %(number)s cities that reported",
        number,
    )
    return words % {"number": number}


def names(cities: Sequence[str]) -> str:
    """Return city names as one enumeration: "Yantai and Linyi"."""
    if len(cities) < 2:
        return "".join(cities)
    *some, last = cities
    return pgettext("enumeration", "%(some)s and %(last)s") % {
        "some": pgettext("between cities", ", ").join(some),
        "last": last,
    }


# More cities than these are counted in a sentence, and not named.
NAMED_CITIES = 3


def city_names(cities: Sequence[str]) -> str:
    """Return city names as one enumeration, or the first of many with their number."""
    if len(cities) <= NAMED_CITIES:
        return names(cities)
    words = _("%(number)s cities (%(first)s and others)")
    return words % {"first": cities[0], "number": len(cities)}


def goal_words(goal: Goal, kind: ValueKind) -> str:
    """Return a target with its comparator: "at least 300 firms"."""
    words = {
        ">=": _("at least %(target)s"),
        ">": _("more than %(target)s"),
        "<=": _("at most %(target)s"),
        "<": _("less than %(target)s"),
        ABOUT: _("about %(target)s (from %(low)s to %(high)s)"),
    }
    low, high = goal.band or (goal.target, goal.target)
    return words[goal.comparator] % {
        "target": exactly(goal.target, kind),
        "low": bare(low, kind),
        "high": bare(high, kind),
    }


def exactly(value: Decimal, kind: ValueKind) -> str:
    """Return a target or a baseline as it was entered: "50%", "300 firms"."""
    return with_unit(bare(value, kind), kind)


def with_unit(text: str, kind: ValueKind) -> str:
    """Return a written value with the word for its unit."""
    if kind is ValueKind.SHARE:
        return text
    one = 1 if text.lstrip("+\N{MINUS SIGN}") == "1" else 2
    words = {
        ValueKind.FIRMS: ngettext("%(count)s firm", "%(count)s firms", one),
        ValueKind.TITLED: ngettext("%(count)s enterprise", "%(count)s enterprises", one),
        ValueKind.CLUSTERS: ngettext("%(count)s cluster", "%(count)s clusters", one),
        ValueKind.PARKS: ngettext("%(count)s park", "%(count)s parks", one),
        ValueKind.PEOPLE: ngettext("%(count)s person", "%(count)s persons", one),
        ValueKind.MONEY: _("%(count)s billion yuan"),
    }
    return words[kind] % {"count": text}


def unit_word(kind: ValueKind) -> str:
    """Return the word that stands after a bare number; empty for a percentage or an amount."""
    words = {
        ValueKind.FIRMS: pgettext("unit after a number", "enterprises"),
        ValueKind.TITLED: pgettext("unit after a number", "enterprises"),
        ValueKind.CLUSTERS: pgettext("unit after a number", "clusters"),
        ValueKind.PARKS: pgettext("unit after a number", "parks"),
        ValueKind.PEOPLE: pgettext("unit after a number", "persons"),
    }
    return words.get(kind, "")


def bare(value: Decimal, kind: ValueKind) -> str:
    """Return an exact value without the word for its unit."""
    text = plain(value * scale_of(kind))
    return f"{text}%" if kind is ValueKind.SHARE else text
