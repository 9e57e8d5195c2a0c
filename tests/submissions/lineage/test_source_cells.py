import pytest

from submissions.lineage.source_cells import source_cell, subject
from submissions.lineage.tables import source_cells
from submissions.workbook.layout import TABLES
from tests.submissions.cast import make_row, make_submission

pytestmark = pytest.mark.django_db


def test_cells_come_in_the_layouts_order_with_their_headings():
    submission = make_submission()
    make_row(submission, employees="12", total_revenue="5000.00")

    table = source_cells(submission, "enterprises")
    headings = [one.header for one in table.file_columns()]
    [(_number, *cells)] = table.file_rows()

    assert headings[1:] == [one.heading for one in TABLES["enterprises"].columns]
    places = [one and one.title[:1] for one in cells]
    assert places == ["B", "C", "", "A", "D", "F", "", "E", "", ""]


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


def test_a_row_is_named_as_in_the_workbook(city):
    submission = make_submission(city)
    total = make_row(submission, "city", "rd_expenditure", row=6, sheet="城市汇总")
    firm = make_row(submission, name="济南某企业")

    assert subject(total) == "研发经费"
    assert subject(firm) == "济南某企业"
