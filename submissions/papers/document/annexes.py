"""The annexes of a closing assessment: each quarter's figures, and the hashes of the workbooks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from foundation.formatting import quarter
from submissions.papers.document.blocks import (
    NONE,
    Block,
    Cell,
    Piece,
    cell,
    heading,
    line,
    table,
    text,
)
from submissions.papers.document.parts import semicolon, stop
from submissions.papers.document.picture import points_of
from submissions.papers.document.targets import bases, value_words
from submissions.papers.document.task_blocks import evidence_annex

Sheet = Mapping[str, Any]


def annexes(sheet: Sheet) -> list[list[Block]]:
    """Return the annexes that a closing assessment has data for, each with its number."""
    every = [(_("the figures of each quarter"), list(_quarters(sheet["targets"])))]
    every.append((_("the cities' workbooks and their SHA-256"), list(_hashes(sheet))))
    # A paper of before the ledger has none.
    of_tasks = list(evidence_annex(sheet.get("tasks", ())))
    every.append((_("the tasks' evidence and its SHA-256"), of_tasks))
    filled = [(title, blocks) for title, blocks in every if blocks]
    return [
        [heading(_("Annex %(number)s: %(title)s") % {"number": number, "title": title}), *blocks]
        for number, (title, blocks) in enumerate(filled, start=1)
    ]


def _quarters(targets: Sequence[Sheet]) -> Iterator[Block]:
    """Yield the figures that the pictures draw; nothing of a paper from before they were kept."""
    drawn = [one for one in targets if one.get("series")]
    if not drawn:
        return
    points = {one["code"]: {p.quarter: p for p in points_of(one["series"])} for one in drawn}
    quarters = sorted({q for every in points.values() for q in every})
    columns = [(_("Quarter"), "name"), *((one["short_name"], "number") for one in drawn)]
    rows = [
        (
            quarter(at),
            *(
                value_words(points[one["code"]][at], one) or NONE
                if at in points[one["code"]]
                else NONE
                for one in drawn
            ),
        )
        for at in quarters
    ]
    yield table(_("the figures of each quarter"), columns, rows)
    if of := bases(drawn):
        yield text(semicolon().join(of), stop())


def _hashes(sheet: Sheet) -> Iterator[Block]:
    """Yield each workbook in force with the hash of its file, and the paper's predecessor."""
    sent = [one for one in sheet["evidence"] if one["submission"]]
    if sent:
        columns = [(_("City"), "name"), (_("File and its SHA-256"), "file")]
        yield table(_("the cities' workbooks and their SHA-256"), columns, map(_hash, sent))
    if previous := sheet.get("previous"):
        yield text(f"{previous['number']} SHA-256 ", Piece(previous["sha256"], "hash"))


def _hash(one: Sheet) -> tuple[str, Cell]:
    sent = one["submission"]
    return one["name"], cell(line(sent["filename"]), line(Piece(sent["sha256"], "hash")))
