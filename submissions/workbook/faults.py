"""How the reader says that something is wrong: it goes on and notes a fault, or it stops."""

from submissions.workbook import limits
from submissions.workbook.contents import Fault


class Unreadable(Exception):
    """The file cannot be read at all. Carries the one fault that says why."""

    def __init__(self, code: str, cell: str | None = None, **params: object) -> None:
        """Take the code, the place if there is one, and the fill-ins of the message."""
        super().__init__(code)
        self.fault = Fault(code, None, cell, None, texts(params))


class Faults:
    """
    The faults of one file, at most limits.FINDINGS of them.

    A file with 20,000 lines in the wrong unit has 20,000 faults; nobody reads them, and they
    must not fill the memory. The last one kept says how many there were.
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
        """Note a fault. `written` is the cell's own text; it is cut."""
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
    """Return the fill-ins as text, for they go through JSON and into sentences."""
    return {name: str(value) for name, value in params.items()}
