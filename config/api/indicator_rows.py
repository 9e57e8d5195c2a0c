"""An indicator as a row of the API: figure, ranges, target, verdict and coverage."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from ninja import Schema
from pydantic import model_serializer

from config.api.numbers import plain, plain_or_none
from indicators.data.notes import Noted
from indicators.formulas.count_break_even import CountBreakEven
from indicators.results.indicator_result import IndicatorResult
from indicators.verdict.rounding import outward, places_on_their_side, rounded


class TargetRow(Schema):
    """A target; changed_on is the day on which it was last changed since the quarter was shown."""

    value: str
    comparator: str
    period: str
    changed_on: date | None


class BaselineRow(Schema):
    value: str
    period: str
    source: str


class CoverageRow(Schema):
    accepted: int
    expected: int
    missing: list[str]
    weight: str | None


class CertainRow(Schema):
    """The certain range: null is an open end, named in open."""

    low: str | None
    high: str | None
    open: list[str]
    withdrawn: bool


class RecordRow(Schema):
    """How past estimates fared: rate a fraction, width in the indicator's unit."""

    rate: str
    width: str
    worst: str
    quarters: int


class EstimateRow(Schema):
    """The likely range, with its method and record; low and high null without ends."""

    low: str | None
    centre: str
    high: str | None
    method: str
    record: RecordRow | None


class ReportedOnlyRow(Schema):
    """The figure of the reporting cities alone, which is not the province's."""

    value: str
    cities: int


class BreakEvenRow(Schema):
    """
    What would turn the verdict: of the silent cities together, in yuan, or in enterprises.

    amount in all, remaining what is still to come, remaining_growth on the same part of last
    year, a fraction; firms how many more enterprises.
    """

    amount: str | None
    remaining: str | None
    remaining_growth: str | None
    firms: int | None


class BandRow(Schema):
    low: str
    high: str


class NoteRow(Schema):
    """An explanation of a figure: text, author and time, as pages show it."""

    text: str
    by: str
    at: datetime


class IndicatorRow(Schema):
    """
    An indicator in a quarter; shares are fractions, amounts yuan, all values decimal strings.

    unit is ratio, count or yuan; kind share, count, established or level. A target whose
    comparator is "about" is met anywhere in its band.
    """

    code: str
    name: str
    kind: str
    plan: str | None
    period: str
    as_of: date
    value: str | None
    status: str
    reason: str | None
    unit: str
    target: TargetRow | None
    band: BandRow | None
    baseline: BaselineRow | None
    certain: CertainRow
    estimate: EstimateRow | None
    reported_only: ReportedOnlyRow | None
    break_even: BreakEvenRow | None
    attainment: str | None
    pace: str | None
    standing: str
    expected_standing: str | None
    explanation: str
    coverage: CoverageRow
    provisional: bool
    secured: int | None = None
    on_pace: int | None = None
    near_miss: int | None = None
    notes: list[NoteRow] = []


class OfReading(Schema):
    """An answer that says which reading of a past day it is of: "then", or nothing if usual."""

    known: str | None = None

    @model_serializer(mode="wrap")
    def unless_usual(self, handler):
        """Return the answer, without `known` in the usual reading."""
        told = handler(self)
        if self.known is None:
            told.pop("known", None)
        return told


class Overview(OfReading):
    """
    All indicators of a quarter's plan together.

    explanation is one sentence on how they stand; each indicator has one of its own besides.
    indicators are their codes, in the plan's order.
    """

    period: str
    as_of: date | None
    explanation: str
    indicators: list[str]


# Records within a row, by field.
NESTED: dict[str, type[Schema]] = {
    "target": TargetRow,
    "band": BandRow,
    "baseline": BaselineRow,
    "coverage": CoverageRow,
    "certain": CertainRow,
    "estimate": EstimateRow,
    "reported_only": ReportedOnlyRow,
    "break_even": BreakEvenRow,
}


