"""
Headings that differ from a layout's in their years only: the same sheet of another year.

Such a file has another fingerprint, and no layout is used for it. Its description can be taken
over with the years moved; a person looks at it and confirms it, as any other.
"""

from dataclasses import replace

from submissions.workbook.foreign.layout_spec import ColumnSpec, HeadingLines, TableSpec
from submissions.workbook.foreign.places import YEAR


def moved(text: str, years: int) -> str:
    """Return a text with every year in it moved: 2023年一季度 by 1 is 2024年一季度."""
    return YEAR.sub(lambda match: str(int(match[1]) + years), text)


def years_apart(known: HeadingLines, found: HeadingLines) -> int | None:
    """
    Return by how many years a file's headings are later than a layout's; 0 if they are the same.

    None if anything else differs, or if the years are not all as far apart.
    """
    if (known.rows, known.units) != (found.rows, found.units) or known.texts.keys() != (
        found.texts.keys()
    ):
        return None
    pairs = [
        (was, now)
        for letter, texts in known.texts.items()
        for was, now in zip(texts, found.texts[letter], strict=True)
    ]
    years = next((_apart(was, now) for was, now in pairs if was != now), 0)
    same = all(moved(was, years) == now for was, now in pairs)
    return years if same else None


def _apart(was: str, now: str) -> int:
    """Return how far the first years of two texts that differ are apart; 0 without any."""
    first = zip(YEAR.findall(was), YEAR.findall(now), strict=False)
    return next((int(later) - int(earlier) for earlier, later in first if earlier != later), 0)


def moved_table(table: TableSpec, years: int) -> TableSpec:
    """Return a table of a layout for the same sheet of another year."""
    headings = replace(
        table.headings,
        texts={
            letter: tuple(moved(text, years) for text in texts)
            for letter, texts in table.headings.texts.items()
        },
    )
    columns = tuple(_moved_column(column, years) for column in table.columns)
    leave_out = tuple(moved(text, years) for text in table.leave_out)
    return replace(table, columns=columns, headings=headings, leave_out=leave_out)


def _moved_column(column: ColumnSpec, years: int) -> ColumnSpec:
    """Return a column whose quarter, if it names its year, is moved."""
    year, _q, number = column.quarter.partition("Q")
    return replace(column, quarter=f"{int(year) + years}Q{number}") if year else column
