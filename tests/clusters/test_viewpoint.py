"""Which quarter a page shows when its address names none."""

import pytest
import time_machine

from clusters.viewpoint import viewpoint_of
from foundation.quarters import Quarter
from tests.factories import make_city, make_city_return, make_period, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-29 04:00", tick=False):
        yield


def calendar():
    for quarter in Quarter.range(Quarter(2022, 4), Quarter(2026, 4)):
        make_period(str(quarter))


def test_before_any_figure_it_is_the_newest_that_is_over_and_owed():
    calendar()
    make_plan()
    assert viewpoint_of({}).quarter == Quarter(2025, 4)
    assert viewpoint_of({"as_of": "2024-05-02"}).quarter == Quarter(2024, 1)


def test_with_nothing_owed_it_is_the_last_of_the_calendar():
    make_plan()
    assert viewpoint_of({}).quarter == Quarter(2026, 3)


def test_it_is_the_newest_with_figures_and_a_quarter_outside_the_plan_does_not_take_over():
    calendar()
    make_plan()
    make_city_return(make_city(), make_period("2025Q3"))
    assert viewpoint_of({}).quarter == Quarter(2025, 3)

    make_city_return(make_city(), make_period("2026Q2"))
    assert viewpoint_of({}).quarter == Quarter(2025, 3)
    assert viewpoint_of({"as_of": "2026-11-28"}).quarter == Quarter(2025, 3)


def test_with_figures_of_the_baseline_alone_it_is_the_baseline():
    calendar()
    make_plan()
    make_city_return(make_city(), make_period("2022Q4"))
    assert viewpoint_of({}).quarter == Quarter(2022, 4)
