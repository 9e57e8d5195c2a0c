"""The small trend of a target: shares of four quarters together, counts at the years' ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.language import quarter_name
from foundation.quarters import Quarter
from indicators.catalogue import AMOUNTS, Indicator, IndicatorKind, Pace
from indicators.data.snapshot import Snapshot
from indicators.drawings.range_bar import expected_range
from indicators.drawings.trend_line import Likely, TrendLine, TrendValue, trend_line
from indicators.estimates.city_outputs import outputs
from indicators.formulas.cumulative import rolling_year
from indicators.formulas.likely_range import LikelyRange
from indicators.results.indicator_result import IndicatorResult
from indicators.results.share_result import numerator_cities
from indicators.verdict.range_words import likely_words
from indicators.verdict.rounding import rounded
from indicators.verdict.sentences import PLACES, exactly, joined, scale_of

ZERO = Decimal("0")
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
    is_rolling = (
        result.indicator.kind is IndicatorKind.SHARE and result.indicator.measure in AMOUNTS
    )
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


# ---- a share of four quarters together --------------------------------------------------


def _rolling(
    snapshot: Snapshot, result: IndicatorResult
) -> tuple[dict[Quarter, Decimal], Expected]:
    """Return the shares of the last four quarters together, of every complete quarter."""
    series = rolling_series(snapshot, result.indicator)
    part = numerator_cities(snapshot, result.indicator, result.quarter)
    values = {}
    for quarter in snapshot.with_figures(result.quarter):
        made = {code: rolling_year(one, quarter) for code, one in series.items()}
        known = {code: amount for code, amount in made.items() if amount is not None}
        if len(known) == len(made) and (whole := sum(known.values(), ZERO)):
            values[quarter] = sum((known[c] for c in part if c in known), ZERO) / whole
    if result.quarter in values or result.estimate is None:
        return values, None
    return values, _expected_share(result, series, part)


def rolling_series(
    snapshot: Snapshot, indicator: Indicator
) -> Mapping[str, Mapping[Quarter, Decimal | None]]:
    """
    Return each city's cumulative figures by quarter, by its code.

    What was not accepted of a year before is taken from the city's own 上年同期.
    """
    assert indicator.measure is not None
    return {
        one.city: {
            **{q.year_earlier(): figure for q, figure in one.year_earlier.items()},
            **{q: figure for q, figure in one.amounts.items() if figure is not None},
        }
        for one in outputs(snapshot, frozenset(), indicator.measure)
    }


def _expected_share(
    result: IndicatorResult,
    series: Mapping[str, Mapping[Quarter, Decimal | None]],
    part: frozenset[str],
) -> Expected:
    """Return the likely range of the four quarters up to now; None where a city has none."""
    likely = {one.city.code: one.likely for one in result.silent}
    ends: dict[str, tuple[Decimal, Decimal, Decimal]] = {}
    for code, one in series.items():
        three = [one.get(result.quarter)] * 3
        if code in likely:
            range_of = likely[code]
            three = [range_of.low, range_of.centre, range_of.high] if range_of else [None] * 3
        rolled = [rolling_year({**one, result.quarter: figure}, result.quarter) for figure in three]
        if any(figure is None for figure in rolled):
            return None
        ends[code] = (rolled[0] or ZERO, rolled[1] or ZERO, rolled[2] or ZERO)

    def share(of_part: int, of_others: int) -> Decimal | None:
        mine = sum((ends[code][of_part] for code in part), ZERO)
        others = sum((ends[code][of_others] for code in ends if code not in part), ZERO)
        return mine / (mine + others) if mine + others else None

    centre = share(1, 1)
    return None if centre is None else (result.quarter, (share(0, 2), centre, share(2, 0)))


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
