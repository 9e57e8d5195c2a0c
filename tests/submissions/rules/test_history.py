from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.quarters import Quarter
from tests.submissions.rules.workshop import (
    code,
    codes,
    earlier,
    firm,
    measures,
    only,
    raised,
    reading,
)

FIRST_QUARTER = {"period": Quarter(2025, 1), "today": date(2025, 4, 10)}
AMOUNTS = ("output_value", "revenue", "total_revenue", "rd_expenditure")


def halves(*numbers):
    """What the firms had reported a quarter earlier: half of it."""
    return {
        key: value
        for number in numbers
        for key, value in earlier(
            number, **{name: Decimal(firm(number)[name]) / 2 for name in AMOUNTS}
        ).items()
    }


def scaled(number, factor):
    return firm(number, **{name: firm(number)[name] * factor for name in AMOUNTS})


def test_figures_that_have_grown_raise_nothing():
    assert raised(reading(enterprises=[firm(1), firm(2)]), previous=halves(1, 2)) == []


@pytest.mark.parametrize("factor", [10_000, Decimal("0.0001"), 10**8, Decimal("0.00000001")])
def test_w157_one_firms_unit_may_have_slipped(factor):
    lines = [firm(1), firm(2), firm(3), scaled(4, factor)]
    city = measures(output_value=10**16, revenue=10**16, enterprises_over_100m=50)
    found = raised(reading(enterprises=lines, city=city), previous=halves(1, 2, 3, 4))
    assert codes(found) == ["W157"] * 4
    assert [each.cell for each in found] == ["D8", "E8", "F8", "G8"]
    assert found[1].message.startswith("环保业务营业收入 is ")
    assert "500.0002 万元" in found[1].message


def test_w157_holds_the_city_to_its_own_figures_too():
    before = {"output_value": Decimal(60_000), "revenue": None}
    found = only(raised(reading(enterprises=[firm()]), city_previous=before), "W157")
    assert (found.sheet, found.cell) == ("城市汇总", "C5")


def test_w157_in_the_first_quarter_looks_a_year_back():
    lines = reading(enterprises=[scaled(1, Decimal("0.0001"))], period="2025Q1")
    found = raised(lines, year_earlier=earlier(1), **FIRST_QUARTER)
    assert codes(found) == ["W157"] * 4


def test_e158_most_lines_have_slipped_and_it_is_said_once():
    lines = [scaled(1, Decimal("0.0001")), scaled(2, Decimal("0.0001")), firm(3)]
    found = only(raised(reading(enterprises=lines), previous=halves(1, 2, 3)), "E158")
    assert (found.sheet, found.cell) == ("企业明细", None)
    assert (found.params["rows"], found.params["lines"]) == ("2", "3")


@given(
    slipped=st.sets(st.integers(1, 9)),
    growth=st.decimals("0.4", "2.5", places=2),
)
def test_every_slipped_line_is_found_and_no_grown_one(slipped, growth):
    lines = [scaled(n, (10_000 if n in slipped else 1) * growth) for n in range(1, 10)]
    city = measures(output_value=10**16, revenue=10**16, enterprises_over_100m=50)
    before = {key: value for n in range(1, 10) for key, value in earlier(n).items()}
    found = raised(reading(enterprises=lines, city=city), previous=before)
    if len(slipped) > 4:
        assert "E158" in codes(found)
    else:
        rows = {int(each.cell[1:]) for each in found if each.code == "W157"}
        assert rows == {number + 4 for number in slipped}


def test_w159_a_cumulative_figure_fell_within_the_year():
    before = earlier(1, revenue=10_000_002)
    found = only(raised(reading(enterprises=[firm(1)]), previous=before), "W159")
    assert found.cell == "E5"
    assert found.params["now"] == "1,000.0001 万元"


def test_w159_the_citys_figure_fell():
    before = {"output_value": Decimal(900_000_001), "revenue": Decimal(800_000_000)}
    found = only(raised(reading(enterprises=[firm()]), city_previous=before), "W159")
    assert (found.sheet, found.cell) == ("城市汇总", "C5")


def test_the_first_quarter_begins_anew():
    lines = reading(enterprises=[firm(1)], period="2025Q1")
    before = earlier(1, revenue=20_000_000, total_revenue=60_000_000)
    assert raised(lines, previous=before, **FIRST_QUARTER) == []


def test_people_and_firms_are_no_cumulative_figures():
    looked_at = reading(enterprises=[firm(1, output_value=30_000_000)])
    before = {"employees": 9_000, "enterprises": 900}
    assert raised(looked_at, previous=earlier(1, employees=90), city_previous=before) == []


def test_w160_a_firm_of_the_last_quarter_is_missing():
    found = only(raised(reading(enterprises=[firm(1)]), previous=halves(1, 2)), "W160")
    assert (found.sheet, found.cell) == ("企业明细", None)
    assert found.message == f"企业2 ({code(2)}) reported in 2025Q2 and is missing now."


def test_closed_firms_and_those_whose_code_cannot_be_read_are_not_missing():
    lines = [firm(1), firm(2, credit_code=None), firm(3, credit_code=code(3)[:-1])]
    before = halves(1, 2, 3) | earlier(4, expected=False)
    assert codes(raised(reading(enterprises=lines), previous=before)) == ["E175"]


def test_w161_nothing_has_changed_since_the_last_quarter():
    looked_at = reading(enterprises=[firm(1), firm(2)])
    found = only(raised(looked_at, previous=earlier(1) | earlier(2)), "W161")
    assert (found.sheet, found.cell) == ("企业明细", None)


def test_firms_that_made_nothing_twice_are_not_suspicious():
    nothing = dict.fromkeys(AMOUNTS, 0)
    looked_at = reading(enterprises=[firm(1, **nothing)])
    assert raised(looked_at, previous=earlier(1, **nothing)) == []


def test_w176_last_years_figure_is_not_the_accepted_one():
    lines = [firm(1, revenue_last_year=9_000_000)]
    found = only(
        raised(reading(enterprises=lines), year_earlier=earlier(1, revenue=9_100_000)), "W176"
    )
    assert found.cell == "I5"
    assert "900 万元" in found.message
    assert "910 万元 was accepted for 2024Q3" in found.message


def test_w176_the_citys_figure_of_last_year_is_not_the_accepted_one():
    looked_at = reading(enterprises=[firm()], city=measures(enterprises=(50, 48)))
    found = only(raised(looked_at, city_year_earlier={"enterprises": 47}), "W176")
    assert (found.sheet, found.cell) == ("城市汇总", "D7")


def test_last_years_figure_may_be_rounded():
    lines = [firm(1, revenue_last_year=9_000_000)]
    assert raised(reading(enterprises=lines), year_earlier=earlier(1, revenue=9_004_999)) == []
