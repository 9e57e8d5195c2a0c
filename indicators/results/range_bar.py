"""Positions of a target and the ends of its ranges on a bar."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.results.indicator_result import IndicatorResult
from indicators.verdict.goal import Goal

# Room on both sides of what is drawn, as a part of its length.
MARGIN = Decimal("0.15")
WHOLE = Decimal("100")


@dataclass(frozen=True, slots=True)
class RangeBar:
    """
    Positions on a bar from 0 to 100; None where there is nothing to draw.

    An open end of the certain range lies at the bar's own end. scale_low and scale_high are
    what the bar's ends stand for, in the indicator's unit.
    """

    target: Decimal
    certain: tuple[Decimal, Decimal]
    likely: tuple[Decimal, Decimal] | None
    scale_low: Decimal
    scale_high: Decimal

    @property
    def certain_length(self) -> Decimal:
        """How long the certain range is drawn."""
        return self.certain[1] - self.certain[0]

    @property
    def likely_length(self) -> Decimal:
        """How long the likely range is drawn; 0 without one."""
        return self.likely[1] - self.likely[0] if self.likely else Decimal(0)


def range_bar(result: IndicatorResult) -> RangeBar | None:
    """Return the bar of a figure that is not complete; None where nothing of it is known."""
    if result.verdict is None or result.value is not None:
        return None
    goal, certain, likely = result.verdict.goal, result.certain, result.estimate
    ends = [end for end in (certain.low, certain.high) if end is not None]
    if likely and likely.low is not None and likely.high is not None:
        ends += [likely.low, likely.high]
    if not ends:
        return None
    low, high = _scale([*ends, *_aims(goal)])

    def at(value: Decimal) -> Decimal:
        return (value - low) / (high - low) * WHOLE

    drawn = None
    if likely and likely.low is not None and likely.high is not None:
        drawn = at(likely.low), at(likely.high)
    return RangeBar(
        target=at(goal.target),
        certain=(
            Decimal(0) if certain.low is None else at(certain.low),
            WHOLE if certain.high is None else at(certain.high),
        ),
        likely=drawn,
        scale_low=low,
        scale_high=high,
    )


def _aims(goal: Goal) -> list[Decimal]:
    return [goal.target, *(goal.band or ())]


def _scale(values: list[Decimal]) -> tuple[Decimal, Decimal]:
    """Return what the bar's ends stand for: all values, with room on both sides."""
    low, high = min(values), max(values)
    room = (high - low or abs(high) or Decimal(1)) * MARGIN
    return low - room, high + room
