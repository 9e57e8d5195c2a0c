"""Every instruction of the template, done as it says, against the reader and the rules."""

import io

import openpyxl
import pytest
from django.utils import translation

from enterprises.models import Enterprise
from submissions.intake.prefill import facts_for
from submissions.workbook.layout import BLOCKS, CITY, ENTERPRISES, PARKS, TABLES
from submissions.workbook.template.columns import FIRST_ROW, columns_of, given_letters
from submissions.workbook.template.writer import NIL_CELL, template
from tests.factories import (
    make_city_return,
    make_enterprise_return,
    make_period,
)
from tests.measures.cast import make_task
from tests.submissions.fault_catalogue import forge

FIRMS = "企业明细"
CODES = [forge.credit_code(number) for number in (1, 2, 3)]
CITY_FIGURES = (50_000, 45_000, 120, 3, 1_500, 4_800)
WHITE, GREY = "00000000", "FFEDEDED"


@pytest.fixture
def facts(registered, city, period):
    """The template of a city whose three firms reported a year ago."""
    year_ago = make_period("2024Q3")
    for firm in Enterprise.objects.filter(city=city):
        make_enterprise_return(firm, year_ago, revenue="9000000.00", output_value="9000000.00")
    make_city_return(city, year_ago, output_value="90000000.00")
    with translation.override("zh-hans"):
        return facts_for(city, period)


@pytest.fixture
def returned(facts, hand_in_any):
    """Return a function: do something to the template and hand it in; by name of its columns."""

    def act(edit):
        book = openpyxl.load_workbook(io.BytesIO(template(facts)))
        edit(book)
        file = io.BytesIO()
        book.save(file)
        return hand_in_any(file.getvalue())

    act.at = given_letters(columns_of(ENTERPRISES, facts))
    return act


def fill(book, at, *, without=()):
    """Fill in the white cells of the columns marked *."""
    for row, figure in enumerate(CITY_FIGURES, start=FIRST_ROW):
        book["城市汇总"][f"C{row}"] = figure
    for row in range(FIRST_ROW, FIRST_ROW + 3):
        if row not in without:
            book[FIRMS][f"{at['output_value']}{row}"] = 1_000 + row
            book[FIRMS][f"{at['revenue']}{row}"] = 900 + row


def codes(submission):
    """What must be corrected or explained; rules on trial ask nothing."""
    return list(submission.findings.filter(trial=False).values_list("code", flat=True))


def revenues(submission):
    """Revenue by credit code."""
    rows = submission.rows.filter(kind="enterprises").values_list("key", "values")
    return {key: values["revenue"] for key, values in rows}


def test_1_the_white_cells_and_the_columns_marked_are_enough(returned):
    submission = returned(lambda book: fill(book, returned.at))

    assert codes(submission) == []
    assert revenues(submission) == {code: f"{905 + n}0000.00" for n, code in enumerate(CODES)}


def test_1_grey_cells_are_not_read(returned, facts):
    def edit(book):
        fill(book, returned.at)
        for column in columns_of(ENTERPRISES, facts):
            if not column.given:
                for row in range(FIRST_ROW, FIRST_ROW + 3):
                    book[FIRMS][f"{column.letter}{row}"] = "任意"

    assert codes(returned(edit)) == []


def test_1_what_is_marked_must_be_filled_in(returned):
    def edit(book):
        fill(book, returned.at)
        book[FIRMS][f"{returned.at['revenue']}5"] = None

    assert codes(returned(edit)) == ["E150"]


def test_2_amounts_are_in_ten_thousand_yuan(returned):
    assert revenues(returned(lambda book: fill(book, returned.at)))[CODES[0]] == "9050000.00"


def test_3_a_blank_cell_is_not_known_and_zero_is_zero(returned):
    def edit(book):
        fill(book, returned.at)
        book[FIRMS][f"{returned.at['rd_expenditure']}5"] = 0

    rows = returned(edit).rows.filter(kind="enterprises").order_by("row")
    assert [row.values["rd_expenditure"] for row in rows] == ["0.00", None, None]


