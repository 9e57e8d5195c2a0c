"""Forecasts of targets, or why there is none, and the record of past ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.language import quarter_name
from foundation.quarters import Quarter
from indicators.catalogue import IndicatorKind, Pace
from indicators.data.snapshot import Snapshot
from indicators.formulas.forecast import (
    FEWEST_CHANGES,
    FEWEST_QUARTERS,
    Forecast,
    Method,
    Record,
    forecast,
    scored,
)
from indicators.results.indicator_result import IndicatorResult

ZERO, ONE = Decimal("0"), Decimal("1")
# A narrower range would be more certain than rounded figures are: a point, two firms, 100 万元.
LEAST_WIDTH = {"ratio": Decimal("0.01"), "count": Decimal("2"), "yuan": Decimal("1000000")}


@dataclass(frozen=True)
class DeadlineForecast:
    """
    The forecast of a target's deadline, or why there is none.

    forecast  None if there is none
    why_none  the reason, in words; empty with a forecast
    how       the method, in words; empty without a forecast
    """

    forecast: Forecast | None
    why_none: str = ""
    how: str = ""


def accepted_quarters(result: IndicatorResult) -> dict[Quarter, Decimal]:
    """Return the quarters of which every city's figures are accepted, with their values."""
    return {
        point.quarter: point.value
        for point in result.history
        if point.value is not None and not point.provisional
    }


def deadline_forecast(result: IndicatorResult) -> DeadlineForecast | None:
    """Return the deadline's forecast, or why there is none; None without such a target."""
    if not _is_carried_forward(result) or result.target is None:
        return None
    known = accepted_quarters(result)
    if len(known) < FEWEST_QUARTERS:
        words = ngettext(
            "Only %(number)s quarter is accepted of every city; a forecast takes %(fewest)s.",
            "Only %(number)s quarters are accepted of every city; a forecast takes %(fewest)s.",
            len(known),
        )
        return DeadlineForecast(None, words % {"number": len(known), "fewest": FEWEST_QUARTERS})
    if max(known) >= result.target.period:
        return DeadlineForecast(
            None, _("The deadline has come: its quarter is accepted of every city.")
        )
    found = forecast_of(result, known, result.target.period)
    if found is None:
        words = _("There are fewer than %(fewest)s changes from one year to the next to go by.")
        return DeadlineForecast(None, words % {"fewest": FEWEST_CHANGES})
    return DeadlineForecast(found, how=method_words(found))


def _is_carried_forward(result: IndicatorResult) -> bool:
    """Return whether there is a target of something that changes by the quarter."""
    return result.target is not None and result.indicator.kind is not IndicatorKind.ESTABLISHED


def forecast_of(
    result: IndicatorResult, known: Mapping[Quarter, Decimal], of: Quarter
) -> Forecast | None:
    """Return the forecast of a quarter from the newest quarter that is accepted of every city."""
    at = max(known, default=None)
    if at is None:
        return None
    grows_within_the_year = result.indicator.pace is not Pace.POINT
    # What grows within the year does not fall in the same year.
    floor = known[at] if grows_within_the_year and at.year == of.year else ZERO
    return forecast(
        known,
        at=at,
        of=of,
        annual=grows_within_the_year,
        least_width=LEAST_WIDTH[result.unit],
        floor=floor,
        ceiling=ONE if result.unit == "ratio" else None,
    )


def forecasts_to_store(result: IndicatorResult) -> list[Forecast]:
    """Return the forecasts to be stored: of the next year's end, and of the deadline."""
    known = accepted_quarters(result)
    if not _is_carried_forward(result) or result.target is None or result.quarter not in known:
        return []
    wanted = {result.quarter.next().year_end, result.target.period}
    made = [forecast_of(result, known, of) for of in sorted(wanted)]
    return [one for one in made if one is not None]


def track_record(snapshot: Snapshot, result: IndicatorResult) -> Record:
    """Return the record of the forecasts stored up to the viewpoint."""
    return scored(past_forecasts(snapshot, result), accepted_quarters(result))


def worth_drawing(snapshot: Snapshot, result: IndicatorResult) -> Forecast | None:
    """Return the forecast of the deadline; None without one, or if past ones mostly missed."""
    found = deadline_forecast(result)
    if found is None or track_record(snapshot, result).missed_most:
        return None
    return found.forecast


def past_forecasts(snapshot: Snapshot, result: IndicatorResult) -> Iterable[Forecast]:
    """Return the indicator's stored forecasts made up to the result's quarter."""
    return [
        kept.as_made
        for kept in snapshot.forecasts
        if kept.indicator == result.code and Quarter.parse(kept.made_at) <= result.quarter
    ]


def method_words(one: Forecast) -> str:
    """Return the method of a forecast in words."""
    words = {
        Method.YEARLY: _(
            "Least, mean and greatest of the last %(number)s changes from one year to the next, "
            "carried forward from %(base)s, %(times)s times."
        ),
        Method.QUARTERLY: _(
            "Least, mean and greatest of the last %(number)s changes from one quarter to the "
            "next, carried forward from %(base)s, %(times)s times."
        ),
    }
    base = quarter_name(one.base)
    return words[one.method] % {"number": len(one.changes), "base": base, "times": one.times}
