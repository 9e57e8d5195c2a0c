"""What a layout must say before it can be used, and its way through JSON."""

import pytest

from submissions.workbook.foreign.layout_spec import (
    ColumnSpec,
    HeadingLines,
    Holds,
    InvalidSpec,
    LayoutSpec,
    Sheets,
    TableSpec,
    check,
)

NAME = ColumnSpec("A", "name")
REVENUE = ColumnSpec("B", "revenue", "万元", Holds.QUARTER, "2024Q3")
PLAIN = ColumnSpec("B", "revenue", "万元")
YEAR = ColumnSpec("B", "revenue", "万元", Holds.YEAR)
OF_ROW = {
    what: ColumnSpec(letter, f"place_{what}")
    for letter, what in (("C", "city"), ("D", "year"), ("E", "quarter"))
}
HEADINGS = HeadingLines((2, 3), {"A": ("企业", "名称"), "B": ("", "收入")}, ("万元",))


def spec(*columns, rows=(2,), sheets=Sheets.ONE, kind="enterprises"):
    headings = HeadingLines(rows, HEADINGS.texts)
    return LayoutSpec((TableSpec(kind, sheets, columns, headings),))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (LayoutSpec(()), "nothing"),
        (LayoutSpec(spec(NAME, REVENUE).tables * 2), "table_twice"),
        (spec(NAME, REVENUE, rows=(2, 4)), "heading_lines"),
        (spec(NAME, REVENUE, rows=(31,)), "heading_lines"),
        (spec(NAME, REVENUE, ColumnSpec("B", "output_value", "元")), "column_twice"),
        (spec(NAME, REVENUE, ColumnSpec("C", "revenue", "元", quarter="2024Q3")), "field_twice"),
        (spec(NAME, ColumnSpec("B", "revenue")), "no_unit"),
        (spec(NAME, ColumnSpec("B", "revenue", "美元")), "no_unit"),
        (spec(NAME, ColumnSpec("B", "revenue", "元", quarter="三季度")), "quarter"),
        (spec(REVENUE), "no_name"),
        (spec(NAME), "no_figure"),
        (spec(NAME, REVENUE, sheets=Sheets.QUARTERS), "quarters_twice"),
        (spec(NAME, REVENUE, OF_ROW["quarter"]), "quarters_twice"),
        (spec(NAME, REVENUE, OF_ROW["year"]), "quarters_twice"),
        (spec(NAME, PLAIN, OF_ROW["quarter"], sheets=Sheets.QUARTERS), "quarters_twice"),
        (spec(NAME, PLAIN, OF_ROW["city"], sheets=Sheets.CITIES), "cities_twice"),
        (spec(NAME, PLAIN, OF_ROW["city"], ColumnSpec("F", "place_city")), "place_twice"),
        (spec(NAME, YEAR, OF_ROW["quarter"]), "year_in_quarters"),
        (spec(NAME, PLAIN, ColumnSpec("B", "place_city")), "column_twice"),
        (spec(NAME, PLAIN, ColumnSpec("F", "place_city", "元")), "format"),
        (spec(NAME, OF_ROW["city"]), "no_figure"),
        (spec(NAME, REVENUE, kind="parks"), "format"),
        (spec(NAME, ColumnSpec("B", "employees", "万元")), "format"),
    ],
)
def test_what_contradicts_itself_or_lacks_something_is_no_layout(wrong, why):
    with pytest.raises(InvalidSpec) as refused:
        check(wrong)
    assert refused.value.why == why


def test_a_layout_is_the_same_after_its_way_through_json():
    for columns in ((NAME, REVENUE), (NAME, PLAIN, *OF_ROW.values())):
        table = TableSpec("enterprises", Sheets.ONE, columns, HEADINGS, ("合计",))
        whole = LayoutSpec((table,))
        assert LayoutSpec.of_json(whole.as_json()) == whole


@pytest.mark.parametrize("stored", [{}, {"format": 2, "tables": []}, {"format": 1, "tables": 5}])
def test_what_is_no_layout_is_refused(stored):
    with pytest.raises(InvalidSpec):
        LayoutSpec.of_json(stored)
