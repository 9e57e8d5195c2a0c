"""Findings as JSON or text, as check_return and submit_return print them."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Protocol


class ReportedFinding(Protocol):
    """A finding before it is stored (rules.rule.Violation) or after (models.Finding)."""

    code: str
    severity: str
    sheet: str | None
    cell: str | None
    value: str | None
    message: str
    remedy: str
    refusal: str


def as_json(
    *,
    file: str,
    city: str,
    period: str,
    status: str,
    lines: int,
    findings: Iterable[ReportedFinding],
    submission: int | None = None,
) -> str:
    """
    Return one line of JSON.

    city is its code, period such as 2025Q3. sheet and cell are null for what concerns the
    whole file or sheet, submission for a file that was only checked.
    """
    record = {
        "file": file,
        "city": city,
        "period": period,
        "submission": submission,
        "status": status,
        "lines": lines,
        "findings": [
            {
                "code": each.code,
                "severity": str(each.severity),
                "sheet": each.sheet or None,
                "cell": each.cell or None,
                "value": each.value or None,
                "message": _said(each),
            }
            for each in findings
        ],
    }
    return json.dumps(record, ensure_ascii=False)


def as_text(findings: Iterable[ReportedFinding]) -> Iterator[str]:
    """Yield lines for a terminal: findings by code, the remedy once for each."""
    by_code = sorted(findings, key=lambda each: each.code)
    for code, group in groupby(by_code, key=lambda each: each.code):
        same = list(group)
        yield f"{code} [{same[0].severity}] × {len(same)}"
        for each in same:
            yield f"  {_where(each)}{_said(each)}"
        yield f"  → {same[0].remedy}"


def _said(each: ReportedFinding) -> str:
    """Return the message, and why the line's 说明 is no explanation."""
    return " ".join(filter(None, (each.message, each.refusal)))


def _where(each: ReportedFinding) -> str:
    """Return sheet, cell and value, as far as there are any."""
    place = "!".join(filter(None, (each.sheet, each.cell)))
    value = f" “{each.value}”" if each.value else ""
    return f"{place}{value}: " if place else ""
