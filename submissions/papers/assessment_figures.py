"""What the closing assessment of a plan shows of the figures, as plain data."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from clusters.blocks import BlockRow, CategoryRow
from clusters.models import Cluster, Plan
from foundation.both_languages import in_each
from foundation.frozen_data import WITHHELD, Data, Figure, written
from foundation.quarters import Quarter
from indicators.data.disclosure import NOBODY
from indicators.data.published_notes import IN_ASSESSMENT, paper_notes
from indicators.data.snapshot import Snapshot
from indicators.regions.block_counts import written_light
from indicators.regions.place_figures import ParkFigures
from indicators.regions.regional_figures import enterprise_summary, park_row
from indicators.results.answer import answer
from indicators.results.indicator_result import IndicatorResult
from indicators.results.scorecard import results_in
from indicators.verdict.goal import Standing
from indicators.verdict.sentences import city_names, names
from parks.models import ParkReturn
from submissions.papers.briefing_figures import figure_of, marked, target, what_is_known


def last_quarter(plan: Plan) -> Quarter:
    """Return the quarter at whose end a plan is closed."""
    return Quarter(plan.last_year, 4)


def judgement(result: IndicatorResult, day: date) -> str:
    """
    Return target_met, target_missed or cannot_judge for a target as known on a day.

    Met and missed are the verdict's own words for the target's deadline, and it gives them only
    where the silent cities could not change them. Before the deadline is over nothing is judged.
    """
    verdict, goal = result.verdict, result.target
    if verdict is None or goal is None or day <= goal.period.last_day:
        return "cannot_judge"
    if verdict.standing is Standing.ACHIEVED:
        return "target_met"
    if verdict.is_missed_on(day):
        return "target_missed"
    return "cannot_judge"


def facts(
    snapshot: Snapshot, plan: Plan, blocks: Mapping[int, list[CategoryRow]], day: date
) -> Data:
    """
    Return targets, building blocks, parks and enterprises at a plan's end, as known on a day.

    A paper leaves the office: of a park it shows what NOBODY's reader may see, and withheld.
    """
    quarter = last_quarter(plan)
    clusters = snapshot.clusters_of(plan)
    parks = [park_row(snapshot, park, quarter, NOBODY) for park in snapshot.parks_of(plan)]
    summary = enterprise_summary(snapshot, quarter)
    results = results_in(snapshot, quarter)
    found: Data = {
        "answer": in_each(lambda: answer(results)),
        "targets": [_target(snapshot, result, day) for result in results],
        "clusters": [_cluster(one, blocks.get(one.pk, [])) for one in clusters],
        "parks": [_park(row) for row in parks],
        "enterprises": {
            "registered": str(summary.registered),
            "reporting": written(summary.reporting),
            "tiers": [
                {
                    "code": row.tier.code,
                    "name": in_each(partial(str, row.tier)),
                    "number": str(row.number),
                }
                for row in summary.tiers
            ],
        },
        "notes": paper_notes(snapshot, quarter, IN_ASSESSMENT),
    }
    found["missing"] = list(_missing(results, found, quarter, day))
    return found


def _target(snapshot: Snapshot, result: IndicatorResult, day: date) -> Data:
    baseline, goal = result.baseline, result.target
    return {
        **target(snapshot, result),
        "judgement": judgement(result, day),
        "wording": goal.wording if goal else "",
        "things": [
            {"name": in_each(partial(str, one)), "status": one.status, "evidence": one.evidence}
            for one in result.things
        ],
        "numerator": written(result.numerator),
        "denominator": written(result.denominator),
        "baseline": {
            "value": written(baseline.value),
            "period": str(baseline.period),
            "source": baseline.source,
        }
        if baseline
        else None,
    }


def _cluster(cluster: Cluster, categories: Iterable[CategoryRow]) -> Data:
    return {
        "slug": cluster.slug,
        "name": in_each(lambda: cluster),
        "categories": [
            {
                "name": in_each(partial(str, row.category)),
                "planned": written(row.planned),
                "operating": str(row.operating),
                "evidenced": str(row.evidenced),
                "unmet": [_block(one) for one in row.blocks if not one.operating],
            }
            for row in categories
        ],
    }


def _block(one: BlockRow) -> Data:
    """Return a building block that is not in operation; status None if nobody reported any."""
    latest = one.latest
    return {
        "name": str(one.block),
        "status": latest.status if latest and latest.status else None,
        "planned_on": _day(latest.planned_on) if latest else None,
        "actual_on": _day(latest.actual_on) if latest else None,
        "light": written_light(one),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _park(row: ParkFigures) -> Data:
    return {
        "slug": row.park.slug,
        "name": in_each(lambda: row.park),
        "city": in_each(lambda: row.park.city),
        "reported": row.reported,
        **marked(row.withheld),
        **{name: written(getattr(row.totals, name)) for name in ParkReturn.reported()},
    }


def _missing(
    results: Iterable[IndicatorResult], found: Data, quarter: Quarter, day: date
) -> Iterable[dict[str, str]]:
    """Yield, in each language, what is wanting before everything could be judged."""
    if day <= quarter.last_day:
        yield in_each(
            lambda: (
                _("The plan runs until %(day)s: nothing is final before.")
                % {"day": quarter.last_day.isoformat()}
            )
        )
    for result in results:
        yield from _missing_of(result)
    blocks = [b for c in found["clusters"] for part in c["categories"] for b in part["unmet"]]
    if unknown := sum(one["status"] is None for one in blocks):
        words = {"number": unknown}
        yield in_each(
            lambda: _("Building blocks whose state nobody has reported: %(number)s.") % words
        )
    if silent := sum(not one["reported"] for one in found["parks"]):
        words = {"number": silent, "of": len(found["parks"])}
        yield in_each(
            lambda: _("Parks without figures for the last quarter: %(number)s of %(of)s.") % words
        )


def _missing_of(result: IndicatorResult) -> Iterable[dict[str, str]]:
    """Yield what a target lacks: a goal, a baseline, cities."""
    name = result.indicator.short_name
    if result.target is None:
        yield in_each(lambda: _("%(name)s: the plan sets no target.") % {"name": name})
    elif result.baseline is None:
        yield in_each(lambda: _("%(name)s: no baseline has been published.") % {"name": name})
    unknown = [one for one in result.things if one.is_established is None]
    if unknown:
        yield in_each(
            lambda: (
                _("%(name)s: no record says whether these are established: %(things)s.")
                % {"name": name, "things": names([str(one) for one in unknown])}
            )
        )
    elif result.coverage.missing:
        who = result.coverage.missing
        yield in_each(
            lambda: (
                _("%(name)s: not reported by %(cities)s.")
                % {"name": name, "cities": city_names([str(city) for city in who])}
            )
        )


def _sums(one: Mapping[str, Any]) -> Iterable[Figure]:
    """Yield numerator and denominator, where every city is in them: sums of fewer compare not."""
    kind = "count" if one["unit"] == "count" else "amount"
    for measure in ("numerator", "denominator"):
        value = None if one["provisional"] else one[measure]
        yield Figure(f"target:{one['code']}:{measure}", one["short_name"], measure, kind, value)


def figures(data: Mapping[str, Any]) -> list[Figure]:
    """Return every figure of an assessment, in its order: what two of them differ in."""
    found = [
        figure
        for one in data["targets"]
        for figure in (
            figure_of(one, "judgement", "status"),
            *what_is_known(one),
            *_sums(one),
            figure_of(one, "accepted", "count"),
        )
    ]
    found += [
        Figure(f"cluster:{one['slug']}:{at}", part["name"], "operating", "count", part["operating"])
        for one in data["clusters"]
        for at, part in enumerate(one["categories"])
    ]
    found += [
        Figure(
            f"park:{one['slug']}:{measure}",
            one["name"],
            measure,
            "amount",
            WITHHELD if one.get("withheld") else one[measure],
        )
        for one in data["parks"]
        for measure in ParkReturn.amounts()
        # A paper of before the measure was reported has none.
        if measure in one
    ]
    return found + [
        Figure(f"tier:{one['code']}", one["name"], "number", "count", one["number"])
        for one in data["enterprises"]["tiers"]
    ]
