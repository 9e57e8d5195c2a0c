"""The calendar quarter as a value: what comes before and after it, and its days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

WRITTEN = re.compile(r"([0-9]{4})Q([1-4])")


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """
    A calendar quarter, written 2025Q3 in addresses and exports.

    Quarters are ordered, hashable and never change. Raises ValueError for a quarter outside
    1 to 4 or a year outside 1 to 9999.
    """

    year: int
    quarter: int

    def __post_init__(self) -> None:
        if not 1 <= self.quarter <= 4 or not 1 <= self.year <= 9999:
            raise ValueError(f"There is no quarter {self.quarter} of {self.year}.")

    def __str__(self) -> str:
        return f"{self.year:04d}Q{self.quarter}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the quarter written as 2025Q3. Raises ValueError for any other writing."""
        written = WRITTEN.fullmatch(text)
        if not written:
            raise ValueError(f"{text!r} is not a quarter; write it as 2025Q3.")
        return cls(int(written[1]), int(written[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the quarter in which a day lies."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Self:
        """Return the quarter with this ordinal."""
        return cls(ordinal // 4, ordinal % 4 + 1)

    @classmethod
    def range(cls, first: Self, last: Self) -> list[Self]:
        """Return the quarters from first to last, both included; none if last comes before."""
        return [cls.from_ordinal(n) for n in range(first.ordinal, last.ordinal + 1)]

    @property
    def ordinal(self) -> int:
        """A whole number that grows by one from quarter to quarter, without a gap at new year."""
        return 4 * self.year + self.quarter - 1

    @property
    def first_day(self) -> date:
        """The first day of the quarter."""
        return date(self.year, 3 * self.quarter - 2, 1)

    @property
    def last_day(self) -> date:
        """The last day of the quarter: the day to which cumulative figures run."""
        if self.is_year_end:
            return date(self.year, 12, 31)
        return date(self.year, 3 * self.quarter + 1, 1) - timedelta(days=1)

    @property
    def is_year_end(self) -> bool:
        """Whether cumulative figures of this quarter are figures of the whole year."""
        return self.quarter == 4

    @property
    def year_end(self) -> Self:
        """The fourth quarter of the same year."""
        return type(self)(self.year, 4)

    def previous(self) -> Self:
        """Return the quarter before this one."""
        return type(self).from_ordinal(self.ordinal - 1)

    def next(self) -> Self:
        """Return the quarter after this one."""
        return type(self).from_ordinal(self.ordinal + 1)

    def year_earlier(self) -> Self:
        """Return the same quarter of the year before: 上年同期."""
        return type(self)(self.year - 1, self.quarter)

    def to(self, other: Self) -> int:
        """Return how many quarters it is from this one to another; negative if it lies before."""
        return other.ordinal - self.ordinal
