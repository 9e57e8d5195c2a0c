"""
Readings and contexts for the rules, made by hand: no file, no database.

    violations(reading(enterprises=[firm(1, revenue=-5)]))

is what the rules say about a workbook that is clean but for what the test gives. Amounts are in
yuan. Lines start in row 5; the columns stand in the order of the layout.
"""

from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter
from stdnum.cn import uscc

from clusters.models import City
from enterprises.credit_code import problem
from foundation.quarters import Quarter
from measures.models import Node, Task
from measures.reporting.city_steps import CityStep
from measures.reporting.report_rules import StepReport
from submissions.rules.context import Category, Context, Registered
from submissions.rules.departures import Staying
from submissions.rules.earlier_returns import EarlierFigures
from submissions.validation.checking import RULES
from submissions.workbook.contents import Line, Reading, SheetTable, Value
from submissions.workbook.layout import CITY_MEASURES, TABLES

FIRST_ROW = 5
SHEETS = {kind: table.sheet for kind, table in TABLES.items()}
CITY_NAMES = {"济南": "370100", "青岛": "370200", "济宁": "370800", "莱芜": "370100"}


def code(number, city="370100"):
    """A valid credit code, another for each number."""
    body = f"91{city}MA{number:07d}"
    return body + uscc.calc_check_digit(body)


def firm(number=1, **given):
    """A line of 企业明细."""
    nothing = dict.fromkeys(column.field for column in TABLES["enterprises"].columns)
    return (
        nothing
        | {
            "credit_code": code(number),
            "name": f"企业{number}",
            "output_value": 20_000_000 + number,
            "revenue": 10_000_000 + number,
            "total_revenue": 30_000_000 + number,
            "rd_expenditure": 500_000,
            "employees": 40,
        }
        | given
    )


def letter(field):
    """The letter of a column of 企业明细, where a line of all columns has it."""
    return get_column_letter([c.field for c in TABLES["enterprises"].columns].index(field) + 1)


def measures(**given):
    """The rows of 城市汇总 by field; a pair is 本年累计 and 上年同期, None leaves the row out."""
    figures = {
        "output_value": 900_000_000,
        "revenue": 800_000_000,
        "enterprises": 5_000,
        "enterprises_over_100m": 5,
        "rd_expenditure": 10**18,
        "employees": 200_000,
    } | given
    rows = []
    for field, measure in CITY_MEASURES.items():
        figure = figures[field]
        if figure is not None:
            now, before = figure if isinstance(figure, tuple) else (figure, None)
            rows.append({"measure": measure.heading, "this_year": now, "last_year": before})
    return rows


def block(content="专业园区1", **given):
    """A line of 集群建设."""
    return {"content": content, "category": "专业园区", "status": "在建"} | given


def park(name="园区甲", **given):
    """A line of 园区进展."""
    return {"park": name, "firms": 10, "output_value": 5_000_000} | given


def step(number="1-01", what="印发方案", *, last=None, **given):
    """A step of a task of the city; last is what the newest earlier report said."""
    known = {"wording": "推进提标改造", "standard": "印发文件"}
    node = Node(task=Task(number=number, **known), key=f"{number}#1", what=what)
    node.first_due = date(2025, 9, 30)
    said = StepReport(**last) if last is not None else None
    values = {"due": node.first_due, "is_open": True, "last": said, "has_evidence": False}
    return CityStep(node=node, **values | given)


def task(number="1-01", what="印发方案", **given):
    """A line of 任务进展 as the template has it, and in which something is reported."""
    ledger = {"number": number, "task": "推进提标改造", "step": what, "standard": "印发文件"}
    ledger |= {"first_due": date(2025, 9, 30), "node": f"{number}#1"}
    return ledger | {"state": "推进中", "remark": "完成招标，开工两处"} | given


