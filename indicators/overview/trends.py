"""The small trend of a target: shares of four quarters together, counts at the years' ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.language import quarter_name
from foundation.quarters import Quarter
from indicators.catalogue import Pace
from indicators.data.snapshot import Snapshot
from indicators.drawings.range_bar import expected_range
from indicators.drawings.trend_line import Likely, TrendLine, TrendValue, trend_line
from indicators.formulas.likely_range import LikelyRange
from indicators.results.four_quarters import four_quarters, is_of_four_quarters
from indicators.results.indicator_result import IndicatorResult
from indicators.verdict.range_words import likely_words
from indicators.verdict.rounding import rounded
from indicators.verdict.sentences import PLACES, exactly, joined, scale_of

Ends = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class Trend:
    """A target's trend as it is drawn, and in words."""

    drawing: TrendLine
    words: str


def trend_of(snapshot: Snapshot, result: IndicatorResult) -> Trend | None:
    """Return a target's trend; None of things that are counted, and with too little to draw."""
    if result.indicator.things is not None:
        return None
    is_rolling = is_of_four_quarters(result.indicator)
    values: Mapping[Quarter, Decimal]
    if is_rolling:
        values, likely = _rolling(snapshot, result)
    else:
        values, likely = _of_history(result)
    ends = sorted([*values, *((likely[0],) if likely else ())])
    if not ends:
        return None
    told = _labelled(result, values)
    drawing = trend_line(
        [TrendValue(q.ordinal, value, told.get(q, "")) for q, value in values.items()],
        Likely(likely[0].ordinal, *likely[1]) if likely else None,
        target=_target(result),
        foot=(
            _time(ends[0]),
            _("four quarters together") if is_rolling else _yearly_words(result),
            _time(ends[-1]),
        ),
    )
    return Trend(drawing, _in_words(result, values, likely)) if drawing else None


Expected = tuple[Quarter, tuple[Decimal | None, Decimal, Decimal | None]] | None


def _rolling(
    snapshot: Snapshot, result: IndicatorResult
) -> tuple[Mapping[Quarter, Decimal], Expected]:
    """Return the shares of the last four quarters together, of every complete quarter."""
    of = four_quarters(snapshot, result)
    if of.likely is None:
        return of.values, None
    return of.values, (result.quarter, (of.likely.low, of.likely.centre, of.likely.high))


def _of_history(result: IndicatorResult) -> tuple[dict[Quarter, Decimal], Expected]:
    """Return complete values: of what grows within the year, those at its end."""
    by_year = result.indicator.pace is not Pace.POINT
    values = {
        point.quarter: point.value
        for point in result.history
        if point.value is not None and (point.quarter.is_year_end or not by_year)
    }
    start = result.baseline
    if start and start.period not in values and start.period < min(values, default=result.quarter):
        values = {start.period: start.value, **values}
    likely = expected_range(result)
    when = result.quarter.year_end if by_year else result.quarter
    if likely is None or when in values:
        return values, None
    return values, (when, (likely.low, likely.centre, likely.high))


# ---- texts ------------------------------------------------------------------------------


def _labelled(result: IndicatorResult, values: Mapping[Quarter, Decimal]) -> dict[Quarter, str]:
    """Return the texts of the first and the last value; of a few all."""
    if not values:
        return {}
    every = sorted(values)
    told = every if len(every) <= MOST_TOLD else [every[0], every[-1]]
    words = {quarter: _bare(result, values[quarter]) for quarter in told}
    last = every[-1]
    if last != result.quarter and not last.is_year_end:
        # The newest complete quarter is named where it is not the page's.
        words[last] = f"{quarter_name(last)} {words[last]}"
    return words


MOST_TOLD = 4


def _in_words(result: IndicatorResult, values: Mapping[Quarter, Decimal], likely: Expected) -> str:
    """Return the trend's named values, and what is expected, as one sentence."""
    told = [(q, _bare(result, values[q])) for q in sorted(_labelled(result, values))]
    clauses = [f"{quarter_name(q)} {text}" for q, text in told]
    if likely:
        goal = result.verdict.goal if result.verdict else None
        both = likely_words(LikelyRange(*likely[1]), result.written_as, goal)
        clauses.append(
            _("%(quarter)s estimated at %(range)s")
            % {"quarter": quarter_name(likely[0]), "range": both}
        )
    return joined([str(result.indicator.short_name), *clauses])


def _bare(result: IndicatorResult, value: Decimal) -> str:
    scaled = value * scale_of(result.written_as)
    return f"{rounded(scaled, PLACES.get(result.written_as, 0)):f}"


def _target(result: IndicatorResult) -> tuple[Decimal, str] | None:
    if result.target is None:
        return None
    return result.target.value, exactly(result.target.value, result.written_as)


def _time(quarter: Quarter) -> str:
    """Return what stands at an end of the time axis: a year at its end, else a quarter."""
    return str(quarter.year) if quarter.is_year_end else quarter_name(quarter)


def _yearly_words(result: IndicatorResult) -> str:
    return "" if result.indicator.pace is Pace.POINT else _("at the years' ends")
