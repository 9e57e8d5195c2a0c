"""
Faults of readable figures, from the upload page to the annotated workbook.

The city reported firms 1 to 3 for the second quarter and for a year ago; each figure has grown by
half since.
"""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine

from accounts.models import CityAssignment
from clusters.models import CityReturn
from enterprises.models import Enterprise, EnterpriseReturn
from submissions.models import Submission
from submissions.refused import Refused
from submissions.review import actions, explaining
from tests.audit.rewritten import rewrite
from tests.factories import (
    make_city,
    make_city_return,
    make_enterprise,
    make_enterprise_return,
    make_period,
)
from tests.submissions.fault_catalogue import forge
from tests.submissions.fault_catalogue.faults import said, sent
from tests.submissions.in_process import without_children

PUBLISHED_AT = datetime(2025, 7, 20, tzinfo=UTC)
WAN = 10_000
MONEY = ("output_value", "revenue", "total_revenue", "rd_expenditure")


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    """What is read is asked here; test_faults_of_files starts the child that reads."""
    without_children(monkeypatch)


def firms(*numbers, **given):
    """A workbook with the lines of these firms; what is given is in all of them."""
    return forge.workbook(enterprises=[forge.enterprise(number, **given) for number in numbers])


def reported(number, code="2025Q2", share="0.5", **given):
    """A firm's figures of an earlier quarter, as a share of its current ones."""
    line = forge.enterprise(number)
    amounts = {name: Decimal(str(line[name])) * WAN * Decimal(share) for name in MONEY}
    return make_enterprise_return(
        Enterprise.objects.get(credit_code=line["credit_code"]),
        make_period(code),
        **{"employees": line["employees"], "published_at": PUBLISHED_AT} | amounts | given,
    )


@pytest.fixture
def history(registered):
    """Earlier reports of the city."""
    for number in (1, 2, 3):
        reported(number)
        reported(number, "2024Q3", "0.4", revenue=Decimal(800 + number) * WAN)


def test_a_quarter_like_the_ones_before_raises_nothing(hand_in, history):
    assert said(hand_in(firms(1, 2, 3))) == []


@pytest.mark.parametrize("second", [{}, {"revenue": 1}])
def test_an_enterprise_stands_twice(hand_in, second):
    """M-01: identical or not, both cells are named."""
    lines = [forge.enterprise(1), forge.enterprise(2), forge.enterprise(1, **second)]
    submission = hand_in(forge.workbook(enterprises=lines))

    assert said(submission) == ["E151 A7"]
    assert "in A5 and here" in submission.findings.get().message


def test_an_unknown_enterprise_is_not_created(hand_in):
    """M-02"""
    submission = hand_in(firms(1, 2, 44))

    assert said(submission) == ["W152 A7"]
    assert Enterprise.objects.count() == 3


def test_an_enterprise_of_another_city_is_not_confirmed(hand_in, client):
    """M-03"""
    other = make_enterprise(make_city("370200"), credit_code=forge.credit_code(4), name="机密公司")
    submission = hand_in(firms(1, 2, 4))

    assert said(submission) == ["E153 A7"]
    page = client.get(submission.get_absolute_url()).content.decode()
    assert other.name not in page
    assert "Qingdao" not in page


@pytest.mark.parametrize(
    ("name", "expected"),
    [("示例环保企业1（集团）", []), ("示例环保企业１(集团)", []), ("别的公司", ["W154 B5"])],
)
def test_a_name_is_compared_as_people_read_it(hand_in, name, expected):
    """M-04"""
    firm = Enterprise.objects.get(credit_code=forge.credit_code(1))
    firm.name = "示例环保企业1(集团)"
    firm.save()
    lines = [forge.enterprise(1, name=name), forge.enterprise(2), forge.enterprise(3)]
    submission = hand_in(forge.workbook(enterprises=lines))

    assert said(submission) == expected
    firm.refresh_from_db()
    assert firm.name == "示例环保企业1(集团)"
    if expected:
        assert firm.name in submission.findings.get().message


def test_names_that_have_shifted_are_one_finding(hand_in):
    """M-04: rows that slipped against their codes."""
    names = [forge.enterprise(number)["name"] for number in (3, 1, 2)]
    lines = [forge.enterprise(n, name=name) for n, name in zip((1, 2, 3), names, strict=True)]

    assert said(hand_in(forge.workbook(enterprises=lines))) == ["E177 B5"]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2025年1—6月", ["E155 A2"]),
        ("2024年1—9月", ["E155 A2"]),
        ("2025年9月", ["E125 A2"]),
        ("2025年7—9月", ["E125 A2"]),
        ("2025Q4", ["E155 A2"]),
    ],
)
def test_the_sheet_is_for_another_period(hand_in, stated, expected):
    """M-05"""
    found = said(hand_in(forge.workbook(period=stated)))

    assert [each for each in found if each.endswith("A2")] == expected


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        # Midnight in the province; in UTC it is still, or already, another day.
        ("2025-09-30T23:59:59+08:00", 422),
        ("2025-10-01T00:00:01+08:00", 302),
    ],
)
def test_a_quarter_can_be_reported_from_midnight_in_the_province(
    client, officer, period, registered, moment, status
):
    """M-05"""
    file = sent(forge.workbook())
    with time_machine.travel(moment, tick=False):
        client.force_login(officer)
        answer = client.post("/submissions/new/", {"file": file, "period": "2025Q3"})

    assert answer.status_code == status


