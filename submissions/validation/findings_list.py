"""A submission's findings as a person reads them: one kind after the other, then cell by cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from submissions.models import Finding, StagedRow
from submissions.rules.catalogue import Severity
from submissions.rules.stock_phrases import compared

# How many of one kind a page shows. Who has five thousand of one kind has one mistake.
SHOWN = 200
ROW = re.compile(r"[A-Z]+([0-9]+)").fullmatch


@dataclass(frozen=True, slots=True)
class Shown:
    """
    A finding and the firm whose line it stands in; the firm is empty where there is none.

    answer     the explanation that counts; empty if there is none
    last_time  what was said to the same finding last quarter; empty if nothing was
    """

    finding: Finding
    firm: str
    answer: str
    last_time: str = ""

    @property
    def as_last_time(self) -> bool:
        """Return whether the answer is last quarter's, word for word: the reviewer is told."""
        return bool(self.answer) and compared(self.answer) == compared(self.last_time)


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
        """Return what to do about them."""
        return self.shown[0].finding.remedy

    @property
    def hidden(self) -> int:
        """Return how many are not shown."""
        return self.count - len(self.shown)


# (sheet, row) -> the firm whose line stands there.
Firms = dict[tuple[str, int], str]


def firms_of(rows: list[StagedRow]) -> Firms:
    """Return whose line stands where, of what has been staged."""
    return {
        (row.sheet, row.row): row.values.get("name") or ""
        for row in rows
        if row.kind == StagedRow.RowKind.ENTERPRISES
    }


def grouped(
    findings: list[Finding], firms: Firms, said: Mapping[int, str] = MappingProxyType({})
) -> list[FindingGroup]:
    """
    Return the findings by code, those to correct first and trials last, each in its own order.

    said is what was said last quarter, by the finding's primary key.
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
            group.shown.append(Shown(finding, firm, answer, said.get(finding.pk, "")))
    return sorted(groups.values(), key=lambda g: (not g.mandatory, g.trial, g.code))


def answer_of(finding: Finding) -> str:
    """Return the explanation of a finding, on the page or in its 说明 cell; empty if none."""
    explanation = getattr(finding, "explanation", None)
    return explanation.text if explanation else finding.explained_in_cell


def answers_about(findings: list[Finding]) -> dict[str, str]:
    """
    Return what was said in answer, to stand beside the numbers it is about.

    By what a finding is about (table, key and field), and by an enterprise's credit code: all
    that was said of it, each text once.
    """
    said: dict[str, list[str]] = {}
    for finding in findings:
        if answer := answer_of(finding):
            for about in {finding.about, finding.firm} - {""}:
                said.setdefault(about, [])
                if answer not in said[about]:
                    said[about].append(answer)
    return {about: "\n".join(texts) for about, texts in said.items()}
