import pytest

from clusters.models import ReportingPeriod
from submissions.models import Explanation
from submissions.review.actions import Refused, submit
from submissions.review.explaining import explain
from submissions.rules.answers import COPIES, ONE_CAUSE, RefusalReason, copied, refusal
from submissions.rules.catalogue import CATALOGUE, Severity
from submissions.validation.checking import check
from tests.factories import make_enterprise, make_period
from tests.submissions.cast import make_finding, make_submission
from tests.submissions.rules.workshop import code, firm, reading

RENAMED, UNKNOWN = "W154", "W152"


@pytest.fixture
def found(city):
    """Return a function: what is found in a reading, when the register calls firms otherwise."""
    for number in range(1, 10):
        make_enterprise(city, credit_code=code(number), name=f"登记名称{number}")
    period = make_period("2025Q3")

    def check_it(*lines):
        return check(reading(enterprises=list(lines)), city=city, period=period)

    return check_it


@pytest.mark.parametrize("text", ["核实无误", "情况属实。", "—", "同上", "ok"])
def test_a_phrase_in_the_cell_leaves_the_finding_open_and_says_why_there(found, text):
    [renamed] = found(firm(1, remark=text))

    assert (renamed.code, renamed.explained, renamed.refused) == (RENAMED, "", text)
    assert renamed.refused_why == RefusalReason.STOCK
    assert renamed.answer_cell == "J5"
    assert "gives no reason" in renamed.refusal


def test_a_reason_in_the_cell_answers_it(found):
    [renamed] = found(firm(1, remark="8月更名，已办理变更登记"))

    assert (renamed.explained, renamed.refused, renamed.refusal) == (
        "8月更名，已办理变更登记",
        "",
        "",
    )


def test_one_text_may_stand_at_a_few_enterprises_and_at_no_more(found):
    def open_ones(number):
        lines = [
            firm(n, remark=f"更名, {'' if n % 2 else ' '}见登记。") for n in range(1, number + 1)
        ]
        return [each for each in found(*lines) if not each.explained]

    assert not open_ones(COPIES)
    refused = open_ones(COPIES + 1)
    assert len(refused) == COPIES + 1
    assert {each.refused_why for each in refused} == {RefusalReason.COPIED}
    assert str(COPIES) in refused[0].refusal


def test_several_findings_of_one_enterprise_share_its_cell():
    answers = [(one, code(1), "搬迁") for one in ("W154", "W157", "W159", "W176", "W182")]

    assert not copied(answers)


def test_a_list_that_joins_as_a_whole_may_do_so_for_one_reason(found):
    lines = [firm(n, name=f"新企业{n}", remark="首次纳入统计") for n in range(20, 40)]

    every = found(*lines)
    assert {each.code for each in every} == {UNKNOWN}
    assert all(each.explained for each in every)
    assert all(CATALOGUE[one].severity == Severity.ADVISORY for one in ONE_CAUSE)


def test_what_is_not_about_an_enterprise_is_not_counted():
    answers = [("W188", "", "不统计")] * 20

    assert refusal("W161", "", "不统计", answers) is None


@pytest.fixture
def findings(city, officer):
    """One finding more than may share an answer, each at an enterprise of its own."""
    submission = make_submission(city, by=officer)
    return [make_finding(submission, RENAMED, firm=code(n)) for n in range(COPIES + 1)]


def test_the_page_refuses_phrases_and_copies_as_the_cell_does(findings, officer):
    for finding in findings[:-1]:
        explain(finding, text="更名，已登记", by=officer)

    with pytest.raises(Refused, match="more than 3 enterprises"):
        explain(findings[-1], text="更名,已登记。", by=officer)
    with pytest.raises(Refused, match="gives no reason"):
        explain(findings[-1], text="核实无误", by=officer)
    explain(findings[-1], text="被并购后更名", by=officer)
    explain(findings[0], text="更名，已登记", by=officer)
    assert Explanation.objects.in_force().count() == len(findings)


def test_cells_and_page_are_counted_together(findings, officer):
    for finding in findings[:-1]:
        finding.explained_in_cell = "更名，已登记"
        finding.save()

    with pytest.raises(Refused, match="more than 3 enterprises"):
        explain(findings[-1], text="更名，已登记", by=officer)


def test_a_refused_explanation_prevents_submission(findings, officer):
    for finding in findings:
        finding.refused_in_cell, finding.refused_why = "核实无误", RefusalReason.STOCK
        finding.save()

    with pytest.raises(Refused, match="4 findings need"):
        submit(findings[0].submission, by=officer)
    assert ReportingPeriod.objects.exists()


def test_that_a_firm_has_closed_does_not_explain_a_figure_that_fell(findings, officer):
    fell = make_finding(findings[0].submission, "W159", firm=code(1))
    with pytest.raises(Refused, match="gives no reason"):
        explain(fell, text="已注销", by=officer)

    assert refusal("W159", code(1), "停业", []) == RefusalReason.STOCK
    assert refusal("W159", code(1), "停业，合同终止后冲回收入", []) is None
    assert refusal(RENAMED, code(1), "已注销", []) is None
