"""Who owes what, by when, and how far it has come: the cities beside the reporting periods."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clusters.models import City, ReportingPeriod
from clusters.quarters import Quarter
from foundation import data_version
from submissions.lineage.trace import in_force_at
from submissions.models import Submission

Status = Submission.Status


class State(models.TextChoices):
    """How far a city's workbook for a period has come. Lists and counts use these alone."""

    ACCEPTED = "accepted", _("Accepted")
    NIL = "nil", _("Nothing to report")
    SUBMITTED = "submitted", _("Submitted")
    SENT_BACK = "sent_back", _("Sent back")
    UPLOADED = "uploaded", _("Uploaded")
    OVERDUE = "overdue", _("Overdue")
    OWED = "owed", _("Owed")
    NOT_DUE = "not_due", _("Not due yet")
    NOT_OWED = "not_owed", _("Not owed")


# Here the next step is the city's own; once it has submitted, the province's.
ITS_TURN = (State.OVERDUE, State.SENT_BACK, State.UPLOADED)


class Since(models.TextChoices):
    """From which day it is counted how long a city has been wanted."""

    DUE = "due"
    SENT_BACK = "sent_back"


@dataclass(frozen=True, slots=True)
class Delay:
    """For how many days the next step has been the city's, counted from which day."""

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
    elif since == Since.DUE:
        text = ngettext("%(days)s day overdue", "%(days)s days overdue", days)
    else:
        text = ngettext("%(days)s day", "%(days)s days", days)
    return text % {"days": days}


@dataclass(frozen=True, slots=True)
class Obligation:
    """
    What one city owes for one period.

    owed        whether the city must hand one in at all; it may where it need not
    state       accepted if any version is in force, nil if that one declares that there is
                nothing; else what the newest version is; else whether one is owed
    late        it came, or has not come, after the day it was due
    delay       since the newest version was sent back, or else since the due day; None where
                the due day is not over, nothing is owed, or the next step is the province's
    submission  what the state is about; None if there is nothing yet
    newer       a version after the one in force, that is under way; None if there is none
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
        """Whether it has been accepted; also one that declares that there is nothing."""
        return self.state in (State.ACCEPTED, State.NIL)


def obligations(
    cities: list[City], periods: list[ReportingPeriod], moment: datetime
) -> list[Obligation]:
    """
    Return what each of the cities owes for each of the periods, as it stood at a moment.

    City by city in the order given, and in each by period in the order given. One query,
    however many; one more unless the periods come with `is_owed`.
    """
    owed = _owed(periods)
    versions: dict[tuple[int, int], list[Submission]] = {}
    for submission in (
        Submission.objects.in_cities(cities)
        .filter(period__in=periods)
        .select_related("city", "period")
        .order_by("version")
    ):
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
    """Return the keys of those of the periods that are owed."""
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
    """Return what a city owes for a period, from its versions, the oldest first."""
    stood = [(one, state) for one in versions if (state := state_at(one, moment))]
    in_force = next((one for one, state in stood if state == State.ACCEPTED), None)
    newest, newest_state = stood[-1] if stood else (None, None)
    late = owed and _late([one for one, _state in stood], period, moment)
    if in_force:
        newer = newest if newest.version > in_force.version else None
        state = State.NIL if in_force.nil else State.ACCEPTED
        return Obligation(city, period, state, late, in_force, newer, owed=owed)
    state = newest_state or (_nothing_yet(period, moment) if owed else State.NOT_OWED)
    delay = _delay(period, stood, moment) if owed and state in ITS_TURN else None
    return Obligation(city, period, state, late, newest, owed=owed, delay=delay)


def state_at(submission: Submission, moment: datetime) -> State | None:
    """Return how far a submission had come at a moment; None if it was not there, or is past."""
    if in_force_at(submission, moment):
        return State.ACCEPTED
    if submission.published_at and submission.published_at <= moment:
        return None
    if submission.status == Status.SENT_BACK and submission.decided_at <= moment:
        return State.SENT_BACK
    if submission.submitted_at and submission.submitted_at <= moment:
        return State.SUBMITTED
    return State.UPLOADED if submission.uploaded_at <= moment else None


def _nothing_yet(period: ReportingPeriod, moment: datetime) -> State:
    today = timezone.localdate(moment)
    if today > period.due_on:
        return State.OVERDUE
    return State.OWED if today > period.quarter.last_day else State.NOT_DUE


def _delay(
    period: ReportingPeriod, stood: list[tuple[Submission, State]], moment: datetime
) -> Delay | None:
    """Return for how long a city has been wanted; None while the due day is not over."""
    today = timezone.localdate(moment)
    if today <= period.due_on:
        return None
    returned = [one.decided_at for one, state in stood if state == State.SENT_BACK]
    if returned:
        return Delay((today - timezone.localdate(max(returned))).days, Since.SENT_BACK)
    return Delay((today - period.due_on).days, Since.DUE)


def _late(versions: list[Submission], period: ReportingPeriod, moment: datetime) -> bool:
    """Return whether the first version came, or none has come, after the period's due day."""
    came = [
        min(at for at in (one.submitted_at, one.published_at) if at)
        for one in versions
        if one.submitted_at
    ]
    came = [at for at in came if at <= moment]
    return timezone.localdate(min(came, default=moment)) > period.due_on


