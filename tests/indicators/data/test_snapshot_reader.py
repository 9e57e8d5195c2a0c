"""The snapshot: read once, kept until something changes, always as of a moment."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters.models import Cluster, ReportingPeriod
from clusters.viewpoint import Viewpoint, end_of
from enterprises.models import EnterpriseReturn
from enterprises.thresholds import OVER_100M
from foundation.quarters import Quarter
from indicators.catalogue import Measure
from indicators.data import snapshot_reader
from indicators.data.firm_returns import firm_revenues
from indicators.data.snapshot_reader import identity, snapshot
from parks.models import ParkReturn
from tests.audit.rewritten import erase
from tests.factories import (
    PUBLISHED_AT,
    make_city,
    make_city_return,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_park,
    make_period,
    make_publication,
    make_target,
)
from tests.province import make_firms

pytestmark = pytest.mark.django_db
Q3 = Quarter(2025, 3)
LATER = PUBLISHED_AT + timedelta(days=10)


def seen(as_of=None):
    moment = end_of(as_of) if as_of else datetime(2026, 6, 1, tzinfo=UTC)
    return Viewpoint(Q3, as_of, moment)


def test_it_is_read_once_and_costs_one_query_from_then_on(django_assert_num_queries):
    make_city_return()
    first = snapshot(seen())
    with django_assert_num_queries(1):
        assert snapshot(seen()) is first


def test_threads_that_ask_at_once_wait_for_one_reading(monkeypatch):
    read = []

    def slowly(*known):
        read.append(known)
        time.sleep(0.2)
        return object()

    monkeypatch.setattr(snapshot_reader, "_read", slowly)
    monkeypatch.setattr(snapshot_reader, "identity", lambda: (-1,))
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(snapshot_reader._snapshot, (-1,), (None, False)) for _ in range(4)]

    assert len({id(one.result()) for one in asked}) == 1
    assert len(read) == 1
    snapshot_reader.STORE.forget()


@pytest.mark.parametrize(
    "happen",
    [
        pytest.param(lambda: make_publication(), id="a publication"),
        pytest.param(lambda: make_target(), id="a new target"),
        pytest.param(lambda: make_park(), id="a new park"),
        pytest.param(lambda: make_enterprise(), id="a new enterprise"),
        pytest.param(lambda: make_city("371700"), id="a new city"),
        pytest.param(lambda: make_period("2026Q1"), id="a new period"),
    ],
)
def test_a_change_makes_a_new_one(happen):
    make_city_return()
    first = snapshot(seen())
    happen()
    assert snapshot(seen()) is not first


def test_an_edited_target_is_seen_at_once():
    make_city_return()
    target = make_target()
    assert snapshot(seen()).target(target.indicator, Q3).value == Decimal("0.5")
    target.value = Decimal("0.6")
    target.save()
    assert snapshot(seen()).target(target.indicator, Q3).value == Decimal("0.6")


def test_a_cluster_that_is_taken_away_is_seen_at_once():
    make_city_return()
    make_clusters()
    assert len(snapshot(seen()).clusters) == 3
    Cluster.objects.filter(slug="zibo").delete()
    assert len(snapshot(seen()).clusters) == 2


def test_one_of_two_publications_at_once_that_is_committed_late_is_seen():
    make_city_return()
    late = make_publication()
    make_publication()
    erase(type(late).objects.filter(pk=late.pk))
    without = identity()
    make_publication(pk=late.pk)
    assert identity() != without


def test_an_empty_database_has_a_snapshot_too():
    of = snapshot(seen())
    assert of.cities == ()
    assert of.with_figures(Q3) == ()
    assert of.plan_for(Q3) is None


def test_what_is_published_while_it_is_read_makes_it_read_again(monkeypatch):
    make_city_return(output_value="1.00")
    read = snapshot_reader._read
    readings = []

    def overtaken(*known):
        readings.append(known)
        found = read(*known)
        if len(readings) == 1:
            make_city_return(make_city("370200"), output_value="2.00")
            make_publication()
        return found

    monkeypatch.setattr(snapshot_reader, "_read", overtaken)
    of = snapshot(seen())
    assert len(readings) == 2
    assert of.output_value(make_city("370200"), Q3) == 2


def test_a_restated_line_counts_once_and_each_day_has_its_own():
    firm = make_enterprise()
    old = make_enterprise_return(firm, revenue="5.00")
    EnterpriseReturn.objects.filter(pk=old.pk).update(superseded_at=LATER)
    make_enterprise_return(firm, revenue="7.00", published_at=LATER)
    make_publication(published_at=LATER)
    today, before = snapshot(seen()), snapshot(seen(LATER.date() - timedelta(days=1)))
    assert today.lines["370100", Q3].revenue == Decimal("7.00")
    assert before.lines["370100", Q3].revenue == Decimal("5.00")
    assert today.lines["370100", Q3].enterprises == 1
    assert today.updated_at == LATER
    assert before.updated_at is None


def test_lines_add_up_to_the_cent_and_unreported_ones_are_not_zero():
    for revenue in ("123456789012.34", "0.01", None):
        make_enterprise_return(make_enterprise(), revenue=revenue, output_value=None)
    lines = snapshot(seen()).lines["370100", Q3]
    assert lines.revenue == Decimal("123456789012.35")
    assert lines.output_value is None
    assert lines.enterprises == 3


def test_last_years_revenue_stands_beside_this_years():
    firm = make_enterprise()
    for code, revenue in [("2024Q3", "60.00"), ("2024Q4", "100.00"), ("2025Q3", "70.00")]:
        make_enterprise_return(firm, make_period(code), revenue=revenue)
    make_enterprise_return(make_enterprise(), revenue="69.99")
    [found] = firm_revenues(snapshot(seen()), Q3, from_=Decimal(70))
    assert (found.revenue, found.by_then, found.whole_year) == (70, 60, 100)


def test_at_a_years_end_last_year_is_not_asked_for(django_assert_num_queries):
    firm = make_enterprise()
    for code in ("2024Q4", "2025Q4"):
        make_enterprise_return(firm, make_period(code), revenue="100.00")
    of = snapshot(seen())
    with django_assert_num_queries(1):
        [found] = firm_revenues(of, Quarter(2025, 4), from_=Decimal(70))
    assert (found.revenue, found.by_then, found.whole_year) == (100, None, None)


def test_a_quarter_that_is_no_reporting_period_has_nobody():
    make_enterprise_return()
    of = snapshot(seen())
    assert not ReportingPeriod.objects.filter(code="2030Q1").exists()
    assert firm_revenues(of, Quarter(2030, 1), from_=Decimal(0)) == []


def test_a_day_of_the_past_is_kept_beside_today():
    make_city_return()
    today, then = snapshot(seen()), snapshot(seen(date(2026, 1, 1)))
    assert snapshot(seen()) is today
    assert snapshot(seen(date(2026, 1, 1))) is then
    assert then.city_totals == {}


@pytest.mark.parametrize("firms", [10, 1000])
def test_the_number_of_queries_does_not_depend_on_the_number_of_firms(
    firms, django_assert_max_num_queries
):
    city, period = make_city(), make_period()
    make_firms(city, period, firms)
    with django_assert_max_num_queries(20):
        snapshot(seen())


def supersede(one, **figures):
    """Publish a figure anew, ten days later, with other measures."""
    type(one).objects.filter(pk=one.pk).update(superseded_at=LATER)
    one.refresh_from_db()
    fields = {f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields}
    given = fields | {"id": None, "published_at": LATER, "superseded_at": None} | figures
    return type(one).objects.create(**given)


def test_what_was_published_as_another_figure_before_is_known_by_measure():
    city, quarter = make_city(), make_period()
    supersede(make_city_return(city, quarter, employees=5), output_value="2000000.00")

    restated = snapshot(seen()).restated
    assert restated.cities == {("370100", Q3, "output_value")}
    assert restated.of_any_city(Q3, Measure.OUTPUT_VALUE)
    assert not restated.of_any_city(Q3, Measure.EMPLOYEES)


def test_a_figure_is_not_restated_before_the_day_of_its_restatement():
    make_publication()
    supersede(make_city_return(), output_value="2000000.00")

    assert not snapshot(seen(as_of=PUBLISHED_AT.date())).restated.cities


@pytest.mark.parametrize(
    ("before", "after", "is_restated"),
    [
        pytest.param("99000000.00", "101000000.00", True, id="came over"),
        pytest.param("101000000.00", "99000000.00", True, id="fell under"),
        pytest.param("101000000.00", "102000000.00", False, id="over as before"),
        pytest.param("98000000.00", "99000000.00", False, id="under as before"),
    ],
)
def test_a_count_is_restated_if_others_are_over_the_line_now(before, after, is_restated):
    make_publication()
    supersede(make_enterprise_return(revenue=before), revenue=after)

    assert (Q3 in snapshot(seen()).restated.over[OVER_100M]) == is_restated


@pytest.mark.parametrize(
    ("at", "is_restated"),
    [
        pytest.param(LATER, True, id="in the city's second file"),
        pytest.param(PUBLISHED_AT, False, id="in its first"),
    ],
)
def test_a_count_is_restated_if_somebody_is_over_it_who_was_forgotten(at, is_restated):
    make_publication()
    supersede(make_enterprise_return(revenue="101000000.00"))
    make_enterprise_return(revenue="102000000.00", published_at=at)

    assert (Q3 in snapshot(seen()).restated.over[OVER_100M]) == is_restated


def test_a_count_is_not_restated_by_a_city_that_speaks_last():
    make_publication()
    make_enterprise_return(revenue="101000000.00")
    other = make_enterprise(make_city("370600"))
    make_publication(other.city, published_at=LATER)
    make_enterprise_return(other, revenue="101000000.00", published_at=LATER)

    assert Q3 not in snapshot(seen()).restated.over[OVER_100M]


def test_a_parks_figure_is_restated_too():
    park = make_park()
    first = ParkReturn.objects.create(
        park=park, period=make_period(), output_value="5.00", published_at=PUBLISHED_AT
    )
    supersede(first, output_value="6.00")

    assert snapshot(seen()).restated.parks == {(park.pk, Q3, "output_value")}


def publish(period, firm, revenue, **given):
    """Put an enterprise's revenue of a quarter in force, and say so, as acceptance does."""
    period = make_period(period)
    EnterpriseReturn.objects.in_force().filter(enterprise=firm, period=period).update(
        superseded_at=PUBLISHED_AT
    )
    make_enterprise_return(firm, period, revenue=revenue)
    make_publication(firm.city, period, **given)


