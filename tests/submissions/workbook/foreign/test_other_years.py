"""The same sheet of another year: its headings differ in the years, all as far apart."""

import pytest

from submissions.workbook.foreign.layout_spec import (
    ColumnSpec,
    HeadingLines,
    Holds,
    Sheets,
    TableSpec,
)
from submissions.workbook.foreign.other_years import moved_table, years_apart

KNOWN = HeadingLines(
    (2,), {"A": ("企业",), "B": ("2023年一季度收入",), "C": ("比2022年",)}, ("亿元",)
)


def found(*, rows=(2,), units=("亿元",), **texts):
    both = {"A": "企业", "B": "2024年一季度收入", "C": "比2023年"} | texts
    return HeadingLines(rows, {letter: (text,) for letter, text in both.items()}, units)


@pytest.mark.parametrize(
    ("headings", "years"),
    [
        (KNOWN, 0),
        (found(), 1),
        (found(B="2021年一季度收入", C="比2020年"), -2),
        (found(C="比2022年"), None),
        (found(C="比2024年"), None),
        (found(B="2024年二季度收入"), None),
        (found(A="企业名称"), None),
        (found(D="备注"), None),
        (found(rows=(3,)), None),
        (found(units=("万元",)), None),
        (found(B="2024年一季度收入（2024）"), None),
    ],
)
def test_nothing_but_the_years_may_differ_and_all_by_the_same(headings, years):
    assert years_apart(KNOWN, headings) == years


def test_a_number_that_is_no_year_is_not_moved():
    codes = HeadingLines((2,), {"A": ("120230",), "B": ("2023年",)})
    later = HeadingLines((2,), {"A": ("120230",), "B": ("2024年",)})
    assert years_apart(codes, later) == 1
    other = HeadingLines((2,), {"A": ("120240",), "B": ("2024年",)})
    assert years_apart(codes, other) is None


def test_quarters_headings_and_rows_to_leave_out_are_moved_and_nothing_else():
    columns = (
        ColumnSpec("A", "name"),
        ColumnSpec("B", "revenue", "亿元", Holds.QUARTER, "2023Q1"),
        ColumnSpec("C", "output_value", "亿元", Holds.CUMULATIVE, "Q2"),
    )
    table = TableSpec("enterprises", Sheets.ONE, columns, KNOWN, ("2023年合计", "市属企业"))
    moved = moved_table(table, 1)
    assert [one.quarter for one in moved.columns] == ["", "2024Q1", "Q2"]
    assert moved.columns[1].holds is Holds.QUARTER
    assert moved.headings == found()
    assert moved.leave_out == ("2024年合计", "市属企业")
