"""元 taken for 万元, and the other way round: beside a firm's own figures and its column's."""

import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.quarters import Quarter
from submissions.rules.comparisons import slip
from submissions.rules.units import likely_unit
from tests.submissions.rules.workshop import (
    code,
    codes,
    earlier,
    firm,
    measures,
    only,
    reading,
    violations,
)

FIRST_QUARTER = {"period": Quarter(2025, 1), "today": date(2025, 4, 10)}
AMOUNTS = ("output_value", "revenue", "total_revenue", "rd_expenditure")
BEYOND = {
    "output_value": 10**18,
    "revenue": 10**18,
    "enterprises": 5000,
    "enterprises_over_100m": 5000,
}


def scaled(number, factor):
    return firm(number, **{name: firm(number)[name] * factor for name in AMOUNTS})


def halves(*numbers):
    """What the firms had reported a quarter earlier: half of it."""
    return {
        key: value
        for number in numbers
        for key, value in earlier(
            number, **{name: Decimal(firm(number)[name]) / 2 for name in AMOUNTS}
        ).items()
    }


def rows(found, code):
    """The rows in which a code was raised."""
    return {int(each.cell[1:]) for each in found if each.code == code}


@pytest.mark.parametrize("factor", [10_000, Decimal("0.0001"), 10**8, Decimal("0.00000001")])
def test_w157_one_firms_unit_may_have_slipped(factor):
    lines = [firm(1), firm(2), firm(3), scaled(4, factor)]
    city = measures(**BEYOND)
    found = violations(reading(enterprises=lines, city=city), previous=halves(1, 2, 3, 4))
    assert codes(found) == ["W157"] * 4
    assert [each.cell for each in found] == ["D8", "E8", "F8", "G8"]
    assert found[1].message.startswith("环保业务营业收入 is ")
    assert "500.0002 万元" in found[1].message


def test_w157_holds_the_city_to_its_own_figures_too():
    before = {"output_value": Decimal(60_000), "revenue": None}
    found = only(violations(reading(enterprises=[firm()]), city_previous=before), "W157")
    assert (found.sheet, found.cell) == ("城市汇总", "C5")


def test_w157_in_the_first_quarter_looks_a_year_back():
    lines = reading(enterprises=[scaled(1, Decimal("0.0001"))], period="2025Q1")
    found = violations(lines, year_earlier=earlier(1), **FIRST_QUARTER)
    assert codes(found) == ["W157"] * 4


def test_e158_most_lines_in_another_unit_are_one_finding():
    lines = [scaled(1, Decimal("0.0001")), scaled(2, Decimal("0.0001")), firm(3)]
    found = only(violations(reading(enterprises=lines), previous=halves(1, 2, 3)), "E158")
    assert (found.sheet, found.cell) == ("企业明细", None)
    assert (found.params["rows"], found.params["lines"]) == ("2", "3")


@given(
    slipped=st.sets(st.integers(1, 9)),
    growth=st.decimals("0.4", "2.5", places=2),
)
def test_every_slipped_line_is_found_and_no_grown_one(slipped, growth):
    lines = [scaled(n, (10_000 if n in slipped else 1) * growth) for n in range(1, 10)]
    city = measures(**BEYOND)
    before = {key: value for n in range(1, 10) for key, value in earlier(n).items()}
    found = violations(reading(enterprises=lines, city=city), previous=before)
    if len(slipped) > 4:
        assert "E158" in codes(found)
    else:
        rows = {int(each.cell[1:]) for each in found if each.code == "W157"}
        assert rows == {number + 4 for number in slipped}


@given(seed=st.integers(0, 2**32), earlier_is=st.sampled_from(["previous", "year_earlier"]))
def test_scaling_some_of_two_hundred_lines_flags_exactly_these(seed, earlier_is):
    """M-06: k random lines by 10⁴ are k lines found; growth by 1.3 is none."""
    chance = random.Random(seed)
    numbers = range(1, 201)
    chosen = set(chance.sample(numbers, chance.randint(0, 99)))
    factor = chance.choice([10_000, Decimal("0.0001"), 10**8, Decimal("1e-8")])
    lines = [scaled(n, Decimal("1.3") * (factor if n in chosen else 1)) for n in numbers]
    before = {key: value for n in numbers for key, value in earlier(n).items()}
    found = violations(reading(enterprises=lines, city=measures(**BEYOND)), **{earlier_is: before})
    assert rows(found, "W157") == {number + 4 for number in chosen}
    assert set(codes(found)) <= {"W157"}


