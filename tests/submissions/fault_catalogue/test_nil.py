"""Nothing to report is a declaration, silence is none; neither is shown as 0."""

from decimal import Decimal

import pytest
from django.utils import timezone

from clusters.models import CityReturn
from clusters.viewpoint import Viewpoint
from enterprises.models import Enterprise, EnterpriseReturn, Nil
from indicators.data.snapshot_reader import snapshot
from indicators.regions.regional_figures import city_figures
from indicators.results import scorecard
from submissions.deadlines import obligations
from submissions.intake.receiving import read_and_check
from submissions.models import Explanation, Submission
from submissions.refused import Refused
from submissions.review.actions import accept, submit
from submissions.review.explaining import ENTERPRISE_MISSING, explain
from submissions.rules.context import context_for
from submissions.workbook.contents import Reading
from tests.factories import (
    make_city,
    make_enterprise,
    make_enterprise_return,
    make_period,
    make_user,
)
from tests.province import make_province
from tests.submissions.cast import make_finding, make_row, make_submission
from tests.submissions.fault_catalogue import forge

BLANK = dict.fromkeys(
    (
        *("output_value", "revenue", "total_revenue", "rd_expenditure", "employees"),
        "revenue_last_year",
    )
)
WEIHAI = "371000"


def returned(firm=None):
    """The figures in force, of a firm or of the only one."""
    found = EnterpriseReturn.objects.in_force().filter(period__code="2025Q3")
    return found.get(enterprise=firm) if firm else found.get()


@pytest.mark.parametrize(
    ("remark", "nil"),
    [("本季度无业务", Nil.NOTHING), ("停业：8月起停产", Nil.CLOSED), ("迁出至潍坊市", Nil.MOVED)],
)
def test_a_declaring_line_from_upload_to_return(hand_in, officer, reviewer, remark, nil):
    lines = [forge.enterprise(1, remark=remark, **BLANK), forge.enterprise(2)]
    submission = hand_in(forge.workbook(enterprises=lines))

    assert not submission.findings.exists()
    accept(submit(submission, by=officer), by=reviewer)
    said = returned(Enterprise.objects.get(credit_code=forge.credit_code(1)))
    assert said.nil == nil
    assert said.remark == remark
    assert {getattr(said, name) for name in BLANK} == {None}
    assert not returned(Enterprise.objects.get(credit_code=forge.credit_code(2))).nil


def test_closed_after_a_good_half_year_keeps_its_figures(hand_in, officer, reviewer):
    submission = hand_in(forge.workbook(enterprises=[forge.enterprise(1, remark="停业")]))
    accept(submit(submission, by=officer), by=reviewer)

    assert (returned().nil, returned().revenue) == (Nil.CLOSED, Decimal("9010000.00"))


@pytest.fixture
def missing(city, period, officer):
    """A firm of the second quarter that the third quarter's workbook leaves out."""
    firm = make_enterprise(city)
    make_enterprise_return(firm, make_period("2025Q2"), revenue=None, output_value=None)
    submission = make_submission(city, period, by=officer)
    make_row(submission)
    params = {"name": firm.name, "code": firm.credit_code, "period": "2025Q2"}
    return make_finding(submission, ENTERPRISE_MISSING, params=params, firm=firm.credit_code)


@pytest.mark.parametrize(
    ("nil", "words"), [("nothing", "本季度无业务"), ("closed", "停业（注销）")]
)
def test_the_page_answers_for_a_missing_firm_in_one_word(missing, officer, reviewer, nil, words):
    explain(missing, text="", nil=nil, by=officer)

    assert missing.explanations.in_force().get().text == words
    accept(submit(missing.submission, by=officer), by=reviewer)
    said = returned(Enterprise.objects.get(credit_code=missing.firm))
    assert (said.nil, said.revenue, said.remark) == (nil, None, words)
    assert said.city == missing.submission.city


def test_one_word_may_answer_for_any_number_of_firms(missing, officer):
    for number in range(9):
        other = make_finding(missing.submission, ENTERPRISE_MISSING, firm=f"code {number}")
        explain(other, text="", nil="closed", by=officer)

    assert Explanation.objects.filter(nil="closed").count() == 9


def test_only_of_a_missing_firm(missing, officer):
    other = make_finding(missing.submission, "W157")
    with pytest.raises(Refused, match="missing enterprise"):
        explain(other, text="", nil="closed", by=officer)
    with pytest.raises(Refused, match="missing enterprise"):
        explain(missing, text="", nil="asleep", by=officer)


def test_an_explanation_without_a_declaration_makes_no_return(missing, officer, reviewer):
    explain(missing, text="与集团合并填报，由济南某某公司统一反映", by=officer)
    accept(submit(missing.submission, by=officer), by=reviewer)

    of_it = EnterpriseReturn.objects.filter(enterprise__credit_code=missing.firm)
    assert [one.period.code for one in of_it] == ["2025Q2"]


