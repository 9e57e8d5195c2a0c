"""A foreign file by a confirmed layout: a submission for each city and quarter in it."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.recording import record
from clusters.models import City, ReportingPeriod
from foundation.language import quarter_name
from foundation.quarters import Quarter
from jobs.models import Job
from submissions.deadlines.obligations import ended_periods
from submissions.intake.background import start_check
from submissions.intake.receiving import receive
from submissions.layouts.batch_parts import keep_as_part
from submissions.layouts.firm_candidates import LONGEST_NAME, allowed
from submissions.layouts.looking import batch_file_of
from submissions.models import BatchFile, FirmChoice, Layout, LayoutUse, Submission
from submissions.refused import Refused
from submissions.workbook.foreign.slices import GivenPlace

BATCH = 500


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What became of a city's quarter of a file: a submission, or why there is none."""

    city: str
    quarter: str
    submission: Submission | None = None
    refused: str = ""


def hand_in(
    contents: Job,
    layout: Layout,
    wanted: Iterable[tuple[str, str]],
    choices: Mapping[str, Mapping[str, str]],
    *,
    cities,
    by,
) -> list[HandedIn]:
    """
    Store and check a file once for each city and quarter wanted; return what became of each.

    wanted   city's code and quarter, such as 2024Q3; only what the layout found in the file counts
    choices  city's code -> name in the file -> credit code, "" for a firm that stays open
    cities   those that the user reports for; of a file of a batch, those of the batch

    What is handed in of a file of a batch is a part of it, which the batch submits when it goes on.
    """
    look = Job.objects.get(pk=contents.arguments["look"])
    if look.file is None:
        raise Refused(_("The file is not kept any more. Upload it again."))
    of_batch = batch_file_of(look)
    given = GivenPlace(*contents.arguments["given"])
    found = {(part["city"], part["quarter"]) for part in contents.result["parts"]}
    mine = {city.code: city for city in cities}
    periods = {period.code: period for period in ended_periods(timezone.now())}
    done = []
    for code, quarter in sorted(found & set(wanted)):
        place = {"city": code, "quarter": quarter}
        if code not in mine:
            continue
        if quarter not in periods:
            done.append(HandedIn(**place, refused=no_period(quarter)))
            continue
        use = LayoutUse(
            layout=layout,
            given_city=given.city,
            given_year=given.year,
            given_quarter=given.quarter,
        )
        try:
            submission = _received(
                look, use, allowed(choices.get(code, {}), cities),
                city=mine[code], period=periods[quarter], by=by, of_batch=of_batch,
            )  # fmt: skip
            done.append(HandedIn(**place, submission=submission))
        except Refused as refusal:
            done.append(HandedIn(**place, refused=str(refusal)))
    return done


def no_period(quarter: str) -> str:
    """Return the sentence for a quarter that no workbook can be handed in for."""
    named = quarter_name(Quarter.parse(quarter))
    return _("For %(period)s no workbook is owed, or not yet.") % {"period": named}


@transaction.atomic
def _received(
    look: Job, use: LayoutUse, chosen: Mapping[str, str], *,
    city: City, period: ReportingPeriod, by, of_batch: BatchFile | None,
) -> Submission:  # fmt: skip
    """Receive a file for one city and quarter, with the firms chosen, and have it checked."""
    submission = receive(
        io.BytesIO(look.file), city=city, period=period, by=by, filename=look.filename, use=use
    )
    if not submission.repeated:
        keep_choices(submission, chosen, by=by)
    if of_batch:
        keep_as_part(of_batch, submission, use.layout, by=by)
    if submission.checked_at is None:
        start_check(submission, by=by)
    return submission


def keep_choices(submission: Submission, chosen: Mapping[str, str], *, by) -> None:
    """Store which firms were chosen for the names of a submission; one act of them all."""
    if not chosen:
        return
    FirmChoice.objects.bulk_create(
        [
            FirmChoice(
                submission=submission, name=name[:LONGEST_NAME], credit_code=code, chosen_by=by
            )
            for name, code in sorted(chosen.items())
        ],
        batch_size=BATCH,
    )
    record(Act.FIRMS_CHOSEN, submission, by=by, after=dict(sorted(chosen.items())))


@transaction.atomic
def choose_again(submission: Submission, chosen: Mapping[str, str], *, cities, by) -> None:
    """
    Store other choices for an open submission and have it checked again.

    Raises Refused if it was submitted meanwhile.
    """
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    if locked.status != Submission.Status.UPLOADED:
        raise Refused(_("What has been submitted is not checked again."))
    keep_choices(submission, allowed(chosen, cities), by=by)
    start_check(submission, by=by)
