from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from foundation import formatting
from foundation.formatting import (
    bar_length,
    clamp,
    count,
    cumulative,
    day,
    in_kind,
    in_large,
    in_wan,
    large,
    measure,
    moment,
    money,
    money_number,
    on_the_year,
    percent,
    percent_against,
    points,
    quarter,
    signed,
    signed_money,
    signed_percent,
    unit,
    wan,
)
from foundation.quarters import Quarter


@pytest.fixture
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def english():
    with translation.override("en"):
        yield


WRITERS = [
    wan,
    large,
    in_wan,
    in_large,
    money,
    money_number,
    percent,
    points,
    signed,
    signed_money,
    signed_percent,
    count,
    quarter,
    cumulative,
]


@pytest.mark.parametrize("write", WRITERS)
def test_what_nobody_reported_is_not_a_zero(english, write):
    assert write(None) == "Not reported"


def test_what_nobody_reported_has_no_unit():
    assert unit(None) == ""


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "0.00"),
        ("123456789.50", "12,345.68"),
        ("50", "0.01"),
        ("49.99", "0.00"),
        ("-123456789.50", "−12,345.68"),
        ("-1", "0.00"),
        ("99999999999999999.99", "10,000,000,000,000.00"),
    ],
)
def test_wan_are_rounded_half_up_with_separators(chinese, amount, written):
    assert in_wan(Decimal(amount)) == written


def test_the_large_unit_is_yi_in_chinese(chinese):
    assert in_large(Decimal("812345000000")) == "8,123.45"


def test_the_large_unit_is_a_billion_in_english(english):
    assert in_large(Decimal("78433020000")) == "78.43"
    assert large(Decimal("78433020000")) == "78.43 billion yuan"


def test_english_wan_keep_the_digits_of_the_workbook(english):
    assert wan(Decimal("128345678.12")) == "12,834.57 ten thousand yuan"


def test_a_column_may_ask_for_fewer_places(chinese):
    assert in_wan(Decimal("128345678.12"), 0) == "12,835"


@pytest.mark.parametrize(
    ("amount", "number", "of"),
    [
        ("99999999.99", "10,000.00", "wan"),
        ("100000000", "1.00", "large"),
        ("-100000000", "−1.00", "large"),
        ("0", "0.00", "wan"),
    ],
)
def test_money_takes_the_unit_of_its_size(chinese, amount, number, of):
    assert money_number(Decimal(amount)) == number
    assert unit(Decimal(amount)) == unit(of)
    assert number in money(Decimal(amount))


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        pytest.param("78433020000", "78.43 billion yuan", id="billions"),
        pytest.param("1000000000", "1.00 billion yuan", id="one billion"),
        pytest.param("104000000", "104.00 million yuan", id="apart from the threshold"),
        pytest.param("100000000", "100.00 million yuan", id="the threshold"),
        pytest.param("-250000000", "−250.00 million yuan", id="a fall"),
        pytest.param("99999999", "10,000.00 ten thousand yuan", id="less than one 亿"),
    ],
)
def test_english_money_takes_the_unit_of_its_size(english, amount, written):
    assert money(Decimal(amount)) == written
    assert f"{money_number(Decimal(amount))} {unit(Decimal(amount))}" == written


def test_a_unit_can_be_named_alone(english):
    assert (unit("wan"), unit("large")) == ("ten thousand yuan", "billion yuan")


@pytest.mark.parametrize(
    ("share", "written"),
    [
        pytest.param("0.5", "50.0%", id="just there"),
        pytest.param("0.49996", "49.996%", id="just short, and it shows"),
        pytest.param("0.4994", "49.9%", id="short"),
        pytest.param("0.4999999999", "49.999999%", id="short by next to nothing"),
        pytest.param("0.50004", "50.0%", id="just over"),
        pytest.param("0.99999", "99.999%", id="all but one"),
        pytest.param("0.00004", "0.004%", id="not nothing"),
        pytest.param("0.1897", "19.0%", id="near no round figure"),
        pytest.param("0", "0.0%", id="nothing"),
        pytest.param("-0.0312", "−3.1%", id="negative"),
        pytest.param("0.1225", "12.3%", id="half up"),
        pytest.param("12.5", "1,250.0%", id="many times"),
    ],
)
def test_a_percentage_never_reads_as_more_than_it_is(share, written):
    assert percent(Decimal(share)) == written


