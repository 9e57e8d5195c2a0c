"""Who has reported and who has not: stands beside every figure."""

from dataclasses import dataclass

from clusters.models import City


@dataclass(frozen=True)
class Coverage:
    """
    The cities whose accepted figures a value rests on, of all cities of the province.

    reporting and missing are in the order of the cities' codes.
    """

    reporting: tuple[City, ...]
    missing: tuple[City, ...]

    @property
    def accepted(self) -> int:
        """How many cities have reported."""
        return len(self.reporting)

    @property
    def expected(self) -> int:
        """How many should."""
        return len(self.reporting) + len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether nobody is missing. A province without cities is not complete."""
        return bool(self.reporting) and not self.missing
