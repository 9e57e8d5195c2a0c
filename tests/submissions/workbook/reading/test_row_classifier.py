"""Rows below the headings that are not lines."""

import pytest

from submissions.workbook.cells import NUMBER, TEXT, Row
from submissions.workbook.reading.row_classifier import (
    is_footer,
    is_note,
    is_number_row,
    is_stem_row,
    total_label,
)


def row(*values):
    """Return a row: text as text, numbers as numbers, None as nothing."""
    cells = {
        at: (TEXT, value) if isinstance(value, str) else (NUMBER, str(value))
        for at, value in enumerate(values, 1)
        if value is not None
    }
    return Row(9, cells)


@pytest.mark.parametrize(
    ("values", "label"),
    [
        (("合计", None, 5), "合计"),
        (("合　计", "—", 5), "合计"),
        ((None, "总 计", 5), "总计"),
        (("-", "本页小计", 5), "小计"),
        (("全市合计：", None, 5), "合计"),
        (("其中：规上企业", None, 5), "其中"),
        ((1, None, "合计", 5), "合计"),
        (("913701000000000001", "合计", 5), None),
        (("913701000000000001", "统计公司", 5), None),
        ((None, "其中环保公司", 5), None),
        ((None, "合计科技有限公司", 5), None),
        ((5, 6), None),
    ],
)
def test_totals_are_distinguished_from_firms(values, label):
    """F-30"""
    found = total_label(row(*values), 2 if values[0] == 1 else 1)
    assert (found and found[0]) == label


@pytest.mark.parametrize(
    ("values", "stem", "numbers"),
    [
        (("甲", "乙", "丙"), True, False),
        (("甲", "乙", 1, 2), True, False),
        (("甲", "乙", "(1)", "—"), True, False),
        (("甲公司", "乙"), False, False),
        (("甲", "乙公司"), False, False),
        ((1, 2, 3), False, True),
        (("1", "2", "（3）"), False, True),
        ((1, 2), False, False),
        ((1, 2, 4), False, False),
    ],
)
def test_stems_and_column_numbers(values, stem, numbers):
    """F-30"""
    assert (is_stem_row(row(*values)), is_number_row(row(*values))) == (stem, numbers)


@pytest.mark.parametrize(
    ("values", "footer", "note"),
    [
        (("单位负责人：张三", "填表人：李四"), True, False),
        (("填报日期: 2025-10-10",), True, False),
        (("联系电话：", 88886666), True, False),
        (("说明：按季报送",), False, True),
        (("注：", "按季报送"), False, True),
        (("注1.按季报送",), False, True),
        (("说明：", 5), False, False),
        (("说明书印刷公司",), False, False),
        (("注塑公司（济南）：",), False, False),
        ((5,), False, False),
    ],
)
def test_footers_and_notes(values, footer, note):
    """F-30"""
    assert (is_footer(row(*values)), is_note(row(*values))) == (footer, note)
