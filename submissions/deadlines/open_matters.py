"""What needs attention on the overview: workbooks, enterprises, records, building blocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.data.snapshot import Snapshot
from indicators.outlook.attention import (
    LateBlocks,
    NearMisses,
    Reach,
    Unrecorded,
    late_blocks,
    near_misses,
    reaches_of_silent,
    unrecorded,
)
from indicators.results.indicator_result import IndicatorResult
from submissions.deadlines.obligations import Obligation, State

# A workbook that is not yet due needs no reminder.
NEEDS_ATTENTION = (State.OVERDUE, State.SENT_BACK, State.UPLOADED, State.SUBMITTED)


@dataclass(frozen=True)
class Matter:
    """
    One thing that needs attention, and its effect on targets, the largest first.

    kind  the state of a city's workbook; "correction" of one in force; near_misses,
          unrecorded or late_blocks
    """

    kind: str
    about: Obligation | NearMisses | Unrecorded | LateBlocks
    reaches: tuple[Reach, ...] = ()

    @property
    def weights(self) -> tuple[Decimal, ...]:
        """Return its effect on each target, as a part of it, the largest first."""
        return tuple(one.weight for one in self.reaches)


def matters(
    snapshot: Snapshot,
    quarter: Quarter,
    results: Sequence[IndicatorResult],
    owed: Iterable[Obligation],
) -> list[Matter]:
    """Return what needs attention, the largest effect on a target first."""
    found = [
        *_of_workbooks(owed, reaches_of_silent(results)),
        *(
            Matter("near_misses", one, (Reach(one.result, number=Decimal(one.number)),))
            for one in near_misses(results)
        ),
        *(
            Matter("unrecorded", one, (Reach(one.result, number=Decimal(len(one.things))),))
            for one in unrecorded(results)
        ),
        *(Matter("late_blocks", one) for one in late_blocks(snapshot, quarter)),
    ]
    return sorted(found, key=lambda one: one.weights, reverse=True)


def _of_workbooks(
    owed: Iterable[Obligation], reaches: dict[str, tuple[Reach, ...]]
) -> Iterable[Matter]:
    for one in owed:
        if one.state in NEEDS_ATTENTION and (one.owed or one.state == State.SUBMITTED):
            yield Matter(one.state, one, reaches.get(one.city.code, ()))
        elif one.newer and one.newer.status == State.SUBMITTED:
            yield Matter("correction", one)
