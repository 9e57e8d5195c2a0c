"""Which titles (梯度) an enterprise holds on a given day, from its dated awards."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date


def holds(day: date, since: date, until: date | None) -> bool:
    """Return whether a title is held on a day; its first and last day count, None is no end."""
    return since <= day and (until is None or day <= until)


@dataclass(frozen=True, slots=True)
class Award:
    """
    One award of a title.

    expires_on is the last day on which the title is held; None means until further notice.
    Raises ValueError if it expires before it is awarded.
    """

    title: str
    awarded_on: date
    expires_on: date | None = None

    def __post_init__(self) -> None:
        if self.expires_on is not None and self.expires_on < self.awarded_on:
            raise ValueError(f"{self.title} expires before it is awarded.")

    def in_force(self, day: date) -> bool:
        """Whether the title is held on a day; the first and the last day count."""
        return holds(day, self.awarded_on, self.expires_on)


def joiners_and_leavers(
    awards: Iterable[tuple[Hashable, Award]], *, then: date, now: date
) -> tuple[set[Hashable], set[Hashable]]:
    """
    Return the holders of a title now but not then, and those of then but not now.

    awards are of one title, each with its holder. A holder on both days is in neither, however
    often the title was renewed or lost between.
    """
    held = list(awards)
    before = {holder for holder, award in held if award.in_force(then)}
    after = {holder for holder, award in held if award.in_force(now)}
    return after - before, before - after


def titles_held(awards: Iterable[Award], *, on: date) -> list[str]:
    """
    Return the titles held on a day, each once however often it was renewed.

    In the order in which they were first awarded, then by name; empty if none is held.
    """
    first_awarded: dict[str, date] = {}
    for award in awards:
        if award.in_force(on):
            earliest = first_awarded.get(award.title, award.awarded_on)
            first_awarded[award.title] = min(earliest, award.awarded_on)
    return sorted(first_awarded, key=lambda title: (first_awarded[title], title))