def counts(owed: list[Obligation]) -> dict[State, int]:
    """Return how many there are in each state, of the very list that is shown."""
    counted = Counter(one.state for one in owed)
    return {state: counted[state] for state in State}


def answered(counted: dict[State, int]) -> int:
    """Return how many have been accepted, those that declare that there is nothing included."""
    return counted[State.ACCEPTED] + counted[State.NIL]


def started_periods(moment: datetime) -> list[ReportingPeriod]:
    """Return the periods that have begun, with `is_owed`, the newest first."""
    now = Quarter.of(timezone.localdate(moment))
    return list(ReportingPeriod.objects.with_owed().started(now))


def ended_periods(moment: datetime) -> models.QuerySet:
    """
    Return the periods that are over, with `is_owed`, the newest first.

    For each of them a workbook can be handed in, by users who may back-fill those not owed.
    """
    now = Quarter.of(timezone.localdate(moment))
    return ReportingPeriod.objects.with_owed().started(now.previous())


def concerning(periods: models.QuerySet, cities: Iterable[City]) -> models.QuerySet:
    """Return those of the periods that are owed, or of which one of the cities has a version."""
    brought = Submission.objects.in_cities(cities).filter(period=models.OuterRef("pk"))
    return periods.filter(models.Q(is_owed=True) | models.Exists(brought))


def usual_period(periods: Iterable[ReportingPeriod]) -> ReportingPeriod | None:
    """Return the newest that is owed of periods, the newest first; if none is, the newest."""
    every = list(periods)
    return next((one for one in every if one.is_owed), every[0] if every else None)


def waiting(cities):
    """
    Return the submissions of these cities that wait for a decision, the oldest first.

    A version that a newer one has overtaken does not wait: it cannot be accepted any more.
    """
    overtaking = Submission.objects.filter(
        city=models.OuterRef("city"),
        period=models.OuterRef("period"),
        version__gt=models.OuterRef("version"),
    ).exclude(status=Status.UPLOADED)
    return (
        Submission.objects.in_cities(cities)
        .waiting()
        .exclude(models.Exists(overtaking))
        .select_related("city", "period", "submitted_by")
        .order_by("submitted_at")
    )


def state_marks() -> list[models.Subquery]:
    """Return what the states of all submissions rest on (foundation.data_version)."""
    moments = ("uploaded_at", "submitted_at", "decided_at", "published_at", "superseded_at")
    every = Submission.objects.all()
    return [
        data_version.one(every, "COUNT", "pk"),
        *(data_version.one(every, "MAX", moment) for moment in moments),
    ]


STATES = "submissions"
data_version.register(STATES, state_marks)
