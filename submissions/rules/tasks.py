"""
Rules on 任务进展: what a city reports of the steps that it answers for.

What is wrong with what is said of a step is decided in measures.reporting.report_rules, as for a
department's page. A row in which nothing is reported is not judged.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from measures.reporting.city_steps import CityStep
from measures.reporting.report_rules import LONGEST, SHORTEST_REASON, ReportFault, faults_of
from submissions.rules.catalogue import Severity
from submissions.rules.context import Context
from submissions.rules.rule import Location, at, lines_of, on_sheet, rule
from submissions.rules.task_steps import STANDARD_WORDS, said_in, state_of
from submissions.workbook.contents import Line, Reading, SheetTable
from submissions.workbook.layout import TASKS
from submissions.workbook.reading.headings import fold
from submissions.workbook.staged_text import as_text

# How many steps a message lists.
LISTED = 5


def is_reported(line: Line) -> bool:
    """Return whether a row says anything of its step."""
    return any(line.get(name) for name in TASKS.texts)


@rule(
    "E250",
    Severity.MANDATORY,
    _("%(city)s answers for no step “%(step)s” of a task %(number)s."),
    _(
        "Take over the row as the template has it; delete a row that is not in it. Is a task "
        "missing, ask the province to enter it."
    ),
)
def step_is_unknown(reading: Reading, context: Context) -> Iterator[Location]:
    """The row's key, or its number and wording, are those of no step of the city."""
    for table, line, step in _rows(reading, context):
        number = line.get("number")
        if step is None and number and number not in context.steps.elsewhere:
            words = {"number": number, "step": line.get("step") or "", "city": context.city.name}
            yield at(table, line, "number", **words)


@rule(
    "E251",
    Severity.MANDATORY,
    _("The task %(number)s is another city's: %(city)s does not answer for it."),
    _("Delete the row. The template has the tasks that the city answers for."),
)
def task_is_another_citys(reading: Reading, context: Context) -> Iterator[Location]:
    """The row is of a task that other cities answer for."""
    for table, line, step in _rows(reading, context):
        number = line.get("number")
        if step is None and number in context.steps.elsewhere:
            yield at(table, line, "number", number=number, city=context.city.name)


@rule(
    "E252",
    Severity.MANDATORY,
    _("%(column)s differs from the ledger, where it is “%(known)s”. A workbook changes no task."),
    _(
        "Write it as the ledger has it. A later date is asked for on the task's page, another "
        "wording from the province."
    ),
)
def ledger_is_changed(reading: Reading, context: Context) -> Iterator[Location]:
    """A column that the template fills in is not as the ledger has it. Blank ones are let be."""
    for table, line, step in _rows(reading, context):
        for name, known in _ledger_of(step).items() if step else ():
            if (found := line.get(name)) and fold(as_text(found)) != fold(known):
                yield at(table, line, name, column=TASKS.column(name).heading, known=known or "–")


@rule(
    "E253",
    Severity.MANDATORY,
    _("The step stands in the table twice: in %(first)s and here."),
    _("Keep one line for each step."),
)
def step_stands_twice(reading: Reading, context: Context) -> Iterator[Location]:
    """The same step has a line already."""
    first: dict[str, str | None] = {}
    for table, line, step in _rows(reading, context):
        if step and step.node.key in first:
            yield at(table, line, "number", first=first[step.node.key])
        elif step:
            first[step.node.key] = line.cell("number")


@rule(
    "E254",
    Severity.MANDATORY,
    _("%(state)s is not a state of a task."),
    _("Write one of: %(states)s."),
)
def state_is_unknown(reading: Reading, context: Context) -> Iterator[Location]:
    """状态 is an unknown word."""
    for table, line in lines_of(reading, TASKS.kind):
        word = line.get("state")
        if word and state_of(word) is None:
            yield at(table, line, "state", state=word, states="、".join(STANDARD_WORDS))


@rule(
    "E255",
    Severity.MANDATORY,
    _("The row reports on the step and does not say how it stands."),
    _("Choose 状态: %(states)s."),
)
def state_is_missing(reading: Reading, context: Context) -> Iterator[Location]:
    """状态 is blank, and another column of the row is not."""
    for table, line in _with(ReportFault.NO_STATE, reading, context):
        yield at(table, line, "state", states="、".join(STANDARD_WORDS))