def test_a_percentage_never_reads_as_the_target_it_falls_short_of():
    assert percent_against(Decimal("0.51996"), Decimal("0.52")) == "51.996%"
    assert percent_against(Decimal("0.52"), Decimal("0.52")) == "52.0%"
    assert percent_against(Decimal("0.52004"), Decimal("0.52")) == "52.0%"
    assert percent_against(Decimal("0.51996"), None) == "52.0%"


def test_growth_says_on_what():
    assert on_the_year(Decimal("0.0698")) == "+7.0% on the year"
    assert on_the_year(None) == ""


def test_a_bars_length_is_written_for_svg():
    assert bar_length(Decimal("0.5")) == "50.00"
    assert bar_length(Decimal("3.8")) == "100.00"


def test_what_a_template_does_not_find_was_not_reported(english):
    assert money("") == "Not reported"


def test_changes_carry_their_sign(english):
    assert signed(Decimal("12")) == "+12"
    assert signed(-3) == "−3"
    assert signed(0) == "0"
    assert signed_percent(Decimal("0.053")) == "+5.3%"
    assert signed_percent(Decimal("-0.053")) == "−5.3%"
    assert points(Decimal("0.0123")) == "+1.2 percentage points"
    assert points(Decimal("-0.0123")) == "−1.2 percentage points"
    assert signed_money(Decimal("250000000")) == "+250.00 million yuan"


def test_a_bars_length_is_held_between_its_ends():
    assert clamp(Decimal("1.3")) == 1
    assert clamp(Decimal("-0.2")) == 0
    assert clamp(Decimal("0.4")) == Decimal("0.4")
    assert clamp(None) == 0


def test_numbers_of_things_name_them(english):
    assert count(1234567) == "1,234,567"
    assert count(1, "firms") == "1 enterprise"
    assert count(Decimal("301"), "firms") == "301 enterprises"
    assert count(0, "cities") == "0 cities"


def test_an_indicators_value_is_written_in_its_unit(english):
    assert measure(Decimal("0.512"), "ratio") == "51.2%"
    assert measure(Decimal("301"), "count") == "301"
    assert measure(None, "count") == "Not reported"


def test_a_charts_table_writes_each_column_by_its_kind(english):
    assert in_kind(Quarter(2025, 3), "quarter") == "Q3 2025"
    assert in_kind(Decimal("128345678.12"), "amount") == "12,834.57"
    assert in_kind(Decimal("0.5"), "percent") == "50.0%"
    assert in_kind(1200, "count") == "1,200"
    assert in_kind("Jinan", "text") == "Jinan"
    assert in_kind(None, "text") == "Not reported"


@pytest.mark.parametrize("given", [Quarter(2025, 3), "2025Q3"])
def test_a_quarter_and_its_cumulative_months_have_names(english, given):
    assert quarter(given) == "Q3 2025"
    assert cumulative(given) == "January–September 2025"


@pytest.mark.parametrize(
    ("number", "months"), [(1, "March"), (2, "June"), (3, "September"), (4, "December")]
)
def test_cumulative_months_run_from_january(english, number, months):
    assert cumulative(Quarter(2025, number)) == f"January–{months} 2025"
    assert quarter(Quarter(2025, number)) == f"Q{number} 2025"


def test_days_are_written_by_language(english):
    assert day(date(2026, 1, 31)) == "31 January 2026"
    with translation.override("zh-hans"):
        assert day(date(2026, 1, 31)) == "2026年1月31日"
    assert day(None) == "—"


def test_moments_are_the_provinces(english):
    evening_in_greenwich = datetime(2026, 1, 31, 18, 5, tzinfo=UTC)

    assert day(evening_in_greenwich) == "1 February 2026"
    assert moment(evening_in_greenwich) == "1 February 2026 02:05"
    assert moment(None) == "—"


def test_pages_need_no_load():
    page = Template("{{ amount|wan }} {{ share|percent }} {% trans 'Not reported' %}")

    assert page.render(Context({"amount": None, "share": Decimal("0.5")}))


def test_every_filter_says_what_it_returns():
    assert all(function.__doc__ for function in formatting.register.filters.values())
