"""The layout is the one list of what a workbook's lines hold: the models have just these fields."""

import pytest

from clusters.models import CityReturn
from enterprises.models import EnterpriseReturn
from parks.models import ParkReturn
from submissions.workbook.layout import (
    CITY,
    CITY_LABELS,
    CITY_MEASURES,
    ENTERPRISES,
    PARKS,
    TABLES,
    CellKind,
)


@pytest.mark.parametrize(
    ("layout", "model"), [(ENTERPRISES, EnterpriseReturn), (PARKS, ParkReturn)]
)
def test_each_figure_of_a_line_is_a_field_of_its_return_in_the_same_order(layout, model):
    assert [column.field for column in layout.figures] == model.figures()
    assert [column.field for column in layout.reported] == model.reported()


def test_each_row_of_the_citys_totals_is_a_field_of_its_return_with_one_of_a_year_before():
    assert list(CITY_MEASURES) == CityReturn.reported()
    years_before = {f"{field}_last_year" for field in CITY_MEASURES}
    assert set(CityReturn.figures()) == set(CITY_MEASURES) | years_before


def test_every_table_has_a_column_for_what_its_rows_are_about():
    for layout in TABLES.values():
        assert layout.column(layout.key).required


def test_what_is_counted_has_a_unit_and_nothing_else_has():
    for column in [*CITY_LABELS.values(), *ENTERPRISES.columns, *PARKS.columns]:
        assert bool(column.unit) is (column.kind is CellKind.COUNT), column


def test_a_figure_of_a_year_before_names_a_figure_of_its_own_table():
    for layout in (CITY, ENTERPRISES, PARKS):
        reported = {column.field for column in layout.reported}
        assert {c.a_year_before for c in layout.figures} - {""} <= reported


def test_an_unknown_field_has_no_column():
    with pytest.raises(KeyError):
        ENTERPRISES.column("nothing")
