from decimal import Decimal

import pytest

from submissions.workbook.contents import Value
from tests.submissions.rules.workshop import (
    codes,
    earlier,
    firm,
    line,
    measures,
    only,
    reading,
    staying,
    violations,
)

BLANK = dict.fromkeys(
    ("output_value", "revenue", "total_revenue", "rd_expenditure", "employees"), None
)
SAID = Value("环保企业均已迁出", "I1", "本期无数据：环保企业均已迁出")


def declared(looked_at, *kinds, said=SAID):
    """The reading with tables that are declared empty."""
    for kind in kinds:
        looked_at.tables[kind].nil = said
    return looked_at


ZERO = dict.fromkeys(BLANK, 0)


@pytest.mark.parametrize("figures", [BLANK, ZERO], ids=["blank", "zero"])
@pytest.mark.parametrize("remark", ["停业", "本季度无业务", "已注销：2025年8月", "迁出至潍坊市"])
def test_e206_what_was_made_this_year_does_not_vanish(remark, figures):
    looked_at = reading(enterprises=[firm(1, remark=remark, **figures)])

    found = only(violations(looked_at, staying=staying(1, period="2025Q1")), "E206")
    assert found.cell == "D5"
    assert "2025Q1" in found.message


def test_e206_not_without_amounts_of_this_year_nor_with_figures():
    closed = reading(enterprises=[firm(1, remark="停业", **BLANK)])
    after_figures = reading(enterprises=[firm(1, remark="停业")])

    assert not violations(closed)
    assert not violations(after_figures, staying=staying(1))


def test_e206_is_told_in_a_sheet_that_is_declared_empty():
    looked_at = declared(reading(enterprises=[firm(1, **BLANK)]), "enterprises", "city")

    assert "E206" in codes(violations(looked_at, staying=staying(1)))


def test_a_firm_with_a_declaration_has_no_other_finding():
    looked_at = reading(enterprises=[firm(1, remark="本季度无", **BLANK), firm(2)])

    nothing = earlier(1, **BLANK)
    assert codes(violations(looked_at, previous=nothing)) == []
    gone = earlier(3, expected=False)
    assert codes(violations(looked_at, previous=nothing | gone)) == []
    assert codes(violations(looked_at, previous=nothing | earlier(3))) == ["W160"]


def test_e207_a_table_declared_empty_holds_no_figures():
    looked_at = declared(reading(enterprises=[firm(1)]), "enterprises", "city")

    found = only(violations(looked_at), "E207")
    assert (found.sheet, found.cell) == ("城市汇总", "I1")


def test_e207_figures_of_last_year_are_none_of_this_quarter():
    """The template has them filled in."""
    looked_at = empty()
    lines = looked_at.tables["enterprises"].lines
    lines[0] = line("enterprises", 5, firm(1, **BLANK | {"revenue_last_year": 800}))

    assert codes(violations(looked_at)) == []


def test_e207_enterprises_are_not_declared_empty_with_figures_of_the_city():
    looked_at = declared(reading(enterprises=[firm(1, **BLANK)]), "enterprises")

    assert "城市汇总" in only(violations(looked_at), "E207").message


def test_e207_without_totals_a_city_cannot_declare():
    looked_at = reading(enterprises=[firm(1, **BLANK)])
    del looked_at.tables["city"]

    assert codes(violations(declared(looked_at, "enterprises"))) == ["E207"]


def empty(**given):
    nothing = dict.fromkeys(
        ("output_value", "revenue", "enterprises", "enterprises_over_100m", "rd_expenditure"), None
    )
    looked_at = reading(
        enterprises=[firm(1, **BLANK)], city=measures(employees=(None, None), **nothing)
    )
    return declared(looked_at, "city", "enterprises", **given)


def test_a_city_may_declare_that_there_is_nothing():
    assert violations(empty()) == []


def test_e208_with_a_reason():
    said = Value("同上", "I1", "本期无数据：同上")

    assert codes(violations(empty(said=said))) == ["E208"]


def test_e209_but_not_after_it_had_something_this_year():
    found = only(violations(empty(), city_previous={"output_value": Decimal(10_000)}), "E209")

    assert "1 万元" in found.message
    assert not violations(empty(), city_previous={"output_value": Decimal(0)})


def test_e209_nor_after_its_lines_had_something_this_year():
    looked_at = empty()
    looked_at.tables["enterprises"].lines.clear()

    found = only(violations(looked_at, staying=staying(7, amount=50_000)), "E209")
    assert "5 万元" in found.message
