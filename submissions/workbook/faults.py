"""Faults that the reader reports: it adds one and goes on, or raises Unreadable."""

from submissions.workbook import limits
from submissions.workbook.contents import Fault


class Unreadable(Exception):
    """The file cannot be read at all; `fault` is the reason."""

    def __init__(self, code: str, cell: str | None = None, **params: object) -> None:
        """Take the code, a cell if there is one, and the parameters of the message."""
        super().__init__(code)
        self.fault = Fault(code, None, cell, None, texts(params))


class Faults:
    """
    The faults of one file, at most limits.FINDINGS of them.

    A file with 20,000 lines in the wrong unit has 20,000 faults, which must not fill the
    memory. The last fault of a longer list has their number.
    """

    def __init__(self) -> None:
        """Start with none."""
        self.kept: list[Fault] = []
        self.count = 0

    def add(
        self,
        code: str,
        sheet: str | None = None,
        cell: str | None = None,
        written: str | None = None,
        **params: object,
    ) -> None:
        """Add a fault. `written` is the cell's own text; it is cut."""
        self.count += 1
        if self.count <= limits.FINDINGS:
            value = written[: limits.WRITTEN_CHARACTERS] if written is not None else None
            self.kept.append(Fault(code, sheet, cell, value, texts(params)))

    def all(self) -> list[Fault]:
        """Return the faults, with E192 at the end if there were more than are kept."""
        if self.count <= limits.FINDINGS:
            return self.kept
        excess = {"found": str(self.count), "kept": str(limits.FINDINGS)}
        return [*self.kept, Fault("E192", params=excess)]


def texts(params: dict[str, object]) -> dict[str, str]:
    """Return parameters as text: they pass through JSON into sentences."""
    return {name: str(value) for name, value in params.items()}
