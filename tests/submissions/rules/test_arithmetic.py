import pytest

from submissions.rules.context import Registered
from submissions.workbook.contents import Fault
from tests.submissions.rules.workshop import (
    code,
    codes,
    firm,
    measures,
    only,
    park,
    reading,
    violations,
)

WAN = 10_000


@pytest.mark.parametrize(
    ("looked_at", "place"),
    [
        (reading(enterprises=[firm(output_value=-0.01)]), ("企业明细", "D5")),
        (reading(enterprises=[firm(employees=-1)]), ("企业明细", "H5")),
        (reading(enterprises=[firm()], parks=[park(investment=-5)]), ("园区进展", "E5")),
        (reading(enterprises=[firm()], city=measures(employees=-3)), ("城市汇总", "C10")),
        (reading(enterprises=[firm()], city=measures(revenue=(8e8, -3))), ("城市汇总", "D6")),
    ],
)
def test_e180_a_figure_is_below_zero(looked_at, place):
    found = only(violations(looked_at), "E180")
    assert (found.sheet, found.cell) == place


def test_zero_is_no_negative_and_no_missing_figure():
    nothing = {"output_value": 0, "revenue": 0, "total_revenue": 0, "rd_expenditure": 0}
    assert violations(reading(enterprises=[firm(**nothing)], city=measures(output_value=0))) == []


def test_e181_environmental_revenue_is_above_total_revenue():
    lines = [firm(revenue=13_000_000, total_revenue=12_345_600)]
    found = only(violations(reading(enterprises=lines)), "E181")
    assert found.cell == "E5"
    assert "1,300 万元" in found.message
    assert "1,234.56 万元" in found.message


def test_all_revenue_may_be_environmental():
    lines = [firm(revenue=600_000, total_revenue=600_000)]
    assert violations(reading(enterprises=lines)) == []


def test_w182_research_costs_more_than_is_earned():
    looked_at = reading(enterprises=[firm(revenue=1, total_revenue=1_000, rd_expenditure=2_000)])
    assert only(violations(looked_at), "W182").cell == "G5"


def test_e183_more_large_enterprises_than_enterprises():
    looked_at = reading(enterprises=[firm()], city=measures(enterprises=4, enterprises_over_100m=5))
    assert only(violations(looked_at), "E183").cell == "C8"


@pytest.mark.parametrize(("field", "cell"), [("output_value", "C5"), ("revenue", "C6")])
def test_e184_the_citys_total_is_below_the_sum_of_its_lines(field, cell):
    lines = [firm(n, output_value=30_000_000, revenue=30_000_000) for n in (1, 2)]
    total = 60_000_000 - 2 * WAN
    found = only(violations(reading(enterprises=lines, city=measures(**{field: total}))), "E184")
    assert (found.sheet, found.cell) == ("城市汇总", cell)
    assert "6,000 万元" in found.message
    assert "5,998 万元" in found.message


def test_rounding_alone_does_not_put_a_total_below_its_lines():
    """Two lines and a total, each rounded by half a 万元 at most."""
    lines = [firm(n, output_value=30_000_000) for n in (1, 2)]
    total = 60_000_000 - 15_000
    assert violations(reading(enterprises=lines, city=measures(output_value=total))) == []


def test_lines_that_have_findings_of_their_own_do_not_add_up():
    lines = [firm(1, output_value=600_000_000), firm(1, output_value=600_000_000)]
    assert codes(violations(reading(enterprises=lines))) == ["E151"]
    elsewhere = {code(1): Registered("某", "370200")}
    lines = [firm(1, output_value=6_000_000_000)]
    assert codes(violations(reading(enterprises=lines), register=elsewhere)) == ["E153"]


def test_w185_the_row_of_totals_is_not_the_sum():
    total = {"label": "合计", "output_value": 40_000_003 + 2 * WAN, "employees": 80}
    found = only(violations(reading(enterprises=[firm(1), firm(2)], totals=[total])), "W185")
    assert (found.sheet, found.cell) == ("企业明细", "D7")


def test_w185_says_where_the_total_stands():
    total = {"label": "汇总", "output_value": 20_000_001}
    looked = reading(enterprises=[firm(1), firm(2), firm(3)], totals=[total])
    looked.tables["enterprises"].totals[0] = looked.tables["enterprises"].totals[0]._replace(row=6)
    found = only(violations(looked), "W185")
    assert "1 lines stand above this row and 2 below it" in found.message


@pytest.mark.parametrize(
    "total",
    [
        {"label": "合计", "output_value": 40_000_000, "employees": 80},
        {"label": "小计", "output_value": 5},
        {"label": "合计", "written": "本页合计", "output_value": 5},
    ],
)
def test_rounded_totals_and_those_of_a_part_pass(total):
    assert violations(reading(enterprises=[firm(1), firm(2)], totals=[total])) == []


def test_a_column_with_a_refused_cell_has_no_sum():
    faults = [Fault("E146", "企业明细", "D5", "约12")]
    lines = [firm(1, output_value=None), firm(2)]
    total = {"label": "合计", "output_value": 90_000_000}
    assert violations(reading(enterprises=lines, totals=[total], faults=faults)) == []


def test_w186_more_lines_over_100_million_than_the_city_counts():
    large = {"revenue": 100_000_001, "total_revenue": 100_000_001}
    lines = [firm(1, **large), firm(2, revenue=100_000_000, total_revenue=100_000_000)]
    assert violations(reading(enterprises=lines, city=measures(enterprises_over_100m=1))) == []
    looked_at = reading(enterprises=lines, city=measures(enterprises_over_100m=0))
    assert only(violations(looked_at), "W186").cell == "C8"


def test_e187_the_citys_output_value_is_absent():
    looked_at = reading(enterprises=[firm()], city=measures(output_value=None))
    assert only(violations(looked_at), "E187").cell is None
    looked_at = reading(enterprises=[firm()], city=measures(output_value=(None, 5)))
    assert only(violations(looked_at), "E187").cell == "C5"


def test_an_output_value_the_reader_refused_is_not_also_missing():
    faults = [Fault("E146", "城市汇总", "C5", "约九亿")]
    city = measures(output_value=(None, 5))
    assert violations(reading(enterprises=[firm()], city=city, faults=faults)) == []


def test_a_sheet_without_a_unit_has_no_figures_to_miss():
    city = measures(output_value=None, revenue=None)
    looked_at = reading(enterprises=[firm()], city=city)
    assert violations(looked_at, broken=frozenset({"城市汇总"})) == []


def test_w188_rows_of_the_city_are_missing():
    city = measures(rd_expenditure=None, employees=None)
    found = only(violations(reading(enterprises=[firm()], city=city)), "W188")
    assert found.params["measures"] == "研发经费、从业人员"
    assert found.cell is None
