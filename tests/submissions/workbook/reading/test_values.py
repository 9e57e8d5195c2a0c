"""The value of one cell; nothing is guessed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.workbook import cells
from submissions.workbook.reading import values
from submissions.workbook.reading.values import CellError


def code_of(parse, *arguments, **keywords):
    """Return the code of the fault a cell raises."""
    with pytest.raises(CellError) as error:
        parse(*arguments, **keywords)
    return error.value.code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("12", "12"),
        (" 12 ", "12"),
        ("\u300012\u00a0", "12"),
        ("12.50", "12.5"),
        ("+3", "3"),
        ("-5", "-5"),
        ("－5", "-5"),
        ("１２３", "123"),
        ("１，２３４．５", "1234.5"),
        ("1,234.50", "1234.5"),
        ("12,345,678", "12345678"),
        ("12\u200b34", "1234"),
        ("1 234", "1234"),
    ],
)
def test_numbers_written_as_text(text, value):
    """F-44"""
    assert values.number(cells.TEXT, text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "—", "——", "-", "–", "－", "/", "／", "无", " 无 ", "…", "--", "\u200b"]
)
def test_nothing_to_report_is_none_and_never_zero(text):
    """F-44, F-46c"""
    assert values.number(cells.TEXT, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "12万",
        "12.5%",
        "１２．５％",
        "1e5",
        "1E5",
        "12-15",
        "12~15",
        "约12",
        "12左右",
        "￥1,200",
        "¥12",
        "(1,200)",
        "（1,200）",
        "1,23",
        "１２，３４",
        "1,2345",
        ",123",
        "12,345.6,7",
        "1.2.3",
        "5.",
        "1_000",
        "٣",
        "१२",
        "一百",
        "②",
        "0x1F",
        "--5",
        "+-5",
        "1/2",
        "n/a",
    ],
)
def test_other_texts_are_no_numbers(text):
    """F-44"""
    assert code_of(values.number, cells.TEXT, text) == "E146"


@pytest.mark.parametrize("text", ["NaN", "nan", "inf", "-Infinity"])
@pytest.mark.parametrize("kind", [cells.TEXT, cells.NUMBER])
def test_nan_and_infinity_are_faults_of_their_own(kind, text):
    """F-45"""
    assert code_of(values.number, kind, text) == "E147"


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ("940.99999999999989", "941"),
        ("0.30000000000000004", "0.3"),
        ("1E3", "1000"),
        ("1.5E-2", "0.015"),
        ("-0", "0"),
        ("12345678.91", "12345678.91"),
    ],
)
def test_stored_numbers_are_what_the_person_saw(stored, value):
    """F-45"""
    assert values.number(cells.NUMBER, stored) == Decimal(value)


@pytest.mark.parametrize(("stored", "code"), [("1e999", "E147"), ("1_0", "E146"), ("٣", "E146")])
def test_stored_numbers_that_are_none(stored, code):
    """F-45"""
    assert code_of(values.number, cells.NUMBER, stored) == code


@given(st.decimals(-(10**12), 10**12, places=4))
def test_a_number_survives_being_written_out(number):
    """F-44"""
    assert values.number(cells.TEXT, f"{number:,f}") == number
    wide = f"{number:,f}".translate(str.maketrans("0123456789,.-", "０１２３４５６７８９，．－"))
    assert values.number(cells.TEXT, wide) == number


@pytest.mark.parametrize(
    ("kind", "code"),
    [(cells.FORMULA, "E144"), (cells.ERROR, "E145"), (cells.BOOL, "E149"), (cells.DATE, "E149")],
)
def test_other_kinds_of_cells_are_no_numbers(kind, code):
    """F-42, F-43, F-46b"""
    assert code_of(values.number, kind, "1") == code


@pytest.mark.parametrize(
    ("text", "factor", "yuan", "rounded"),
    [
        ("12.5", 10_000, "125000.00", False),
        ("1234.567891", 10_000, "12345678.91", False),
        ("333.3333333", 10_000, "3333333.33", True),
        ("0.005", 1, "0.01", True),
        ("-0.001", 1, "0.00", True),
        ("1.2", 100_000_000, "120000000.00", False),
    ],
)
def test_money_is_in_yuan_with_two_places(text, factor, yuan, rounded):
    amount, was_rounded = values.money(cells.NUMBER, text, factor)

    assert (str(amount), was_rounded) == (yuan, rounded)


def test_an_amount_beyond_the_limit_is_refused():
    """F-45"""
    assert code_of(values.money, cells.NUMBER, "1e308", 1) == "E147"
    assert code_of(values.money, cells.TEXT, "1" * 19, 1) == "E147"


def test_blank_money_is_none():
    assert values.money(cells.TEXT, "—", 10_000) == (None, False)


def test_counts_are_whole():
    assert values.count(cells.NUMBER, "12") == 12
    assert values.count(cells.TEXT, "1,200.0") == 1200
    assert values.count(cells.TEXT, "无") is None
    assert code_of(values.count, cells.NUMBER, "12.5") == "E198"
    assert code_of(values.count, cells.NUMBER, "3000000000") == "E147"


@pytest.mark.parametrize(
    "text",
    [
        "91370100MA3C0000X1",
        "91370100ma3c0000x1",
        "９１３７０１００ＭＡ３Ｃ００００Ｘ１",
        " 9137 0100 MA3C 0000 X1 ",
        "91370100-MA3C0000X-1",
        "\ufeff91370100MA3C0000X1\u200b",
        "91370100MA3C0000X1\t",
    ],
)
def test_codes_are_read_in_their_plain_form(text):
    """F-24, F-41"""
    assert values.credit_code(cells.TEXT, text) == "91370100MA3C0000X1"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (cells.NUMBER, "9.13701E+17"),
        (cells.NUMBER, "913701000000000012"),
        (cells.DATE, "45838"),
        (cells.TEXT, "9.137E+17"),
        (cells.TEXT, "9E+17"),
        (cells.TEXT, "９.１３７Ｅ＋１７"),
        (cells.TEXT, "913701000000000000.0"),
    ],
)
def test_a_code_stored_as_a_number_is_not_restored(kind, text):
    """F-40"""
    assert code_of(values.credit_code, kind, text) == "E141"


def test_a_code_with_one_letter_e_is_a_code():
    """F-40"""
    assert values.credit_code(cells.TEXT, "913701001234E56789") == "913701001234E56789"


def test_a_blank_code_is_none():
    assert values.credit_code(cells.TEXT, "—") is None
    assert code_of(values.credit_code, cells.ERROR, "#N/A") == "E145"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("　山东重工（集团） ", "山东重工（集团）"),
        ("\u200b甲\u202e乙\ufeff", "甲乙"),
        ("甲\r\n乙", "甲 乙"),
        ("ＡＢＣ", "ＡＢＣ"),
        ("—", None),
        (" 无 ", None),
        ("无锡环保", "无锡环保"),
        ("  ", None),
    ],
)
def test_names_are_read_without_invisible_characters(text, name):
    """F-24"""
    assert values.plain_text(cells.TEXT, text) == name


def test_text_of_numbers_and_dates():
    assert values.plain_text(cells.NUMBER, "360") == "360"
    assert values.plain_text(cells.NUMBER, "-0") == "0"
    assert values.plain_text(cells.DATE, "45838") == "2025-06-30"
    assert code_of(values.plain_text, cells.TEXT, "字" * 2001) == "E120"
    assert code_of(values.plain_text, cells.FORMULA, "=1") == "E144"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-06-30", date(2025, 6, 30)),
        ("2025-6-3", date(2025, 6, 3)),
        ("2025.6.30", date(2025, 6, 30)),
        ("2025/6/30", date(2025, 6, 30)),
        ("2025年6月30日", date(2025, 6, 30)),
        ("２０２５年６月３０日", date(2025, 6, 30)),
        ("2025 年 6 月 30 日", date(2025, 6, 30)),
        ("2025-06-30 00:00:00", date(2025, 6, 30)),
        ("2025年6月", date(2025, 6, 30)),
        ("2024年2月", date(2024, 2, 29)),
        ("2025年12月底", date(2025, 12, 31)),
        ("2025-06", date(2025, 6, 30)),
        ("2025/6", date(2025, 6, 30)),
        ("—", None),
        ("", None),
    ],
)
def test_dates_written_as_text(text, day):
    """F-46"""
    assert values.day(cells.TEXT, text) == day


@pytest.mark.parametrize(
    "text",
    [
        "03/04/26",
        "26/3/31",
        "6月30日",
        "2025年",
        "2025年底",
        "2025年13月",
        "2025-02-30",
        "2025.6",
        "2025-6/30",
        "2025/6/30日",
        "1900-01-01",
        "2206-01-01",
        "20250630",
        "六月",
        "已完成",
    ],
)
def test_ambiguous_dates_are_refused(text):
    """F-46"""
    assert code_of(values.day, cells.TEXT, text) == "E148"


def test_dates_stored_as_serials():
    """F-46"""
    assert values.day(cells.DATE, "45838") == date(2025, 6, 30)
    assert values.day(cells.DATE, "45838.75") == date(2025, 6, 30)
    assert values.day(cells.DATE, "44376", date1904=True) == date(2025, 6, 30)
    assert values.day(cells.DATE, "2025-06-30T00:00:00") == date(2025, 6, 30)
    assert code_of(values.day, cells.DATE, "1") == "E148"
    assert code_of(values.day, cells.DATE, "-3") == "E148"
    assert code_of(values.day, cells.DATE, "999999") == "E148"
    assert code_of(values.day, cells.NUMBER, "45838") == "E148"