def test_an_enterprise_that_moved_away_may_report_elsewhere(missing, officer, reviewer):
    explain(missing, text="潍坊市", nil="moved", by=officer)
    accept(submit(missing.submission, by=officer), by=reviewer)
    firm = Enterprise.objects.get(credit_code=missing.firm)
    firm.city = make_city("370700")
    firm.save()
    there = make_submission(firm.city, missing.submission.period, status="submitted")
    make_row(there, key=firm.credit_code)

    accept(there, by=reviewer)
    assert returned(firm).city == firm.city
    assert (returned(firm).nil, returned(firm).revenue) == ("", Decimal("900.00"))


def test_checking_again_keeps_the_answer(hand_in_any, city, officer):
    park_firm = make_enterprise(city, credit_code=forge.credit_code(8))
    make_enterprise_return(park_firm, make_period("2025Q2"), revenue=None, output_value=None)
    for number in (1, 2, 3):
        line = forge.enterprise(number)
        make_enterprise(city, credit_code=line["credit_code"], name=line["name"])
    submission = hand_in_any(forge.workbook())
    finding = submission.findings.get(code=ENTERPRISE_MISSING)
    assert finding.firm == park_firm.credit_code
    explain(finding, text="", nil="closed", by=officer)

    again = read_and_check(submission)
    assert again.findings.get(code=ENTERPRISE_MISSING).explanations.in_force().get().nil == "closed"


# ---- a whole city ------------------------------------------------------------------------


@pytest.fixture
def province(db):
    """All have reported but Weihai."""
    return make_province(silent=(WEIHAI,))


def declare(quarter, **given):
    """Weihai's workbook, which declares above its tables that there is nothing to report."""
    submission = make_submission(
        make_city(WEIHAI), quarter, status="submitted", nil="环保企业均已迁出", **given
    )
    return accept(submission, by=make_user("reviewer"))


def results(quarter):
    viewpoint = Viewpoint(quarter.quarter, None, timezone.now())
    return {one.code: one for one in scorecard.scorecard(viewpoint)}, snapshot(viewpoint)


def test_silence_is_no_declaration(province):
    found, of = results(province)

    assert found["cluster-output-share"].coverage.accepted == 15
    figures = city_figures(of, make_city(WEIHAI), province.quarter)
    assert figures.totals.output_value is None
    assert not figures.output_reported
    assert not figures.totals.nil
    # Accepted without totals and without a declaration, it is as silent as before.
    accept(
        make_submission(make_city(WEIHAI), province, status="submitted"), by=make_user("reviewer")
    )
    assert results(province)[0]["cluster-output-share"].coverage.accepted == 15
    assert not CityReturn.objects.filter(city__code=WEIHAI).exists()


def test_a_declaration_is_zero_and_the_city_has_reported(province):
    before = results(province)[0]
    declare(province)

    found, of = results(province)
    share, firms = found["cluster-output-share"], found["firms-over-100m"]
    assert share.coverage.is_complete
    assert firms.coverage.is_complete
    assert share.certain.is_exact
    assert share.value == before["cluster-output-share"].reported_only
    own = CityReturn.objects.in_force().get(city__code=WEIHAI)
    assert (own.nil, own.output_value, own.revenue) == (True, 0, 0)
    assert {own.enterprises, own.employees, own.rd_expenditure} == {None}
    figures = city_figures(of, make_city(WEIHAI), province.quarter)
    assert figures.totals.nil
    assert figures.output_reported
    assert figures.firms_reported


def test_a_citys_declaration_from_upload_to_returns(hand_in, officer, reviewer):
    def edit(book):
        for name in ("城市汇总", "企业明细"):
            book[name].cell(1, 9, "本期无数据：环保企业均已迁出")

    submission = hand_in(forge.workbook(enterprises=[], cities=[], edit=edit))
    assert not submission.findings.exists()
    assert submission.nil == "环保企业均已迁出"
    accept(submit(submission, by=officer), by=reviewer)
    assert CityReturn.objects.get().nil


def test_the_inbox_distinguishes_it_from_accepted_and_owed(province):
    declare(province)
    make_submission(make_city("371700"), province, status="accepted")
    cities = [make_city(code) for code in (WEIHAI, "371700", "371600")]

    owed = obligations.obligations(cities, [province], timezone.now())
    states = [one.state for one in owed]
    assert states == ["nil", "accepted", "overdue"]
    counted = obligations.counts(owed)
    assert obligations.answered(counted) == 2
    assert sum(counted.values()) == len(owed)
    assert Submission.objects.in_force().exclude(nil="").count() == 1


@pytest.mark.parametrize(
    ("nil", "asked"), [("", True), ("nothing", True), ("closed", False), ("moved", False)]
)
def test_closed_firms_are_not_expected_again_and_idle_ones_are(city, period, nil, asked):
    firm = make_enterprise(city)
    make_enterprise_return(firm, make_period("2025Q2"), nil=nil)

    known = context_for(city, period, Reading()).previous[firm.credit_code]
    assert (known.expected, known.nil) == (asked, bool(nil))
