"""Values as staged rows hold them: texts, and the key of what a row is about. Pure."""

from datetime import date
from decimal import Decimal

from submissions.workbook.contents import Line, SheetTable
from submissions.workbook.layout import CITY, CITY_LABELS, TABLES, TASKS


def key_of(table: SheetTable, line: Line) -> str:
    """Return the key of what a row is about; "" without one."""
    key = as_text(line.get(TABLES[table.kind].key)) or ""
    if table.kind == CITY.kind and key in CITY_LABELS:
        return CITY_LABELS[key].field
    if table.kind == TASKS.kind:
        # A task has several steps; without the hidden column a step is known by its words.
        return as_text(line.get("node")) or f"{key} {as_text(line.get('step')) or ''}".strip()
    return key


def as_text(value: Decimal | str | date | None) -> str | None:
    """
    Return a value as it is staged: amounts in yuan without exponent, days as 2025-09-30.

    None, which is "not reported", stays None.
    """
    if value is None:
        return None
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    # PostgreSQL takes no NUL in a text.
    return value.replace("\0", "")