def reading(*, enterprises=(), city=None, parks=None, blocks=None, tasks=None, faults=(), **given):
    """
    What would be read from a workbook with these rows.

    reporter, period   what stands above the tables; None for nothing
    totals             rows of totals in 企业明细, beneath its lines
    units              the unit of the amounts in 企业明细, 万元
    """
    rows = {
        "city": city or measures(),
        "enterprises": enterprises,
        "parks": parks,
        "blocks": blocks,
        "tasks": tasks,
    }
    tables = {
        kind: table(kind, lines, **given)
        for kind, lines in rows.items()
        if lines is not None and lines != []
    }
    for number, total in enumerate(given.get("totals", ())):
        row = FIRST_ROW + len(enterprises) + number
        label = Value(total.pop("label"), f"A{row}", total.pop("written", "合计"))
        values = line("enterprises", row, total).values | {"label": label}
        tables["enterprises"].totals.append(Line(row, values))
    return Reading(tables=tables, faults=list(faults), form=given.get("form", "xlsx"))


def table(kind, rows, *, reporter="济南市生态环境局", period="2025Q3", unit="万元", **_given):
    """One table, its lines from row 5."""
    made = SheetTable(kind, SHEETS[kind])
    made.reporter = Value(reporter, "A2", reporter) if reporter else None
    made.period = Value(period, "B2", "2025年1—9月") if period else None
    columns = TABLES[kind].columns
    made.columns = {column.field: chr(65 + n) for n, column in enumerate(columns)}
    made.units = {column.field: unit for column in columns if column.kind == "money"}
    made.lines = [line(kind, row, values) for row, values in enumerate(rows, start=FIRST_ROW)]
    return made


def line(kind, row, given):
    """One line: every column has a cell; what is not given is not reported."""
    values = {}
    for number, column in enumerate(TABLES[kind].columns):
        value = given.get(column.field)
        formatted = "" if value is None else str(value)
        if isinstance(value, int | float):
            value = Decimal(str(value))
        values[column.field] = Value(value, f"{chr(65 + number)}{row}", formatted)
    return Line(row, values)


def jinan():
    """The city whose file it is; not stored."""
    return City(pk=1, code="370100", slug="jinan", name="济南市", short_name="济南")


def context(looked_at, **given):
    """All is in order: the register knows every firm, and there is no history."""
    table = looked_at.tables.get("enterprises")
    lines = table.lines if table else []
    known = {
        line.get("credit_code"): Registered(line.get("name") or "", "370100")
        for line in lines
        if line.get("credit_code")
    }
    values = {
        "city": jinan(),
        "period": Quarter(2025, 3),
        "today": date(2025, 10, 10),
        "city_names": CITY_NAMES,
        "register": known,
        "problems": {code: found for code in known if (found := problem(code))},
        "parks": {"园区甲": "园区甲"},
        "categories": {
            "专业园区": Category("专业园区", is_open=False, contents={"专业园区1", "专业园区2"}),
            "创新中心": Category("创新中心", is_open=True, contents={"创新中心1"}),
        },
        "refused": frozenset((fault.sheet, fault.cell) for fault in looked_at.faults if fault.cell),
    }
    return Context(**values | given)


def earlier(number=1, **given):
    """A firm's figures of an earlier quarter, by code; those of firm() unless given."""
    expected = given.pop("expected", True)
    line = firm(number, **given)
    figures = [column.field for column in TABLES["enterprises"].reported]
    amounts = {name: None if line[name] is None else Decimal(str(line[name])) for name in figures}
    return {line["credit_code"]: EarlierFigures(line["name"], amounts, expected)}


def staying(number=1, amount=20_000_000, period="2025Q2", field="output_value"):
    """What was accepted of a firm earlier this year, by code."""
    return {code(number): Staying(field, Decimal(amount), period)}


def violations(looked_at, **given):
    """What the rules say, each finding with its texts filled in."""
    known = context(looked_at, **given)
    found = [each for rule in RULES for each in rule(looked_at, known)]
    for each in found:
        # A fill-in that is missing, or not replaced, is a fault of the rule.
        assert "%(" not in each.message + each.remedy
        assert all(isinstance(value, str) for value in each.params.values())
    return found


def codes(found):
    """The codes raised, in order."""
    return [each.code for each in found]


def only(found, code):
    """The one finding, which must be of this code."""
    assert codes(found) == [code]
    return found[0]
