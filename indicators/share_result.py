"""The clusters' share of output value, from a snapshot: value, bounds, parts and history."""

from decimal import Decimal

from clusters.quarters import Quarter
from indicators.coverage import coverage, output_reported
from indicators.formulas.city_output import CityOutput
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.share_bounds import ShareBounds, share_bounds
from indicators.formulas.share_scenarios import share_scenarios
from indicators.results import Assumption, Bounds, Contribution, Figures, HistoryPoint
from indicators.snapshot import Snapshot

ZERO = Decimal("0")


def share_figures(of: Snapshot, quarter: Quarter) -> Figures:
    """
    Return the share in a quarter. The value is None if no city has reported its output.

    Which cities are clusters is what the plan for that quarter says, for the whole history:
    a line that changes its meaning halfway is no line.
    """
    in_cluster = of.cluster_cities(quarter)
    outputs = _outputs(of, in_cluster)
    made = {city.code: of.output_value(city, quarter) for city in of.cities}
    known = {code: amount for code, amount in made.items() if amount is not None}
    province = sum(known.values(), ZERO)
    found = _bounds(outputs, quarter)
    who = coverage(of, quarter, output_reported)
    return Figures(
        value=found.value if found else None,
        numerator=sum((known[code] for code in known if code in in_cluster), ZERO)
        if known
        else None,
        denominator=province if known else None,
        coverage=who,
        bounds=_named(of, found) if found and known and not who.is_complete else None,
        completions=share_scenarios(outputs, quarter) if found and known else (),
        contributions=tuple(
            Contribution(
                city=city,
                in_cluster=city.code in in_cluster,
                amount=made[city.code],
                share=_part(made[city.code], province),
            )
            for city in of.cities
        ),
        history=tuple(_point(of, outputs, q) for q in of.with_figures(quarter)),
    )


def _outputs(of: Snapshot, in_cluster: frozenset[str]) -> list[CityOutput]:
    """Return every city's output value by quarter, as the formula wants it."""
    by_city: dict[str, dict[Quarter, Decimal | None]] = {city.code: {} for city in of.cities}
    for (code, quarter), totals in of.city_totals.items():
        by_city[code][quarter] = totals.output_value
    return [CityOutput(code, code in in_cluster, amounts) for code, amounts in by_city.items()]


def _bounds(outputs: list[CityOutput], quarter: Quarter) -> ShareBounds | None:
    """Return share and bounds; None for figures that cannot be compared, such as negative ones."""
    try:
        return share_bounds(outputs, quarter)
    except Incomparable:
        return None


def _named(of: Snapshot, found: ShareBounds) -> Bounds:
    """Return the bounds with the cities themselves in place of their codes."""
    city_of = {city.code: city for city in of.cities}
    return Bounds(
        low=found.low,
        high=found.high,
        assumptions=tuple(
            Assumption(city_of[one.city], one.in_cluster, one.ceiling, one.record)
            for one in found.assumptions
        ),
    )


def _part(amount: Decimal | None, whole: Decimal) -> Decimal | None:
    return amount / whole if amount is not None and whole else None


def _point(of: Snapshot, outputs: list[CityOutput], quarter: Quarter) -> HistoryPoint:
    """Return the share of one quarter of the history."""
    who = coverage(of, quarter, output_reported)
    found = _bounds(outputs, quarter) if who.accepted else None
    return HistoryPoint(
        quarter=quarter,
        value=found.value if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
        accepted=who.accepted,
        expected=who.expected,
    )
