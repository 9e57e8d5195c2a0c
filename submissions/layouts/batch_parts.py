"""A foreign file of a batch by the confirmed layout that fits it, in parts by city and quarter."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.models import City
from foundation.language import quarter_name
from foundation.quarters import Quarter
from submissions.deadlines.obligations import ended_periods
from submissions.intake.foreign_reading import city_codes
from submissions.layouts.matching import fitting
from submissions.layouts.words import fault_said
from submissions.models import Batch, BatchFile, Layout, Submission
from submissions.workbook.foreign.foreign_sandbox import contents_of, sample_of
from submissions.workbook.foreign.sample import sampled

State = BatchFile.FileState
Source = BatchFile.Source

# What a place of a foreign file is called in a batch.
SOURCES = {
    "sheet": Source.SHEET,
    "title": Source.HEADER,
    "file": Source.FILE,
    "row": Source.COLUMN,
}
SEVERAL_SAID = 5
# In these states a file has no submission but by a layout.
DESCRIBED = (State.WAITING, State.LAYOUT, State.BY_LAYOUT)


@dataclass(frozen=True, slots=True)
class FileByLayout:
    """
    A file as the layout that fits it reads it.

    layout  None if several fit: a person chooses
    parts   those of sample.contents(); none if the file is put to a person
    reason  why it is; "" otherwise
    """

    layout: Layout | None = None
    parts: list[dict] = field(default_factory=list)
    reason: str = ""


def read_by_layout(path: Path, name: str) -> FileByLayout | None:
    """
    Return a file as the one confirmed layout with its headings reads it; None if none has them.

    Two child processes. Where several layouts fit, or city and quarter are not known or contradict
    each other, nothing is read, and the reason says so.
    """
    seen = sample_of(path, name)
    fit = [] if "fault" in seen else fitting(sampled(seen))
    if not fit:
        return None
    if len(fit) > 1:
        named = ", ".join(map(str, fit))
        words = _("Several layouts have its headings: %(layouts)s. Choose one.")
        return FileByLayout(reason=words % {"layouts": named})
    [layout] = fit
    found = contents_of(path, name, layout.as_spec(), city_codes())
    wrong = [found["fault"]] if "fault" in found else found["problems"]
    if wrong:
        said = _("; ").join(" ".join(fault_said(one)) for one in wrong[:SEVERAL_SAID])
        words = _("The layout “%(layout)s” has its headings, but it cannot be read: %(why)s")
        return FileByLayout(layout, reason=words % {"layout": layout, "why": said})
    return FileByLayout(layout, found["parts"])


@transaction.atomic
def keep_parts(file: BatchFile, read: FileByLayout, *, read_at: datetime) -> None:
    """
    Store the parts of a file that waits, or why it is put to a person; another's result stays.

    A part is stored where there are figures, where a workbook may be handed in for the quarter,
    and where the batch may hold files of the city; what is left out the file's reason says.
    """
    batch = Batch.objects.select_for_update().get(pk=file.batch_id)
    waiting = BatchFile.objects.filter(pk=file.pk, state=State.WAITING)
    if not waiting.exists():
        return
    mine = {city.code: city for city in batch.cities.all()}
    periods = {period.code: period for period in ended_periods(timezone.now())}
    kept = [
        part
        for part in read.parts
        if _has_lines(part) and part["city"] in mine and part["quarter"] in periods
    ]
    BatchFile.objects.bulk_create(
        BatchFile(
            batch=batch,
            name=file.name,
            size=file.size,
            sha256=file.sha256,
            state=State.RECOGNISED,
            part_of=file,
            layout=read.layout,
            city=mine[part["city"]],
            period=periods[part["quarter"]],
            read_at=read_at,
            **_sources(part),
        )
        for part in kept
    )
    waiting.update(
        state=State.BY_LAYOUT if kept else State.LAYOUT,
        layout=read.layout if kept else None,
        reason=read.reason or _left_out(read.parts, mine, periods),
        read_at=read_at,
    )


def keep_as_part(file: BatchFile, submission: Submission, layout: Layout, *, by) -> None:
    """Store a submission that a person handed in as a part of a batch's file. In a transaction."""
    list(Batch.objects.select_for_update().filter(pk=file.batch_id))
    described = BatchFile.objects.filter(pk=file.pk, state__in=DESCRIBED)
    if not described.update(state=State.BY_LAYOUT, layout=layout, reason=""):
        return
    BatchFile.objects.update_or_create(
        part_of=file,
        city=submission.city,
        period=submission.period,
        defaults={
            "batch": file.batch,
            "name": file.name,
            "size": file.size,
            "sha256": file.sha256,
            "state": State.TAKEN,
            "layout": layout,
            "submission": submission,
            "city_from": Source.PERSON,
            "period_from": Source.PERSON,
            "decided_by": by,
            "reason": "",
        },
    )


def _has_lines(part: dict) -> bool:
    """Return whether a city's quarter has a line with figures."""
    return any(table["lines"] for table in part["tables"])


def _sources(part: dict) -> dict:
    """Return from what city and quarter of a part were recognised, as columns of a BatchFile."""
    found = [source for table in part["tables"] for source in table["sources"]]
    city = next((one for one in found if one[0] == part["city"]), None)
    period = next((one for one in found if one[0] != part["city"]), None)
    evidence = [
        {"what": what, "source": _source(one), "where": one[2], "written": one[2], "value": value}
        for what, one, value in (("city", city, part["city"]), ("period", period, part["quarter"]))
        if one
    ]
    return {"city_from": _source(city), "period_from": _source(period), "evidence": evidence}


def _source(recognised: list | None) -> str:
    """Return the source of something recognised; a quarter without one has a column of its own."""
    return SOURCES.get(recognised[1], Source.COLUMN) if recognised else Source.COLUMN


def _left_out(parts: Iterable[dict], mine: dict[str, City], periods: dict) -> str:
    """Return what of a file becomes no submission, and why; "" if all of it does."""
    names = dict(City.objects.values_list("code", "name"))
    others: dict[str, None] = {}
    blank: dict[str, None] = {}
    never: dict[str, None] = {}
    for part in parts:
        quarter = quarter_name(Quarter.parse(part["quarter"]))
        if part["city"] not in mine:
            others[names[part["city"]]] = None
        elif not _has_lines(part):
            blank[quarter] = None
        elif part["quarter"] not in periods:
            never[quarter] = None
    said = (
        (_("Not yours to hand in: %(cities)s."), {"cities": ", ".join(others)}, others),
        (_("Without figures: %(periods)s."), {"periods": ", ".join(blank)}, blank),
        (_("No workbook is owed, or not yet: %(periods)s."), {"periods": ", ".join(never)}, never),
    )
    return " ".join(words % params for words, params, any_of in said if any_of)
