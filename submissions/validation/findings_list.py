"""A submission's findings for a page: grouped by code, then cell by cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from submissions.models import Finding, StagedRow
from submissions.rules.catalogue import Severity
from submissions.rules.stock_phrases import normalised

# How many findings of one code a page shows; thousands of one code have one cause.
SHOWN = 200
ROW = re.compile(r"[A-Z]+([0-9]+)").fullmatch


@dataclass(frozen=True, slots=True)
class Shown:
    """
    A finding and the name of the enterprise of its line; "" without one.

    answer     the explanation; "" without one
    last_time  last quarter's explanation of the same finding; "" without one
    """

    finding: Finding
    firm: str
    answer: str
    last_time: str = ""

    @property
    def as_last_time(self) -> bool:
        """Return whether the explanation repeats last quarter's, which the reviewer is shown."""
        return bool(self.answer) and normalised(self.answer) == normalised(self.last_time)


@dataclass(slots=True)
class FindingGroup:
    """All findings of one code: how many, and the first of them."""

    code: str
    severity: str
    trial: bool = False
    count: int = 0
    unanswered: int = 0
    shown: list[Shown] = field(default_factory=list)

    @property
    def mandatory(self) -> bool:
        """Return whether these must be corrected."""
        return self.severity == Severity.MANDATORY

    @property
    def to_explain(self) -> bool:
        """Return whether each of these needs an explanation."""
        return not self.mandatory and not self.trial

    @property
    def remedy(self) -> str:
        """Return the remedy in the active language."""
        return self.shown[0].finding.remedy

    @property
    def hidden(self) -> int:
        """Return how many findings are not shown."""
        return self.count - len(self.shown)


# (sheet, row) -> name of the enterprise of that line.
Firms = dict[tuple[str, int], str]


def firms_of(rows: list[StagedRow]) -> Firms:
    """Return the enterprise of each staged line, by sheet and row."""
    return {
        (row.sheet, row.row): row.values.get("name") or ""
        for row in rows
        if row.kind == StagedRow.RowKind.ENTERPRISES
    }


def grouped(
    findings: list[Finding], firms: Firms, previous: Mapping[int, str] = MappingProxyType({})
) -> list[FindingGroup]:
    """
    Return the findings by code: mandatory first, then advisory, trials last.

    previous are last quarter's explanations, by the finding's primary key.
    """
    groups: dict[str, FindingGroup] = {}
    for finding in findings:
        group = groups.setdefault(
            finding.code, FindingGroup(finding.code, finding.severity, finding.trial)
        )
        answer = answer_of(finding)
        group.count += 1
        group.unanswered += group.to_explain and not answer
        if len(group.shown) < SHOWN:
            row = ROW(finding.cell)
            firm = firms.get((finding.sheet, int(row[1])), "") if row else ""
            group.shown.append(Shown(finding, firm, answer, previous.get(finding.pk, "")))
    return sorted(groups.values(), key=lambda g: (not g.mandatory, g.trial, g.code))


def answer_of(finding: Finding) -> str:
    """Return the explanation of a finding, on the page or in its 说明; "" without one."""
    explanation = getattr(finding, "explanation", None)
    return explanation.text if explanation else finding.explained_in_cell


def answers_about(findings: list[Finding]) -> dict[str, str]:
    """
    Return the explanations by what they are about, for the list of differences.

    Keys are `about` of a finding (table, key and field) and, with all texts of an enterprise,
    its credit code. Each text occurs once.
    """
    answers: dict[str, list[str]] = {}
    for finding in findings:
        if answer := answer_of(finding):
            for about in {finding.about, finding.firm} - {""}:
                answers.setdefault(about, [])
                if answer not in answers[about]:
                    answers[about].append(answer)
    return {about: "\n".join(texts) for about, texts in answers.items()}
