import pytest

from submissions.lineage.source_cells import headings, source_cell, source_cells, subject
from tests.submissions.cast import make_row, make_submission

pytestmark = pytest.mark.django_db


def test_cells_come_in_the_layouts_order_with_their_headings():
    row = make_row(make_submission(), employees="12", total_revenue="5000.00")

    assert [one.heading for one in source_cells(row)] == [
        one.heading for one in headings("enterprises")
    ]
    assert [one.cell[:1] for one in source_cells(row)] == [
        "B",
        "C",
        "",
        "A",
        "D",
        "F",
        "",
        "E",
        "",
        "",
    ]


def test_a_count_of_the_city_is_no_money():
    row = make_row(
        make_submission(),
        "city",
        "employees",
        sheet="城市汇总",
        measure="从业人员",
        this_year="4800",
    )

    found = source_cell(row, "this_year")

    assert (found.value, found.kind) == (4800, "count")


def test_what_the_file_has_no_column_for_has_no_cell():
    with pytest.raises(KeyError):
        source_cell(make_row(make_submission()), "park")


def test_a_row_is_called_as_the_workbook_calls_it(city):
    submission = make_submission(city)
    total = make_row(submission, "city", "rd_expenditure", row=6, sheet="城市汇总")
    firm = make_row(submission, name="济南某企业")

    assert subject(total) == "研发经费"
    assert subject(firm) == "济南某企业"