@given(seed=st.integers(0, 2**32))
def test_scaling_lines_of_firms_without_a_history_flags_exactly_these(seed):
    """M-06: firms from two to sixty million yuan, as a first workbook brings them."""
    chance = random.Random(seed)
    factor = chance.choice([10_000, 10**8])
    numbers = range(1, 101)
    chosen = set(chance.sample(numbers, chance.randint(0, 10)))
    lines = []
    for n in numbers:
        size = Decimal(int(2_000_000 * 10 ** chance.uniform(0, 1.5)))
        size *= factor if n in chosen else 1
        output, total = size * 13 / 10, size * 2
        lines.append(firm(n, revenue=size, output_value=output, total_revenue=total))
        lines[-1] |= {"rd_expenditure": None, "employees": None}
    found = violations(reading(enterprises=lines, city=measures(**BEYOND)))
    assert rows(found, "W178") == {number + 4 for number in chosen}


@pytest.mark.parametrize(
    ("unit", "power", "likely"),
    [
        ("万元", 4, "元"),
        ("万元", -4, "亿元"),
        ("亿元", 8, "元"),
        ("元", -8, "亿元"),
        ("千元", -4, "× 10,000"),
        ("元", 4, "× 1/10,000"),
    ],
)
def test_the_likely_unit_is_named(unit, power, likely):
    assert likely_unit(unit, power) == likely


def test_only_a_wrong_unit_is_a_slip():
    assert [slip(Decimal(n), Decimal(1)) for n in (1, 2_999, 3_000, 30_000, 30_001)] == [
        *(0, 0, 4, 4, 0)
    ]
    assert slip(Decimal(1), Decimal(10**8)) == -8
    assert slip(Decimal(0), Decimal(1)) == slip(Decimal(1), Decimal(0)) == 0


def test_w157_names_the_likely_unit():
    found = violations(
        reading(
            enterprises=[firm(1), firm(2), firm(3), scaled(4, 10_000)], city=measures(**BEYOND)
        ),
        previous=halves(1, 2, 3, 4),
    )
    assert {each.params["likely"] for each in found} == {"元"}
    assert "meant in 元" in found[0].message


def test_a_firm_silent_a_quarter_ago_is_held_against_the_year_before():
    lines = [firm(1), firm(2), scaled(3, Decimal("0.0001"))]
    silent = earlier(3, **dict.fromkeys(AMOUNTS))
    found = violations(
        reading(enterprises=lines), previous=halves(1, 2) | silent, year_earlier=halves(3)
    )
    assert codes(found) == ["W157"] * 4


def test_e158_names_the_columns_and_both_units():
    """One column alone in 元, as copied from another table: one finding, and no others."""
    lines = [firm(n, rd_expenditure=5_000_000_000, total_revenue=10**13) for n in range(1, 9)]
    found = violations(reading(enterprises=lines), previous=halves(*range(1, 9)))
    assert [
        (each.params["columns"], each.params["times"]) for each in found if each.code == "E158"
    ] == [("研发经费", "10,000")]
    assert "in 8 of 8 lines" in found[0].message
    assert "in 元, not in 万元" in found[0].message


def test_a_line_wrong_the_other_way_has_a_finding_besides_the_columns():
    lines = [scaled(n, Decimal("0.0001")) for n in range(1, 9)] + [scaled(9, 10_000)]
    found = violations(
        reading(enterprises=lines, city=measures(**BEYOND)), previous=halves(*range(1, 10))
    )
    assert [each.code for each in found if each.code in ("E158", "W157")] == ["W157"] * 4 + ["E158"]


def test_w178_one_amount_alone_stands_apart():
    lines = [firm(n) for n in range(1, 9)] + [firm(9, output_value=200_000_000_000)]
    found = violations(reading(enterprises=lines, city=measures(**BEYOND)))
    assert [(each.code, each.cell, each.params["likely"]) for each in found] == [
        ("W178", "D13", "元")
    ]


def test_a_small_research_budget_is_no_slip():
    lines = [firm(n) for n in range(1, 9)] + [firm(9, rd_expenditure=50)]
    assert violations(reading(enterprises=lines)) == []


def test_a_very_large_firm_with_earlier_figures_is_no_finding():
    giant = scaled(9, 10_000)
    before = earlier(9, **{name: giant[name] for name in AMOUNTS})
    lines = [firm(n) for n in range(1, 9)] + [giant]
    found = violations(reading(enterprises=lines, city=measures(**BEYOND)), year_earlier=before)
    assert "W178" not in codes(found)
    assert code(9) in before
