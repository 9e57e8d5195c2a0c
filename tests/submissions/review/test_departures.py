"""An enterprise with amounts of this year is not declared gone, in whatever way it is said."""

import pytest

from enterprises.models import EnterpriseReturn
from submissions.models import Explanation
from submissions.refused import Refused
from submissions.review.actions import accept, submit
from submissions.review.explaining import ENTERPRISE_MISSING, explain
from submissions.rules.departures import only_says_gone, says_gone
from tests.audit.rewritten import rewrite
from tests.factories import make_city, make_enterprise, make_enterprise_return, make_period
from tests.submissions.cast import make_finding, make_row, make_submission

WORDS = "cumulative from 1 January"


@pytest.fixture
def firm(city):
    """A firm that reported 5.09 亿 in the first quarter, and was silent in the second."""
    one = make_enterprise(city)
    make_enterprise_return(one, make_period("2025Q1"), revenue="508670000.00")
    return one


@pytest.fixture
def missing(firm, city, period, officer):
    """What the third quarter's workbook leaves out."""
    submission = make_submission(city, period, by=officer)
    make_row(submission)
    return make_finding(submission, ENTERPRISE_MISSING, firm=firm.credit_code)


@pytest.mark.parametrize(
    "said",
    [
        *({"nil": nil} for nil in ("nothing", "closed", "moved")),
        *(
            {"text": text}
            for text in ("已注销", "该企业十月已注销", "五月迁往河南", "本季度无业务")
        ),
        {"nil": "closed", "text": "法院已裁定破产"},
    ],
    ids=str,
)
def test_not_by_an_answer_on_the_page(missing, officer, said):
    with pytest.raises(Refused, match=WORDS):
        explain(missing, **{"text": ""} | said, by=officer)
    assert not Explanation.objects.exists()


def test_a_reason_for_silence_is_none_to_be_gone(missing, officer):
    explain(missing, text="集团重组，企业未报送数据", by=officer)

    assert submit(missing.submission, by=officer).submitted_at


def test_not_after_the_register_gave_it_to_another_city(missing, firm, officer):
    firm.city = make_city("370700")
    firm.save()

    assert explain(missing, text="", nil="moved", by=officer).nil == "moved"


@pytest.mark.parametrize("nil", ["nothing", "closed", "moved"])
def test_not_by_an_answer_from_before_the_amounts_were_accepted(missing, officer, nil, firm):
    later = EnterpriseReturn.objects.filter(enterprise=firm)
    rewrite(later, revenue=None, output_value=None, total_revenue=None, rd_expenditure=None)
    explain(missing, text="", nil=nil, by=officer)
    rewrite(later, revenue="508670000.00")

    with pytest.raises(Refused, match=f"{firm.credit_code}: .*50,867 万元.*{WORDS}"):
        submit(missing.submission, by=officer)


@pytest.mark.parametrize("amount", [None, "0.00"])
def test_nor_by_a_line(firm, city, period, officer, reviewer, amount):
    submission = make_submission(city, period, by=officer, status="submitted")
    row = make_row(submission, key=firm.credit_code)
    row.values |= dict.fromkeys(("output_value", "revenue", "total_revenue"), amount)
    row.values["nil"] = "closed"
    row.save()

    with pytest.raises(Refused, match=WORDS):
        accept(submission, by=reviewer)


def test_a_line_with_its_amounts_may_say_that_it_has_closed(firm, city, period, officer, reviewer):
    submission = make_submission(city, period, by=officer, status="submitted")
    row = make_row(submission, key=firm.credit_code)
    row.values["nil"] = "closed"
    row.save()

    assert accept(submission, by=reviewer).published_at


@pytest.mark.parametrize(
    ("text", "gone", "only"),
    [
        ("已注销", True, True),
        ("停业（注销）", True, True),
        ("已注销，2025年9月", True, False),
        ("企业尚未注销，只是未报送", False, False),
        ("本季无法取得数据", False, False),
        ("合同终止，冲回已确认收入", False, False),
    ],
)
def test_what_says_gone(text, gone, only):
    assert (says_gone(text), only_says_gone(text)) == (gone, only)
