"""What a text names, for files with other headings and for the files of a batch alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.workbook.foreign.places import (
    CityWords,
    NamedPeriod,
    covers,
    named_city,
    named_period,
    period_in_cell,
    quarters_in,
)
from tests.submissions.workbook.foreign.forge_foreign import CITIES


@given(st.integers(2001, 2099), st.integers(1, 4), st.text("表报-（）x ", max_size=6))
def test_a_quarter_is_found_however_it_is_written(year, number, around):
    ways = (
        f"{year}Q{number}",
        f"{year}年{'一二三四'[number - 1]}季度",
        f"{year}年第{number}季度",
        f"{year}年1—{3 * number}月",
    )
    for way in ways:
        assert quarters_in(f"{around}{way}{around}") == {f"{year}Q{number}"}


def test_a_single_month_is_no_quarter():
    assert quarters_in("2024年5月") == set()
    assert quarters_in("2024年1-5月") == set()
    assert quarters_in("2024年上半年报表") == {"2024Q2"}
    assert quarters_in("2024年度") == {"2024Q4"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("三季度", NamedPeriod(None, 3)),
        ("2024年", NamedPeriod(2024, None)),
        ("2024年1—6月报表", NamedPeriod(2024, 2)),
        ("2023—2025年 二季度", NamedPeriod(None, 2)),
        ("2024年1-4季度", NamedPeriod(2024, None)),
        ("2024年5月", NamedPeriod(2024, None)),
    ],
)
def test_a_text_may_name_a_part_of_a_period(text, found):
    assert named_period(text) == found


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("2024年", {1, 2, 3, 4}),
        ("2024年度", {1, 2, 3, 4}),
        ("上半年", {1, 2}),
        ("1-9月", {1, 2, 3}),
        ("三季度", {3}),
        ("2024Q4", {4}),
    ],
)
def test_a_span_covers_its_quarters_and_a_quarter_itself(text, covered):
    assert {quarter for quarter in range(1, 5) if covers(text, quarter)} == covered


def test_a_number_alone_is_a_quarter_in_a_column_of_quarters_only():
    assert period_in_cell("2") == period_in_cell("二") == NamedPeriod(None, 2)
    assert named_period("2") == NamedPeriod()
    assert period_in_cell("5") == period_in_cell("") == NamedPeriod()


def test_a_city_is_named_with_and_without_its_ending_and_however_it_is_spaced():
    assert named_city("济 南环保局", CITIES) == named_city("济南市", CITIES) == "370100"
    assert named_city("济南和济宁", CITIES) is None
    assert named_city("山东省", CITIES) is None
    assert CityWords({"济南": "370100"}).named("济　南　市") == {"370100"}
