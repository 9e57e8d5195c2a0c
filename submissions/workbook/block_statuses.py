"""How the 状态 column of 集群建设 may say how a building block stands."""

from submissions.workbook.headings import fold

# What may be written -> clusters.BlockReturn.Status.
STATUSES = {
    "未开工": "not_started",
    "未启动": "not_started",
    "筹建": "not_started",
    "筹建中": "not_started",
    "规划中": "not_started",
    "在建": "building",
    "建设中": "building",
    "推进中": "building",
    "建成": "operating",
    "已建成": "operating",
    "竣工": "operating",
    "建成投用": "operating",
    "投用": "operating",
    "已投用": "operating",
    "投入使用": "operating",
    "运行": "operating",
    "运行中": "operating",
    "已运行": "operating",
    "已运营": "operating",
    "运营": "operating",
    "运营中": "operating",
    "停建": "stopped",
    "停止": "stopped",
    "停用": "stopped",
}


def status(text: str) -> str | None:
    """Return the status that a cell says; None if it says none of those known."""
    return STATUSES.get(fold(text))
