"""
Stock phrases that give no reason. Pure.

核实无误 states that a figure was checked, not why it is as it is. A text made of such phrases
alone is refused, whatever its width, spaces and punctuation.
"""

import unicodedata

from foundation.texts.comparing import normalised

# Phrases that give no reason in any combination. A word that may be a reason (停产, 修正, 合并,
# 新增) must never be among them.
CHINESE = (
    *("核实", "核对", "核查", "复核", "查实", "查证", "确认", "检查", "审核", "复查", "校对"),
    *("无误", "属实", "真实", "准确", "正确", "正常", "一致", "相符", "符合", "有效", "如实"),
    *("无异常", "没有异常", "无问题", "没问题", "没有问题", "无错误", "没有错误", "不存在问题"),
    *("同上", "如上", "同前", "见上", "上同", "同左", "详见上", "以上", "如前"),
    *(
        "无",
        "没有",
        "暂无",
        "无需说明",
        "不需要说明",
        "略",
        "不详",
        "未知",
        "待核实",
        "待查",
        "待定",
    ),
    *(
        "情况",
        "数据",
        "数字",
        "数值",
        "金额",
        "信息",
        "内容",
        "报表",
        "填报",
        "填写",
        "上报",
        "说明",
    ),
    *(
        "企业",
        "单位",
        "我局",
        "本局",
        "我市",
        "实际",
        "经",
        "经过",
        "已",
        "已经",
        "再次",
        "均",
        "都",
    ),
    *(
        "全部",
        "完全",
        "确实",
        "确",
        "系",
        "为",
        "是",
        "的",
        "了",
        "与",
        "和",
        "向",
        "对",
        "好",
        "可以",
    ),
)
ENGLISH = (
    *("ok", "okay", "yes", "no", "none", "nil", "na", "nothing", "fine", "good", "true", "right"),
    *("correct", "verified", "checked", "confirmed", "normal", "accurate", "valid", "ditto", "tbd"),
    *("sameasabove", "asabove", "seeabove", "noproblem", "noproblems", "noerror", "noerrors"),
    *("the", "data", "figure", "figures", "number", "numbers", "value", "values", "everything"),
    *("it", "this", "is", "are", "was", "were", "been", "has", "have", "all", "and", "we", "again"),
)
STOCK = frozenset(CHINESE + ENGLISH)
LONGEST = max(map(len, STOCK))


# Digits of any script are no reason.
LETTERS = ("L", "M")


def says_nothing(text: str) -> bool:
    """
    Return whether a text gives no reason for anything.

    These are texts without letters (—, 。。。, 12345), of one repeated character (无, 啊啊啊), or
    of stock phrases in a row (经核实，数据无误). 同上 is one: each finding is explained by itself.
    """
    words = normalised(text)
    letters = [c for c in words if unicodedata.category(c).startswith(LETTERS)]
    return len(set(letters)) < 2 or _is_made_of_stock(words)


def _is_made_of_stock(words: str) -> bool:
    """Return whether a text consists of stock phrases without a remainder."""
    reached = [True] + [False] * len(words)
    for start in range(len(words)):
        if reached[start]:
            for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
                reached[end] = reached[end] or words[start:end] in STOCK
    return reached[-1]
