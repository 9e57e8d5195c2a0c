"""In which city an enterprise was on a day, from its dated moves. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Move:
    """A move from a city, by its code; moved_on is the first day in the new city."""

    moved_on: date
    from_city: str


def city_on(day: date, *, today: str, moves: Iterable[Move]) -> str:
    """Return the city of a day: where the next move after it left from; without one, today's."""
    later = [move for move in moves if move.moved_on > day]
    return min(later, key=lambda move: move.moved_on).from_city if later else today
