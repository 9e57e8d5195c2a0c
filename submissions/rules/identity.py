"""Rules on the reporter, the period, and the enterprises reported."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from enterprises.credit_code import CodeFault
from submissions.rules.catalogue import Severity
from submissions.rules.context import Context, comparable_name
from submissions.rules.damaged_text import is_damaged, is_damaged_name
from submissions.rules.rule import Location, at, lines_of, on_file, on_sheet, rule
from submissions.rules.stock_phrases import says_nothing
from submissions.workbook.contents import Line, Reading, SheetTable
from submissions.workbook.layout import TABLES, CellKind
from submissions.workbook.reading.headings import fold

CODE = "credit_code"

# The texts of each table that name something.
NAMES = {
    "enterprises": {"name", "park"},
    "parks": {"park"},
    "blocks": {"content", "name"},
    "tasks": {"task", "step"},
    "city": {"measure"},
}

# A csv has lines only, without reporter and period.
CSV = "csv"


@rule(
    "E155",
    Severity.MANDATORY,
    _("The sheet is for %(found)s, but this submission is for %(expected)s."),
    _("Choose the right file or the right period; if only 报告期 is wrong, correct it."),
)
def period_is_another(reading: Reading, context: Context) -> Iterator[Location]:
    """The sheet names another quarter than the one it was uploaded for."""
    for table in reading.tables.values():
        named = table.period
        if named and named.value and named.value != str(context.period):
            params = {"found": named.value, "expected": str(context.period)}
            yield Location(table.sheet, named.cell, named.written, params)


@rule(
    "E156",
    Severity.MANDATORY,
    _("%(period)s has not ended: it runs to %(last_day)s."),
    _("Choose the right period, or upload after its end: figures are cumulative to that day."),
)
def period_has_not_ended(reading: Reading, context: Context) -> Iterator[Location]:
    """The quarter has not ended, so its figures cannot exist."""
    if context.period.last_day >= context.today:
        yield on_file(period=context.period, last_day=context.period.last_day)


@rule(
    "E162",
    Severity.MANDATORY,
    _("The sheet is of %(found)s, but this submission is of %(city)s."),
    _("Upload the file of your own city; if only 填报单位 is wrong, correct it."),
)
def reporter_is_another_city(reading: Reading, context: Context) -> Iterator[Location]:
    """填报单位 names a city, and it is not this one."""
    for table in reading.tables.values():
        named = _cities_named(table, context)
        if named and context.city.code not in named:
            reporter = table.reporter
            params = {"found": str(reporter.value), "city": context.city.name}
            yield Location(table.sheet, reporter.cell, reporter.written, params)


@rule(
    "W163",
    Severity.ADVISORY,
    _("The workbook does not say which city reports."),
    _("Write it above the tables, such as 填报单位：%(city)s生态环境局, or say why it is missing."),
)
def no_reporter_is_named(reading: Reading, context: Context) -> Iterator[Location]:
    """No sheet's 填报单位 names a city."""
    tables = reading.tables.values()
    if reading.form != CSV and not any(_cities_named(table, context) for table in tables):
        yield on_file(city=context.city.name)


@rule(
    "W164",
    Severity.ADVISORY,
    _("The workbook does not say which period it is for."),
    _("Write it above the tables, such as 报告期：%(period)s, or say why it is missing."),
)
def no_period_is_stated(reading: Reading, context: Context) -> Iterator[Location]:
    """No sheet has a 报告期. One that could not be understood is the reader's finding."""
    if reading.form != CSV and not any(table.period for table in reading.tables.values()):
        yield on_file(period=context.period)


@rule(
    "E175",
    Severity.MANDATORY,
    _("A unified social credit code has 18 characters; this one has %(length)s."),
    _(
        "Copy the code from the business licence. Set the column to text first. The register's "
        "code for this name: %(registered)s."
    ),
)
def code_has_the_wrong_length(reading: Reading, context: Context) -> Iterator[Location]:
    """The credit code is too long or too short."""
    return _problems(reading, context, CodeFault.LENGTH)


