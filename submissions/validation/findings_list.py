"""A submission's findings for a page: grouped by code, then cell by cell; cut into pages."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from django.core.paginator import Page

from foundation.tables import A_PAGE, ExistingPages
from foundation.texts.comparing import normalised
from submissions.models import Explanation, Finding, StagedRow
from submissions.rules.catalogue import Severity

# How many findings of one code are shown of a file that is not kept, whose page has no pages.
SHOWN = 200
NOTHING: Mapping[int, str] = MappingProxyType({})
ROW = re.compile(r"[A-Z]+([0-9]+)").fullmatch


@dataclass(frozen=True, slots=True)
class Shown:
    """
    A finding and the name of the enterprise of its line; "" without one.

    answer     the explanation; "" without one
    last_time  last quarter's explanation of the same finding; "" without one
    refused    why what was just typed is no explanation; "" otherwise
    right      the value typed in place of the cell's; "" without one
    alike      how many findings of the enterprise wait for an answer, at the first of them; else 0
    """

    finding: Finding
    firm: str
    answer: str
    last_time: str = ""
    refused: str = ""
    alike: int = 0
    right: str = ""

    @property
    def draft(self):
        """Return what was typed and does not count yet; None without it."""
        return getattr(self.finding, "draft", None)

    @property
    def typed(self) -> str:
        """Return the text of the box: what was typed last."""
        if self.draft:
            return self.draft.text
        explanation = getattr(self.finding, "explanation", None)
        return own_words(explanation) if explanation else ""

    @property
    def had(self) -> int:
        """Return the key of the explanation that is shown; 0 without one."""
        explanation = getattr(self.finding, "explanation", None)
        return explanation.pk if explanation else 0

    @property
    def nil(self) -> str:
        """Return why a missing enterprise has no figures, as chosen last; "" if it was not."""
        last = self.draft or getattr(self.finding, "explanation", None)
        return last.nil if last else ""

    @property
    def carried_from(self):
        """Return the earlier version that the explanation was given in; None if in this one."""
        explanation = getattr(self.finding, "explanation", None)
        return explanation.carried_from if explanation else None

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
    findings: list[Finding],
    firms: Firms,
    previous: Mapping[int, str] = NOTHING,
    refused: Mapping[int, str] = NOTHING,
    *,
    at_most: int | None = SHOWN,
) -> list[FindingGroup]:
    """
    Return the findings by code: mandatory first, then advisory, trials last.

    previous are last quarter's explanations, refused the reasons why what was just typed is none,
    both by the finding's primary key. at_most of one code are shown; None for all.
    """
    groups: dict[str, FindingGroup] = {}
    for finding in findings:
        group = groups.setdefault(
            finding.code, FindingGroup(finding.code, finding.severity, finding.trial)
        )
        answer = answer_of(finding)
        group.count += 1
        group.unanswered += group.to_explain and not answer
        if at_most is None or len(group.shown) < at_most:
            row = ROW(finding.cell)
            firm = firms.get((finding.sheet, int(row[1])), "") if row else ""
            said = (previous.get(finding.pk, ""), refused.get(finding.pk, ""))
            group.shown.append(Shown(finding, firm, answer, *said))
    return sorted(groups.values(), key=lambda g: (not g.mandatory, g.trial, g.code))


def turned_to(
    groups: list[FindingGroup], number: object, typed: Mapping[str, str]
) -> tuple[Page, list[FindingGroup]]:
    """
    Return one page of all findings, and its groups with the counts of the whole list.

    number is whatever the address says, typed the fields of a form that was not carried out.
    """
    every = [(group, one) for group in groups for one in group.shown]
    page = ExistingPages(every, A_PAGE).page(number or 1)
    on_page: dict[str, FindingGroup] = {}
    waiting = Counter(
        one.finding.firm for group, one in every if group.to_explain and not one.answer
    )
    for group, one in page:
        cut = on_page.setdefault(group.code, replace(group, shown=[]))
        if group.to_explain and not one.answer:
            alike = waiting.pop(one.finding.firm, 0) if one.finding.firm else 0
            one = replace(one, alike=alike if alike > 1 else 0)
        if right := typed.get(f"right-{one.finding.pk}"):
            one = replace(one, right=right)
        cut.shown.append(one)
    return page, list(on_page.values())


def page_with(groups: list[FindingGroup], pks: Mapping[int, object]) -> int:
    """Return the number of the first page that has one of these findings; 1 without any."""
    every = [one.finding.pk for group in groups for one in group.shown]
    at = next((place for place, pk in enumerate(every) if pk in pks), 0)
    return 1 + at // A_PAGE


def own_words(explanation: Explanation) -> str:
    """Return an explanation as it was typed, without the words of a declaration before it."""
    return explanation.text.partition("：")[2] if explanation.nil else explanation.text


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
