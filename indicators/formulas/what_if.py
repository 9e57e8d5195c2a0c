"""What-if (N14): the figures of both targets under a scenario. Never stored."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An enterprise that is left out: its city's code and its output value in yuan, if known."""

    enterprise: int
    city: str
    output_value: Decimal | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """
    The assumptions of a scenario for one quarter.

    without  enterprises that are left out
    instead  output value in yuan of whole cities, by code, in place of what they reported
    """

    without: tuple[LeftOut, ...] = ()
    instead: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is assumed."""
        return not self.without and not self.instead


def scenario_outputs(
    outputs: Mapping[str, Decimal | None], scenario: Scenario
) -> dict[str, Decimal | None]:
    """
    Return every city's output value in the scenario, in yuan.

    A value given instead replaces the reported one. Otherwise the output of the enterprises left
    out is subtracted from what their city reported, but never below 0; a silent city stays
    silent, and an enterprise without an output value subtracts nothing.
    """
    result = dict(outputs)
    for left in _each_once(scenario.without):
        reported = result.get(left.city)
        if reported is not None and left.output_value is not None:
            result[left.city] = max(reported - left.output_value, Decimal(0))
    return result | dict(scenario.instead)


def scenario_over(over: Mapping[int, str], without: Collection[LeftOut]) -> dict[int, str]:
    """Return the enterprises over the threshold, with their cities, without those left out."""
    left_out = {left.enterprise for left in without}
    return {firm: city for firm, city in over.items() if firm not in left_out}


def _each_once(without: Iterable[LeftOut]) -> Iterable[LeftOut]:
    """Return the enterprises left out, each once."""
    return {left.enterprise: left for left in without}.values()
