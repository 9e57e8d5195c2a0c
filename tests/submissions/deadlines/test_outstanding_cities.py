"""Outstanding cities: days in which the province decides are not counted against a city."""

from datetime import UTC, datetime

import pytest

from clusters.models import City
from submissions.deadlines.obligations import obligations
from submissions.deadlines.outstanding_cities import outstanding_cities
from tests.factories import make_cities, make_city, make_period, make_plan
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.django_db
# Due on 15 October: forty days later.
NOW = datetime(2025, 11, 24, 4, tzinfo=UTC)


def found(moment=NOW, period="2025Q3"):
    cities = list(City.objects.order_by("code"))
    return {
        one.city.slug: (str(one.state), one.delay and (one.delay.days, str(one.delay.since)))
        for one in outstanding_cities(obligations(cities, [make_period(period)], moment))
    }


def test_a_city_that_owes_has_a_delay_and_one_that_waits_has_none():
    period = make_period("2025Q3")
    for code, status in [
        ("370100", "accepted"), ("370200", "submitted"), ("370300", "sent_back"),
        ("370400", "uploaded"),
    ]:  # fmt: skip
        make_submission(make_city(code), period, status=status)
    make_city("370500")

    assert found() == {
        "qingdao": ("submitted", None),
        "zibo": ("sent_back", (47, "sent_back")),
        "zaozhuang": ("uploaded", (40, "due")),
        "dongying": ("overdue", (40, "due")),
    }


def test_before_it_is_due_nobody_is_late():
    make_cities()

    states = found(datetime(2025, 10, 15, 4, tzinfo=UTC))
    assert set(states.values()) == {("owed", None)}
    assert len(states) == 16
    assert set(found(datetime(2025, 10, 16, 4, tzinfo=UTC)).values()) == {("overdue", (1, "due"))}


def test_the_longest_overdue_come_first():
    make_submission(make_city("370100"), make_period("2025Q3"), status="submitted")
    make_city("371700")
    assert list(found()) == ["heze", "jinan"]


def test_a_declaration_of_nothing_is_not_outstanding():
    make_submission(make_city(), make_period("2025Q3"), status="accepted", nil=True)
    assert found() == {}


def test_a_quarter_that_is_not_owed_has_no_outstanding_city():
    make_plan(first_year=2026, last_year=2030)
    make_submission(make_city("370100"), make_period("2025Q3"), status="sent_back")
    make_cities()
    assert found() == {}
