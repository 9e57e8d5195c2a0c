"""What the silent cities could make of the share, case by case, and how it would stand in each."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from clusters.models import City
from indicators.catalogue import AMOUNTS
from indicators.formulas.share_scenarios import Completion, Scenario, Supposed
from indicators.results import Assumption, IndicatorResult
from indicators.standing import Standing, judge

ZERO = Decimal("0")


@dataclass(frozen=True)
class Case:
    """
    One case, with its arithmetic: amounts in yuan, cumulative.

    inside, outside     what the silent cities are supposed to have made, in the clusters and not
    clusters, province  with these added
    share               clusters / province; None if nothing on record says
    standing            what the share would give by itself; None without a target or a share
    """

    name: str
    inside: Decimal | None
    outside: Decimal | None
    clusters: Decimal | None
    province: Decimal | None
    share: Decimal | None
    standing: Standing | None


@dataclass(frozen=True)
class SilentCity:
    """A silent city with what is supposed of it in each case; ceiling None is without a bound."""

    city: City
    in_cluster: bool
    last: Supposed
    trend: Supposed
    ceiling: Assumption


@dataclass(frozen=True)
class Cases:
    """
    Every case of a share: three scenarios, then the lowest and the highest possible.

    agree  whether all of them give one standing; None if it cannot be told
    """

    rows: tuple[Case, ...]
    cities: tuple[SilentCity, ...]
    agree: bool | None


def cases(result: IndicatorResult) -> Cases | None:
    """Return the cases of a share of amounts; None for any other, and if nobody is silent."""
    if not result.completions or result.bounds is None:
        return None
    if result.indicator.measure not in AMOUNTS:
        return None
    rows = (
        *(_scenario(result, one) for one in result.completions),
        _lowest(result),
        _highest(result),
    )
    given = [row.standing for row in rows]
    return Cases(rows, _cities(result), None if None in given else len(set(given)) == 1)


def _scenario(result: IndicatorResult, one: Completion) -> Case:
    names = {
        Scenario.NOTHING: _("They made nothing"),
        Scenario.AS_LAST_REPORTED: _("As last accepted"),
        Scenario.LAST_YEAR_AND_TREND: _("Last year's figure with this year's trend"),
    }
    return Case(
        name=names[one.scenario],
        inside=_added(one.supposed, in_cluster=True),
        outside=_added(one.supposed, in_cluster=False),
        clusters=one.clusters,
        province=one.province,
        share=one.share,
        standing=_standing(result, one.share),
    )


def _added(supposed: tuple[Supposed, ...], *, in_cluster: bool) -> Decimal | None:
    """Return what is supposed inside or outside the clusters; None if it cannot be told."""
    amounts = [one.amount for one in supposed if one.in_cluster is in_cluster]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if len(known) == len(amounts) else None


def _most(result: IndicatorResult, *, in_cluster: bool) -> Decimal | None:
    """Return the ceilings inside or outside the clusters; None if one has none."""
    assert result.bounds is not None
    every = [one.ceiling for one in result.bounds.assumptions if one.in_cluster is in_cluster]
    known = [ceiling for ceiling in every if ceiling is not None]
    return sum(known, ZERO) if len(known) == len(every) else None


def _lowest(result: IndicatorResult) -> Case:
    """Return the case of the low bound: only the silent cities outside the clusters made much."""
    assert result.bounds is not None
    most = _most(result, in_cluster=False)
    return _end(result, _("Lowest possible"), ZERO, most, result.bounds.low)


def _highest(result: IndicatorResult) -> Case:
    """Return the case of the high bound: only the silent cluster cities made much."""
    assert result.bounds is not None
    most = _most(result, in_cluster=True)
    return _end(result, _("Highest possible"), most, ZERO, result.bounds.high)


def _end(
    result: IndicatorResult,
    name: str,
    inside: Decimal | None,
    outside: Decimal | None,
    share: Decimal | None,
) -> Case:
    """Return the case of a bound; without a ceiling its sums are not known, but the bound is."""
    clusters = province = None
    if inside is not None and outside is not None:
        clusters = (result.numerator or ZERO) + inside
        province = (result.denominator or ZERO) + inside + outside
    return Case(name, inside, outside, clusters, province, share, _standing(result, share))


def _standing(result: IndicatorResult, share: Decimal | None) -> Standing | None:
    """Return how a share would stand by itself, were it complete."""
    if share is None or result.verdict is None:
        return None
    return judge(share, result.verdict.goal, result.quarter).standing


def _cities(result: IndicatorResult) -> tuple[SilentCity, ...]:
    """Return each silent city with what is supposed of it."""
    assert result.bounds is not None
    by_scenario = {
        one.scenario: {supposed.city: supposed for supposed in one.supposed}
        for one in result.completions
    }
    return tuple(
        SilentCity(
            city=one.city,
            in_cluster=one.in_cluster,
            last=by_scenario[Scenario.AS_LAST_REPORTED][one.city.code],
            trend=by_scenario[Scenario.LAST_YEAR_AND_TREND][one.city.code],
            ceiling=one,
        )
        for one in result.bounds.assumptions
    )