def test_4_an_enterprise_is_added_beneath_and_rows_are_sorted_and_deleted(returned):
    def edit(book):
        fill(book, returned.at)
        sheet, at = book[FIRMS], returned.at
        sheet[f"A{FIRST_ROW + 3}"], sheet[f"B{FIRST_ROW + 3}"] = forge.credit_code(9), "新企业"
        sheet[f"{at['output_value']}{FIRST_ROW + 3}"] = 5
        sheet[f"{at['revenue']}{FIRST_ROW + 3}"] = 4
        sheet[f"{at['remark']}{FIRST_ROW + 3}"] = "本季度新投产"
        sheet.delete_rows(FIRST_ROW)
        # The last line first.
        sheet.move_range(f"A{FIRST_ROW}:Z{FIRST_ROW}", rows=10)

    submission = returned(edit)
    assert codes(submission) == ["W152"]
    assert list(revenues(submission)) == [CODES[2], forge.credit_code(9), CODES[1]]


def test_4_columns_may_be_moved(returned):
    def edit(book):
        fill(book, returned.at)
        sheet = book[FIRMS]
        sheet.move_range(f"B4:B{FIRST_ROW + 2}", cols=40)

    assert codes(returned(edit)) == []


@pytest.mark.parametrize("word", ["本季度无业务", "停业（注销）", "迁出"])
def test_5_an_enterprise_without_business_is_said_in_its_line(returned, word):
    def edit(book):
        fill(book, returned.at, without=(FIRST_ROW,))
        book[FIRMS][f"{returned.at['remark']}{FIRST_ROW}"] = word

    submission = returned(edit)
    assert codes(submission) == []
    assert submission.rows.get(key=CODES[0]).values["nil"]


def test_6_the_whole_city_is_said_in_one_cell(returned):
    def edit(book):
        book["城市汇总"][NIL_CELL] = "全市环保企业均已迁出"

    submission = returned(edit)
    assert codes(submission) == []
    assert submission.nil == "全市环保企业均已迁出"


def test_7_a_reason_in_the_row_answers_and_a_stock_phrase_does_not(returned):
    def explained(text):
        def edit(book):
            fill(book, returned.at)
            sheet, at = book[FIRMS], returned.at
            sheet["A8"], sheet["B8"] = forge.credit_code(9), "新企业"
            sheet[f"{at['output_value']}8"], sheet[f"{at['revenue']}8"] = 5, 4
            sheet[f"{at['remark']}8"] = text

        return returned(edit).findings.unanswered()

    assert [one.code for one in explained("情况属实")] == ["W152"]
    assert not explained("本季度新投产，原为在建项目")


def test_every_instruction_has_its_test(facts):
    """Of those that are numbered here; 8 is in test_round_trip.py, 9 and 10 tell what follows."""
    assert len(facts.instructions) == 10
    assert [words[:4] for words in facts.instructions] == [
        *("请填写白", "金额单位", "没有数据", "表中未列", "企业无业", "整市没有", "数据异常"),
        *("核对栏与", "请保存为", "报送截止"),
    ]


def test_a_city_with_tasks_is_told_what_its_sheet_needs(city, period):
    """As it says is done in tests/submissions/review/test_reports_on_tasks.py."""
    make_task(cities=[city])
    with translation.override("zh-hans"):
        told = [words[:4] for words in facts_for(city, period).instructions]
    assert told[-2:] == ["任务进展", "报送截止"]


def test_what_is_grey_stands_for_what_is_not_read(facts):
    book = openpyxl.load_workbook(io.BytesIO(template(facts)))
    for layout in (CITY, ENTERPRISES, PARKS, BLOCKS):
        if layout.kind not in facts.lines:
            continue
        for column in columns_of(TABLES[layout.kind], facts):
            fill_of = book[layout.sheet][f"{column.letter}{FIRST_ROW}"].fill
            fixed = layout is CITY and column.letter in "AB"
            assert (fill_of.fgColor.rgb == GREY) == (not column.given or fixed)
