"""Which city owes which workbook, by when, and in what state it is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clusters.models import City, ReportingPeriod
from foundation import data_version
from foundation.quarters import Quarter
from submissions.lineage.trace import in_force_at, leave_out_later
from submissions.models import Submission

Status = Submission.Status


class State(models.TextChoices):
    """The state of a city's workbook for a period. All lists and counts use these."""

    ACCEPTED = "accepted", _("Accepted")
    NIL = "nil", _("Nothing to report")
    SUBMITTED = "submitted", _("Submitted")
    SENT_BACK = "sent_back", _("Sent back")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    UPLOADED = "uploaded", _("Uploaded")
    OVERDUE = "overdue", _("Overdue")
    OWED = "owed", _("Owed")
    NOT_DUE = "not_due", _("Not due yet")
    NOT_OWED = "not_owed", _("Not owed")


# States in which the next step is the city's; once it has submitted, the province's.
CITY_ACTS_NEXT = (State.OVERDUE, State.SENT_BACK, State.WITHDRAWN, State.UPLOADED)


class Since(models.TextChoices):
    """The day from which the days of a delay are counted."""

    DUE = "due"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Delay:
    """For how many days the city's next step has been outstanding, and since what."""

    days: int
    since: Since

    @property
    def words(self) -> str:
        """Return the delay in words."""
        return delay_words(self.days, self.since)


def delay_words(days: int, since: str) -> str:
    """Return a number of days, and from when they are counted if since says so (Since)."""
    if since == Since.SENT_BACK:
        text = ngettext(
            "%(days)s day since it was sent back", "%(days)s days since it was sent back", days
        )
    elif since == Since.WITHDRAWN:
        text = ngettext(
            "%(days)s day since it was withdrawn", "%(days)s days since it was withdrawn", days
        )
    elif since == Since.DUE:
        text = ngettext("%(days)s day overdue", "%(days)s days overdue", days)
    else:
        text = ngettext("%(days)s day", "%(days)s days", days)
    return text % {"days": days}


@dataclass(frozen=True, slots=True)
class Obligation:
    """
    What one city owes for one period.

    owed        whether a workbook is required; one that is not may still be handed in
    state       accepted if a version is in force, nil if that one declares nothing to report;
                else the state of the newest version; else whether one is owed
    late        whether it came after the due day, or is still missing after it
    delay       since the newest version was sent back or withdrawn, else since the due day; None
                up to the due day, if nothing is owed, or if the next step is the province's
    submission  the submission of that state; None without one
    newer       an open version after the one in force; None without one
    """

    city: City
    period: ReportingPeriod
    state: State
    late: bool
    submission: Submission | None = None
    newer: Submission | None = None
    owed: bool = True
    delay: Delay | None = None

    @property
    def answered(self) -> bool:
        """Return whether it has been accepted, with figures or as nothing to report."""
        return self.state in (State.ACCEPTED, State.NIL)


def obligations(
    cities: list[City],
    periods: list[ReportingPeriod],
    moment: datetime,
    *,
    recorded_by: datetime | None = None,
) -> list[Obligation]:
    """
    Return the obligation of each city for each period, as of a moment.

    recorded_by leaves out what was recorded after it (SeenFrom).

    In the order of the cities, in each of the periods. One query; one more unless the periods
    have `is_owed`.
    """
    owed = _owed(periods)
    versions: dict[tuple[int, int], list[Submission]] = {}
    found = list(
        Submission.objects.in_cities(cities)
        .filter(period__in=periods)
        .with_recorded_at()
        .select_related("city", "period")
        .order_by("version")
    )
    leave_out_later(found, recorded_by)
    for submission in found:
        versions.setdefault((submission.city_id, submission.period_id), []).append(submission)
    return [
        obligation(
            city,
            period,
            versions.get((city.pk, period.pk), []),
            moment,
            owed=period.pk in owed,
        )
        for city in cities
        for period in periods
    ]


def _owed(periods: Iterable[ReportingPeriod]) -> set[int]:
    """Return the primary keys of the periods that are owed."""
    if all("is_owed" in vars(one) for one in periods):
        return {one.pk for one in periods if one.is_owed}
    return set(ReportingPeriod.objects.owed().values_list("pk", flat=True))


def obligation(
    city: City,
    period: ReportingPeriod,
    versions: list[Submission],
    moment: datetime,
    *,
    owed: bool = True,
) -> Obligation:
    """Return a city's obligation for a period, given its versions, the oldest first."""
    stood = [(one, state) for one in versions if (state := state_at(one, moment))]
    in_force = next((one for one, state in stood if state == State.ACCEPTED), None)
    newest, newest_state = stood[-1] if stood else (None, None)
    late = owed and _late([one for one, _state in stood], period, moment)
    if in_force:
        newer = newest if newest.version > in_force.version else None
        state = State.NIL if in_force.nil else State.ACCEPTED
        return Obligation(city, period, state, late, in_force, newer, owed=owed)
    state = newest_state or (_state_without_version(period, moment) if owed else State.NOT_OWED)
    delay = _delay(period, stood, moment) if owed and state in CITY_ACTS_NEXT else None
    return Obligation(city, period, state, late, newest, owed=owed, delay=delay)


