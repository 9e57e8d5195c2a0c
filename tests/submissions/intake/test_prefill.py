from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from clusters.models import BlockCategory, BlockReturn, BuildingBlock
from enterprises.models import Enterprise
from parks.models import ParkReturn
from submissions.intake.prefill import facts_for
from submissions.models import Explanation
from submissions.rules.catalogue import CATALOGUE
from submissions.rules.template_signature import Stamp, read_stamp
from submissions.workbook.layout import LAST_QUARTER, LAST_YEAR, TEMPLATE_VERSION
from submissions.workbook.reading.workbook import read
from submissions.workbook.template.writer import template
from tests.factories import (
    PUBLISHED_AT,
    make_city,
    make_city_return,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_park,
    make_period,
)
from tests.submissions.cast import make_finding, make_row, make_submission
from tests.submissions.fault_catalogue import forge


@pytest.fixture
def before(db):
    """The quarter before, and the same quarter a year earlier."""
    return make_period("2025Q2"), make_period("2024Q3")


def line(facts, kind, field, value):
    return next(one for one in facts.lines[kind] if one.values.get(field) == value)


def test_the_template_is_the_citys_and_the_periods(city, period):
    facts = facts_for(city, period)

    assert (facts.reporter, facts.period) == ("济南市生态环境局", "2025年1—9月")
    assert read_stamp(facts.stamp) == Stamp("370100", "2025Q3", TEMPLATE_VERSION)
    assert list(facts.lines) == ["city", "enterprises"]


def test_a_firm_comes_with_its_park_and_its_earlier_figures(city, period, before):
    park = make_park(city, name="示例园区甲")
    firm = make_enterprise(city, park=park)
    last, year_ago = before
    make_enterprise_return(firm, last, output_value="7000000.55", revenue=None)
    make_enterprise_return(firm, year_ago, revenue="8000000.00", employees=12)

    facts = facts_for(city, period)
    one = line(facts, "enterprises", "credit_code", firm.credit_code)
    assert one.values["park"] == "示例园区甲"
    assert one.values["revenue_last_year"] == Decimal("8000000.00")
    assert one.references[f"{LAST_QUARTER}环保业务产值"] == Decimal("7000000.55")
    assert one.references[f"{LAST_QUARTER}环保业务营业收入"] is None
    assert one.references[f"{LAST_YEAR}从业人员"] == 12
    assert facts.parks == ["示例园区甲"]


def test_only_the_citys_own_open_firms_are_listed(city, period):
    own = make_enterprise(city)
    make_enterprise(city, status=Enterprise.RegisterStatus.CLOSED)
    make_enterprise(make_city("370200"))

    listed = [one.values["credit_code"] for one in facts_for(city, period).lines["enterprises"]]
    assert listed == [own.credit_code]


def test_superseded_figures_are_not_shown(city, period, before):
    firm = make_enterprise(city)
    make_enterprise_return(firm, before[0], revenue="1.00", superseded_at=PUBLISHED_AT)
    make_enterprise_return(firm, before[0], revenue="2.00")

    one = facts_for(city, period).lines["enterprises"][0]
    assert one.references[f"{LAST_QUARTER}环保业务营业收入"] == Decimal("2.00")


def test_the_citys_own_figures_of_a_year_ago_are_filled_in(city, period, before):
    last, year_ago = before
    make_city_return(city, last, output_value="900000000.00", employees=30)
    make_city_return(city, year_ago, output_value="800000000.00")

    facts = facts_for(city, period)
    output = line(facts, "city", "measure", "环保业务产值")
    staff = line(facts, "city", "measure", "从业人员")
    assert output.values["last_year"] == Decimal("800000000.00")
    assert output.references == {"参考：上季度累计": Decimal("900000000.00")}
    assert (staff.unit, staff.references) == ("人", {"参考：上季度累计": 30})