def test_one_firm_in_another_unit_is_asked_about(hand_in, history):
    """M-06"""
    line = forge.enterprise(2)
    slipped = line | {name: line[name] * WAN for name in MONEY}
    lines = [forge.enterprise(1), slipped, forge.enterprise(3)]
    submission = hand_in(forge.workbook(enterprises=lines, cities=beyond()))

    assert said(submission) == ["W157 D6", "W157 E6", "W157 F6", "W157 G6"]
    assert "meant in 元" in submission.findings.first().message


def beyond():
    """城市汇总 of a city so large that no slip of a firm is above its totals."""
    money = {row["measure"]: 10**13 for row in forge.city_rows() if row["unit"] == "万元"}
    return [row | {"this_year": money.get(row["measure"], 5_000)} for row in forge.city_rows()]


@pytest.mark.parametrize("factor", [WAN, Decimal("0.0001"), 10**8])
def test_a_whole_file_in_another_unit_must_be_corrected(hand_in, history, factor, officer):
    """M-06: for a whole column no explanation is accepted."""
    lines = [
        line | {name: format(Decimal(str(line[name])) * factor, "f") for name in MONEY}
        for line in map(forge.enterprise, (1, 2, 3))
    ]
    submission = hand_in(forge.workbook(enterprises=lines, cities=beyond()))

    mandatory = submission.findings.mandatory().filter(code="E158")
    assert mandatory.count() == 1
    assert "3 of 3 lines" in mandatory.get().message
    assert not submission.findings.filter(code="W157", sheet="企业明细").exists()
    with pytest.raises(Refused):
        actions.submit(submission, by=officer)


def test_figures_do_not_fall_within_a_year_without_a_reason(hand_in, history, officer):
    """M-07"""
    rewrite(EnterpriseReturn.objects.filter(period__code="2025Q2"), revenue=Decimal("99990000"))
    submission = hand_in(firms(1, 2, 3))

    assert said(submission) == ["W159 E5", "W159 E6", "W159 E7"]
    with pytest.raises(Refused):
        actions.submit(submission, by=officer)
    reasons = ["上季度多报两笔合同", "退货冲减五月收入", "审计后调减营业收入"]
    lines = [forge.enterprise(n, remark=reason) for n, reason in enumerate(reasons, start=1)]
    explained = hand_in(forge.workbook(enterprises=lines))
    assert actions.submit(explained, by=officer).status == Submission.Status.SUBMITTED


def test_the_first_quarter_begins_anew(hand_in, registered, officer, client):
    """M-07"""
    reported(1, "2024Q4", "3")
    make_period("2025Q1")
    file = sent(forge.workbook(period="2025Q1"))
    client.post("/submissions/new/", {"file": file, "period": "2025Q1"})

    assert "W159" not in str(said(Submission.objects.get()))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"revenue": -5}, ["E180 E5"]),
        ({"revenue": 5000}, ["E181 E5"]),
        ({"rd_expenditure": 5000}, ["W182 G5", "W236 C9"]),
        ({"revenue": 46_000, "total_revenue": 46_000}, ["E184 C6", "W186 C8"]),
    ],
)
def test_figures_contradict_each_other(hand_in, given, expected):
    """M-08"""
    lines = [forge.enterprise(1, **given), forge.enterprise(2), forge.enterprise(3)]
    cities = forge.city_rows()
    cities[3]["this_year"] = 0  # 环保营业收入过1亿元企业数
    found = said(hand_in(forge.workbook(enterprises=lines, cities=cities)))

    assert found == expected


def test_last_years_figure_is_the_accepted_one(hand_in, history):
    """M-08"""
    lines = [forge.enterprise(1, revenue_last_year=700), forge.enterprise(2), forge.enterprise(3)]

    assert said(hand_in(forge.workbook(enterprises=lines))) == ["W176 I5"]


def test_missing_firms_are_listed_and_each_is_answered(hand_in, history, officer):
    """M-09"""
    submission = hand_in(firms(1))

    missing = submission.findings.filter(code="W160")
    assert {each.params["name"] for each in missing} == {"示例环保企业2", "示例环保企业3"}
    assert {each.params["code"] for each in missing} == {forge.credit_code(n) for n in (2, 3)}
    explaining.explain(missing[0], text="六月停产，设备已拆除", by=officer)
    with pytest.raises(Refused):
        actions.submit(submission, by=officer)
    explaining.explain(missing[1], text="五月并入集团，数据由母公司汇总", by=officer)
    assert actions.submit(submission, by=officer).status == Submission.Status.SUBMITTED


def test_a_firm_that_closed_or_moved_is_not_missing(hand_in, history):
    """M-09"""
    Enterprise.objects.filter(credit_code=forge.credit_code(2)).update(status="closed")
    Enterprise.objects.filter(credit_code=forge.credit_code(3)).update(city=make_city("370200"))

    assert said(hand_in(firms(1))) == []


def test_the_file_of_last_quarter_again(hand_in, registered):
    """M-10"""
    for number in (1, 2, 3):
        reported(number, share="1")
    submission = hand_in(firms(1, 2, 3))

    assert said(submission) == ["W161"]
    assert "2025Q2" in submission.findings.get().message


def test_another_citys_history_is_not_used(hand_in, history, officer, period, client):
    """M-09, M-10: what Jinan has reported is not asked of Qingdao."""
    qingdao = make_city("370200")
    CityAssignment.objects.create(user=officer, city=qingdao)
    make_city_return(qingdao, make_period("2025Q2"), published_at=PUBLISHED_AT)
    file = sent(forge.workbook(city="青岛市", enterprises=[forge.enterprise(9)]))
    client.post("/submissions/new/", {"file": file, "period": "2025Q3", "city": "370200"})

    found = said(Submission.objects.get(city=qingdao))
    assert not [each for each in found if each.startswith(("W160", "W161"))]
    assert CityReturn.objects.count() == 1
