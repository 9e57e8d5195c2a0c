"""The quarterly briefing: put together from the figures and from who has reported; and compared."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Subquery
from django.utils import timezone

from clusters.models import City, Plan, Publication, ReportingPeriod
from clusters.viewpoint import Viewpoint, today
from enterprises.models import Enterprise
from foundation.both_languages import in_each
from foundation.frozen_data import Data, differences, written
from foundation.quarters import Quarter
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_reader import snapshot
from indicators.models import Briefing
from indicators.models.paper import Paper
from submissions.deadlines.obligations import Obligation, obligations
from submissions.deadlines.outstanding_cities import outstanding_cities
from submissions.papers.briefing_figures import comparable, facts, figures
from submissions.papers.task_figures import red_tasks

# What is said about a paper itself, and not about the province.
KIND = "briefing"
AnyPaper = TypeVar("AnyPaper", bound=Paper)


# Of a publication, what a paper prints of the chain.
CHAIN = ("sequence", "chain_hash", "recorded_at")


def draft(snapshot: Snapshot, viewpoint: Viewpoint, previous: Briefing | None) -> Data:
    """
    Return what a briefing would show from a viewpoint, held against the one before it.

    of is the viewpoint's snapshot. The same viewpoint gives the same data until something is
    published, decided or edited, or the day changes. Three queries.
    """
    period = period_called(str(viewpoint.quarter))
    plan = snapshot.plan_for(viewpoint.quarter)
    owed = obligations(list(snapshot.cities), [period], viewpoint.moment)
    found: Data = {
        "kind": KIND,
        "plan": {"code": plan.code, "title": plan.title} if plan else None,
        "period": period.code,
        "due_on": period.due_on.isoformat(),
        "as_of": timezone.localdate(viewpoint.moment).isoformat(),
        **rests_on(viewpoint.moment),
        "owed": any(one.owed for one in owed),
        "accepted": str(sum(one.answered for one in owed)),
        "expected": str(len(owed)),
        "laggards": [_laggard(one) for one in outstanding_cities(owed)],
        "tasks": red_tasks(plan, viewpoint),
        **facts(snapshot, viewpoint.quarter),
    }
    found["previous"] = named(previous)
    found["changes"] = []
    if previous:
        changes = differences(figures(previous.data), figures(found))
        found["changes"] = comparable(changes, previous.data, found)
    return found


def before(issued: Iterable[AnyPaper], plan: Plan | None, moment: datetime) -> AnyPaper | None:
    """
    Return the paper of a plan that one of a moment follows; None if it is the first.

    issued come the newest first. Looking back, one of a later day is not there yet.
    """
    of_plan = (one for one in issued if plan and one.plan_id == plan.pk)
    return next((one for one in of_plan if one.issued_at <= moment), None)


def draft_after(issued: Iterable[Briefing], snapshot: Snapshot, viewpoint: Viewpoint) -> Data:
    """Return the draft of a viewpoint, held against the one it follows of those issued."""
    plan = snapshot.plan_for(viewpoint.quarter)
    return draft(snapshot, viewpoint, before(issued, plan, viewpoint.moment))


def since(briefing: Briefing) -> list[dict[str, Any]]:
    """Return what is known of the briefing's period now that differs from what it says."""
    then = briefing.data
    seen = today(Quarter.parse(then["period"]))
    return differences(figures(then), figures(draft(snapshot(seen), seen, None)))


def period_called(code: str) -> ReportingPeriod:
    """Return the reporting period of a code, with `is_owed`. Raises DoesNotExist."""
    return ReportingPeriod.objects.with_owed().get(code=code)


def _head(sequence: int, chain_hash: str, recorded_at: datetime) -> Data:
    """Return the head of the chain of publications, as a paper keeps and prints it."""
    return {
        "sequence": written(sequence),
        "hash": chain_hash,
        "recorded_at": recorded_at.isoformat(),
    }


def rests_on(moment: datetime) -> Data:
    """
    Return what a paper rests on at a moment: the newest publication, and whether it is made up.

    One query, of a table that is never empty while there is something to show.
    """
    newest = Publication.objects.filter(published_at__lte=moment).order_by("-pk")
    oldest = Enterprise.objects.order_by("pk")
    found = (
        City.objects.order_by("pk")
        .values_list(
            Subquery(newest.values("pk")[:1]),
            Subquery(newest.values("published_at")[:1]),
            *(Subquery(newest.values(name)[:1]) for name in CHAIN),
            Subquery(oldest.values("is_demonstration")[:1]),
        )
        .first()
    )
    publication, published_at, *chain, made_up = found or (None,) * 6
    return {
        "snapshot": {
            "publication": written(publication),
            "published_at": published_at.isoformat() if published_at else None,
            "chain": _head(*chain) if publication else None,
        },
        "demonstration": bool(made_up),
    }


def _laggard(one: Obligation) -> dict[str, Any]:
    """Return a city that is wanted; since says from which day the days are counted."""
    return {
        "code": one.city.code,
        "name": in_each(lambda: one.city),
        "short_name": in_each(lambda: one.city.short),
        "state": str(one.state.value),
        "days": str(one.delay.days) if one.delay else None,
        "since": str(one.delay.since) if one.delay else None,
    }


def named(paper: Paper | None) -> dict[str, str] | None:
    """Return how a paper names the one before it: so each holds the hash of its predecessor."""
    if paper is None:
        return None
    return {
        "number": paper.number,
        "period": paper.data["period"],
        "issued_at": paper.issued_at.isoformat(),
        "sha256": paper.sha256,
    }
