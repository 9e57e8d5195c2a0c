"""A share of the province's total, from a snapshot: value, bounds, parts and history."""

from collections.abc import Iterable
from decimal import Decimal

from clusters.quarters import Quarter
from indicators.catalogue import Indicator, Measure, Numerator
from indicators.coverage import coverage, measure_reported
from indicators.formulas import share_bounds as bounded
from indicators.formulas.city_output import CityOutput
from indicators.formulas.incomparable import Incomparable
from indicators.formulas.share_bounds import ShareBounds, share_bounds
from indicators.formulas.share_scenarios import share_scenarios
from indicators.results import Assumption, Bounds, Contribution, Figures, HistoryPoint
from indicators.snapshot import Snapshot

ZERO = Decimal("0")


def share_figures(of: Snapshot, indicator: Indicator, quarter: Quarter) -> Figures:
    """
    Return the share in a quarter. The value is None if no city has reported the measure.

    Which cities are the numerator is what the plan for that quarter says, for the whole
    history: a line that changes its meaning halfway is no line.
    """
    assert indicator.measure is not None
    part = numerator_cities(of, indicator, quarter)
    made = outputs(of, part, indicator.measure)
    amounts = {one.city: one.amounts.get(quarter) for one in made}
    known = {code: amount for code, amount in amounts.items() if amount is not None}
    found = _bounds(made, quarter)
    who = coverage(of, quarter, measure_reported(indicator.measure))
    return Figures(
        value=found.value if found else None,
        numerator=sum((known[code] for code in known if code in part), ZERO) if known else None,
        denominator=sum(known.values(), ZERO) if known else None,
        coverage=who,
        bounds=Bounds(found.low, found.high, assumed(of, found.assumptions))
        if found and known and not who.is_complete
        else None,
        completions=share_scenarios(made, quarter) if found and known else (),
        contributions=contributions(of, part, indicator.measure, quarter),
        history=tuple(_point(of, indicator, made, q) for q in of.with_figures(quarter)),
    )


def numerator_cities(of: Snapshot, indicator: Indicator, quarter: Quarter) -> frozenset[str]:
    """Return the codes of the cities whose part a share is."""
    if indicator.numerator is Numerator.PARK_CITIES:
        return frozenset(park.city.code for park in of.parks_of(of.plan_for(quarter)))
    return of.cluster_cities(quarter)


def outputs(of: Snapshot, part: frozenset[str], measure: Measure) -> list[CityOutput]:
    """Return every city's figures by quarter, as the formulas want them."""
    by_city: dict[str, dict[Quarter, Decimal | None]] = {city.code: {} for city in of.cities}
    for code, quarter in of.city_totals:
        reported = getattr(of.city_totals[code, quarter], measure.value)
        by_city[code][quarter] = None if reported is None else Decimal(reported)
    return [CityOutput(code, code in part, amounts) for code, amounts in by_city.items()]


def contributions(
    of: Snapshot, part: frozenset[str], measure: Measure, quarter: Quarter
) -> tuple[Contribution, ...]:
    """Return what each city adds to the province's total."""
    made = {city.code: of.figure(city, quarter, measure) for city in of.cities}
    province = sum((amount for amount in made.values() if amount is not None), ZERO)
    return tuple(
        Contribution(
            city=city,
            in_cluster=city.code in part,
            amount=made[city.code],
            share=_part(made[city.code], province),
        )
        for city in of.cities
    )


def assumed(of: Snapshot, found: Iterable[bounded.Assumption]) -> tuple[Assumption, ...]:
    """Return what is assumed of the silent cities, with the cities in place of their codes."""
    city_of = {city.code: city for city in of.cities}
    return tuple(
        Assumption(city_of[one.city], one.in_cluster, one.ceiling, one.record) for one in found
    )


def _bounds(made: list[CityOutput], quarter: Quarter) -> ShareBounds | None:
    """Return share and bounds; None for figures that cannot be compared, such as negative ones."""
    try:
        return share_bounds(made, quarter)
    except Incomparable:
        return None


def _part(amount: Decimal | None, whole: Decimal) -> Decimal | None:
    return amount / whole if amount is not None and whole else None


def _point(
    of: Snapshot, indicator: Indicator, made: list[CityOutput], quarter: Quarter
) -> HistoryPoint:
    """Return the share of one quarter of the history."""
    assert indicator.measure is not None
    who = coverage(of, quarter, measure_reported(indicator.measure))
    found = _bounds(made, quarter) if who.accepted else None
    return HistoryPoint(
        quarter=quarter,
        value=found.value if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
        accepted=who.accepted,
        expected=who.expected,
        restated=of.restated.of_any_city(quarter, indicator.measure),
    )
