"""The words of the column 状态 of 集群建设 and the status that each means."""

from clusters.models import BlockReturn
from submissions.workbook.reading.headings import fold

Status = BlockReturn.BlockStatus

# The standard word comes first, then other words in use.
WORDS = {
    Status.NOT_STARTED: (
        *("未开工", "未启动", "未开始", "未动工", "未建", "待建", "拟建", "筹备", "筹备中"),
        *("筹建", "筹建中", "前期", "前期工作", "前期准备", "规划", "规划中"),
    ),
    Status.BUILDING: (
        *("在建", "建设中", "正在建设", "已开工", "开工", "开工建设", "续建", "推进中"),
        *("正在推进", "进行中", "已启动", "试运行"),
    ),
    Status.OPERATING: (
        *("建成运营", "建成", "已建成", "建成投用", "建成运行", "建成投产", "投用", "已投用"),
        *("投入使用", "投入运营", "投运", "投产", "已投产", "运营", "已运营", "运营中", "运行"),
        *("竣工", "已竣工", "完成", "已完成"),
    ),
    Status.STOPPED: (
        *("停建", "已停建", "停工", "已停工", "暂停", "已暂停", "缓建", "中止", "已中止"),
        *("终止", "已终止", "取消", "已取消", "撤销"),
    ),
}
STANDARD_WORDS = [words[0] for words in WORDS.values()]
MEANINGS = {word: status for status, words in WORDS.items() for word in words}


def status_of(word: str) -> Status | None:
    """Return the status of a word in 状态; None for an unknown word."""
    return MEANINGS.get(fold(word))