def test_parks_and_blocks_come_with_what_was_reported(city, period, before):
    park = make_park(city)
    ParkReturn.objects.create(park=park, period=before[0], firms=7, published_at=PUBLISHED_AT)
    category = BlockCategory.objects.create(
        cluster=make_clusters()[0], position=1, name="专业园区", name_en="Parks", planned_count=3
    )
    block = BuildingBlock.objects.create(category=category, content="专业园区1")
    BlockReturn.objects.create(
        block=block,
        period=before[0],
        name="示例园",
        status="building",
        planned_on=date(2025, 12, 31),
        published_at=PUBLISHED_AT,
    )

    facts = facts_for(city, period)
    assert facts.lines["parks"][0].references[f"{LAST_QUARTER}入园企业数"] == 7
    one = facts.lines["blocks"][0]
    assert one.values["name"] == "示例园"
    assert one.values["planned_on"] == date(2025, 12, 31)
    assert one.references == {"参考：上季度状态": "在建"}
    assert (facts.contents, facts.categories) == (["专业园区1"], ["专业园区"])


def test_remarks_of_a_version_sent_back_are_included(city, period, reviewer):
    firm = make_enterprise(city)
    sent = make_submission(city, period, status="sent_back", reason="请核对营业收入")
    row = make_row(sent, key=firm.credit_code, row=9)
    finding = make_finding(
        sent, "W161", sheet="企业明细", cell=row.cells["revenue"], params={"period": "2025Q2"}
    )
    Explanation.objects.create(finding=finding, text="新厂投产", given_by=reviewer)
    gone = make_row(sent, row=10)
    make_finding(
        sent, "W161", sheet="企业明细", cell=gone.cells["revenue"], params={"period": "2025Q2"}
    )

    facts = facts_for(city, period)
    said = line(facts, "enterprises", "credit_code", firm.credit_code).remarks["revenue"]
    assert said.startswith("W161 All lines are the same as in 2025Q2")
    assert said.endswith("Answered: 新厂投产")
    # What the reviewer wrote, and what is about a line that is no longer there.
    assert facts.remarks[0] == "请核对营业收入"
    assert facts.remarks[1].startswith(f"{gone.key}: W161")


@pytest.mark.parametrize("status", ["uploaded", "submitted", "accepted"])
def test_without_a_version_sent_back_there_are_no_remarks(city, period, status):
    make_submission(city, period, status="sent_back", reason="旧的意见")
    make_submission(city, period, status=status)

    assert facts_for(city, period).remarks == []


def test_the_instructions_list_frequent_findings_in_the_words_of_the_catalogue(city, period):
    rules = {rule.code: rule for rule in facts_for(city, period).rules}

    assert len(rules) < 20
    assert rules.keys() <= CATALOGUE.keys()
    assert rules["E146"].message == "“…” does not hold a plain number."
    assert not [rule for rule in rules.values() if "%(" in rule.message + rule.remedy]


def test_the_instructions_say_when_it_is_due_and_whom_to_ring(city, period, settings):
    settings.CONTACT = "王工 0531-12345678"
    period.due_on = date(2025, 10, 20)
    with translation.override("zh-hans"):
        facts = facts_for(city, period)

    assert "报送截止日期：2025年10月20日。" in facts.instructions
    assert facts.instructions[-1] == "咨询：王工 0531-12345678"
    assert len(facts.instructions) < 13
    assert "2025年三季度" in facts.title


def test_in_the_first_quarter_nothing_is_compared_with_the_one_before(city):
    assert not facts_for(city, make_period("2025Q1")).in_year
    assert facts_for(city, make_period("2025Q2")).in_year


def test_however_many_firms_there_are_the_queries_are_the_same(
    city, period, before, django_assert_max_num_queries
):
    make_clusters()
    for _ in range(30):
        firm = make_enterprise(city, park=make_park(city))
        make_enterprise_return(firm, before[0])
    sent = make_submission(city, period, status="sent_back")
    for _ in range(20):
        make_finding(sent, sheet="企业明细", cell=make_row(sent).cells["revenue"])

    with django_assert_max_num_queries(11):
        facts_for(city, period)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_template_of_a_real_city_reads_clean_but_for_its_blanks(
    city, period, before, tmp_path, language
):
    firm = make_enterprise(city, name="=1+1", park=make_park(city))
    make_enterprise_return(firm, before[0])

    with translation.override(language):
        content = template(facts_for(city, period))
    assert [fault.code for fault in read(forge.saved(content, tmp_path)).faults] == ["E210"]

    def fill(book):
        book["城市汇总"]["C5"] = 12

    reading = read(forge.saved(forge.edited(content, fill), tmp_path))
    assert {fault.code for fault in reading.faults} == {"E150"}
    assert reading.tables["enterprises"].lines[0].get("name") == "=1+1"
    assert reading.tables["enterprises"].period.value == "2025Q3"
