import pytest

from submissions.workbook.reading.nil import OFFERED, WORDS, NilDeclaration, nil_state
from tests.submissions.fault_catalogue import forge
from tests.submissions.fault_catalogue.readings import found, reading_of

BLANK = {
    name: None
    for name in ("output_value", "revenue", "total_revenue", "rd_expenditure", "employees")
} | {"revenue_last_year": None}


@pytest.mark.parametrize(("state", "words"), WORDS.items())
def test_every_word_declares_it_alone_and_with_a_reason(state, words):
    for word in words:
        assert nil_state(word, has_figures=False) is state
        assert nil_state(word, has_figures=True) is state
        if state is not NilDeclaration.MOVED:
            assert nil_state(f"{word}：8月起", has_figures=False) is state
            assert nil_state(f"{word}：8月起", has_figures=True) is None


@pytest.mark.parametrize("text", ["迁出至潍坊市", "迁往青岛", "已迁至临沂", "迁出（2025年8月）"])
def test_a_place_may_follow(text):
    assert nil_state(text, has_figures=False) is NilDeclaration.MOVED


@pytest.mark.parametrize(
    "text",
    ["停业整顿后已恢复", "注销变更登记中", "无", "", None, "业务增长", "关闭了一条产线", "x" * 999],
)
def test_other_words_are_no_declaration(text):
    assert nil_state(text, has_figures=False) is None


def test_one_word_of_each_is_offered():
    assert [nil_state(word, has_figures=False) for word in OFFERED] == list(NilDeclaration)


@pytest.mark.parametrize("remark", ["停业", "本季度无", "迁出至潍坊市", "已注销"])
def test_a_declaring_line_needs_no_figures(tmp_path, remark):
    lines = [forge.enterprise(1), forge.enterprise(2, remark=remark, **BLANK)]

    assert not found(reading_of(forge.workbook(enterprises=lines), tmp_path))


@pytest.mark.parametrize("remark", [None, "无", "业务增长"])
def test_a_line_without_a_declaration_must_be_filled_in(tmp_path, remark):
    lines = [forge.enterprise(1), forge.enterprise(2, remark=remark, **BLANK)]

    codes = [code for code, *_ in found(reading_of(forge.workbook(enterprises=lines), tmp_path))]
    assert codes == ["E150", "E150"]


def test_last_years_pre_filled_figure_does_not_count_as_reported(tmp_path):
    lines = [forge.enterprise(1, remark="停业", **BLANK | {"revenue_last_year": 900})]

    assert not found(reading_of(forge.workbook(enterprises=lines), tmp_path))


def test_half_a_line_is_no_nil_return(tmp_path):
    lines = [forge.enterprise(1, remark="停业", **BLANK | {"revenue": 5})]

    codes = [code for code, *_ in found(reading_of(forge.workbook(enterprises=lines), tmp_path))]
    assert codes == ["E150"]


def declared(reason):
    """A workbook whose two tables are declared empty above them, and hold nothing."""

    def edit(book):
        for name in ("城市汇总", "企业明细"):
            book[name].cell(1, 9, f"本期无数据：{reason}")

    return forge.workbook(enterprises=[], cities=[], edit=edit)


def test_a_table_declared_empty_may_be_empty(tmp_path):
    reading = reading_of(declared("环保企业均已迁出"), tmp_path)

    assert not found(reading)
    assert [table.nil.value for table in reading.tables.values()] == ["环保企业均已迁出"] * 2


@pytest.mark.parametrize("reason", ["", "无", "—"])
def test_a_declaration_without_words_is_none(tmp_path, reason):
    reading = reading_of(declared(reason), tmp_path)

    assert {code for code, *_ in found(reading)} == {"E137"}
    assert not any(table.nil for table in reading.tables.values())