@rule(
    "E142",
    Severity.MANDATORY,
    _(
        "Character %(position)s of the credit code is “%(character)s”, which no code contains "
        "(letters I, O, S, V and Z are never used)."
    ),
    _(
        "Copy the code from the business licence; often 0 was typed as O, or 1 as I. The "
        "register's code for this name: %(registered)s."
    ),
)
def code_has_a_forbidden_character(reading: Reading, context: Context) -> Iterator[Location]:
    """The credit code has a character that is not of its alphabet."""
    return _problems(reading, context, CodeFault.CHARACTER)


@rule(
    "E143",
    Severity.MANDATORY,
    _("The credit code does not agree with its check character: at least one character is wrong."),
    _(
        "Compare all 18 characters with the business licence. The register's code for this "
        "name: %(registered)s."
    ),
)
def code_fails_its_check(reading: Reading, context: Context) -> Iterator[Location]:
    """The check character of the credit code is wrong."""
    return _problems(reading, context, CodeFault.CHECK)


@rule(
    "E151",
    Severity.MANDATORY,
    _("The enterprise stands in the table twice: in %(first)s and here."),
    _("Keep one line for each enterprise, with its cumulative figures."),
)
def enterprise_stands_twice(reading: Reading, context: Context) -> Iterator[Location]:
    """The same credit code has an earlier line, with equal or other figures."""
    first: dict[object, str | None] = {}
    for table, line in lines_of(reading, "enterprises"):
        code = line.get(CODE)
        if code in first:
            yield at(table, line, CODE, first=first[code])
        elif code:
            first[code] = line.cell(CODE)


@rule(
    "E153",
    Severity.MANDATORY,
    _("%(city)s cannot report an enterprise with this code."),
    _("Check the code. If it is right, ask the province to look into the register."),
)
def enterprise_is_of_another_city(reading: Reading, context: Context) -> Iterator[Location]:
    """
    The register has the code under another city.

    The text reveals neither the other city nor the registered name.
    """
    for table, line in lines_of(reading, "enterprises"):
        if context.is_elsewhere(line.get(CODE)):
            yield at(table, line, CODE, city=context.city.name)


@rule(
    "W152",
    Severity.ADVISORY,
    _("The register does not know this enterprise."),
    _(
        "Check the code. If it is right, say in 说明 why the enterprise is reported now: it joins "
        "the register on acceptance, marked to be verified."
    ),
)
def enterprise_is_unknown(reading: Reading, context: Context) -> Iterator[Location]:
    """The code is valid and not registered. Not in a city's first return, a finding of its own."""
    new = _newcomers(reading, context)
    if not _asks_once(new, context):
        for table, line in new:
            yield at(table, line, CODE)


@rule(
    "W210",
    Severity.ADVISORY,
    _(
        "The register has no enterprise of %(city)s yet: all %(lines)s enterprises of this sheet "
        "are new to it."
    ),
    _(
        "Say once, for the whole sheet, where the list comes from. The enterprises join the "
        "register on acceptance, marked to be verified."
    ),
)
def all_enterprises_are_new(reading: Reading, context: Context) -> Iterator[Location]:
    """The first return of a city without a register, unless every line says why it is there."""
    new = _newcomers(reading, context)
    if _asks_once(new, context):
        yield on_sheet(new[0][0], city=context.city.name, lines=len(new))


@rule(
    "W154",
    Severity.ADVISORY,
    _("The register calls the enterprise with this code %(registered)s, the workbook %(named)s."),
    _(
        "Check that code and name belong together. If the enterprise was renamed, say so in 说明; "
        "the registered name stays until the province changes it."
    ),
)
def name_differs_from_the_register(reading: Reading, context: Context) -> Iterator[Location]:
    """
    The name is not the registered one, width of characters and spaces aside.

    If it is the name of another line, codes and names have shifted, which is another finding.
    """
    misnamed = _misnamed(reading, context)
    shifted = {line.row for line in _shifted(misnamed, context)}
    for table, line, registered in misnamed:
        if line.row not in shifted:
            yield at(table, line, "name", registered=registered, named=line.get("name"))


