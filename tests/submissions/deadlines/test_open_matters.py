"""What needs attention: workbooks by state, the largest effect first; nothing before it is due."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from clusters.models import City, Plan
from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.results.scorecard import results_in
from submissions.deadlines.obligations import obligations
from submissions.deadlines.open_matters import matters
from tests.factories import (
    make_city,
    make_city_return,
    make_period,
    make_publication,
)
from tests.province import make_province
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.django_db
# Due on 15 October: forty days later.
NOW = datetime(2025, 11, 24, 4, tzinfo=UTC)
SILENT = ["370600", "370700", "370800", "370900"]


def found(moment=NOW):
    quarter = Quarter(2025, 3)
    of = snapshot(Viewpoint(quarter, None, moment))
    cities = list(City.objects.order_by("code"))
    owed = obligations(cities, [make_period("2025Q3")], moment)
    return matters(of, quarter, results_in(of, quarter), owed)


@pytest.fixture
def province(db):
    """All cities accepted but four, of which the year before is on record, Jining's the largest."""
    period = make_province(silent=SILENT)
    for city in City.objects.exclude(code__in=SILENT):
        make_submission(city, period, status="accepted")
        make_city_return(city, make_period("2024Q3"), output_value="100000000.00")
    for n, code in enumerate(SILENT):
        amount = "900000000.00" if code == "370800" else f"{n + 1}00000000.00"
        make_city_return(make_city(code), make_period("2024Q3"), output_value=amount)
    make_publication()
    return period


def workbooks():
    return [(one.about.city.code, str(one.kind)) for one in found() if one.kind not in OTHERS]


OTHERS = ("near_misses", "unrecorded", "late_blocks")


def test_each_outstanding_workbook_is_a_matter_and_an_accepted_one_is_none(province):
    make_submission(make_city("370600"), province, status="submitted")
    make_submission(make_city("370700"), province, status="sent_back")
    make_submission(make_city("370800"), province)

    kinds = dict(workbooks())
    assert kinds == {
        "370600": "submitted",
        "370700": "sent_back",
        "370800": "uploaded",
        "370900": "overdue",
    }


def test_the_largest_effect_on_a_target_comes_first(province):
    every = found()

    weights = [one.weights for one in every]
    assert weights == sorted(weights, reverse=True)
    parts = [
        (one.about.city.code, reach.part)
        for one in every
        for reach in one.reaches
        if reach.result.code == "cluster-output-share"
    ]
    # Jining made 9 of 19 hundred million of the four's, beside 12 of the others'.
    assert [code for code, _part in parts] == ["370800", "370900", "370700", "370600"]
    assert parts[0][1] == Decimal(9) / Decimal(28)


def test_before_the_due_day_nobody_is_reminded(province):
    early = datetime(2025, 10, 15, 4, tzinfo=UTC)
    assert [one for one in found(early) if one.kind not in OTHERS] == []


def test_a_waiting_correction_is_a_matter_of_unknown_effect(province):
    submission = make_submission(make_city("370100"), province, status="submitted")

    [correction] = [one for one in found() if one.kind == "correction"]
    assert correction.about.newer == submission
    assert correction.reaches == ()
    assert found()[-1].weights == ()


def test_of_a_quarter_that_is_not_owed_only_what_waits_for_the_province_is_a_matter(province):
    Plan.objects.update(first_year=2026, last_year=2030)
    make_submission(make_city("370600"), province, status="submitted")
    make_submission(make_city("370700"), province, status="sent_back")
    make_submission(make_city("370800"), province)

    assert dict(workbooks()) == {"370600": "submitted"}
