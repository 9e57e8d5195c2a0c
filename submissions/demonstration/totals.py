"""A city's own totals and its park's, from its firms' lines. Pure; yuan, cumulative."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from foundation.quarters import Quarter
from submissions.demonstration import story
from submissions.demonstration.province import OVER, PROFILES, DemoLine, Profile


@dataclass(frozen=True, slots=True)
class DemoCityTotals:
    """The figures of 城市汇总 of one period."""

    output_value: Decimal
    revenue: Decimal
    enterprises: int
    enterprises_over_100m: int
    rd_expenditure: Decimal
    employees: int


@dataclass(frozen=True, slots=True)
class DemoParkTotals:
    """The figures of 园区进展 of one period."""

    firms: int
    output_value: Decimal
    revenue: Decimal
    investment: Decimal


def city_totals(city: str, lines: Iterable[DemoLine]) -> DemoCityTotals:
    """Return a city's totals: its lines, and small firms without a line."""
    profile = PROFILES[city]
    listed = list(lines)
    return DemoCityTotals(
        output_value=_with_unlisted(profile, (line.output_value for line in listed)),
        revenue=_with_unlisted(profile, (line.revenue for line in listed)),
        enterprises=len(listed) * 13 // 10,
        enterprises_over_100m=sum(line.revenue > OVER for line in listed if line.revenue),
        rd_expenditure=_with_unlisted(profile, (line.rd_expenditure for line in listed)),
        employees=sum(line.employees or 0 for line in listed) * 11 // 10,
    )


def _with_unlisted(profile: Profile, amounts: Iterable[Decimal | None]) -> Decimal:
    """Return a sum raised by the share of unlisted firms, rounded up to the city's step."""
    listed = sum((amount for amount in amounts if amount is not None), Decimal(0))
    steps = (listed * Decimal(profile.unlisted) / profile.quantum).quantize(
        Decimal("1"), ROUND_CEILING
    )
    return steps * profile.quantum


def park_totals(city: str, lines: Iterable[DemoLine]) -> DemoParkTotals:
    """Return the figures of a city's park: sums of its firms, and investment of the year."""
    inside = [line for line in lines if line.firm.in_park]
    output = sum((line.output_value for line in inside if line.output_value), Decimal(0))
    step = PROFILES[city].quantum
    return DemoParkTotals(
        firms=len(inside),
        output_value=output,
        revenue=sum((line.revenue for line in inside if line.revenue), Decimal(0)),
        investment=output * Decimal("0.06") // step * step,
    )


def province_totals(quarter: Quarter) -> dict[str, DemoCityTotals]:
    """Return the correct totals of every city, also of silent ones."""
    return {city: city_totals(city, story.truth(city, quarter)) for city in PROFILES}
