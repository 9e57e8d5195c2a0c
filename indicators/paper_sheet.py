"""A paper's frozen data as a page shows them: in the reader's language, figures as numbers."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from clusters.language import in_chinese
from clusters.quarters import Quarter
from indicators.paper_height import fitting
from indicators.papers import LANGUAGES

FIGURES = frozenset(
    [
        "value",
        "projection",
        "output_value",
        "share",
        "growth",
        "over",
        "accepted",
        "expected",
        "number",
        "reporting",
        "output_reporting",
        "registered",
        "days",
        "before",
        "after",
        "difference",
        "operating",
        "planned",
        "low",
        "high",
        "numerator",
        "denominator",
        "firms",
        "revenue",
        "investment",
    ]
)
DAYS = frozenset(("as_of", "due_on", "planned_on", "actual_on"))
MOMENTS = frozenset(("issued_at", "published_at", "submitted_at", "decided_at"))
DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")

# So many changes at least, if the page holds them; more where the lines need not stand closer.
CHANGES = 8
READABLE = ("roomy", "close")


def shown(data: Any, key: str = "") -> Any:
    """
    Return frozen data with each text turned into what it stands for.

    What is written in every language comes in the reader's; figures, days and moments come as
    such. None stays None: it was not reported.
    """
    if isinstance(data, Mapping):
        if data.keys() == set(LANGUAGES):
            return data[LANGUAGES[0 if in_chinese() else 1]]
        return {name: shown(value, name) for name, value in data.items()}
    if isinstance(data, list):
        return [shown(value) for value in data]
    if isinstance(data, str):
        return _stands_for(data, key)
    return data


def _stands_for(text: str, key: str) -> Any:
    if key in DAYS:
        return date.fromisoformat(text)
    if key in MOMENTS:
        return datetime.fromisoformat(text)
    if key == "days":
        return int(text)
    if key in FIGURES and DECIMAL.fullmatch(text):
        return Decimal(text)
    return text


def assessment_sheet(data: Mapping[str, Any], sha256: str = "") -> dict[str, Any]:
    """Return an assessment's data as its pages show them; a draft has no hash."""
    return shown(data) | {"sha256": sha256, "changes": _changes(data)}


def _changes(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """
    Return what differs from the paper before, with where a projection ended with its year.

    There is none of a year that is over, which is not that nobody has reported it.
    """
    previous = data.get("previous") or {}
    over = {
        "before": _is_year_end(previous.get("period")),
        "after": _is_year_end(data.get("period")),
    }
    return [
        row
        | {
            "year_over": {
                end: over[end] and row["measure"] == "projection" and row[end] is None
                for end in over
            }
        }
        for row in shown(data["changes"])
    ]


def _is_year_end(period: str | None) -> bool:
    return bool(period) and Quarter.parse(str(period)).is_year_end


def briefing_sheet(data: Mapping[str, Any], sha256: str = "") -> dict[str, Any]:
    """
    Return a briefing's data as its sheet shows them, so that they fit on one page.

    A draft has no hash. All changes are given while the lines stand roomy or close; then they
    are cut to CHANGES, or to fewer where the page would not hold them, and more_changes says
    how many are left out. density says how close the lines must stand: roomy, close, closer
    or tight (indicators.paper_height).
    """
    every = _changes(data)
    sheet = shown(data) | {"sha256": sha256, "changes": every}
    if fitting(sheet) not in READABLE:
        sheet["changes"] = every[:CHANGES]
    while sheet["changes"] and not fitting(sheet):
        sheet["changes"] = sheet["changes"][:-1]
    sheet["more_changes"] = len(every) - len(sheet["changes"])
    sheet["density"] = fitting(sheet) or "tight"
    return sheet
