"""Whether a target was changed after a quarter's figures were first shown."""

from collections.abc import Mapping

from django.utils import timezone

from foundation.quarters import Quarter
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.data.versions import TargetVersion, version_at, versions
from indicators.models import Target
from indicators.results.indicator_result import TargetChange


def target_change(snapshot: Snapshot, target: Target, quarter: Quarter) -> TargetChange | None:
    """
    Return the change of a target's goal since a quarter was first shown; None without one.

    A change of other fields, such as its wording, does not count.
    """
    first = snapshot.first_shown.get(quarter)
    actual = snapshot.supposed.actual if snapshot.supposed is not None else snapshot
    known = versions_in(actual).get(target.pk, ())
    stood = version_at(known, first) if first else None
    if stood is None or first is None:
        return None
    later = [one for one in known if first < one.at <= snapshot.moment]
    changed = [
        one
        for before, one in zip([stood, *later], later, strict=False)
        if _goal_differs(before, one)
    ]
    if not changed or not _goal_differs(stood, later[-1]):
        return None
    now = later[-1].target
    return TargetChange(
        before=stood.target.in_base_unit(stood.target.value),
        after=now.in_base_unit(now.value),
        on=timezone.localdate(changed[-1].at),
        version=known.index(later[-1]) + 1,
    )


@cached_by_snapshot(maxsize=8)
def versions_in(snapshot: Snapshot) -> Mapping[int, tuple[TargetVersion, ...]]:
    """Return every target's versions by its key, oldest first. Two queries."""
    return dict(versions())


def _goal_differs(one: TargetVersion, other: TargetVersion) -> bool:
    """Return whether two versions have different values, comparators, bands or deadlines."""
    return any(
        getattr(one.target, name) != getattr(other.target, name)
        for name in ("value", "comparator", "band_low", "band_high", "period")
    )
