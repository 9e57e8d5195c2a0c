import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.texts.comparing import normalised
from submissions.rules.stock_phrases import STOCK, says_nothing


@pytest.mark.parametrize(
    "text",
    [
        *("核实无误", "情况属实", "属实", "已核实", "无误", "同上", "无", "正常", "数据正确", "—"),
        *("", " \n", "。。。", "-", "/", "啊", "啊啊啊", "X", "12345", "１２３４．５", "★★"),
        *(
            "经核实，情况属实。",
            "已 核 实 ， 数 据 无 误 ！",
            "（核实无误）",
            "经核对，企业填报数据均真实准确",
        ),
        *("OK", "ｏｋ", "Verified.", "N/A", "same as above", "The data is correct", "No problem!"),
    ],
)
def test_a_phrase_without_a_reason_says_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        *("企业新签大单", "停产改造", "改名", "首次填报", "四舍五入", "数据修正：剔除贸易收入"),
        *("属实，系8月新签青岛港污水处理合同", "已注销", "企业名称变更，已办理登记", "in July"),
        *("Moved here", "Because", "A new plant was opened", "搬迁至潍坊", "合并报表范围变化"),
    ],
)
def test_a_reason_is_one_however_short(text):
    assert not says_nothing(text)


BETWEEN = ["", " ", "，", "。", "\u3000", "——", "…", "\n"]


@given(st.lists(st.sampled_from([(p, b) for p in sorted(STOCK) for b in BETWEEN]), max_size=6))
def test_stock_phrases_in_any_row_say_nothing_whatever_stands_between_them(pieces):
    assert says_nothing("".join(phrase + between for phrase, between in pieces))


@given(st.text(max_size=60))
def test_any_text_can_be_normalised(text):
    assert says_nothing(text) in (True, False)
    assert normalised(normalised(text)) == normalised(text)


def test_a_long_text_is_judged_at_once():
    assert says_nothing("无" + "核实无误" * 20_000)
    assert not says_nothing("核实无误" * 20_000 + "停产")


def test_texts_are_compared_without_width_spaces_and_punctuation():
    assert normalised("８月 停产，改造。") == normalised("8月停产改造")