def read_whole():
    """What is there, read anew."""
    snapshot_reader.forget()
    return snapshot(seen())


def test_what_is_taken_over_is_what_would_be_read():
    firms = [make_enterprise(make_city(code)) for code in ("370100", "370600")]
    for number, period in enumerate(["2025Q2", "2025Q3", "2025Q2", "2025Q4", "2025Q3"]):
        for firm in firms:
            publish(period, firm, Decimal(60_000_000 + number * 20_000_000))
        found = snapshot(seen())
        whole = read_whole()
        assert found is not whole
        assert found.lines == whole.lines
        assert found.over_by_line == whole.over_by_line
        assert found.restated == whole.restated


def test_a_quarter_that_nobody_published_is_not_read_again():
    firm = make_enterprise()
    publish("2025Q2", firm, "200000000.00")
    first = snapshot(seen())
    publish("2025Q3", firm, "300000000.00")
    with CaptureQueriesContext(connection) as asked:
        second = snapshot(seen())

    assert (
        second.over_by_line[OVER_100M][Quarter(2025, 2)]
        is first.over_by_line[OVER_100M][Quarter(2025, 2)]
    )
    q3 = make_period("2025Q3").pk
    returns = [one["sql"] for one in asked if "enterprisereturn" in one["sql"]]
    assert len(returns) == 2
    assert all(f'"period_id" IN ({q3})' in sql for sql in returns)


