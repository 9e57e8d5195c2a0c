"""What a firm reported in the last nine quarters, as floating-point numbers. Pure."""

from collections.abc import Sequence

# Fields in the order of a quarter's figures.
FIELDS = ("output_value", "revenue", "total_revenue", "rd_expenditure", "employees")
PLACE = {name: place for place, name in enumerate(FIELDS)}
QUARTERS = 9


class Past:
    """
    A firm's figures one to nine quarters back; cumulative from January, as reported.

    quarter is the number (1 to 4) of the quarter that is looked at now. Of figures there are
    those of the quarter before first, in the order of FIELDS; None is not reported.
    """

    __slots__ = ("figures", "quarter")

    def __init__(self, quarter: int) -> None:
        """Begin without any figure."""
        self.quarter = quarter
        self.figures: list[float | None] = [None] * (QUARTERS * len(FIELDS))

    def put(self, back: int, figures: Sequence[float | None]) -> None:
        """Keep the figures of a quarter so many quarters back, in the order of FIELDS."""
        start = (back - 1) * len(FIELDS)
        self.figures[start : start + len(FIELDS)] = figures

    def get(self, name: str, back: int) -> float | None:
        """Return a field so many quarters back; None if it was not reported."""
        return self.figures[(back - 1) * len(FIELDS) + PLACE[name]]

    def is_first_quarter(self, back: int) -> bool:
        """Return whether the quarter so many back was the first of its year."""
        return (self.quarter - 1 - back) % 4 == 0

    def single(self, name: str, back: int) -> float | None:
        """Return an amount of the single quarter so many back; None if it is not known."""
        figure = self.get(name, back)
        if figure is None or self.is_first_quarter(back):
            return figure
        before = self.get(name, back + 1) if back < QUARTERS else None
        return None if before is None else figure - before

    def singles(self, name: str) -> list[float]:
        """Return the known amounts above zero of the last eight single quarters."""
        known = (self.single(name, back) for back in range(1, QUARTERS))
        return [each for each in known if each is not None and each > 0]

    def whole_year_earlier(self, known: frozenset[int]) -> bool:
        """
        Return whether the firm reported last year from its first quarter on.

        known are the quarters back in which the city reported anything: before its first report
        nobody can tell.
        """
        first = self.quarter + 3
        return first not in known or self.get("revenue", first) is not None
