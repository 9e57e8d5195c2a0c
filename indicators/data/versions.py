"""The versions of every target: its values, who changed them, when and why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from foundation.quarters import Quarter
from indicators.models import InterimPoint, Target

Interim = Mapping[Quarter, Decimal]


@dataclass(frozen=True, eq=False)
class TargetVersion:
    """
    A target as it was from a moment on.

    target   the record as it was; its relations must not be followed
    interim  its interim points then, by quarter, in the record's own unit
    by       who changed it; empty if a command did
    """

    at: datetime
    by: str
    reason: str
    target: Target
    interim: Interim


def versions() -> Mapping[int, tuple[TargetVersion, ...]]:
    """Return every target's versions by its key, oldest first. Two queries."""
    points = defaultdict(list)
    for row in InterimPoint.history.select_related("history_user").order_by("history_id"):
        points[row.target_id].append(row)
    rows = defaultdict(list)
    for row in Target.history.select_related("history_user").order_by("history_id"):
        rows[row.id].append(row)
    return {key: _versions(of_one, points[key]) for key, of_one in rows.items()}


def version_at(known: Sequence[TargetVersion], moment: datetime) -> TargetVersion | None:
    """
    Return the version in force at a moment; the first one for all the time before.

    The plan sets a target before it is entered here. None if there is no version.
    """
    before = [one for one in known if one.at <= moment]
    return before[-1] if before else next(iter(known), None)


def _versions(records: list[Any], points: list[Any]) -> tuple[TargetVersion, ...]:
    """Return one version for each moment at which the target or one of its points changed."""
    records.sort(key=_moment)
    first = _moment(records[0])[0]
    # Interim points saved with the target have its moment (TargetAdmin): one version.
    acts = {_moment(row)[0]: row for row in [*points, *records]}
    found = []
    for at in sorted(acts):
        if at >= first:
            record = [row for row in records if row.history_date <= at][-1]
            found.append(_version(acts[at], at, record, points))
    return tuple(found)


def _moment(row: Any) -> tuple[datetime, int]:
    return row.history_date, row.history_id


def _version(act: Any, at: datetime, record: Any, points: list[Any]) -> TargetVersion:
    latest = {row.id: row for row in sorted(points, key=_moment) if row.history_date <= at}
    return TargetVersion(
        at=at,
        by=act.history_user.get_username() if act.history_user else "",
        reason=act.history_change_reason or "",
        target=record.instance,
        interim={
            Quarter.parse(row.period): row.value
            for row in latest.values()
            if row.history_type != "-"
        },
    )
