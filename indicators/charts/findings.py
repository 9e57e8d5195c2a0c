"""Titles of charts: one sentence with its number for each."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clusters.models import City
from foundation.amount_units import suitable_unit, unit_name, yuan_in
from foundation.quarters import Quarter
from indicators.catalogue import AMOUNTS, MEASURE_WORDS, Measure
from indicators.formulas.heaping import Strip
from indicators.movement.movement import Movement
from indicators.movement.movement_words import (
    cause_word,
    same_cities_words,
    written_change,
    written_end,
)
from indicators.regions.amounts import AMOUNTS_WORDS, AmountHistory, Amounts
from indicators.regions.place_figures import CityFigures, CityHistory, ParkFigures
from indicators.regions.share_words import percent_words, points_words
from indicators.results.four_quarters import FourQuarters
from indicators.results.indicator_result import IndicatorResult, written_as
from indicators.verdict.explanation import bare_finding, finding
from indicators.verdict.range_words import likely_words
from indicators.verdict.rounding import rounded
from indicators.verdict.sentences import at_end_of, joined
from indicators.verdict.standing import judge

HUNDRED = Decimal("100")
MINUS = "\N{MINUS SIGN}"


def money(amount: Decimal) -> str:
    """Return an amount of yuan in the unit that suits its size: 亿元 from one 亿 on, else 万元."""
    unit = suitable_unit(amount)
    number = _grouped(rounded(amount / yuan_in(unit), 2))
    return pgettext("number and unit", "%(number)s %(unit)s") % {
        "number": number,
        "unit": unit_name(unit),
    }


def share(fraction: Decimal) -> str:
    """Return a fraction in percent; just under a whole percent is never rounded to it."""
    return percent_words(fraction)


def _grouped(figure: Decimal) -> str:
    return (MINUS if figure < 0 else "") + f"{abs(figure):,f}"


def _titled(what: object, found: str) -> str:
    """Return a title of what is shown and what was found."""
    return pgettext("title of a chart", "%(what)s, %(found)s") % {"what": what, "found": found}


# ---- targets ---------------------------------------------------------------------------


def of_target(result: IndicatorResult) -> str:
    """Return a target's figure and its distance from the goal."""
    found = result.finding or bare_finding(
        result.value,
        result.quarter,
        written_as(result.indicator),
        any_reported=result.coverage.accepted > 0,
    )
    return _titled(result.indicator.short_name, found)


def of_four_quarters(result: IndicatorResult, rolling: FourQuarters) -> str:
    """
    Return a share of the last four quarters together, with its distance from the goal.

    While a city is silent its likely range; without one the newest complete quarter's.
    """
    if result.quarter.is_year_end and result.quarter not in rolling.values:
        # The year to date is four quarters here, and more is known of it.
        return of_target(result)
    what = _("%(name)s, last four quarters together") % {"name": result.indicator.short_name}
    goal = result.verdict.goal if result.verdict else None
    if rolling.likely is not None:
        words = _("%(when)s, estimated at %(range)s") % {
            "when": at_end_of(result.quarter),
            "range": likely_words(rolling.likely, result.written_as, goal),
        }
        return _titled(what, joined([words, result.missing_words]))
    newest = max(rolling.values, default=None)
    if newest is None:
        return of_target(result)
    value = rolling.values[newest]
    if goal is None:
        return _titled(what, bare_finding(value, newest, result.written_as))
    return _titled(what, finding(judge(value, goal, newest), result.written_as))


def of_firms_by_city(result: IndicatorResult) -> str:
    """Return in which city most enterprises are over the threshold."""
    most = max(result.contributions, key=lambda one: one.amount or Decimal(0))
    if not most.amount:
        words = _("0 enterprises over the threshold in the %(number)s cities that have reported")
        return words % {"number": result.coverage.accepted}
    parts = {"city": most.city, "number": most.amount, "all": result.numerator}
    if result.provisional:
        words = _(
            "%(city)s has most: %(number)s of the %(all)s enterprises over the threshold in the "
            "%(cities)s cities that have reported"
        )
        return words % (parts | {"cities": result.coverage.accepted})
    words = _("%(city)s has most: %(number)s of the %(all)s enterprises over the threshold")
    return words % parts


def of_measure_by_city(result: IndicatorResult) -> str:
    """Return which city adds most to a measure, and what part that is."""
    measure = result.indicator.measure
    assert measure is not None
    known = [(one.city, one.amount) for one in result.contributions if one.amount is not None]
    return _largest(known, measure, is_money=measure in AMOUNTS)


