"""Reads a file of a batch in the child, and stores which city and quarter it is of."""

import io

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.models import City, ReportingPeriod
from submissions.backfill.batches import base_name
from submissions.backfill.recognition import CITY, Recognition, recognise
from submissions.intake.originals import temporary_copy
from submissions.layouts.batch_parts import keep_parts, read_by_layout
from submissions.models import Batch, BatchContent, BatchFile, Finding, Layout
from submissions.rules.catalogue import CATALOGUE, Severity
from submissions.rules.context import FORMER_CITIES
from submissions.workbook.contents import Reading
from submissions.workbook.foreign.places import CityWords
from submissions.workbook.sandbox import read_sandboxed

State = BatchFile.FileState

# A table, or a column of it, that is not found: the headings are not ours.
HEADINGS_MISSING = {"E126", "E132", "E138"}


def recognise_file(file: BatchFile) -> None:
    """
    Read a file that waits, and store what it is; another's result is left alone.

    One with other headings is read by the confirmed layout that fits it, if there is one.
    """
    waiting = BatchFile.objects.filter(pk=file.pk, state=State.WAITING)
    content = BatchContent.objects.filter(file=file).values_list("content", flat=True).get()
    # A layout that is confirmed while this is read is newer than it.
    read_at = timezone.now()
    by_layout = None
    with temporary_copy(io.BytesIO(bytes(content))) as path:
        reading = read_sandboxed(path, base_name(file))
        found = recognise(reading, file.name, city_words())
        columns = _columns(reading, file.name, found) | {"read_at": read_at}
        if columns["state"] == State.LAYOUT:
            by_layout = read_by_layout(path, base_name(file))
    if by_layout is None:
        waiting.update(evidence=found.as_json, **columns)
    else:
        keep_parts(file, by_layout, read_at=read_at)


def look_again(batch: Batch) -> None:
    """Let the files that lack a layout be read again where one was confirmed since they were."""
    newest = Layout.objects.aggregate(newest=Max("confirmed_at"))["newest"]
    if newest is None:
        return
    lacking = batch.files.filter(state=State.LAYOUT)
    older = lacking.filter(Q(read_at__lt=newest) | Q(read_at__isnull=True))
    older.update(state=State.WAITING, reason="")


def city_words() -> CityWords:
    """Return how the cities are called, those that were joined to another included."""
    cities = list(City.objects.all())
    names = FORMER_CITIES | {one.short_name: one.code for one in cities}
    return CityWords(names, {one.slug: one.code for one in cities})


def _columns(reading: Reading, name: str, found: Recognition) -> dict:
    """Return the columns of a file: state, reason, city and quarter with their sources."""
    city = City.objects.filter(code=found.city).first()
    period = ReportingPeriod.objects.filter(code=found.period).first()
    state, reason = _state(reading, name, found, city, period)
    return {
        "state": state,
        "reason": reason,
        "city": city,
        "city_from": found.city_from if city else "",
        "period": period,
        "period_from": found.period_from if period else "",
    }


def _state(reading: Reading, name: str, found: Recognition, city, period) -> tuple[str, str]:
    """Return the state of a file, and why it goes no further."""
    if not reading.tables:
        if is_table(reading, name) and HEADINGS_MISSING & {one.code for one in reading.faults}:
            return State.LAYOUT, _("Its sheets or headings are not those of the template.")
        # How the file was read may stand first; what must be corrected is why it is unreadable.
        fault = min(reading.faults, key=lambda one: not is_mandatory(one.code))
        finding = Finding(code=fault.code, params=fault.params)
        return State.UNREADABLE, f"{finding.message} {finding.remedy}"
    if found.contradictions:
        return State.ASKED, _contradiction(found)
    if city is None:
        return State.NOT_RECOGNISED, _("Nothing in it says which city it is of.")
    if period is None and found.period:
        words = _("%(period)s is not a reporting period.")
        return State.NOT_RECOGNISED, words % {"period": found.period}
    if period is None:
        return State.NOT_RECOGNISED, _("Nothing in it says which quarter it is for.")
    return State.RECOGNISED, ""


def is_mandatory(code: str) -> bool:
    """Return whether what a code names must be corrected."""
    return CATALOGUE[code].severity == Severity.MANDATORY


def is_table(reading: Reading, name: str) -> bool:
    """Return whether a file holds tables: any text would do as a .csv, whatever it is called."""
    return reading.form != "csv" or name.casefold().endswith(".csv")


def _contradiction(found: Recognition) -> str:
    """Return which places contradict each other."""
    what = found.contradictions[0]
    places = ", ".join(
        f"{one.written} ({one.where or BatchFile.Source(one.source).label})"
        for one in found.evidence
        if one.what == what and one.source != BatchFile.Source.FILE
    )
    if what == CITY:
        return _("Several cities are named: %(places)s.") % {"places": places}
    return _("Several quarters are named: %(places)s.") % {"places": places}
