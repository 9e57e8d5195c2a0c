"""What an import does or has done, row by row: as JSON that is kept, as a page, as a file."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from enterprises.register.resources import RegisterResult
from enterprises.register.tables import (
    changed_table,
    changes_in_words,
    refused_table,
    whole_rows,
)
from foundation.exporting import csv_bytes
from foundation.tables import Table

# Rows of each kind that a page shows; the file holds all.
SHOWN = 200


@dataclass(frozen=True)
class ImportOutcome:
    """
    The outcome of all rows, of which the first SHOWN of each kind are kept.

    refused    [row, code, name, [reasons]]; the row is that of the user's own file
    changed    [row, code, name, [[heading, before, after]]]
    new        [row, *cells] as the register will hold them, in the order of `headings`
    unchanged  the same
    counts     how many rows of each kind there are
    """

    headings: list[str]
    refused: list[list]
    changed: list[list]
    new: list[list]
    unchanged: list[list]
    counts: dict[str, int]

    @classmethod
    def of(cls, result: RegisterResult) -> "ImportOutcome":
        """Return the outcome of an import."""
        every = _every(result)
        kept = {kind: rows[:SHOWN] for kind, rows in every.items()}
        counts = {kind: len(rows) for kind, rows in every.items()}
        return cls(headings=list(result.diff_headers), counts=counts, **kept)

    def as_json(self) -> dict:
        """Return it as JSON."""
        return asdict(self)

    @property
    def is_refused(self) -> bool:
        """Return whether a row is refused, so that none may be written."""
        return bool(self.counts["refused"])

    @property
    def is_cut(self) -> bool:
        """Return whether some rows are in the file alone."""
        return any(count > SHOWN for count in self.counts.values())

    def tables(self) -> Iterator[tuple[Table, int]]:
        """Yield the tables that are not empty, each with how many rows there are."""
        if self.refused:
            yield refused_table(self.refused), self.counts["refused"]
        if self.changed:
            yield changed_table(self.changed), self.counts["changed"]
        if self.new:
            yield whole_rows(_("New"), self.headings, self.new), self.counts["new"]

    def unchanged_table(self) -> Table:
        """Return the table of unchanged rows, which stands apart."""
        return whole_rows(_("Unchanged"), self.headings, self.unchanged)


def _every(result: RegisterResult) -> dict[str, list[list]]:
    """Return all rows by kind, as ImportOutcome has them."""
    return {
        "refused": [[row.number, row.code, row.name, row.messages] for row in result.refused()],
        "changed": [
            [row.number, *row.cells[:2], [list(one) for one in row.changes]]
            for row in result.changed()
        ],
        "new": [[row.number, *row.cells] for row in result.new()],
        "unchanged": [[row.number, *row.cells] for row in result.unchanged()],
    }


def outcome_file(result: RegisterResult) -> bytes:
    """Return the outcome of every row as CSV, in the order of the user's file."""
    every = _every(result)
    kinds = {
        "refused": (_("refused"), "\n".join),
        "changed": (_("changed"), changes_in_words),
        "new": (_("new"), lambda cells: ""),
        "unchanged": (_("unchanged"), lambda cells: ""),
    }
    rows = [
        [row[0], kinds[kind][0], str(row[1]), str(row[2]), kinds[kind][1](row[3])]
        for kind, of_kind in every.items()
        for row in of_kind
    ]
    headings = [
        _("Row"),
        _("Outcome"),
        pgettext("of an enterprise", "Code"),
        _("Name"),
        _("Reasons or changes"),
    ]
    return csv_bytes(headings, sorted(rows, key=lambda row: row[0]))
