"""Counts of clusters, parks and title holders: from dates on record, and nothing from silence."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from clusters.models import Cluster
from clusters.viewpoint import Viewpoint, end_of
from enterprises.models import TierAward
from foundation.quarters import Quarter
from indicators.formulas.certain_range import NOTHING_CERTAIN, CertainRange
from indicators.results.scorecard import result
from indicators.verdict.goal import Standing
from tests.factories import (
    make_cities,
    make_clusters,
    make_enterprise,
    make_period,
    make_target,
    make_title_target,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province():
    make_cities()
    make_clusters()
    for code in ("2024Q4", "2025Q4"):
        make_period(code)


def found(code, quarter="2025Q4", as_of=None):
    moment = end_of(as_of) if as_of else datetime(2026, 6, 1, tzinfo=UTC)
    return result(code, Viewpoint(Quarter.parse(quarter), as_of, moment))


def clusters_target(**given):
    return make_target(
        "clusters", kind="established", things="clusters", unit="count", value="3", **given
    )


def record(slug, **given):
    """Change a cluster as its record's form does."""
    cluster = Cluster.objects.get(slug=slug)
    for field, value in given.items():
        setattr(cluster, field, value)
    cluster.save()


def establish(slug, on):
    record(slug, established_on=date.fromisoformat(on), established_evidence="验收意见")


def test_where_no_record_says_anything_nothing_is_judged_and_nothing_is_zero():
    clusters_target()
    one = found("clusters")
    assert (one.value, one.certain, one.standing) == (
        None,
        NOTHING_CERTAIN,
        Standing.CANNOT_JUDGE,
    )
    assert [thing.status for thing in one.things] == ["not_known"] * 3
    assert (one.coverage.accepted, one.coverage.expected) == (0, 3)
    assert one.provisional
    with translation.override("en"):
        assert "nothing on record says which of them" in one.explanation


def test_two_established_and_one_unknown_cannot_be_judged_against_three():
    clusters_target()
    establish("jinan", "2024-06-30")
    establish("qingdao", "2025-12-31")
    one = found("clusters")
    assert (one.value, one.certain) == (None, CertainRange(Decimal(2), Decimal(3)))
    assert one.shown
    assert one.standing is Standing.CANNOT_JUDGE
    with translation.override("en"):
        assert "whether Zibo are established" in one.explanation


def test_three_are_three_and_a_day_too_late_is_too_late():
    clusters_target()
    for slug in ("jinan", "qingdao", "zibo"):
        establish(slug, "2025-12-31")
    assert found("clusters").standing is Standing.ACHIEVED
    establish("zibo", "2026-01-01")
    assert (found("clusters").value, found("clusters").standing) == (2, Standing.BEHIND)


def test_what_was_found_not_to_be_established_is_known_until_that_day():
    clusters_target()
    establish("jinan", "2024-06-30")
    establish("qingdao", "2024-06-30")
    record("zibo", not_established_on=date(2025, 12, 31))
    assert found("clusters").standing is Standing.BEHIND
    record("zibo", not_established_on=date(2025, 12, 30))
    assert found("clusters").standing is Standing.CANNOT_JUDGE


def test_looking_back_to_a_day_within_the_quarter_does_not_see_its_end():
    clusters_target()
    for slug in ("jinan", "qingdao", "zibo"):
        establish(slug, "2025-12-20")
    assert found("clusters", as_of=date(2025, 12, 19)).value == 0
    assert found("clusters", as_of=date(2025, 12, 20)).value == 3


def test_a_date_without_evidence_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        Cluster.objects.filter(slug="jinan").update(established_on="2025-01-01")


@pytest.fixture
def leading():
    return make_title_target("3", "2", "4")


def award(tier, number, on="2025-01-01", until=None):
    for _ in range(number):
        TierAward.objects.create(
            enterprise=make_enterprise(), tier=tier, awarded_on=on, expires_on=until
        )


def test_a_title_nobody_was_ever_given_is_not_a_count_of_zero(leading):
    assert (found("leading").value, found("leading").standing) == (None, Standing.CANNOT_JUDGE)


@pytest.mark.parametrize(
    ("number", "standing"),
    [(1, Standing.BEHIND), (2, Standing.ACHIEVED), (4, Standing.ACHIEVED), (5, Standing.BEHIND)],
)
def test_about_three_is_a_band_and_not_a_floor(leading, number, standing):
    award(leading, number)
    assert (found("leading").value, found("leading").standing) == (number, standing)


def test_a_figure_of_2024_uses_the_membership_of_2024(leading):
    award(leading, 2, on="2024-01-01", until="2025-06-30")
    award(leading, 3)
    assert found("leading", "2024Q4").value == 2
    assert found("leading").value == 3


def test_an_enterprise_that_holds_the_title_twice_counts_once(leading):
    firm = make_enterprise()
    for on in ("2024-01-01", "2025-01-01"):
        TierAward.objects.create(enterprise=firm, tier=leading, awarded_on=on)
    assert found("leading").value == Decimal(1)