@rule(
    "E256",
    Severity.MANDATORY,
    _("进展说明 says nothing of this quarter."),
    _("Say in a sentence what was done in this quarter."),
)
def progress_is_missing(reading: Reading, context: Context) -> Iterator[Location]:
    """A step is reported without a word on its progress."""
    yield from _at_fault(ReportFault.NO_TEXT, "remark", reading, context)


@rule(
    "E257",
    Severity.MANDATORY,
    _("进展说明 is last quarter's sentence word for word."),
    _("Say what has happened since."),
)
def progress_is_repeated(reading: Reading, context: Context) -> Iterator[Location]:
    """进展说明 says what the newest earlier report said."""
    yield from _at_fault(ReportFault.REPEATED, "remark", reading, context)


@rule(
    "E258",
    Severity.MANDATORY,
    _("The step was reported as done last quarter, and 进展说明 does not say why it no longer is."),
    _("Say why, in at least %(letters)s characters; or write 已完成 again."),
)
def completion_is_withdrawn(reading: Reading, context: Context) -> Iterator[Location]:
    """A step goes back from 已完成 without a reason."""
    params = {"letters": SHORTEST_REASON}
    yield from _at_fault(ReportFault.NO_REASON, "remark", reading, context, **params)


@rule(
    "E259",
    Severity.MANDATORY,
    _("The step is 已完成, and 完成日期 is blank."),
    _("Write the day on which it was done, such as 2025-09-30."),
)
def day_of_completion_is_missing(reading: Reading, context: Context) -> Iterator[Location]:
    """A step is done on no day."""
    yield from _at_fault(ReportFault.NO_DATE, "done_on", reading, context)


@rule(
    "E260",
    Severity.MANDATORY,
    _("完成日期 %(day)s is after the quarter, or still to come."),
    _("Report it as done for the quarter in which it is; until then choose another 状态."),
)
def day_of_completion_is_ahead(reading: Reading, context: Context) -> Iterator[Location]:
    """The day of completion is later than the quarter's last day, or than today."""
    for fault in (ReportFault.DATE_AFTER_PERIOD, ReportFault.DATE_AHEAD):
        for table, line in _with(fault, reading, context):
            yield at(table, line, "done_on", day=as_text(line.get("done_on")))


@rule(
    "E261",
    Severity.MANDATORY,
    _("完成日期 is filled in, and 状态 is not 已完成."),
    _("Choose 已完成, or leave 完成日期 blank."),
)
def day_belongs_to_what_is_done(reading: Reading, context: Context) -> Iterator[Location]:
    """A step that is not done has a day of completion."""
    yield from _at_fault(ReportFault.DATE_NOT_DONE, "done_on", reading, context)


@rule(
    "E262",
    Severity.MANDATORY,
    _("The step is 已完成, and 佐证材料 names nothing that shows it."),
    _("Name the document and its number, or add a file on the task's page first."),
)
def evidence_is_missing(reading: Reading, context: Context) -> Iterator[Location]:
    """A step is done without evidence, in the row or on record."""
    yield from _at_fault(ReportFault.NO_EVIDENCE, "evidence", reading, context)


@rule(
    "E263",
    Severity.MANDATORY,
    _("The step is 需协调, and 需协调事项 is blank."),
    _("Say what is needed, and from whom."),
)
def matter_to_coordinate_is_missing(reading: Reading, context: Context) -> Iterator[Location]:
    """A step needs coordination and does not say in what."""
    yield from _at_fault(ReportFault.NO_HELP_WANTED, "help_wanted", reading, context)


@rule(
    "E264",
    Severity.MANDATORY,
    _("A text of this row is too long."),
    _(
        "Write at most %(text)s characters in 进展说明 and in 需协调事项, and %(evidence)s in "
        "佐证材料."
    ),
)
def text_is_too_long(reading: Reading, context: Context) -> Iterator[Location]:
    """A text is longer than the ledger keeps."""
    for table, line in _with(ReportFault.TOO_LONG, reading, context):
        said = said_in(_texts(line)).as_json()
        name = next(name for name, most in LONGEST.items() if len(said[name]) > most)
        params = {"text": LONGEST["text"], "evidence": LONGEST["evidence"]}
        yield at(table, line, "remark" if name == "text" else name, **params)


