"""The versions of a target as rows of its page, with what each one changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.language import quarter_name
from foundation.quarters import Quarter
from foundation.record_admin import reason_shown
from indicators.catalogue import defined_by
from indicators.data.snapshot import Snapshot
from indicators.data.versions import TargetVersion
from indicators.models import Target
from indicators.results.changed_targets import versions_in
from indicators.results.indicator_result import written_as
from indicators.results.scorecard import goal_of
from indicators.verdict.rounding import plain
from indicators.verdict.sentences import at_end_of, goal_words

# Fields that identify a record and are not part of the goal.
NOT_SHOWN = ("id", "plan")
QUARTERS = ("period", "baseline_period")


@dataclass(frozen=True)
class FieldChange:
    """A field of a target that a version changed, in words; a dash for nothing."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class VersionRow:
    """
    One version of a target.

    goal      its goal in words
    is_first  whether there is none before it
    is_later  whether it was made after the viewpoint's day
    changes   against the version before; empty for the first
    """

    at: datetime
    by: str
    reason: str
    goal: str
    is_first: bool
    is_later: bool
    changes: tuple[FieldChange, ...]


def version_rows(snapshot: Snapshot, code: str, quarter: Quarter) -> list[VersionRow]:
    """
    Return the versions of the target that a quarter's plan sets, newest first.

    Versions made after the viewpoint's day are included, marked is_later. No query once they were
    read for a snapshot; empty if the plan sets no target.
    """
    target = snapshot.target(code, quarter)
    known = versions_in(snapshot).get(target.pk, ()) if target else ()
    rows = [_row(snapshot, version, before) for before, version in _with_the_one_before(known)]
    return rows[::-1]


def _with_the_one_before(
    known: tuple[TargetVersion, ...],
) -> Iterator[tuple[TargetVersion | None, TargetVersion]]:
    before = None
    for version in known:
        yield before, version
        before = version


def _row(snapshot: Snapshot, version: TargetVersion, before: TargetVersion | None) -> VersionRow:
    target = version.target
    goal = goal_of(target, version.interim)
    words = {
        "goal": goal_words(goal, written_as(defined_by(target))),
        "deadline": at_end_of(goal.deadline),
    }
    return VersionRow(
        at=version.at,
        by=version.by,
        reason=reason_shown(version.reason),
        goal=_("%(goal)s by the %(deadline)s") % words,
        is_first=before is None,
        is_later=before is not None and snapshot.as_of is not None and version.at > snapshot.moment,
        changes=tuple(_changes(snapshot, before, version)) if before else (),
    )


def _changes(
    snapshot: Snapshot, before: TargetVersion, version: TargetVersion
) -> Iterator[FieldChange]:
    """Yield each field that differs, and each interim point."""
    for field in Target._meta.concrete_fields:
        if field.name in NOT_SHOWN:
            continue
        old, new = (_written(snapshot, one.target, field.name) for one in (before, version))
        if old != new:
            yield FieldChange(str(field.verbose_name), old, new)
    for quarter in sorted({*before.interim, *version.interim}):
        old, new = (_text(one.interim.get(quarter)) for one in (before, version))
        if old != new:
            label = _("interim point %(quarter)s") % {"quarter": quarter_name(quarter)}
            yield FieldChange(label, old, new)


def _written(snapshot: Snapshot, target: Target, name: str) -> str:
    """Return a field of a target as a reader knows it. Asks the database nothing."""
    if name == "tier":
        return next((str(tier) for tier in snapshot.tiers if tier.pk == target.tier_id), "—")
    show = getattr(target, f"get_{name}_display", None)
    value = show() if show else getattr(target, name)
    return quarter_name(Quarter.parse(value)) if value and name in QUARTERS else _text(value)


def _text(value: object) -> str:
    """Return a value in words; a dash for none."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return plain(value) if isinstance(value, Decimal) else str(value)
