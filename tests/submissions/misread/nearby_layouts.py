"""For each fault of a foreign file, something close to it for which the message is false."""

from decimal import Decimal

from foundation.quarters import Quarter
from submissions.workbook.foreign.applying import apply
from submissions.workbook.foreign.firms import with_codes
from tests.submissions.workbook.foreign.forge_foreign import (
    BY_SHEET_COLUMNS,
    CITIES,
    FIRMS,
    Sheets,
    by_sheet,
    saved,
    spec_of,
    wide,
    wide_columns,
)

JINAN = "370100"
COLUMNS = {1: ("name", ""), 2: ("output_value", "元"), 3: ("revenue", "元")}


def faults(path, spec, quarter, chosen=None, name=None):
    """Return the faults of what a layout reads in a file, firms chosen by a person."""
    reading = apply(spec, path, name or path.name, CITIES).reading(JINAN, quarter)
    return with_codes(reading, chosen or {}).faults


def every_quarter(tmp_path):
    """Two sheets of single quarters, and a firm in both of them."""
    firms = {FIRMS[0]: ("91370100MA3C0001X1", Decimal(5), Decimal(5))}
    path = by_sheet(tmp_path / "s.xlsx", {1: firms, 2: firms})
    return faults(path, spec_of(path, BY_SHEET_COLUMNS, (2, 3), Sheets.QUARTERS), Quarter(2024, 2))


def other_quarters_blank(tmp_path):
    """A firm that begins in the second quarter: it is no line of the first."""
    path = wide(tmp_path / "w.xlsx", {FIRMS[0]: [(None, None), *[(Decimal(1), Decimal(1))] * 3]})
    return faults(path, spec_of(path, wide_columns()), Quarter(2024, 1))


def one_sheet(tmp_path, *, sheet="表", title="济南市2024年一季度", name=None, chosen=None):
    """One sheet with the contract's columns."""
    rows = [[FIRMS[0], 3, 2]]
    path = saved(tmp_path / "济南.xlsx", {sheet: [[title], ["企业", "产值", "收入"], *rows]})
    return faults(path, spec_of(path, COLUMNS), Quarter(2024, 1), chosen, name)


def rows_of_quarters(tmp_path):
    """A long table of which every row names its quarter; a total and a note name none."""
    heads = ["期间", "企业", "产值", "收入"]
    rows = [["1季度", FIRMS[0], 3, 2], ["第一季度", FIRMS[1], 3, 2], ["合计", None, 6, 4]]
    rows = [["济南市2024年"], heads, *rows, ["注：按季度填报"]]
    path = saved(tmp_path / "济南.xlsx", {"表": rows})
    columns = {at + 1: said for at, said in COLUMNS.items()} | {1: ("place_quarter", "")}
    return faults(path, spec_of(path, columns), Quarter(2024, 1))


LAYOUTS = {
    "W291": one_sheet,
    "W292": every_quarter,
    "W293": other_quarters_blank,
    "W294": lambda at: one_sheet(at, chosen={FIRMS[0]: "91370100MA3C0001X1"}),
    "E295": one_sheet,
    "E296": lambda at: one_sheet(at, title="环保企业", name="济南市2024年一季度.xlsx"),
    "E297": lambda at: one_sheet(at, sheet="济南2024Q1", name="2024年前三个月.xlsx"),
    "E298": one_sheet,
    "E299": rows_of_quarters,
}
