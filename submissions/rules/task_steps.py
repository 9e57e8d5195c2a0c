"""The words of 状态 of 任务进展, and which step of the ledger a row is about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from measures.light import TaskState
from measures.reporting.city_steps import CityStep
from measures.reporting.report_rules import StepReport
from submissions.workbook.reading.headings import fold

# The standard word comes first, then other words in use.
WORDS = {
    TaskState.NOT_STARTED: ("未启动", "未开始", "未开展", "尚未启动"),
    TaskState.UNDER_WAY: ("推进中", "正在推进", "进行中", "已启动", "按计划推进", "有序推进"),
    TaskState.NEARLY_DONE: ("基本完成",),
    TaskState.DONE: ("已完成", "完成", "办结", "已办结"),
    TaskState.NEEDS_COORDINATION: ("需协调", "需要协调", "待协调"),
}
STANDARD_WORDS = [words[0] for words in WORDS.values()]
MEANINGS = {word: state for state, words in WORDS.items() for word in words}


def state_of(word: str) -> TaskState | None:
    """Return the state of a word in 状态; None for an unknown word."""
    return MEANINGS.get(fold(word))


def said_in(values: dict[str, str | None]) -> StepReport:
    """Return what a row says of its step, from its values as text; an unknown word is no state."""
    return StepReport.of(
        {
            "state": state_of(values.get("state") or "") or "",
            "text": values.get("remark"),
            "done_on": values.get("done_on"),
            "evidence": values.get("evidence"),
            "help_wanted": values.get("help_wanted"),
        }
    )


@dataclass(frozen=True)
class Steps:
    """
    The steps that a city answers for, found by a row's hidden key, else by its words.

    elsewhere  the numbers in the file that are of other cities' tasks
    """

    every: tuple[CityStep, ...] = ()
    elsewhere: frozenset[str] = frozenset()
    by_key: dict[str, CityStep] = field(default_factory=dict)
    by_words: dict[tuple[str, str], CityStep] = field(default_factory=dict)

    @classmethod
    def of(cls, every: Iterable[CityStep], elsewhere: Iterable[str] = ()) -> Self:
        """Return some steps, to be looked up."""
        every = tuple(every)
        keys = {step.node.key: step for step in every}
        words = {(fold(one.node.task.number), fold(one.node.what)): one for one in every}
        return cls(every, frozenset(elsewhere), keys, words)

    def find(self, key: str | None, number: str | None, step: str | None) -> CityStep | None:
        """Return the step of a row: by its key if it has one, else by number and wording."""
        if key:
            return self.by_key.get(key)
        return self.by_words.get((fold(number or ""), fold(step or "")))

    @property
    def numbers(self) -> set[str]:
        """Return the numbers of the city's tasks."""
        return {step.node.task.number for step in self.every}
