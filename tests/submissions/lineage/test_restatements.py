"""The restatement log: old and new values, and the effect on the share."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import F
from django.utils.translation import override

from clusters.models import City, CityReturn
from clusters.viewpoint import Viewpoint, end_of
from enterprises.models import EnterpriseReturn
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from submissions.lineage.restatements import restatements, versions
from tests.audit.rewritten import rewrite
from tests.factories import (
    make_city,
    make_city_return,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_period,
    make_publication,
    make_target,
)
from tests.submissions.cast import make_row, make_submission

pytestmark = pytest.mark.django_db
TOLD, CORRECTED = datetime(2025, 1, 20, 8, tzinfo=UTC), datetime(2025, 4, 28, 8, tzinfo=UTC)
AFTER = datetime(2025, 6, 1, tzinfo=UTC)


def restate(code="370700", *, remark="剔除贸易收入"):
    """A city's 2024, published and restated: a lower total, one enterprise no longer over 100m."""
    city, period = make_city(code), make_period("2024Q4")
    old = make_submission(
        city, period, status="superseded", published_at=TOLD, superseded_at=CORRECTED
    )
    new = make_submission(city, period, status="accepted", published_at=CORRECTED)
    make_row(old, key="A", remark="同上")
    make_row(new, key="A", remark="同上")
    make_row(new, key="B", remark=remark)
    for at, gone, output, revenue in (
        (TOLD, CORRECTED, "300.00", "100000000.01"),
        (CORRECTED, None, "200.00", "90000000.00"),
    ):
        make_city_return(
            city, period, output_value=output, published_at=at, superseded_at=gone, employees=5
        )
        firm = EnterpriseReturn.objects.filter(city=city).first()
        make_enterprise_return(
            firm.enterprise if firm else make_enterprise(city),
            period,
            revenue=revenue,
            published_at=at,
            superseded_at=gone,
        )
    return new


@pytest.fixture
def province():
    make_clusters()
    make_city_return(
        make_city("370100"),
        make_period("2024Q4"),
        output_value="300.00",
        published_at=TOLD,
    )


def logged(moment=AFTER, cities=None, **asked):
    seen = Viewpoint(Quarter(2024, 4), None, moment)
    every = City.objects.all() if cities is None else cities
    return restatements(snapshot(seen), versions(seen, every, **asked))


def test_old_and_new_values_are_returned(province):
    new = restate()

    [one] = logged()

    assert (one.old.version, one.new) == (1, new)
    assert [(t.label, t.old, t.new, t.change) for t in one.totals] == [
        ("环保业务产值", 300, 200, -100)
    ]
    assert [(t.label, t.change) for t in one.sums] == [
        ("环保业务营业收入", Decimal("-10000000.01"))
    ]
    [_share, over] = one.shifts
    assert (over.ends, over.change) == (("1", "0"), "\N{MINUS SIGN}1")


def test_it_returns_by_how_much_the_share_changed(province):
    restate()

    [one] = logged()

    share = one.shifts[0]
    assert (share.before, share.after) == (Decimal("0.5"), Decimal("0.6"))
    assert (share.ends, share.change) == (("50.00%", "60.00%"), "+10.00 percentage points")
    assert share.whose == "of the 2 cities that reported"


def test_it_says_what_became_of_every_target_of_the_quarters_plan(province):
    make_target("firms-over-100m")
    counted = {"kind": "count", "measure": "revenue", "unit": "count", "value": 400}
    make_target("firms-over-50m", position=3, threshold=50_000_000, **counted)
    level = {"kind": "level", "measure": "output_value", "unit": "yi", "value": 9}
    make_target("output", position=4, **level)
    things = {"kind": "established", "things": "clusters", "unit": "count", "value": 3}
    make_target("clusters", position=5, **things)
    restate()

    [one] = logged()

    assert [(s.indicator.code, s.before, s.after) for s in one.shifts] == [
        ("firms-over-100m", 1, 0),
        ("firms-over-50m", 1, 1),
        ("output", 600, 500),
    ]
    assert [s.change for s in one.shifts][1] == "0"


def test_a_total_is_written_in_its_unit(province):
    level = {"kind": "level", "measure": "output_value", "unit": "yi", "value": 9}
    make_target("output", **level)
    restate()
    rewrite(CityReturn.objects, output_value=F("output_value") * 10**8)

    [shift] = logged()[0].shifts

    with override("zh-hans"):
        assert shift.ends == ("600.0000亿元", "500.0000亿元")
        assert shift.change == "\N{MINUS SIGN}100.0000亿元"


def test_without_a_share_before_there_is_no_movement():
    restate()
    rewrite(CityReturn.objects, output_value=None)
    share = logged()[0].shifts[0]
    assert (share.before, share.after) == (None, None)


def test_the_reasons_are_what_the_new_version_says_and_the_old_one_did_not(province):
    restate(remark="剔除与环保无关的贸易收入")
    assert logged()[0].reasons == ("剔除与环保无关的贸易收入",)


def test_a_reader_outside_the_city_sees_no_reason(province):
    restate()

    [one] = logged(cities=City.objects.filter(code="370100"))

    assert not one.is_own
    assert one.reasons == ()
    assert one.totals


def test_what_came_after_the_moment_is_not_yet_known(province):
    restate()
    assert logged(moment=datetime(2025, 4, 1, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"city": "weifang"}, 1),
        ({"city": "jinan"}, 0),
        ({"period": "2024Q4"}, 2),
        ({"period": "2024Q3"}, 0),
        ({"since": datetime(2025, 4, 1, tzinfo=UTC)}, 2),
        ({"since": CORRECTED}, 0),
    ],
)
def test_it_can_be_narrowed(province, asked, number):
    restate("370700")
    restate("370800")
    assert len(logged(**asked)) == number


def test_a_first_version_is_no_restatement(province):
    make_submission(status="accepted", published_at=TOLD)
    assert logged() == []


def test_a_correction_that_was_recorded_later_was_no_restatement_then(province):
    new = restate()
    day = CORRECTED.date() + timedelta(days=10)
    for at, recorded in ((TOLD, TOLD), (CORRECTED, AFTER + timedelta(days=60))):
        make_publication(new.city, new.period, published_at=at, recorded_at=recorded)

    def found(*, known_then):
        seen = Viewpoint(Quarter(2024, 4), day, end_of(day), known_then)
        return restatements(snapshot(seen), versions(seen, City.objects.all()))

    assert [one.new for one in found(known_then=False)] == [new]
    assert found(known_then=True) == []