@rule(
    "W265",
    Severity.ADVISORY,
    _("Of %(found)s open steps nothing is reported: %(steps)s."),
    _("Fill in their rows, or say why there is nothing to report on them this quarter."),
)
def open_steps_are_left_out(reading: Reading, context: Context) -> Iterator[Location]:
    """Open steps of the city have no row, or nothing in it. Without the sheet nothing is said."""
    table, city = reading.tables.get(TASKS.kind), reading.tables.get("city")
    if table is None or table.sheet in context.broken or (city and city.nil):
        return
    told = {
        step.node.key for _t, line, step in _rows(reading, context) if step and is_reported(line)
    }
    left = [one.node for one in context.steps.every if one.is_open and one.node.key not in told]
    if left:
        named = "、".join(f"{node.task.number} {node.what}" for node in left[:LISTED])
        yield on_sheet(table, found=len(left), steps=named + (" …" if len(left) > LISTED else ""))


@rule(
    "W266",
    Severity.ADVISORY,
    _(
        "The city's reports on its tasks for this quarter are in force, and this workbook has no "
        "sheet 任务进展: accepted, it would take them back."
    ),
    _("Download the template again and fill in 任务进展, or say why they are taken back."),
)
def reports_are_taken_back(reading: Reading, context: Context) -> Iterator[Location]:
    """A later version of a workbook lacks the sheet that an earlier one had."""
    if TASKS.kind in context.reported:
        yield Location()


def _rows(reading: Reading, context: Context) -> Iterator[tuple[SheetTable, Line, CityStep | None]]:
    """Yield each row with its step; None where it is of no step of the city."""
    for table, line in lines_of(reading, TASKS.kind):
        step = context.steps.find(line.get("node"), line.get("number"), line.get("step"))
        yield table, line, step


def _ledger_of(step: CityStep) -> dict[str, str]:
    """Return what the template says of a step, by field; as text."""
    node, task = step.node, step.node.task
    return {
        "number": task.number,
        "task": task.wording,
        "step": node.what,
        "standard": task.standard,
        "first_due": as_text(node.first_due) or "",
    }


def _texts(line: Line) -> dict[str, str | None]:
    """Return a row's values as text, as they are staged."""
    return {name: as_text(value.value) for name, value in line.values.items()}


def _judged(reading: Reading, context: Context) -> list[tuple[SheetTable, Line, list[ReportFault]]]:
    """Return each row in which something is reported, with what is wrong with it. Made once."""
    if "tasks" not in context.memo:
        context.memo["tasks"] = [
            (table, line, _faults(line, step, context))
            for table, line, step in _rows(reading, context)
            if is_reported(line) and not _is_state_unreadable(table, line, context)
        ]
    return context.memo["tasks"]


def _is_state_unreadable(table: SheetTable, line: Line, context: Context) -> bool:
    """Return whether it has its finding already that nobody knows how the step stands."""
    word = line.get("state")
    return _is_refused(table, line, "state", context) or bool(word and state_of(word) is None)


def _faults(line: Line, step: CityStep | None, context: Context) -> list[ReportFault]:
    return faults_of(
        said_in(_texts(line)),
        quarter=context.period,
        day=context.today,
        last=step.last if step else None,
        has_evidence=step.has_evidence if step else False,
    )


def _with(
    fault: ReportFault, reading: Reading, context: Context
) -> Iterator[tuple[SheetTable, Line]]:
    """Yield the rows with a fault."""
    for table, line, faults in _judged(reading, context):
        if fault in faults:
            yield table, line


def _at_fault(
    fault: ReportFault, name: str, reading: Reading, context: Context, **params: object
) -> Iterator[Location]:
    """Yield the cells of a field in the rows with a fault, but those that the reader refused."""
    for table, line in _with(fault, reading, context):
        if not _is_refused(table, line, name, context):
            yield at(table, line, name, **params)


def _is_refused(table: SheetTable, line: Line, name: str, context: Context) -> bool:
    """Return whether the reader refused a field's cell, which has its finding already."""
    return (table.sheet, line.cell(name)) in context.refused
