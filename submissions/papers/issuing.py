"""Issuing a paper: numbered without a gap, frozen under its hash, and never changed again."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.recording import record
from audit.refusals import refusals_recorded
from clusters.models import Plan
from clusters.plans import plan_for
from clusters.viewpoint import Viewpoint, today
from foundation.frozen_data import Data, canonical, number, sha256
from indicators.data.snapshot_reader import snapshot
from indicators.models import Assessment, Briefing
from submissions.access import ISSUE_ASSESSMENT, ISSUE_BRIEFING
from submissions.papers import assessments, briefings
from submissions.papers.briefings import AnyPaper
from submissions.refused import Refused

# Tells a closing assessment's number from a briefing's of the same plan and year.
FINAL = "F"


@refusals_recorded(Act.PAPER_ISSUED, Refused)
@transaction.atomic
def issue_briefing(
    viewpoint: Viewpoint, *, by: Any, seen: str | None = None, issued_at: datetime | None = None
) -> Briefing:
    """
    Issue the briefing of a viewpoint and return it.

    seen is the hash of the draft that was looked at, None if nobody says. issued_at dates a
    back-filled history. Raises PermissionDenied without the right; Refused if there is no
    plan, the day is yet to come, or the draft is no longer what was seen.
    """
    if not by.has_perm(ISSUE_BRIEFING):
        raise PermissionDenied
    plan = _one_at_a_time(plan_for(viewpoint.quarter))
    viewpoint, moment = _now(viewpoint), issued_at or timezone.now()
    data = briefings.draft_after(Briefing.objects.filter(plan=plan), snapshot(viewpoint), viewpoint)
    _as_seen(data, seen, viewpoint, moment)
    period_id = briefings.period_called(data["period"]).pk
    return _issued(Briefing, data, plan, viewpoint, by=by, at=moment, period_id=period_id)


@refusals_recorded(Act.PAPER_ISSUED, Refused)
@transaction.atomic
def issue_assessment(
    plan: Plan, viewpoint: Viewpoint, *, by: Any, seen: str | None = None
) -> Assessment:
    """Issue the closing assessment of a plan as of a viewpoint's moment; as issue_briefing."""
    if not by.has_perm(ISSUE_ASSESSMENT):
        raise PermissionDenied
    locked = _one_at_a_time(plan)
    viewpoint, moment = _now(viewpoint), timezone.now()
    data = assessments.draft_after(
        locked, Assessment.objects.filter(plan=locked), snapshot(viewpoint), viewpoint
    )
    _as_seen(data, seen, viewpoint, moment)
    return _issued(Assessment, data, locked, viewpoint, by=by, at=moment, mark=FINAL)


def _one_at_a_time(plan: Plan | None) -> Plan:
    """
    Return the plan, once no other paper of it is being issued. Raises Refused without a plan.

    The serial is the next one: two that counted at the same moment would count the same, and
    one that failed would leave a gap if the database counted for us.
    """
    if plan is None:
        raise Refused(_("There is no plan, so there is nothing to issue."))
    return Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)


def _now(viewpoint: Viewpoint) -> Viewpoint:
    """Return a viewpoint of today as of this moment: while we waited, another was issued."""
    return viewpoint if viewpoint.as_of else today(viewpoint.quarter)


def _as_seen(data: Data, seen: str | None, viewpoint: Viewpoint, moment: datetime) -> None:
    """Raise Refused if a draft is not what was looked at, or is of a day that is yet to come."""
    if viewpoint.as_of and viewpoint.as_of > timezone.localdate(moment):
        raise Refused(_("What will be known on a day to come cannot be issued."))
    if seen is not None and seen != sha256(canonical(data)):
        raise Refused(
            _("Something has changed since you looked at the draft. Look again before you issue.")
        )


def _issued(
    kind: type[AnyPaper],
    data: Data,
    plan: Plan,
    viewpoint: Viewpoint,
    *,
    by: Any,
    at: datetime,
    mark: str = "",
    **more: Any,
) -> AnyPaper:
    """Freeze data under the next number of its plan and year, and return the paper."""
    year = timezone.localdate(at).year
    of_year = kind._default_manager.filter(plan=plan, year=year)
    serial = (of_year.aggregate(last=Max("serial"))["last"] or 0) + 1
    called = number(plan.code, year, serial, mark=mark)
    content = canonical(
        {
            **data,
            "number": called,
            "issued_at": at.isoformat(),
            "issued_by": by.get_full_name() or by.get_username(),
            "issuing_unit": settings.ISSUING_UNIT,
        }
    )
    publication = data["snapshot"]["publication"]
    issued = kind._default_manager.create(
        number=called,
        plan=plan,
        year=year,
        serial=serial,
        as_of=viewpoint.moment if viewpoint.as_of else at,
        publication=int(publication) if publication else None,
        issued_at=at,
        issued_by=by,
        content=content,
        sha256=sha256(content),
        **more,
    )
    after = {"number": issued.number, "sha256": issued.sha256, "publication": issued.publication}
    record(Act.PAPER_ISSUED, issued, by=by, after=after)
    return issued