@rule(
    "E228",
    Severity.MANDATORY,
    _("“%(text)s” in “%(column)s” is damaged, or is no text: characters are lost or garbled."),
    _("Type it again as it should read, or paste it as a value instead of a formula."),
)
def text_is_damaged(reading: Reading, context: Context) -> Iterator[Location]:
    """A name has question marks, a replacement character or no letter; a text is garbled."""
    for kind, layout in TABLES.items():
        texts = [column for column in layout.columns if column.kind is CellKind.TEXT]
        for table, line in lines_of(reading, kind):
            for column in texts:
                text = line.get(column.field)
                if not text:
                    continue
                damaged = is_damaged_name if column.field in NAMES[kind] else is_damaged
                if damaged(text):
                    yield at(table, line, column.field, text=text[:60], column=column.heading)


@rule(
    "E177",
    Severity.MANDATORY,
    _(
        "From row %(first)s to row %(last)s the names are those of other lines' codes; here "
        "%(registered)s is called %(named)s. Codes and names have shifted against each other."
    ),
    _(
        "Find where a cell was inserted, deleted or sorted alone, and put names, codes and "
        "figures back side by side. No figure of these rows can be trusted."
    ),
)
def names_have_shifted(reading: Reading, context: Context) -> Iterator[Location]:
    """
    Lines have the registered names of other lines' codes. One finding for consecutive rows.

    One such line alone is a wrong name; two anywhere are a shift.
    """
    shifted = _shifted(_misnamed(reading, context), context)
    for run in _runs(shifted):
        table, line = reading.tables["enterprises"], run[0]
        registered = context.register[line.get(CODE)].name
        rows = {"first": line.row, "last": run[-1].row}
        yield at(table, line, "name", registered=registered, named=line.get("name"), **rows)


def _newcomers(reading: Reading, context: Context) -> list[tuple[SheetTable, Line]]:
    """Return the lines whose code is valid and not registered."""
    return [
        (table, line)
        for table, line in lines_of(reading, "enterprises")
        if (code := line.get(CODE))
        and code not in context.register
        and code not in context.problems
    ]


def _asks_once(new: list[tuple[SheetTable, Line]], context: Context) -> bool:
    """
    Return whether one question is asked for all new enterprises together.

    If each line has its 说明, each has answered already, as a back-filled file does.
    """
    if not new or not context.first_return:
        return False
    return any(says_nothing(str(line.get("remark") or "")) for _table, line in new)


Misnamed = tuple[SheetTable, Line, str]


def _misnamed(reading: Reading, context: Context) -> list[Misnamed]:
    """Return (table, line, registered name) of the city's firms with another name."""
    found = []
    for table, line in lines_of(reading, "enterprises"):
        name = line.get("name")
        known = context.register.get(line.get(CODE))
        if not name or known is None or known.city_code != context.city.code:
            continue
        if is_damaged_name(name):
            continue  # E228
        if name != known.name and comparable_name(name) != comparable_name(known.name):
            found.append((table, line, known.name))
    return found


def _shifted(misnamed: list[Misnamed], context: Context) -> list[Line]:
    """Return the lines with the registered name of another line; [] if there is only one."""
    if len(misnamed) < 2:
        return []
    own = (known for known in context.register.values() if known.city_code == context.city.code)
    others = {comparable_name(known.name) for known in own}
    lines = [
        line for _table, line, _name in misnamed if comparable_name(str(line.get("name"))) in others
    ]
    return lines if len(lines) > 1 else []


def _runs(lines: list[Line]) -> list[list[Line]]:
    """Return the lines grouped by consecutive rows."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and line.row == runs[-1][-1].row + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _cities_named(table: SheetTable, context: Context) -> set[str]:
    """Return the codes of the cities that the table's 填报单位 names."""
    if not table.reporter or not table.reporter.value:
        return set()
    text = fold(str(table.reporter.value))
    return {code for name, code in context.city_names.items() if name in text}


def _problems(reading: Reading, context: Context, fault: CodeFault) -> Iterator[Location]:
    """Yield the lines whose credit code has this fault."""
    if not context.problems:
        return
    for table, line in lines_of(reading, "enterprises"):
        found = context.problems.get(_code(line))
        if found and found.fault is fault:
            yield at(
                table,
                line,
                CODE,
                length=found.length,
                position=found.position,
                character=found.character,
                registered=context.codes_by_name.get(comparable_name(line.get("name") or ""), "—"),
            )


def _code(line: Line) -> str:
    """Return the line's credit code, "" if it has none."""
    return str(line.get(CODE) or "")
