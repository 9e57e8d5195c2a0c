"""What a proposed change of a target, plan, cluster or park would turn, without writing it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import ProposedChange
from audit.proposals import keepers
from audit.proposals.keepers import Keeper
from audit.proposals.records import filled
from clusters.models import Cluster, Plan
from clusters.viewpoint import Viewpoint
from foundation.formatting import quarter as quarter_words
from foundation.quarters import Quarter
from foundation.statuses import status_word
from indicators.catalogue import IndicatorKind, defined_by
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_reader import snapshot
from indicators.models import InterimPoint, Target
from indicators.results.indicator_result import IndicatorResult
from indicators.results.scorecard import result_in
from parks.models import Park

# The key of what is not stored yet.
NEW = -1


class VerdictKeeper(Keeper):
    """Keeps records that verdicts rest on: says which a change would turn."""

    def effect(self, proposal: ProposedChange) -> list[str]:
        """Return one sentence a verdict that would be another."""
        now = snapshot(Viewpoint(Quarter.of(timezone.localdate()), None, timezone.now()))
        then = supposed(now, proposal)
        if then is None:
            return [_("It counts something that is not counted yet: see its page once confirmed.")]
        codes = _codes(proposal)
        found = [
            sentence
            for quarter in now.reported_quarters
            for sentence in _turned(now, then, quarter, codes)
        ]
        return found or super().effect(proposal)


def _codes(proposal: ProposedChange) -> set[str]:
    """Return the codes of the indicators that it may turn; empty if it may turn any."""
    targets = [state[0]["fields"] for state in (proposal.before, proposal.after) if state]
    return {one["indicator"] for one in targets if "indicator" in one}


def supposed(now: Snapshot, proposal: ProposedChange) -> Snapshot | None:
    """
    Return a snapshot with what is proposed in place; None if it was not read for that.

    Its figures are those that were accepted, so what is made of them may be kept as ever.
    """
    first, *others = proposal.after
    obj = filled(first)
    obj.pk = obj.pk or NEW
    if isinstance(obj, Target):
        points = [filled(one) for one in others]
        return _with_target(now, obj, points)
    if isinstance(obj, Plan):
        return _with_plan(now, obj)
    if isinstance(obj, Cluster):
        return _with_cluster(now, obj)
    assert isinstance(obj, Park)
    return replace(now, parks=_put(now.parks, obj))


def _with_target(now: Snapshot, target: Target, points: list[Any]) -> Snapshot | None:
    indicator = defined_by(target)
    if indicator.kind is IndicatorKind.COUNT and indicator.line not in now.over_by_line:
        return None
    plans = {plan.pk: plan for plan in now.plans}
    target.plan = plans[target.plan_id]
    on_the_way = {Quarter.parse(point.period): point.value for point in points}
    ordered = sorted(
        _put(now.targets, target),
        key=lambda one: (one.plan.first_year, one.plan_id, one.position, one.indicator),
    )
    interim: Mapping[int, Mapping[Quarter, Decimal]] = {**now.interim, target.pk: on_the_way}
    return replace(now, targets=tuple(ordered), interim=MappingProxyType(interim))


def _with_plan(now: Snapshot, plan: Plan) -> Snapshot:
    plans = sorted(_put(now.plans, plan), key=lambda one: one.first_year)
    return replace(now, plans=tuple(plans))


def _with_cluster(now: Snapshot, cluster: Cluster) -> Snapshot:
    clusters = _put(now.clusters, cluster)
    codes = {city.pk: city.code for city in now.cities}
    members = {
        plan: frozenset(codes[one.city_id] for one in clusters if one.plan_id == plan)
        for plan in {one.plan_id for one in clusters}
    }
    return replace(now, clusters=clusters, members=MappingProxyType(members))


def _put(there: tuple[Any, ...], one: models.Model) -> tuple[Any, ...]:
    """Return the objects with one in the place of that of its key, or added."""
    if all(other.pk != one.pk for other in there):
        return (*there, one)
    return tuple(one if other.pk == one.pk else other for other in there)


def _turned(now: Snapshot, then: Snapshot, quarter: Quarter, codes: set[str]) -> list[str]:
    """Return a sentence for each verdict of a quarter that would be another."""
    before, after = (_results(one, quarter, codes) for one in (now, then))
    found = []
    for code in before | after:
        was, would_be = (_word(results.get(code)) for results in (before, after))
        if was != would_be:
            named = (after.get(code) or before[code]).indicator.short_name
            found.append(
                _(
                    "%(target)s: the verdict of %(quarter)s would change from “%(was)s” to "
                    "“%(then)s”."
                )
                % {
                    "target": named,
                    "quarter": quarter_words(quarter),
                    "was": was,
                    "then": would_be,
                }
            )
    return found


def _results(snapshot: Snapshot, quarter: Quarter, codes: set[str]) -> dict[str, IndicatorResult]:
    """Return the results of these indicators, or of all, by code."""
    return {
        one.code: result_in(snapshot, one, quarter)
        for one in snapshot.indicators(quarter)
        if not codes or one.code in codes
    }


def _word(result: IndicatorResult | None) -> str:
    """Return what a page calls the verdict; that there is none."""
    return status_word(result.status) if result and result.verdict else _("not judged")


keepers.register("indicators.target", VerdictKeeper([(InterimPoint, "target")]))
for label in ("clusters.plan", "clusters.cluster", "parks.park"):
    keepers.register(label, VerdictKeeper())
