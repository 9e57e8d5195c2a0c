from datetime import date
from decimal import Decimal

from foundation.quarters import Quarter
from tests.submissions.rules.workshop import (
    code,
    codes,
    earlier,
    firm,
    letter,
    measures,
    only,
    reading,
    violations,
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


def test_figures_that_have_grown_raise_nothing():
    assert violations(reading(enterprises=[firm(1), firm(2)]), previous=halves(1, 2)) == []


def test_w159_a_cumulative_figure_fell_within_the_year():
    before = earlier(1, revenue=10_000_002)
    found = only(violations(reading(enterprises=[firm(1)]), previous=before), "W159")
    assert found.cell == "E5"
    assert (found.params["now"], found.params["fall"]) == ("1,000.0001 万元", "0.0001 万元")
    assert "correction" in found.message


def test_w159_the_citys_figure_fell():
    before = {"output_value": Decimal(900_000_001), "revenue": Decimal(800_000_000)}
    found = only(violations(reading(enterprises=[firm()]), city_previous=before), "W159")
    assert (found.sheet, found.cell) == ("城市汇总", "C5")


def test_the_first_quarter_begins_anew():
    lines = reading(enterprises=[firm(1)], period="2025Q1")
    before = earlier(1, revenue=20_000_000, total_revenue=60_000_000)
    assert violations(lines, previous=before, **FIRST_QUARTER) == []


def test_people_and_firms_are_no_cumulative_figures():
    looked_at = reading(enterprises=[firm(1, output_value=30_000_000)])
    before = {"employees": 450_000, "enterprises": 5_400}
    assert violations(looked_at, previous=earlier(1, employees=90), city_previous=before) == []


def test_a_negative_figure_is_no_correction():
    found = violations(reading(enterprises=[firm(1, revenue=-5)]), previous=earlier(1))
    assert codes(found) == ["E180"]


def test_w160_a_firm_of_the_last_quarter_is_missing():
    found = only(violations(reading(enterprises=[firm(1)]), previous=halves(1, 2)), "W160")
    assert (found.sheet, found.cell) == ("企业明细", None)
    assert found.message == f"企业2 ({code(2)}) reported in 2025Q2 and is missing now."


def test_closed_firms_and_those_whose_code_cannot_be_read_are_not_missing():
    lines = [firm(1), firm(2, credit_code=None), firm(3, credit_code=code(3)[:-1])]
    before = halves(1, 2, 3) | earlier(4, expected=False)
    assert codes(violations(reading(enterprises=lines), previous=before)) == ["E175"]


def test_w161_nothing_has_changed_since_the_last_quarter():
    looked_at = reading(enterprises=[firm(1), firm(2)])
    found = only(violations(looked_at, previous=earlier(1) | earlier(2)), "W161")
    assert (found.sheet, found.cell) == ("企业明细", None)


def test_firms_that_made_nothing_twice_are_not_suspicious():
    nothing = dict.fromkeys(AMOUNTS, 0)
    looked_at = reading(enterprises=[firm(1, **nothing)])
    assert violations(looked_at, previous=earlier(1, **nothing)) == []


def test_w176_last_years_figure_is_not_the_accepted_one():
    lines = [firm(1, revenue_last_year=9_000_000)]
    found = only(
        violations(reading(enterprises=lines), year_earlier=earlier(1, revenue=9_100_000)), "W176"
    )
    assert found.cell == f"{letter('revenue_last_year')}5"
    assert "900 万元" in found.message
    assert "910 万元 was accepted for 2024Q3" in found.message


def test_w176_the_citys_figure_of_last_year_is_not_the_accepted_one():
    looked_at = reading(enterprises=[firm()], city=measures(enterprises=(50, 48)))
    found = only(violations(looked_at, city_year_earlier={"enterprises": 47}), "W176")
    assert (found.sheet, found.cell) == ("城市汇总", "D7")


def test_last_years_figure_may_be_rounded():
    lines = [firm(1, revenue_last_year=9_000_000)]
    assert violations(reading(enterprises=lines), year_earlier=earlier(1, revenue=9_004_999)) == []
