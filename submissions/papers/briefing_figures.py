"""What the quarterly briefing shows, as plain data: of the snapshot, and of nothing else."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from foundation.both_languages import in_each
from foundation.frozen_data import WITHHELD, Data, Figure, written, written_range
from foundation.quarters import Quarter
from indicators.data.disclosure import NOBODY, everything, sum_is_withheld
from indicators.data.published_notes import IN_BRIEFING, paper_notes
from indicators.data.snapshot import Snapshot
from indicators.movement.changes import change
from indicators.regions.block_counts import cluster_blocks, together, written_counts
from indicators.regions.place_figures import ClusterFigures, EnterpriseSummary
from indicators.regions.regional_figures import cluster_rows, enterprise_summary, park_rows
from indicators.results.answer import answer
from indicators.results.indicator_result import IndicatorResult
from indicators.results.scorecard import results_in
from submissions.papers.briefing_sentences import could_move, moved


def facts(snapshot: Snapshot, quarter: Quarter) -> Data:
    """
    Return what a quarter's briefing shows of the figures: targets, clusters, parks, enterprises.

    Every figure is a text or None, which is not reported, or withheld where the paper says so:
    to every reader it shows no more of the parks than NOBODY's reader may see. Names
    and sentences stand in every language, so that a page made of them later says the same in each.
    """
    results = results_in(snapshot, quarter)
    return {
        "answer": in_each(lambda: answer(results)),
        "targets": [target(snapshot, result) for result in results],
        "clusters": [_cluster(row) for row in cluster_rows(snapshot, quarter)],
        "parks": _parks(snapshot, quarter),
        "enterprises": _enterprises(enterprise_summary(snapshot, quarter)),
        "blocks": written_counts(together(cluster_blocks(snapshot, quarter))),
        "notes": paper_notes(snapshot, quarter, IN_BRIEFING),
    }


def target(snapshot: Snapshot, result: IndicatorResult) -> Data:
    """Return a target's result as data: figures, standing, and up to three sentences."""
    goal, verdict, beside = result.target, result.verdict, change(snapshot, result)
    projected = verdict is not None and verdict.is_projected
    return {
        "code": result.code,
        "name": in_each(lambda: result.indicator.name),
        "short_name": in_each(lambda: result.indicator.short_name),
        "unit": result.unit,
        "is_on_record": result.indicator.things is not None,
        "unit_word": in_each(lambda: result.unit_word),
        "value": written(result.value),
        "shown": in_each(lambda: result.shown),
        "certain": ends(result.certain.low, result.certain.high),
        "certain_words": in_each(lambda: result.certain_words) if result.provisional else None,
        "estimate": ends(result.estimate.low, result.estimate.high) if result.estimate else None,
        "break_even": in_each(lambda: result.break_even_words) if result.break_even else None,
        "expected_standing": str(result.expected) if result.expected else None,
        "moved_target": in_each(lambda: result.changed_target_words)
        if result.changed_target
        else None,
        "projection": written(verdict.judged) if verdict and projected else None,
        "standing": str(result.standing),
        "provisional": result.provisional,
        "accepted": str(result.coverage.accepted),
        "expected": str(result.coverage.expected),
        "missing": [in_each(partial(str, city)) for city in result.coverage.missing],
        "target": {
            "comparator": goal.comparator,
            "value": written(goal.value),
            "period": str(goal.period),
        }
        if goal
        else None,
        "sentences": [
            said
            for said in (
                in_each(lambda: result.explanation),
                in_each(lambda: moved(beside)),
                in_each(lambda: could_move(result)),
            )
            if said["en"]
        ],
    }


def ends(low: Decimal | None, high: Decimal | None) -> dict[str, str | None]:
    """Return the ends of a range as texts; None is an open end."""
    return {"low": written(low), "high": written(high)}


def _cluster(row: ClusterFigures) -> Data:
    return {
        "slug": row.cluster.slug,
        "name": in_each(lambda: row.cluster),
        "output_value": written(row.city.totals.output_value),
        "share": written(row.city.share),
        "share_words": in_each(lambda: row.city.reported_only_words or row.city.share_words),
        "growth": written(row.city.growth),
        "over": written(row.city.over),
    }


