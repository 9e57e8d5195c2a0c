"""A count of the plan as the overview shows it: one box a thing, or a bar of a number."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.drawings.axis import Axis
from indicators.estimates.figures import Thing
from indicators.results.indicator_result import IndicatorResult
from indicators.verdict.goal import ABOUT
from indicators.verdict.sentences import exactly

# Beyond the greater of number and target the bar has some room.
ROOM = Decimal("1.15")
# From so many boxes on a count takes more of the row, and then a whole one.
SEVERAL, MANY = 5, 14


@dataclass(frozen=True, slots=True)
class Box:
    """
    One thing that the plan counts.

    name    of its city, with a number where a city has several
    title   its own name
    status  established, not_established or not_known
    """

    name: str
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class NumberBar:
    """A number and its target as parts of a bar, in percent of its length."""

    length: Decimal
    target: Decimal


@dataclass(frozen=True)
class TaskCard:
    """
    A count on the overview: things with a box each, or a number with a bar.

    built, of  how many things are established, of how many
    bar        of a number without things; None if it is not known, or without a target
    size       how wide it is set: few, several or many boxes, or a number
    """

    result: IndicatorResult
    boxes: tuple[Box, ...]
    bar: NumberBar | None

    @property
    def heading(self) -> str:
        """What is counted, with the target of a number without things."""
        name, goal = str(self.result.indicator.short_name), self.result.verdict
        if self.boxes or goal is None:
            return name
        target = exactly(goal.goal.target, self.result.written_as)
        if goal.goal.comparator == ABOUT:
            target = _("about %(target)s") % {"target": target}
        return _("%(name)s (target: %(goal)s)") % {"name": name, "goal": target}

    @property
    def built(self) -> int:
        """How many of the things are on record as established."""
        return sum(box.status == "established" for box in self.boxes)

    @property
    def of(self) -> int:
        """How many things there are."""
        return len(self.boxes)

    @property
    def unknown(self) -> int:
        """Of how many nothing on record says whether they are established."""
        return sum(box.status == "not_known" for box in self.boxes)

    @property
    def size(self) -> str:
        """How much room the boxes or the bar take."""
        if not self.boxes:
            return "number"
        if self.of >= MANY:
            return "many"
        return "several" if self.of >= SEVERAL else "few"


def task_cards(results: Sequence[IndicatorResult]) -> tuple[TaskCard, ...]:
    """Return the cards of the targets that count things, in the plan's order."""
    return tuple(
        TaskCard(one, boxes_of(one.things), _bar(one))
        for one in results
        if one.indicator.things is not None
    )


def boxes_of(things: Sequence[Thing]) -> tuple[Box, ...]:
    """Return a box for each thing: established first, nothing on record last."""
    order = ("established", "not_established", "not_known")
    cities = Counter(one.record.city.pk for one in things)
    seen: Counter[int] = Counter()
    boxes = []
    for one in things:
        city = one.record.city
        seen[city.pk] += 1
        number = str(seen[city.pk]) if cities[city.pk] > 1 else ""
        boxes.append(Box(f"{city.short}{number}", str(one), one.status))
    return tuple(sorted(boxes, key=lambda box: order.index(box.status)))


def _bar(result: IndicatorResult) -> NumberBar | None:
    if result.things or result.value is None or result.target is None:
        return None
    end = max(result.value, result.target.value, Decimal("1")) * ROOM
    axis = Axis(Decimal("0"), end)
    return NumberBar(axis.at(result.value), axis.at(result.target.value))
