from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters.models import BlockCategory, BuildingBlock
from enterprises.models import Enterprise
from submissions.rules.catalogue import CATALOGUE
from submissions.rules.context import Registered, context_for
from submissions.rules.departures import Staying
from submissions.workbook.contents import Fault
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
from tests.submissions.rules.workshop import code, firm, reading

LATER = PUBLISHED_AT + timedelta(days=365)


def known(lines, city, period="2025Q3", moment=LATER):
    return context_for(city, make_period(period), reading(enterprises=lines), moment)


def test_the_register_is_asked_for_the_codes_in_the_file_only(city):
    make_enterprise(city, credit_code=code(1), name="甲")
    make_enterprise(city, credit_code=code(2), name="乙")
    make_enterprise(make_city("370200"), credit_code=code(3), name="丙")
    context = known([firm(1), firm(3), firm(4)], city)
    assert context.register == {
        code(1): Registered("甲", "370100"),
        code(3): Registered("丙", "370200"),
    }
    assert context.is_elsewhere(code(3))
    assert not context.is_elsewhere(code(1))
    assert not context.is_elsewhere(None)


def test_invalid_codes_are_listed_with_their_problem(city):
    context = known([firm(1), firm(2, credit_code="91370100")], city)
    assert list(context.problems) == ["91370100"]


def test_the_registers_codes_are_found_by_name_if_one_firm_of_the_city_has_it(city):
    make_enterprise(city, credit_code=code(1), name="济南 环保（集团）")
    for number in (2, 3):
        make_enterprise(city, credit_code=code(number), name="同名公司")
    make_enterprise(make_city("370200"), credit_code=code(4), name="青岛环保")
    wrong = firm(5, credit_code=code(1)[:17])

    assert known([wrong], city).codes_by_name == {"济南环保(集团)": code(1)}
    # Asked for only where a code is wrong.
    assert known([firm(1)], city).codes_by_name == {}


def test_figures_of_the_quarter_before_and_of_a_year_earlier(city):
    one = make_enterprise(city)
    make_enterprise_return(one, make_period("2025Q2"), revenue="2.00")
    make_enterprise_return(one, make_period("2024Q3"), revenue="1.00")
    make_enterprise_return(one, make_period("2025Q1"), revenue="9.00")
    make_city_return(city, make_period("2025Q2"), output_value="20.00")
    make_city_return(city, make_period("2024Q3"), output_value="10.00", enterprises=7)
    context = known([], city)
    assert context.previous[one.credit_code].figures["revenue"] == Decimal(2)
    assert context.year_earlier[one.credit_code].figures["revenue"] == Decimal(1)
    assert context.city_previous["output_value"] == Decimal(20)
    assert context.city_year_earlier["enterprises"] == 7
    assert context.city_previous["enterprises"] is None


def test_amounts_of_earlier_this_year_stay_also_over_a_silent_quarter(city):
    one, corrected, moved = (make_enterprise(city) for _ in range(3))
    make_enterprise_return(one, make_period("2025Q1"), output_value=None, revenue="9.00")
    make_enterprise_return(one, make_period("2024Q4"), revenue="90.00")
    for firm_ in (corrected, moved):
        make_enterprise_return(firm_, make_period("2025Q1"), revenue="5.00")
    make_enterprise_return(corrected, make_period("2025Q2"), output_value="0", revenue="0")
    moved.city = make_city("370200")
    moved.save()

    stays = {one.credit_code: Staying("revenue", Decimal(9), "2025Q1")}
    assert known([], city).staying == stays
    assert known([], city, "2026Q1").staying == {}


def test_a_city_returns_first_only_without_firms_and_without_a_return(city):
    assert known([firm(1)], city).first_return
    make_enterprise(make_city("370200"))
    make_city_return(city, make_period("2024Q4"), published_at=LATER + timedelta(days=1))
    assert known([firm(1)], city).first_return
    make_city_return(city, make_period("2024Q3"))
    assert not known([firm(1)], city).first_return
    make_enterprise(make_city("370300"))
    assert not known([firm(1)], make_city("370300")).first_return