def state_at(submission: Submission, moment: datetime) -> State | None:
    """
    Return the state of a submission at a moment.

    None before it came, once superseded and once discarded.
    """
    if submission.discarded_at and submission.discarded_at <= moment:
        return None
    if in_force_at(submission, moment):
        return State.ACCEPTED
    if submission.published_at and submission.published_at <= moment:
        return State.WITHDRAWN if submission.status == Status.WITHDRAWN else None
    if submission.status == Status.SENT_BACK and submission.decided_at <= moment:
        return State.SENT_BACK
    if submission.submitted_at and submission.submitted_at <= moment:
        return State.SUBMITTED
    return State.UPLOADED if submission.uploaded_at <= moment else None


def _state_without_version(period: ReportingPeriod, moment: datetime) -> State:
    today = timezone.localdate(moment)
    if today > period.due_on:
        return State.OVERDUE
    return State.OWED if today > period.quarter.last_day else State.NOT_DUE


def _delay(
    period: ReportingPeriod, stood: list[tuple[Submission, State]], moment: datetime
) -> Delay | None:
    """Return the delay of a city; None up to the due day."""
    today = timezone.localdate(moment)
    if today <= period.due_on:
        return None
    returned = [
        (one.superseded_at, Since.WITHDRAWN)
        if state == State.WITHDRAWN
        else (one.decided_at, Since.SENT_BACK)
        for one, state in stood
        if state in (State.SENT_BACK, State.WITHDRAWN)
    ]
    if returned:
        at, since = max(returned)
        return Delay((today - timezone.localdate(at)).days, since)
    return Delay((today - period.due_on).days, Since.DUE)


def _late(versions: list[Submission], period: ReportingPeriod, moment: datetime) -> bool:
    """Return whether the first version came after the due day, or is missing after it."""
    came = [
        min(at for at in (one.submitted_at, one.published_at) if at)
        for one in versions
        if one.submitted_at
    ]
    came = [at for at in came if at <= moment]
    return timezone.localdate(min(came, default=moment)) > period.due_on


def counts(owed: list[Obligation]) -> dict[State, int]:
    """Return the number of obligations in each state."""
    counted = Counter(one.state for one in owed)
    return {state: counted[state] for state in State}


def answered(counted: dict[State, int]) -> int:
    """Return how many have been accepted, declarations of nothing to report included."""
    return counted[State.ACCEPTED] + counted[State.NIL]


def started_periods(moment: datetime) -> list[ReportingPeriod]:
    """Return the periods that have begun, with `is_owed`, the newest first."""
    now = Quarter.of(timezone.localdate(moment))
    return list(ReportingPeriod.objects.with_owed().started(now))


def ended_periods(moment: datetime) -> models.QuerySet:
    """
    Return the periods that are over, with `is_owed`, the newest first.

    A workbook can be handed in for each; for those not owed by users who may back-fill.
    """
    now = Quarter.of(timezone.localdate(moment))
    return ReportingPeriod.objects.with_owed().started(now.previous())


def owed_or_submitted(periods: models.QuerySet, cities: Iterable[City]) -> models.QuerySet:
    """Return the periods that are owed or for which one of the cities has a version."""
    brought = Submission.objects.in_cities(cities).filter(period=models.OuterRef("pk"))
    return periods.filter(models.Q(is_owed=True) | models.Exists(brought))


def default_period(periods: Iterable[ReportingPeriod]) -> ReportingPeriod | None:
    """Return the newest period that is owed, else the newest; None without periods."""
    every = list(periods)
    return next((one for one in every if one.is_owed), every[0] if every else None)


def waiting(cities):
    """
    Return these cities' submissions to decide, the oldest first.

    A version with a newer submitted one is left out: it cannot be accepted any more.
    """
    overtaking = Submission.objects.filter(
        city=models.OuterRef("city"),
        period=models.OuterRef("period"),
        version__gt=models.OuterRef("version"),
    ).exclude(status__in=[Status.UPLOADED, Status.DISCARDED])
    return (
        Submission.objects.in_cities(cities)
        .waiting()
        .exclude(models.Exists(overtaking))
        .select_related("city", "period", "submitted_by")
        .order_by("submitted_at")
    )


def version_parts() -> list[models.Subquery]:
    """Return the data version of the states of all submissions (foundation.data_version)."""
    moments = (
        *("uploaded_at", "discarded_at", "submitted_at", "decided_at"),
        *("published_at", "superseded_at"),
    )
    every = Submission.objects.all()
    return [
        data_version.part(every, "COUNT", "pk"),
        *(data_version.part(every, "MAX", moment) for moment in moments),
    ]


STATES = "submissions"
data_version.register(STATES, version_parts)
