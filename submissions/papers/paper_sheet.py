"""A paper's frozen data as a page shows them: in the reader's language, figures as numbers."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from clusters.models import CityReturn
from foundation.frozen_data import LANGUAGES
from foundation.language import in_chinese
from foundation.quarters import Quarter
from parks.models import ParkReturn

FIGURES = frozenset(
    [
        *CityReturn.figures(),
        *ParkReturn.figures(),
        "value",
        "projection",
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
        "evidenced",
        "overdue",
        "blocks",
        "planned",
        "low",
        "high",
        "numerator",
        "denominator",
    ]
)
DAYS = frozenset(("as_of", "due_on", "planned_on", "actual_on", "held_to", "ended_on"))
MOMENTS = frozenset(
    ("issued_at", "published_at", "submitted_at", "decided_at", "recorded_at", "checked_at", "at")
)
NUMBERS_OF_DAYS = frozenset(("days", "days_late", "days_left", "longest"))
DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")

# What a target has no figure of while a city is silent.
OF_ALL_CITIES = frozenset(("value", "projection", "numerator", "denominator"))
# The two ends of a change.
ENDS = ("before", "after")


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
    if key in NUMBERS_OF_DAYS:
        return int(text)
    if key in FIGURES and DECIMAL.fullmatch(text):
        return Decimal(text)
    return text


def assessment_sheet(data: Mapping[str, Any], sha256: str = "") -> dict[str, Any]:
    """Return an assessment's data as its pages show them; a draft has no hash."""
    withheld = any(park.get("withheld") for park in data["parks"])
    return shown(data) | {
        "sha256": sha256,
        "changes": _changes(data),
        "parks_withheld": withheld,
    }


def _changes(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what differs from the paper before, as changes_shown() has it."""
    previous = data.get("previous") or {}
    periods = {"before": previous.get("period"), "after": data.get("period")}
    return changes_shown(data["changes"], periods)


def changes_shown(
    rows: Iterable[Mapping[str, Any]], periods: Mapping[str, str | None] | None = None
) -> list[dict[str, Any]]:
    """
    Return differences of two papers (papers.differences) as pages show them.

    periods are those of the two papers. Beside each row stands why it has no figure before or
    after: year_over, where a projection ended with its year; absent, where the paper has no such
    target; incomplete, where a city is silent; empty otherwise, also where there is a figure.
    """
    every = [shown(row) for row in rows]
    over = {end: _is_year_end((periods or {}).get(end)) for end in ENDS}
    absent = {
        end: {_target_of(row) for row in every if row.get("kind") == "status" and row[end] is None}
        for end in ENDS
    }
    return [
        row | {"no_figure": {end: _no_figure(row, end, absent[end], over[end]) for end in ENDS}}
        for row in every
    ]


def _no_figure(row: Mapping[str, Any], end: str, absent: Collection[str], is_over: bool) -> str:
    """Return why a target has no figure at one end of a change; empty if it has, or is none."""
    target = _target_of(row)
    if not target or row[end] is not None:
        return ""
    if target in absent:
        return "absent"
    if row["measure"] == "projection" and is_over:
        return "year_over"
    return "incomplete" if row["measure"] in OF_ALL_CITIES else ""


def _target_of(row: Mapping[str, Any]) -> str:
    """Return the code of the target that a change is of; empty for other things."""
    what, _colon, rest = row["key"].partition(":")
    return rest.rpartition(":")[0] if what == "target" else ""


def _is_year_end(period: str | None) -> bool:
    return bool(period) and Quarter.parse(str(period)).is_year_end


def briefing_sheet(data: Mapping[str, Any], sha256: str = "") -> dict[str, Any]:
    """
    Return a briefing's data as its sheet shows them; a draft has no hash.

    A briefing of before notes were kept has none.
    """
    return {"notes": [], **shown(data), "sha256": sha256, "changes": _changes(data)}
