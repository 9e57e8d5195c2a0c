"""
The proof of an indicator: what its ranges rest on, cell by cell, and what was concluded.

tests/verify_proof.py recomputes the conclusions without importing this program.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ninja import Schema

from config.api import proof_rows as inputs
from config.api.indicator_rows import BandRow, BaselineRow, OfReading
from config.web.navigation import demonstration
from indicators.catalogue import AMOUNTS, IndicatorKind
from indicators.data.snapshot import Snapshot
from indicators.data.versions import version_at
from indicators.formulas.break_even import BreakEven
from indicators.formulas.count_break_even import CountBreakEven
from indicators.formulas.likely_range import LikelyRange
from indicators.results.changed_targets import versions_in
from indicators.results.indicator_result import IndicatorResult
from indicators.verdict.standing import Verdict


class ProofTarget(Schema):
    """
    The goal, in which version of the target (from 1), and what the verdict is based on.

    interim   the values due on the way, by quarter
    bands     in percentage points behind the pace: behind from, seriously behind over
    way_due   the share of the way from the baseline that is due, as a quotient of whole
              numbers; null without a pace
    """

    value: str
    comparator: str
    period: str
    version: int | None
    band: BandRow | None
    interim: dict[str, str]
    bands: tuple[str, str]
    way_due: str | None


class ProofRange(Schema):
    """An estimate with its ends as they were computed, not rounded; null without ends."""

    low: str | None
    centre: str
    high: str | None


class ProofRecord(Schema):
    rate: str
    quarters: int


class ProofGiven(Schema):
    """
    What the verdict uses besides the inputs.

    projection      the estimate of the year's end
    record          how past estimates fared; of projections where these are judged
    record_allows   whether that record allows an expected standing
    """

    projection: ProofRange | None
    record: ProofRecord | None
    record_allows: bool


class ProofConcluded(Schema):
    """
    What was concluded, not rounded; null is unknown, and an open end of the certain range.

    missing        the codes of the cities that have not reported, of so many expected
    control_total  the sum of all amounts of cities and enterprises in this document
    pace           the value that was due
    """

    missing: list[str]
    expected: int
    value: str | None
    reported_only: str | None
    weight: str | None
    control_total: str
    certain_low: str | None
    certain_high: str | None
    certain_withdrawn: bool
    estimate: ProofRange | None
    no_estimate: str | None
    break_even_amount: str | None
    break_even_remaining: str | None
    break_even_growth: str | None
    break_even_firms: int | None
    pace: str | None
    attainment: str | None
    standing: str
    expected_standing: str | None


class Proof(OfReading):
    """
    An indicator's inputs and conclusions; amounts in yuan, all numbers decimal strings.

    judged   figure, or projection: what is held against the target and its pace
    cities   who reported; of a share or total their figures that enter, each with its cell
    enterprises  of a count: those that count, each with its newest accepted figure of the year
    things, awards  of established things: what is on record, judged as of `day`
    cumulative  whether figures grow from January on, so that an earlier one is a floor
    threshold   of a count: the revenue that must be exceeded
    least_weight  below which weight of coverage nothing is estimated
    """

    code: str
    name: str
    kind: str
    measure: str | None
    unit: str
    period: str
    as_of: date
    day: date
    demonstration: bool
    cumulative: bool
    judged: str
    threshold: str | None
    least_weight: str
    cities: list[inputs.ProofCityRow]
    enterprises: list[inputs.EnterpriseLine]
    things: list[inputs.ThingRow]
    awards: list[inputs.AwardLine]
    target: ProofTarget | None
    baseline: BaselineRow | None
    given: ProofGiven
    concluded: ProofConcluded


def proof_of(
    snapshot: Snapshot,
    result: IndicatorResult,
    own: Collection[str],
    day: date,
    known: str | None = None,
) -> Proof:
    """
    Return the proof of a result in its snapshot.

    own are the codes of the cities whose enterprises the reader may see; day is the day whose
    state of knowledge it shows, known in which reading (OfReading).
    """
    indicator, baseline = result.indicator, result.baseline
    cities = inputs.city_rows(snapshot, result)
    enterprises = inputs.enterprise_lines(snapshot, result, own)
    return Proof(
        code=result.code,
        name=str(indicator.name),
        kind=str(indicator.kind),
        measure=str(indicator.measure) if indicator.measure else None,
        unit=result.unit,
        period=str(result.quarter),
        as_of=day,
        known=known,
        day=snapshot.day(result.quarter),
        demonstration=bool(demonstration),
        cumulative=indicator.measure in AMOUNTS,
        threshold=exact(indicator.line) if indicator.kind is IndicatorKind.COUNT else None,
        least_weight=exact(snapshot.least_weight(result.quarter)),
        judged="projection" if result.verdict and result.verdict.is_projected else "figure",
        cities=cities,
        enterprises=enterprises,
        things=inputs.thing_rows(result),
        awards=inputs.award_lines(snapshot, result, own),
        target=_target(snapshot, result),
        baseline=baseline
        and BaselineRow(
            value=exact(baseline.value), period=str(baseline.period), source=baseline.source
        ),
        given=_given(result),
        concluded=_concluded(result, inputs.control_total(cities, enterprises)),
    )


def exact(number: Decimal) -> str:
    """Return a number as text as it is, without an exponent."""
    return f"{number:f}"


def _or_null(number: Decimal | None) -> str | None:
    return None if number is None else exact(number)


def _target(snapshot: Snapshot, result: IndicatorResult) -> ProofTarget | None:
    """Return the target that the verdict is judged against; None if the plan sets none."""
    if result.verdict is None:
        return None
    goal = result.verdict.goal
    row = snapshot.target(result.code, result.quarter)
    known = versions_in(snapshot).get(row.pk, ()) if row else ()
    stood = version_at(known, snapshot.moment)
    return ProofTarget(
        value=exact(goal.target),
        comparator=goal.comparator,
        period=str(goal.deadline),
        version=known.index(stood) + 1 if stood else None,
        band=goal.band and BandRow(low=exact(goal.band[0]), high=exact(goal.band[1])),
        interim={str(quarter): exact(value) for quarter, value in goal.interim.items()},
        bands=(exact(goal.bands.yellow_from), exact(goal.bands.red_from)),
        way_due=_way_due(result.verdict),
    )


def _way_due(verdict: Verdict) -> str | None:
    """Return the share of the way that is due as a quotient; None without a pace."""
    goal = verdict.goal
    if verdict.due is None or goal.baseline is None or goal.baseline_at is None:
        return None
    start, length = Fraction(goal.baseline), Fraction(goal.aim) - Fraction(goal.baseline)
    shares = {at: (Fraction(value) - start) / length for at, value in goal.interim.items()}
    shares |= {goal.baseline_at: Fraction(0), goal.deadline: Fraction(1)}
    for (before, low), (after, high) in pairwise(sorted(shares.items())):
        if verdict.pace_at <= after:
            passed = Fraction(max(before.to(verdict.pace_at), 0), before.to(after))
            return str(low + (high - low) * passed)
    return "1"


def _range(likely: LikelyRange | None) -> ProofRange | None:
    if likely is None:
        return None
    return ProofRange(
        low=_or_null(likely.low), centre=exact(likely.centre), high=_or_null(likely.high)
    )


def _given(result: IndicatorResult) -> ProofGiven:
    projected = result.verdict is not None and result.verdict.is_projected
    record = result.projection_scored() if projected else result.record
    return ProofGiven(
        projection=_range(result.projection),
        record=record and ProofRecord(rate=exact(record.rate), quarters=record.quarters),
        record_allows=record is not None and record.allows_a_lean,
    )


def _concluded(result: IndicatorResult, control_total: Decimal) -> ProofConcluded:
    who, certain, turn = result.coverage, result.certain, result.break_even
    of_amounts = turn if isinstance(turn, BreakEven) else None
    return ProofConcluded(
        missing=[one.code for one in who.missing],
        expected=who.expected,
        value=_or_null(result.value),
        reported_only=_or_null(result.reported_only),
        # A complete quarter has no weight of coverage.
        weight=None if who.is_complete else _or_null(result.weight),
        control_total=exact(control_total),
        certain_low=_or_null(certain.low),
        certain_high=_or_null(certain.high),
        certain_withdrawn=certain.withdrawn,
        estimate=_range(result.estimate),
        no_estimate=result.no_estimate,
        break_even_amount=_or_null(of_amounts and of_amounts.amount),
        break_even_remaining=_or_null(of_amounts and of_amounts.remaining),
        break_even_growth=_or_null(of_amounts and of_amounts.remaining_growth),
        break_even_firms=turn.firms if isinstance(turn, CountBreakEven) else None,
        pace=_or_null(result.pace_value),
        attainment=_or_null(result.attainment),
        standing=str(result.standing),
        expected_standing=str(result.expected) if result.expected else None,
    )