def test_the_first_quarter_follows_the_last_of_the_year_before(city):
    one = make_enterprise(city)
    make_enterprise_return(one, make_period("2024Q4"), revenue="4.00")
    context = known([], city, "2025Q1")
    assert context.previous[one.credit_code].figures["revenue"] == Decimal(4)


def test_a_restated_figure_is_seen_as_it_stood_at_the_moment(city):
    one = make_enterprise(city)
    restated_at = PUBLISHED_AT + timedelta(days=10)
    make_enterprise_return(one, make_period("2025Q2"), revenue="1.00", superseded_at=restated_at)
    make_enterprise_return(one, make_period("2025Q2"), revenue="2.00", published_at=restated_at)

    def revenue(moment):
        return known([], city, moment=moment).previous[one.credit_code].figures["revenue"]

    assert revenue(restated_at - timedelta(days=1)) == Decimal(1)
    assert revenue(restated_at) == Decimal(2)


def test_closed_firms_and_those_that_moved_are_not_expected(city):
    closed = make_enterprise(city, status=Enterprise.RegisterStatus.CLOSED)
    moved = make_enterprise(make_city("370200"))
    stays = make_enterprise(city)
    for each in (closed, moved, stays):
        make_enterprise_return(each, make_period("2025Q2"), city=city)
    previous = known([], city).previous
    assert not previous[closed.credit_code].expected
    assert not previous[moved.credit_code].expected
    assert previous[stays.credit_code].expected


def test_the_day_is_the_provinces_and_not_greenwichs(city):
    evening = datetime(2025, 9, 30, 16, 30, tzinfo=UTC)
    assert known([], city, moment=evening).today == date(2025, 10, 1)


def test_the_plans_parts_of_the_city(city):
    make_clusters()
    cluster = city.clusters.get()
    make = {"cluster": cluster, "name_en": "x"}
    open_one = BlockCategory.objects.create(name="创新中心", position=1, **make)
    BlockCategory.objects.create(name="研究院", position=2, planned_count=1, **make)
    BuildingBlock.objects.create(category=open_one, content="创新中心（1）")
    make_park(city, name="园区（甲）")
    make_park(make_city("370700"))
    context = known([], city)
    assert context.parks == {"园区(甲)": "园区（甲）"}
    assert context.categories["创新中心"].is_open
    assert context.categories["创新中心"].contents == {"创新中心(1)"}
    assert not context.categories["研究院"].is_open
    assert context.city_names["济南"] == context.city_names["莱芜"] == "370100"


def test_a_city_without_a_cluster_and_one_whose_cluster_has_no_parts(city):
    assert known([], city).categories is None
    make_clusters()
    assert known([], city).categories == {}


@pytest.mark.parametrize(
    ("fault", "broken"),
    [
        (Fault("E146", "企业明细", "D5"), set()),
        (Fault("E128", "企业明细", "D4"), {"企业明细"}),
        (Fault("E132", "城市汇总"), {"城市汇总"}),
        (Fault("W134", "企业明细", "M4"), set()),
        (Fault("E138"), set()),
    ],
)
def test_a_sheet_is_broken_if_more_than_single_values_were_refused(city, fault, broken):
    assert fault.code in CATALOGUE
    looked_at = reading(enterprises=[firm()], faults=[fault])
    context = context_for(city, make_period(), looked_at, LATER)
    assert context.broken == broken
    assert context.refused == ({(fault.sheet, fault.cell)} if fault.cell else set())


@pytest.mark.parametrize("number", [1, 900])
def test_the_number_of_queries_does_not_grow_with_the_file(city, number):
    make_clusters()
    period = make_period()
    looked_at = reading(enterprises=[firm(n) for n in range(number)])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        context_for(city, period, looked_at)
    assert len(queries) == 10


def test_more_unknown_codes_than_one_query_takes(city):
    elsewhere = make_enterprise(make_city("370200"), credit_code=code(2_499))
    context = known([firm(n) for n in range(2_500)], city)
    assert list(context.register) == [elsewhere.credit_code]
