"""What a paper says of a target beside the verdict's own sentence: what moved, what could move."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.movement.changes import Change
from indicators.results.indicator_result import IndicatorResult
from indicators.results.on_record import record_clauses
from indicators.verdict.explanation import distance_words
from indicators.verdict.rounding import rounded
from indicators.verdict.sentences import HUNDRED, as_sentence, at_end_of, exactly


def beside(result: IndicatorResult, change: Change) -> str:
    """
    Return one sentence with what a table of targets has no room for; empty if there is nothing.

    How far a complete figure is from its target, or why there is no estimate; what would turn
    the verdict; what is on record of things; the change on the year.
    """
    clauses = [
        distance_words(result.verdict, result.written_as) if result.verdict else "",
        result.no_estimate_words,
        result.break_even_words,
        *_undecided(result),
        *record_clauses(result.things),
        _change(change),
    ]
    said = [clause for clause in clauses if clause]
    return as_sentence(said) if said else ""


def moved(change: Change) -> str:
    """Return the sentence that holds the figure against the same cities and months last year."""
    clause = _change(change)
    return (
        as_sentence([clause])
        if clause
        else _("There is nothing comparable on record a year earlier.")
    )


def _change(change: Change) -> str:
    """Return the change on the year as a clause; empty where nothing is comparable."""
    year = change.year
    if year is None:
        return ""
    parts = {
        "difference": _difference(change.result, year.difference),
        "when": at_end_of(year.since),
        "cities": year.cities,
    }
    if year.cities is None:
        return _("%(difference)s since the %(when)s") % parts
    return _("%(difference)s since the %(when)s, same %(cities)s cities") % parts


def could_move(result: IndicatorResult) -> str:
    """
    Return the sentence that says what could still change the figure.

    Of clusters or parks: what is on record of them, which a later entry changes. Empty for a
    number of titles.
    """
    clauses = [*_undecided(result), *record_clauses(result.things)]
    if clauses:
        return as_sentence(clauses)
    if result.indicator.things is not None or result.provisional:
        return ""
    return _("All cities have reported: only a restatement can change it.")


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
