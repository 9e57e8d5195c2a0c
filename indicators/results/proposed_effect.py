"""What a proposed change of a target, plan, cluster or park would turn, without writing it."""

from collections.abc import Collection, Iterable, Mapping
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
from audit.proposals.records import Record, filled
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
from indicators.results.scorecard import goal_of, result_in, verdict_on
from indicators.verdict.goal import Goal
from parks.models import Park

# The key of what is not stored yet.
NEW = -1


class VerdictKeeper(Keeper):
    """Keeps records that verdicts rest on: says which a change would turn."""

    def effect(self, proposal: ProposedChange) -> list[str]:
        """Return one sentence a verdict that would be another."""
        now = snapshot(Viewpoint(Quarter.of(timezone.localdate()), None, timezone.now()))
        if goal := _other_goal(now, proposal):
            return _turned_by_goal(now, *goal) or super().effect(proposal)
        then = supposed(now, proposal)
        if then is None:
            return [_("It counts something that is not counted yet: see its page once confirmed.")]
        codes = _codes(proposal)
        found = [
            sentence
            for quarter in now.reported_quarters
            for sentence in turned(now, then, quarter, codes)
        ]
        return found or super().effect(proposal)


def _other_goal(now: Snapshot, proposal: ProposedChange) -> tuple[Target, Goal] | None:
    """
    Return a target that stands and its proposed goal, if what is calculated stays the same.

    Then its figures are those that are known, which for a number of enterprises saves seconds.
    """
    target = next((one for one in now.targets if str(one.pk) == proposal.object_id), None)
    if target is None or proposal.object_type != "indicators.target":
        return None
    first, *points = proposal.after
    proposed = filled(first)
    if proposed.plan_id != target.plan_id or defined_by(proposed) != defined_by(target):
        return None
    return target, goal_of(proposed, _interim(points))


def _turned_by_goal(now: Snapshot, target: Target, goal: Goal) -> list[str]:
    """Return a sentence for each verdict of a target that another goal would turn."""
    found = []
    for quarter in now.reported_quarters:
        judged = now.target(target.indicator, quarter)
        if judged is not None and judged.pk == target.pk:
            was = result_in(now, defined_by(target), quarter)
            verdict = verdict_on(was.indicator, was, goal, quarter)
            found += _sentence(was, replace(was, verdict=verdict), quarter)
    return found


def _interim(points: Iterable[Record]) -> dict[Quarter, Decimal]:
    """Return the points on the way by quarter."""
    rows = [filled(one) for one in points]
    return {Quarter.parse(one.period): one.value for one in rows}


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
        return _with_target(now, obj, _interim(others))
    if isinstance(obj, Plan):
        return _with_plan(now, obj)
    if isinstance(obj, Cluster):
        return _with_cluster(now, obj)
    assert isinstance(obj, Park)
    return replace(now, parks=_put(now.parks, obj))


def _with_target(
    now: Snapshot, target: Target, points: Mapping[Quarter, Decimal]
) -> Snapshot | None:
    indicator = defined_by(target)
    if indicator.kind is IndicatorKind.COUNT and indicator.line not in now.over_by_line:
        return None
    plans = {plan.pk: plan for plan in now.plans}
    target.plan = plans[target.plan_id]
    ordered = sorted(
        _put(now.targets, target),
        key=lambda one: (one.plan.first_year, one.plan_id, one.position, one.indicator),
    )
    interim: Mapping[int, Mapping[Quarter, Decimal]] = {**now.interim, target.pk: points}
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


def turned(
    now: Snapshot, then: Snapshot, quarter: Quarter, codes: Collection[str] = ()
) -> list[str]:
    """Return a sentence for each verdict of a quarter that would be another; codes: which."""
    before, after = (_results(one, quarter, codes) for one in (now, then))
    return [
        sentence
        for code in before | after
        for sentence in _sentence(before.get(code), after.get(code), quarter)
    ]


def _sentence(
    before: IndicatorResult | None, after: IndicatorResult | None, quarter: Quarter
) -> list[str]:
    """Return the sentence that a verdict would be another; none if it would not."""
    was, would_be, some = _word(before), _word(after), after or before
    if was == would_be or some is None:
        return []
    words = _("%(target)s: the verdict of %(quarter)s would change from “%(was)s” to “%(then)s”.")
    named = {"target": some.indicator.short_name, "quarter": quarter_words(quarter)}
    return [words % (named | {"was": was, "then": would_be})]


def _results(
    snapshot: Snapshot, quarter: Quarter, codes: Collection[str]
) -> dict[str, IndicatorResult]:
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
