"""A share of the province's total, from a snapshot: figure, ranges, parts and history."""

from decimal import Decimal
from functools import partial

from foundation.quarters import Quarter
from indicators.catalogue import AMOUNTS, Indicator, Measure, Numerator
from indicators.data.coverage import coverage, measure_reported
from indicators.data.snapshot import Snapshot
from indicators.estimates.city_outputs import contributions, estimate_record, outputs, silent_cities
from indicators.estimates.figures import Figures, HistoryPoint
from indicators.formulas.break_even import BreakEven, share_break_even
from indicators.formulas.certain_range import NOTHING_CERTAIN, CertainRange
from indicators.formulas.certain_share import certain_share
from indicators.formulas.city_output import CityOutput
from indicators.formulas.cluster_share import cluster_share
from indicators.formulas.coverage_weight import coverage_weight
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.likely_output import CityEstimate, likely_outputs, likely_share
from indicators.formulas.likely_range import NoEstimate
from indicators.results.withdrawal import or_withdrawn

ZERO = Decimal("0")


def share_figures(snapshot: Snapshot, indicator: Indicator, quarter: Quarter) -> Figures:
    """
    Return the share in a quarter.

    The plan of the quarter names the cities of the numerator, for the whole history too, so that
    the series has one meaning. Where it names none there is no share.
    """
    assert indicator.measure is not None
    part = numerator_cities(snapshot, indicator, quarter)
    cities = outputs(snapshot, part, indicator.measure)
    who = coverage(snapshot, quarter, measure_reported(indicator.measure))
    known = [city for city in cities if city.has(quarter)]
    reported = _share(known, quarter) if part else None
    estimates = _estimates(snapshot, cities, indicator.measure, quarter, part)
    given = () if isinstance(estimates, NoEstimate) else estimates
    return Figures(
        value=reported if who.is_complete else None,
        reported_only=None if who.is_complete else reported,
        numerator=_made(known, quarter, in_cluster=True) if known and part else None,
        denominator=_made(known, quarter) if known else None,
        coverage=who,
        weight=_weight(cities, quarter),
        certain=or_withdrawn(
            _certain(cities, indicator, quarter, part),
            snapshot,
            indicator,
            quarter,
            certain_share_of,
        ),
        estimate=likely_share(cities, quarter, given) if given else None,
        no_estimate=estimates if isinstance(estimates, NoEstimate) else None,
        scored=partial(estimate_record, snapshot, indicator, part),
        silent=silent_cities(snapshot, cities, quarter, given),
        contributions=contributions(snapshot, part, indicator.measure, quarter),
        history=tuple(
            _point(snapshot, indicator, cities, part, q) for q in snapshot.with_figures(quarter)
        ),
    )


def share_turn(
    snapshot: Snapshot, indicator: Indicator, quarter: Quarter, line: Decimal
) -> BreakEven | None:
    """Return the break-even of a share at a line; None where nothing to come can change it."""
    assert indicator.measure is not None
    part = numerator_cities(snapshot, indicator, quarter)
    if not part or indicator.measure not in AMOUNTS:
        return None
    try:
        return share_break_even(outputs(snapshot, part, indicator.measure), quarter, line)
    except Incomparable:
        return None


def certain_share_of(snapshot: Snapshot, indicator: Indicator, quarter: Quarter) -> CertainRange:
    """Return the certain range of a share from a snapshot, without checking for withdrawal."""
    assert indicator.measure is not None
    part = numerator_cities(snapshot, indicator, quarter)
    return _certain(outputs(snapshot, part, indicator.measure), indicator, quarter, part)


def numerator_cities(snapshot: Snapshot, indicator: Indicator, quarter: Quarter) -> frozenset[str]:
    """Return the codes of the cities in the numerator of a share."""
    if indicator.numerator is Numerator.PARK_CITIES:
        return frozenset(park.city.code for park in snapshot.parks_of(snapshot.plan_for(quarter)))
    return snapshot.cluster_cities(quarter)


def _certain(
    cities: list[CityOutput], indicator: Indicator, quarter: Quarter, part: frozenset[str]
) -> CertainRange:
    """Return the certain range; nothing is certain of figures that cannot be compared."""
    if not part:
        return NOTHING_CERTAIN
    try:
        return certain_share(cities, quarter, cumulative=indicator.measure in AMOUNTS)
    except Incomparable:
        return NOTHING_CERTAIN


def _estimates(
    snapshot: Snapshot,
    cities: list[CityOutput],
    measure: Measure,
    quarter: Quarter,
    part: frozenset[str],
) -> tuple[CityEstimate, ...] | NoEstimate:
    """Return the silent cities' estimates, or why there are none."""
    if not part:
        return NoEstimate.NO_EARLIER_FIGURE
    try:
        return likely_outputs(
            cities,
            quarter,
            cumulative=measure in AMOUNTS,
            least_weight=snapshot.least_weight(quarter),
        )
    except Incomparable:
        return NoEstimate.NO_EARLIER_FIGURE


def _made(cities: list[CityOutput], quarter: Quarter, *, in_cluster: bool | None = None) -> Decimal:
    """Return the sum of reporting cities: inside the clusters, outside, or all."""
    chosen = [c for c in cities if in_cluster is None or c.in_cluster is in_cluster]
    return sum((city.made(quarter) for city in chosen), ZERO)


def _share(known: list[CityOutput], quarter: Quarter) -> Decimal | None:
    """Return the share of the cities that reported; None if incomparable."""
    whole, part = _made(known, quarter), _made(known, quarter, in_cluster=True)
    try:
        return cluster_share(clusters=part, province=whole)
    except Incomparable:
        return None


def _weight(cities: list[CityOutput], quarter: Quarter) -> Decimal | None:
    try:
        return coverage_weight(cities, quarter)
    except Incomparable:
        return None


def _point(
    snapshot: Snapshot,
    indicator: Indicator,
    cities: list[CityOutput],
    part: frozenset[str],
    quarter: Quarter,
) -> HistoryPoint:
    """Return the share of one quarter of the history."""
    assert indicator.measure is not None
    who = coverage(snapshot, quarter, measure_reported(indicator.measure))
    known = [city for city in cities if city.has(quarter)]
    estimates = None
    if part and who.accepted and not who.is_complete:
        estimates = _estimates(snapshot, cities, indicator.measure, quarter, part)
    given = estimates if isinstance(estimates, tuple) else ()
    return HistoryPoint(
        quarter=quarter,
        value=_share(known, quarter) if who.is_complete and part else None,
        certain=_certain(cities, indicator, quarter, part),
        likely=likely_share(cities, quarter, given) if given else None,
        accepted=who.accepted,
        expected=who.expected,
        restated=snapshot.restated.of_any_city(quarter, indicator.measure),
    )
