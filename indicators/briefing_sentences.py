"""What a paper says of a target beside the verdict's own sentence: what moved, what could move."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from indicators.changes import Change
from indicators.on_record import record_clauses
from indicators.results import Assumption, IndicatorResult
from indicators.rounding import rounded
from indicators.sentences import HUNDRED, at_end_of, exactly, names

YI = Decimal("100000000")
# So many silent cities are named; a sheet has one page.
NAMED = 3


def moved(change: Change) -> str:
    """Return the sentence that holds the value against last quarter's and last year's."""
    clauses = [
        _("%(difference)s since the %(when)s")
        % {"difference": _difference(change.result, by), "when": at_end_of(point.quarter)}
        for point, by in (
            (change.before, change.difference),
            (change.year_before, change.year_difference),
        )
        if point is not None and by is not None
    ]
    clauses += _fewer(change)
    if not clauses:
        return _("There is nothing on record to compare it with.")
    return _sentence(clauses)


def _fewer(change: Change) -> list[str]:
    """Say that two quarters rest on different cities, so that their difference says less."""
    then, now = change.before, change.result.coverage.accepted
    if then is None or change.difference is None or then.accepted == now:
        return []
    words = _("%(now)s cities now and %(then)s then: not quite comparable")
    return [words % {"now": now, "then": then.accepted}]


def could_move(result: IndicatorResult) -> str:
    """
    Return the sentence that says what could still change the value, and how far.

    Of clusters or parks: what is on record of them, which a later entry changes. Empty for a
    number of titles.
    """
    clauses = [*_silent(result), *_undecided(result), *record_clauses(result.things)]
    if clauses:
        return _sentence(clauses)
    if result.indicator.things is not None:
        return ""
    return _("All cities have reported: only a restatement can change it.")


def _silent(result: IndicatorResult) -> list[str]:
    """Say what the silent cities could add, those that could add most first; nothing if none is."""
    if result.indicator.things or not result.coverage.missing or result.value is None:
        return []
    if result.bounds is None:
        cities = names([str(city) for city in result.coverage.missing])
        return [_("not reported yet: %(cities)s") % {"cities": cities}]
    silent = sorted(result.bounds.assumptions, key=_weight)
    shown = [_at_most(result, one) for one in silent[:NAMED]]
    if more := len(silent) - len(shown):
        words = ngettext("%(number)s more city", "%(number)s more cities", more)
        shown.append(words % {"number": more})
    return [_("silent cities could still report: %(cities)s") % {"cities": names(shown)}]


def _weight(one: Assumption) -> tuple[bool, Decimal]:
    """Return what sorts silent cities: first those without a bound, then the largest."""
    return one.ceiling is not None, -(one.ceiling or Decimal(0))


def _at_most(result: IndicatorResult, one: Assumption) -> str:
    """Return a silent city with what it may report at most."""
    if one.ceiling is None:
        return _("%(city)s (nothing on record)") % {"city": one.city}
    if result.unit == "ratio":
        most = _("%(number)s hundred million yuan") % {
            "number": f"{rounded(one.ceiling / YI, 2):f}"
        }
    else:
        most = exactly(one.ceiling, result.written_as)
    return _("%(city)s at most %(most)s") % {"city": one.city, "most": most}


def _undecided(result: IndicatorResult) -> list[str]:
    """Say which enterprises decide a count before the year's end; nothing after it."""
    if result.quarter.is_year_end or result.on_pace is None or result.near_miss is None:
        return []
    words = ngettext(
        "%(on_pace)s firm on pace and %(near_miss)s just short decide the year",
        "%(on_pace)s firms on pace and %(near_miss)s just short decide the year",
        result.on_pace,
    )
    return [words % {"on_pace": result.on_pace, "near_miss": result.near_miss}]


def _difference(result: IndicatorResult, by: Decimal) -> str:
    sign = "+" if by > 0 else "−" if by < 0 else ""
    if result.unit == "ratio":
        short = rounded(abs(by) * HUNDRED, 1)
        return _("%(points)s percentage points") % {"points": f"{sign if short else ''}{short:f}"}
    return sign + exactly(abs(by), result.written_as)


def _sentence(clauses: Sequence[str]) -> str:
    whole = pgettext("between clauses", "; ").join(clauses) + pgettext("end of sentence", ".")
    return whole[:1].upper() + whole[1:]