def _parks(snapshot: Snapshot, quarter: Quarter) -> Data:
    """
    Return the parks together; the sum is of those that reported it, None if none did.

    It is withheld where, less the parks that may be shown, it would give a single one away.
    """
    every = park_rows(snapshot, quarter, everything(snapshot))
    outputs = [one.totals.output_value for one in every if one.totals.output_value is not None]
    withheld = sum_is_withheld(snapshot, quarter, [one.park for one in every], NOBODY)
    return {
        "number": str(len(every)),
        "reporting": str(sum(one.reported for one in every)),
        "output_reporting": str(len(outputs)),
        "output_value": written(sum(outputs, Decimal(0)) if outputs and not withheld else None),
        **marked(withheld),
    }


def marked(withheld: bool) -> Data:
    """Return the mark of figures that are withheld; none where they are not."""
    return {"withheld": True} if withheld else {}


def _enterprises(summary: EnterpriseSummary) -> Data:
    return {
        "registered": str(summary.registered),
        "reporting": written(summary.reporting),
        "over": written(summary.over),
        "whose": in_each(lambda: summary.whose),
        "tiers": [
            {
                "code": row.tier.code,
                "name": in_each(partial(str, row.tier)),
                "number": str(row.number),
            }
            for row in summary.tiers
        ],
    }


def comparable(
    rows: Iterable[dict[str, Any]], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """
    Return what differs in two briefings, without a difference where the months are others.

    A year's figures are cumulative: twelve months are no more than nine. Of the register, the
    titles and things on record there is a difference at any time.
    """
    if before["period"] == after["period"]:
        return list(rows)
    on_record = {one["code"] for one in after["targets"] if one["is_on_record"]}
    return [
        row if _is_on_record(row["key"], on_record) else row | {"difference": None} for row in rows
    ]


def _is_on_record(key: str, targets: Collection[str]) -> bool:
    what, name, *_measure = key.split(":")
    if what == "target":
        return name in targets
    return what in ("tier", "cities") or key == "enterprises:registered"


# ---- figure by figure ------------------------------------------------------------------


def kind_of(unit: str) -> str:
    """Return how an indicator's values are written in a paper: yuan are an amount."""
    return "amount" if unit == "yuan" else unit


def figure_of(one: Mapping[str, Any], measure: str, kind: str) -> Figure:
    """Return a figure of a target by its name in the frozen data."""
    return Figure(f"target:{one['code']}:{measure}", one["short_name"], measure, kind, one[measure])


def what_is_known(one: Mapping[str, Any]) -> list[Figure]:
    """
    Return a target's value, its estimate and what is certain of it.

    The value only where every city has reported: a paper issued before 2026-11-30 has that of
    the reporting cities alone, which compares with no other.
    """
    kind, name = kind_of(one["unit"]), one["short_name"]
    key = f"target:{one['code']}"
    silent = one["provisional"]
    certain = written_range(one.get("certain")) if silent else None
    return [
        Figure(f"{key}:value", name, "value", kind, None if silent else one["value"]),
        Figure(
            f"{key}:estimate", name, "estimate", f"{kind}_range", written_range(one.get("estimate"))
        ),
        Figure(f"{key}:certain", name, "certain", f"{kind}_range", certain),
        Figure(f"{key}:expected", name, "expected", "expected", one.get("expected_standing")),
    ]


def figures(data: Mapping[str, Any]) -> list[Figure]:
    """Return every figure that a briefing shows, in its order: what two briefings differ in."""
    cities = in_each(lambda: _("Cities' returns"))
    of_parks = in_each(lambda: _("Characteristic parks"))
    of_firms = in_each(lambda: _("Enterprises"))
    found = [
        figure
        for one in data["targets"]
        for figure in (
            figure_of(one, "standing", "status"),
            *what_is_known(one),
            figure_of(one, "projection", kind_of(one["unit"])),
        )
    ]
    found.append(Figure("cities:accepted", cities, "accepted", "count", data["accepted"]))
    found += [
        Figure(f"cluster:{one['slug']}:{measure}", one["name"], measure, kind, one[measure])
        for one in data["clusters"]
        for measure, kind in (("output_value", "amount"), ("over", "count"))
    ]
    parks, firms = data["parks"], data["enterprises"]
    of_all = WITHHELD if parks.get("withheld") else parks["output_value"]
    found += [
        Figure("parks:reporting", of_parks, "reporting", "count", parks["reporting"]),
        Figure("parks:output_value", of_parks, "output_value", "amount", of_all),
        Figure("enterprises:reporting", of_firms, "reporting", "count", firms["reporting"]),
        Figure("enterprises:registered", of_firms, "registered", "count", firms["registered"]),
    ]
    return found + [
        Figure(f"tier:{one['code']}", one["name"], "number", "count", one["number"])
        for one in firms["tiers"]
    ]
