"""
Corrections typed on the page: the city's own file with those cells changed, as its next version.

The original stays as it is; the new version says which cells were changed, by whom and when.
"""

import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.recording import record
from audit.refusals import refusals_recorded
from submissions.intake.background import start_check
from submissions.intake.foreign_reading import use_of
from submissions.intake.originals import as_file
from submissions.intake.receiving import receive
from submissions.models import Amendment, Finding, StagedRow, Submission
from submissions.refused import Refused
from submissions.workbook.amendment.amending import NewValue, NotAmended
from submissions.workbook.amendment.amending_sandbox import amend_sandboxed
from submissions.workbook.layout import CITY_MEASURES, MONEY_UNITS, TABLES, CellKind

Status = Submission.Status
# A version whose next one may be made of it here.
AMENDABLE = (Status.UPLOADED, Status.SENT_BACK, Status.WITHDRAWN)
LONGEST = 200
SHOWN = 40


@dataclass(frozen=True, slots=True)
class TypedValue:
    """A cell, what it is of, what was read there, what was typed, whether it is a number."""

    sheet: str
    cell: str
    subject: str
    old: str
    new: str
    number: bool


def is_correctable(finding: Finding) -> bool:
    """Return whether a finding is about one value that can be typed anew."""
    return bool(finding.cell) and _column_of(finding) is not None


def _column_of(finding: Finding):
    """Return the column of a finding's cell; None if it is no value of a line."""
    kind, _, rest = finding.about.partition("/")
    field = rest.rpartition("/")[2]
    columns = TABLES[kind].columns if kind in TABLES else ()
    return next((column for column in columns if column.field == field), None)


def corrections_of(
    submission: Submission, values: Mapping[int, str], totals: Mapping[str, str]
) -> list[TypedValue]:
    """
    Return the corrections that a form asks for; blank ones and unchanged ones are left out.

    values are typed at findings, by their primary key; totals are the city's own, by measure.
    Raises Refused for what is no number where one belongs.
    """
    found: dict[tuple[str, str], TypedValue] = {}
    typed = {pk: text for pk, raw in values.items() if (text := _plain(raw))}
    for finding in submission.findings.filter(pk__in=typed):
        column = _column_of(finding)
        if finding.cell and column:
            place = (finding.sheet, finding.cell)
            made = _correction(
                *place, column.heading, finding.value, typed[finding.pk], number=column.is_figure
            )
            if place in found and found[place].new != made.new:
                raise Refused(
                    _("Two values were typed for %(cell)s.")
                    % {"cell": "!".join(filter(None, place))}
                )
            found[place] = made
    typed = {key: text for key, raw in totals.items() if (text := _plain(raw))}
    for row in submission.rows.filter(kind=StagedRow.RowKind.CITY, key__in=typed):
        cell = row.cells.get("this_year")
        if cell:
            heading = row.values.get("measure") or row.key
            found[row.sheet, cell] = _correction(
                row.sheet, cell, heading, _as_written(row), typed[row.key], number=True
            )
    return [one for one in found.values() if one.new != one.old]


def _as_written(row: StagedRow) -> str:
    """Return a measure's value in the unit of its row; an amount without one in yuan, as said."""
    value, unit = row.decimal("this_year"), row.values.get("unit") or ""
    if value is None:
        return ""
    measure = CITY_MEASURES.get(row.key)
    if measure is None or measure.kind is not CellKind.MONEY:
        return f"{value:f}"
    if unit not in MONEY_UNITS:
        return f"{value:f} 元"
    return f"{(value / MONEY_UNITS[unit]).normalize():f}"


def _plain(typed: str) -> str:
    """Return what was typed without white space around it, of normal width."""
    return unicodedata.normalize("NFKC", typed.replace("\0", "")).strip()


def _correction(sheet, cell, subject, old, new, *, number: bool) -> TypedValue:
    """Return a correction. Raises Refused for what is no number where one belongs."""
    if number:
        try:
            value = Decimal(new.replace(",", "").replace(" ", ""))
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or abs(value) >= Decimal("1E18"):
            raise Refused(
                _("%(cell)s: “%(text)s” is not a number. Write only digits, in the column's unit.")
                % {"cell": "!".join(filter(None, (sheet, cell))), "text": new[:SHOWN]}
            )
        new = f"{value:f}"
    return TypedValue(sheet, cell, subject, old[:LONGEST], new[:LONGEST], number)


@refusals_recorded(Act.CORRECTED, Refused)
def amend(submission: Submission, corrections: Iterable[TypedValue], *, by) -> Submission:
    """
    Store a submission's file with corrections as the next version, to be checked; return it.

    Raises Refused if it is not the newest version, was submitted or accepted, or its file cannot
    be changed there.
    """
    corrections = list(corrections)
    _refuse_unless_newest(submission)
    if use_of(submission):
        raise Refused(
            _("A file with other headings is corrected in the file itself: hand it in again.")
        )
    changes = [NewValue(one.sheet, one.cell, one.old, one.new, one.number) for one in corrections]
    try:
        with as_file(submission) as path:
            content = amend_sandboxed(path, changes)
    except NotAmended as failure:
        raise Refused(_why(failure)) from failure
    with transaction.atomic():
        amended = receive(
            io.BytesIO(content),
            city=submission.city,
            period=submission.period,
            by=by,
            filename=_name(submission, content),
        )
        if amended.repeated:
            raise Refused(_("Nothing was changed: the file has these values already."))
        Amendment.objects.bulk_create(
            Amendment(
                submission=amended,
                amends=submission,
                sheet=one.sheet,
                cell=one.cell,
                subject=one.subject[:LONGEST],
                old=one.old,
                new=one.new,
            )
            for one in corrections
        )
        record(
            Act.CORRECTED,
            amended,
            by=by,
            before={_place(one): one.old for one in corrections},
            after={_place(one): one.new for one in corrections},
        )
        start_check(amended, by=by)
    return amended


def _place(value: TypedValue) -> str:
    """Return where a value stands: sheet and cell."""
    return "!".join(filter(None, (value.sheet, value.cell)))


def _refuse_unless_newest(submission: Submission) -> None:
    """Raise Refused unless the next version may be made of this one."""
    slot = Submission.objects.kept().filter(city=submission.city, period=submission.period)
    newest = slot.order_by("-version").first()
    if submission.status not in AMENDABLE or newest != submission:
        raise Refused(_("Only the newest version can be corrected here, before it is submitted."))


def _name(submission: Submission, content: bytes) -> str:
    """Return the name of the corrected file: the original's, with the suffix of its form."""
    name = PurePath(submission.filename)
    workbook = content.startswith(b"PK")
    return (
        str(name.with_suffix(".xlsx")) if workbook and name.suffix.lower() != ".xlsx" else str(name)
    )


def _why(failure: NotAmended) -> str:
    """Return why a file could not be changed, and what to do."""
    if failure.why == NotAmended.FORMULA:
        return _(
            "%(cell)s holds a formula from which other cells take theirs. Correct it in the "
            "workbook and upload it."
        ) % {"cell": failure.cell}
    return _("The file cannot be changed here. Correct it in the workbook and upload it.")
