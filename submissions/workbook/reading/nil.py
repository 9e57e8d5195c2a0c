"""
Declarations that there is nothing to report, by an enterprise or the whole city.

Blank figures alone are never one. An enterprise declares it in 说明, in one of a few words, with
blank figures; a city above the table, with its reason: 本期无数据：….
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from submissions.workbook.reading.headings import fold


class NilDeclaration(StrEnum):
    """Why an enterprise has no figures. The values are those of EnterpriseReturn.nil."""

    NOTHING = "nothing"
    CLOSED = "closed"
    MOVED = "moved"


# The first of each is what the template offers.
WORDS: Mapping[NilDeclaration, tuple[str, ...]] = {
    NilDeclaration.NOTHING: (
        *("本季度无业务", "本季度无", "本期无业务", "本期无", "本季无业务", "本季无", "无业务"),
        *("本年无业务", "本季度无数据", "本期无数据"),
    ),
    NilDeclaration.CLOSED: (
        *(
            "停业（注销）",
            "停业",
            "已停业",
            "注销",
            "已注销",
            "停业注销",
            "停业/注销",
            "歇业",
            "已歇业",
        ),
        *("吊销", "已吊销", "关闭", "已关闭"),
    ),
    NilDeclaration.MOVED: (
        "迁出",
        "已迁出",
        "迁出本市",
        "已迁出本市",
        "迁往",
        "已迁往",
        "迁至",
        "已迁至",
    ),
}
OFFERED = tuple(words[0] for words in WORDS.values())

_STATE = {fold(word): state for state, words in WORDS.items() for word in words}
# Longest first; place, date and reason may follow the word, but no other word: 停业整顿后已恢复
# does not declare that the enterprise has closed.
_SAID = re.compile(
    f"({'|'.join(re.escape(word) for word in sorted(_STATE, key=len, reverse=True))})"
    r"(?:$|[^\w]|[0-9至到于往因自])"
)
# Words followed by a place.
_SAID_WITH_PLACE = re.compile("(?:已?迁往|已?迁至)")


def nil_state(remark: object, *, has_figures: bool) -> NilDeclaration | None:
    """
    Return the declaration in a line's 说明; None without one.

    With figures only the bare word counts: 停业 after amounts since January means that the
    enterprise has closed; a longer text may explain anything.
    """
    if not isinstance(remark, str) or len(remark) > 200:
        return None
    text = fold(remark)
    if has_figures:
        return _STATE.get(text)
    if match := _SAID.match(text):
        return _STATE[match[1]]
    return NilDeclaration.MOVED if _SAID_WITH_PLACE.match(text) else None