def of_movement(moved: Movement) -> str:
    """Return a movement's ends, its cities and its largest cause."""
    shown, kind = moved.shown, written_as(moved.indicator)
    if shown is None:
        return _("No movement can be told")
    parts = {
        "start": written_end(moved, moved.start, shown.start),
        "end": written_end(moved, moved.end, shown.end),
        "change": written_change(shown.whole, kind),
    }
    if any(shown.by_cause.values()):
        cause, part = max(shown.by_cause.items(), key=lambda one: abs(one[1]))
        parts |= {
            "cause": cause_word(cause, over_years=moved.is_over_years),
            "part": written_change(part, kind),
        }
        words = _("From %(start)s to %(end)s, %(change)s; most by: %(cause)s, %(part)s")
    else:
        words = _("%(start)s is %(end)s still: nothing moved it")
    same = same_cities_words(moved)
    found = words % parts
    return _("%(cities)s: %(told)s") % {"cities": same, "told": found} if same else found


def of_heap(strip: Strip) -> str:
    """Return how many enterprises lie close under the threshold, and close over it."""
    words = _("Within 2%% of the threshold: %(under)s enterprises not over it, %(over)s over it")
    return words % {"under": strip.just_under, "over": strip.just_over}


# ---- places and enterprises ------------------------------------------------------------


def of_output_by_city(rows: Sequence[CityFigures]) -> str:
    """Return which city makes most, and what part that is of what was reported."""
    known = [(r.city, r.totals.output_value) for r in rows if r.totals.output_value is not None]
    return _largest(known, Measure.OUTPUT_VALUE, is_money=True)


def _largest(known: Sequence[tuple[City, Decimal]], measure: Measure, *, is_money: bool) -> str:
    """Return which of the cities has most of a measure."""
    words = MEASURE_WORDS[measure]
    whole = sum((amount for _city, amount in known), Decimal(0))
    if not known or whole <= 0:
        return _titled(words, _("not reported"))
    city, most = max(known, key=lambda one: one[1])
    found = _("most in %(city)s: %(amount)s, %(share)s of what %(number)s cities reported")
    parts = {
        "city": city,
        "amount": money(most) if is_money else _grouped(most),
        "share": share(most / whole),
        "number": len(known),
    }
    return _titled(words, found % parts)


def of_amounts(of: AmountHistory) -> str:
    """Return what the newest period came to, and by how much that is more than a year before."""
    if not of.rows:
        return _titled(AMOUNTS_WORDS[of.how], _("not reported"))
    row = of.rows[-1]
    at = next((n for n, amount in enumerate(row.amounts) if amount is not None), 0)
    before = next((r for r in of.rows if r.quarter == row.quarter.year_earlier()), None)
    return _of_amount(
        _in_way(MEASURE_WORDS[of.flows[at]], of.how),
        row.quarter,
        row.amounts[at],
        before.amounts[at] if before else None,
        is_reported=row.reported[at],
    )


def of_park(park: ParkFigures) -> str:
    """Return what a park added in the newest quarter, and on the year."""
    points = {point.quarter: point for point in park.history}
    if not points:
        return _titled(MEASURE_WORDS[Measure.OUTPUT_VALUE], _("not reported"))
    newest = points[max(points)]
    before = points.get(newest.quarter.year_earlier())
    what = _in_way(_("Output value"), Amounts.QUARTER)
    if newest.single_withheld:
        return _titled(what, _("%(when)s: not disclosed") % {"when": at_end_of(newest.quarter)})
    return _of_amount(
        what,
        newest.quarter,
        newest.single,
        before.single if before else None,
        is_reported=newest.cumulative is not None,
    )


def _in_way(measure: object, how: Amounts) -> str:
    return _("%(measure)s (%(way)s)") % {"measure": measure, "way": AMOUNTS_WORDS[how]}


def _of_amount(
    what: str,
    quarter: Quarter,
    amount: Decimal | None,
    before: Decimal | None,
    *,
    is_reported: bool,
) -> str:
    """Return an amount of a quarter with its growth, or that it is not known."""
    when = at_end_of(quarter)
    if amount is None:
        unknown = _("%(when)s: cannot be told") if is_reported else _("%(when)s: not reported")
        return _titled(what, unknown % {"when": when})
    found = _("%(when)s: %(value)s") % {"when": when, "value": money(amount)}
    if before is None or before <= 0:
        return _titled(what, found)
    growth = rounded((amount / before - 1) * HUNDRED, 1)
    sign = "+" if growth > 0 else ""
    on_year = _("%(change)s on the year") % {"change": f"{sign}{_grouped(growth)}%"}
    return _titled(_titled(what, found), on_year)


def of_city_share(history: CityHistory) -> str:
    """
    Return a city's part of the province's last four quarters, and its change on the year.

    Of the newest quarter that every city has reported.
    """
    what = _("%(city)s's share of the province's output value of four quarters") % {
        "city": history.city
    }
    known = {p.quarter: p.share for p in history.points if p.share is not None}
    if not known:
        return _titled(what, _("no four quarters that every city has reported"))
    newest = max(known)
    found = _("to the %(when)s: %(value)s") % {
        "when": at_end_of(newest),
        "value": share(known[newest]),
    }
    then = known.get(newest.year_earlier())
    if then is None:
        return _titled(what, found)
    change = _("same %(number)s cities on the year: %(points)s") % {
        "number": history.cities,
        "points": points_words(known[newest] - then),
    }
    return _titled(_titled(what, found), change)