def indicator_row(result: IndicatorResult, day: date, notes: Iterable[Noted] = ()) -> IndicatorRow:
    """
    Return an indicator's row; `day` is the day whose state of knowledge it shows.

    notes are those on its figure that stood then.
    """
    target, baseline = result.target, result.baseline
    return IndicatorRow(
        code=result.code,
        name=str(result.indicator.name),
        kind=str(result.indicator.kind),
        plan=target.plan if target else None,
        period=str(result.quarter),
        as_of=day,
        value=plain_or_none(result.value),
        status=str(result.state.status),
        reason=str(result.state.why_none) if result.state.why_none else None,
        unit=result.unit,
        certain=_certain(result),
        estimate=_estimate(result),
        reported_only=_reported_only(result),
        break_even=_break_even(result),
        target=target
        and TargetRow(
            value=plain(target.value),
            comparator=target.comparator,
            period=str(target.period),
            changed_on=result.changed_target.on if result.changed_target else None,
        ),
        band=BandRow(low=plain(target.low), high=plain(target.high))
        if target and target.low is not None and target.high is not None
        else None,
        baseline=baseline
        and BaselineRow(
            value=plain(baseline.value), period=str(baseline.period), source=baseline.source
        ),
        attainment=plain_or_none(result.attainment),
        pace=plain_or_none(result.pace_value),
        standing=str(result.standing),
        expected_standing=str(result.expected) if result.expected else None,
        explanation=result.explanation,
        coverage=CoverageRow(
            accepted=result.coverage.accepted,
            expected=result.coverage.expected,
            missing=[one.code for one in result.coverage.missing],
            weight=plain_or_none(result.weight),
        ),
        provisional=result.provisional,
        secured=result.secured,
        on_pace=result.on_pace,
        near_miss=result.near_miss,
        notes=[NoteRow(text=one.text, by=one.author, at=one.written_at) for one in notes],
    )


def _end(result: IndicatorResult, end: Decimal | None, *, up: bool) -> str | None:
    """Return an end rounded outward, to so many places that it stays on its side of the target."""
    if end is None:
        return None
    least = {"ratio": 4, "yuan": 2}.get(result.unit, 0)
    places = least
    if result.verdict is not None:
        places = places_on_their_side([(end, up)], result.verdict.goal.met_by, least=least)
    return plain(outward(end, places, up=up))


def _certain(result: IndicatorResult) -> CertainRow:
    certain = result.certain
    if certain.is_exact:
        ends = (plain_or_none(certain.low), plain_or_none(certain.high))
    else:
        ends = (_end(result, certain.low, up=False), _end(result, certain.high, up=True))
    return CertainRow(
        low=ends[0], high=ends[1], open=list(certain.open), withdrawn=certain.withdrawn
    )


def _estimate(result: IndicatorResult) -> EstimateRow | None:
    likely = result.estimate
    if likely is None:
        return None
    least = {"ratio": 4, "yuan": 2}.get(result.unit, 0)
    record = result.record
    return EstimateRow(
        low=_end(result, likely.low, up=False),
        centre=plain(rounded(likely.centre, least)),
        high=_end(result, likely.high, up=True),
        method="last year's quarter × own growth × growth since",
        record=record
        and RecordRow(
            rate=plain(outward(record.rate, 4, up=False)),
            width=plain(outward(record.width, 4, up=True)),
            worst=record.worst,
            quarters=record.quarters,
        ),
    )


def _reported_only(result: IndicatorResult) -> ReportedOnlyRow | None:
    if result.reported_only is None or result.indicator.things is not None:
        return None
    return ReportedOnlyRow(value=plain(result.reported_only), cities=result.coverage.accepted)


def _break_even(result: IndicatorResult) -> BreakEvenRow | None:
    turn = result.break_even
    if turn is None:
        return None
    if isinstance(turn, CountBreakEven):
        return BreakEvenRow(amount=None, remaining=None, remaining_growth=None, firms=turn.firms)
    return BreakEvenRow(
        amount=plain(outward(turn.amount, 2, up=False)),
        remaining=plain(outward(turn.remaining, 2, up=False)),
        remaining_growth=plain_or_none(
            turn.remaining_growth and outward(turn.remaining_growth, 3, up=False)
        ),
        firms=None,
    )
