"""The closing assessment: put together from the figures and from the workbooks they rest on."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from clusters.backfilled import is_backfilled
from clusters.blocks import categories_of_plan
from clusters.models import City, Plan, ReportingPeriod
from clusters.viewpoint import Viewpoint, today
from foundation.both_languages import in_each
from foundation.frozen_data import Data, differences, written
from foundation.quarters import Quarter
from indicators.data.coverage import firms_reported, output_reported
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_reader import snapshot
from indicators.models import Assessment
from submissions.deadlines.obligations import obligations
from submissions.models import Submission
from submissions.papers.assessment_figures import facts, figures, last_quarter
from submissions.papers.briefings import before, named, rests_on
from submissions.papers.sources import Evidence, SourceRestatement, evidence
from submissions.papers.task_figures import tasks_with_evidence


def draft(
    plan: Plan, snapshot: Snapshot, viewpoint: Viewpoint, previous: Assessment | None
) -> Data:
    """
    Return what the closing assessment of a plan would show as of a viewpoint's moment.

    of is the viewpoint's snapshot. Five queries: the versions, the states of the last
    quarter's workbooks, what all of it rests on, the building blocks and their reports.
    """
    moment, last = viewpoint.moment, last_quarter(plan)
    day = timezone.localdate(moment)
    rests = evidence(plan, last, moment)
    states = _states(snapshot, last, moment)
    found: Data = {
        "kind": "assessment",
        "plan": {
            "code": plan.code,
            "title": plan.title,
            "first_year": str(plan.first_year),
            "last_year": str(plan.last_year),
        },
        "period": str(last),
        "as_of": day.isoformat(),
        **rests_on(moment),
        "evidence": [
            _evidence(snapshot, city, last, rests) | {"state": states.get(city.code)}
            for city in snapshot.cities
        ],
        "tasks": tasks_with_evidence(plan, viewpoint),
        "restatements": [_restatement(one, last) for one in rests.restatements],
        **facts(snapshot, plan, categories_of_plan(plan, Viewpoint(last, None, moment)), day),
    }
    found["previous"] = named(previous)
    found["changes"] = differences(figures(previous.data), figures(found)) if previous else []
    return found


def draft_after(
    plan: Plan, issued: Iterable[Assessment], snapshot: Snapshot, viewpoint: Viewpoint
) -> Data:
    """Return the draft of a viewpoint, held against the one it follows of those issued."""
    return draft(plan, snapshot, viewpoint, before(issued, plan, viewpoint.moment))


def since(assessment: Assessment) -> list[dict[str, Any]]:
    """Return what is known of the plan now that differs from what an assessment says."""
    then, plan = assessment.data, assessment.plan
    seen = today(last_quarter(plan))
    return differences(figures(then), figures(draft(plan, snapshot(seen), seen, None)))


def _states(snapshot: Snapshot, last: Quarter, moment: datetime) -> dict[str, str]:
    """Return the state of each city's workbook by its code; none of a quarter not on record."""
    if last not in snapshot.due_on:
        return {}
    period = ReportingPeriod(
        pk=snapshot.period_ids[last], code=str(last), due_on=snapshot.due_on[last]
    )
    # It is one of the plan's.
    period.is_owed = True
    owed = obligations(list(snapshot.cities), [period], moment)
    return {one.city.code: str(one.state.value) for one in owed}


def _evidence(snapshot: Snapshot, city: City, last: Quarter, rests: Evidence) -> Data:
    """Return a city's workbook for the last quarter: None if none is in force."""
    submission = rests.in_force.get(city.code)
    return {
        "code": city.code,
        "name": in_each(lambda: city),
        "submission": _version(submission) if submission else None,
        "output_value": written(snapshot.output_value(city, last)),
        "counts_for_share": output_reported(snapshot, city, last),
        "counts_for_firms": firms_reported(snapshot, city, last),
    }


def _version(submission: Submission) -> Data:
    """Return a version of a workbook as evidence: what it is called, and the hash of its file."""
    moments = ("submitted_at", "decided_at", "published_at")
    # Only of a back-filled history: any other is recorded as it is published.
    recorded = {"recorded_at": _iso(vars(submission)["recorded_at"])}
    return {
        "id": str(submission.pk),
        "version": str(submission.version),
        "filename": submission.filename,
        "sha256": submission.sha256,
        **{name: _iso(getattr(submission, name)) for name in moments},
        **(recorded if is_backfilled(submission) else {}),
    }


def _restatement(one: SourceRestatement, last: Quarter) -> Data:
    """Return a restatement, and whether it came after the plan's last day."""
    published = one.submission.published_at
    by = None if one.before is None or one.after is None else one.after - one.before
    return {
        "city": in_each(lambda: one.submission.city),
        "period": one.submission.period.code,
        **_version(one.submission),
        "before": written(one.before),
        "after": written(one.after),
        "difference": written(by),
        "after_deadline": timezone.localdate(published) > last.last_day,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