def test_a_publication_that_comes_in_with_an_older_number_is_not_overlooked():
    firm = make_enterprise()
    publish("2025Q2", firm, "5.00", pk=10)
    publish("2025Q3", firm, "5.00", pk=12)
    snapshot(seen())
    publish("2025Q2", firm, "7.00", pk=11)

    assert snapshot(seen()).lines["370100", Quarter(2025, 2)].revenue == Decimal("7.00")


def test_a_new_line_to_be_over_is_looked_for_in_every_quarter():
    firm = make_enterprise()
    publish("2025Q2", firm, "60000000.00")
    snapshot(seen())
    make_target(
        "firms-over-50m",
        value=Decimal(10),
        kind="count",
        measure="revenue",
        threshold=Decimal("50000000"),
    )

    over = snapshot(seen()).over_by_line[Decimal("50000000")]
    assert over[Quarter(2025, 2)] == {firm.pk: "370100"}


def test_a_quarter_that_turned_out_to_be_another_takes_its_figures_along():
    publish("2025Q2", make_enterprise(), "5.00")
    snapshot(seen())
    period = make_period("2025Q2")
    period.code = "2025Q1"
    period.save()

    assert snapshot(seen()).lines["370100", Quarter(2025, 1)].revenue == Decimal("5.00")
