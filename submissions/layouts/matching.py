"""Which confirmed layout fits a file, and how the nearest one differs if none does."""

from dataclasses import dataclass

from submissions.models import Layout
from submissions.workbook.foreign.fingerprint import (
    HeadingDifference,
    best_rows,
    differences,
    heading_lines,
)
from submissions.workbook.foreign.foreign_file import ForeignSheet
from submissions.workbook.foreign.layout_spec import HeadingLines, LayoutSpec, TableSpec
from submissions.workbook.foreign.other_years import moved_table, years_apart


@dataclass(frozen=True, slots=True)
class NearestLayout:
    """A layout that does not fit: the sheet that is most like it, and what differs there."""

    layout: Layout
    sheet: str
    differences: list[HeadingDifference]


@dataclass(frozen=True, slots=True)
class MovedTable:
    """A table of a layout with the years of a file: which sheet of it has the headings."""

    number: int
    sheet: int
    table: TableSpec


@dataclass(frozen=True, slots=True)
class OtherYears:
    """A layout whose headings differ from a file's in the years only, all as far apart."""

    layout: Layout
    years: int
    tables: list[MovedTable]


def of_other_years(sheets: list[ForeignSheet]) -> list[OtherYears]:
    """Return the layouts that are of other years than the file, of each name the newest version."""
    found: dict[str, OtherYears] = {}
    for layout in Layout.objects.order_by("name", "version"):
        if moves := _moved_tables(layout.as_spec(), sheets):
            found[layout.name] = OtherYears(layout, *moves)
    return list(found.values())


def _moved_tables(
    spec: LayoutSpec, sheets: list[ForeignSheet]
) -> tuple[int, list[MovedTable]] | None:
    """Return how far the years are apart, and the tables; None if a table is of no sheet."""
    places = []
    for number, table in enumerate(spec.tables):
        apart = [
            (at, years)
            for at, sheet in enumerate(sheets)
            if (years := years_apart(table.headings, heading_lines(sheet.top, table.headings.rows)))
            is not None
        ]
        if not apart:
            return None
        at, years = apart[0]
        places.append((number, at, years, table))
    apart = {years for _number, _at, years, _table in places if years}
    if len(apart) != 1:
        return None
    [years] = apart
    return years, [MovedTable(number, at, moved_table(table, years))
                   for number, at, _years, table in places]  # fmt: skip


def fitting(sheets: list[ForeignSheet]) -> list[Layout]:
    """Return the layouts whose headings the file has, of each name the newest version."""
    found: dict[str, Layout] = {}
    for layout in Layout.objects.select_related("confirmed_by").order_by("name", "version"):
        if fits(layout.as_spec(), sheets):
            found[layout.name] = layout
    return list(found.values())


def fits(spec: LayoutSpec, sheets: list[ForeignSheet]) -> bool:
    """Return whether the headings of each table of a layout stand in a sheet of the file."""
    return all(
        any(heading_lines(sheet.top, table.headings.rows) == table.headings for sheet in sheets)
        for table in spec.tables
    )


def nearest(sheets: list[ForeignSheet]) -> NearestLayout | None:
    """Return the layout with the fewest differences; None if none has half its headings here."""
    best: NearestLayout | None = None
    for layout in Layout.objects.order_by("name", "-version"):
        for table in layout.as_spec().tables:
            for sheet in sheets:
                found = best_rows(sheet.top, table.headings)
                differ = differences(table.headings, found)
                if not _half_alike(table.headings, found) or not differ:
                    continue
                if best is None or len(differ) < len(best.differences):
                    best = NearestLayout(layout, sheet.name, differ)
    return best


def _half_alike(known: HeadingLines, found: HeadingLines) -> bool:
    """Return whether at least half of a layout's headings stand in the file, anywhere."""
    there = list(found.texts.values())
    same = sum(texts in there for texts in known.texts.values())
    return 2 * same >= len(known.texts)
