"""What the silent cities could make of the share, from returns in the database."""

from decimal import Decimal

import pytest
from django.utils import translation

from indicators.cases import cases
from indicators.scorecard import result
from indicators.sentences import Kind, explain
from indicators.standing import Standing
from tests.factories import make_city, make_city_return, make_period, make_target
from tests.indicators.test_scorecard import FIRMS, SHARE, report, seen
from tests.indicators.test_scorecard import province as province

pytestmark = pytest.mark.django_db


def silent_two(**given):
    """A quarter without Yantai and Linyi, of which last year's is on record."""
    report("2024Q4", each="100.00", c370100="600.00", c370600="150.00")
    report("2025Q4", silent=["370600", "371300"], each="100.00", c370100="1200.00")
    return result(SHARE, seen("2025Q4"))


def test_every_case_shows_its_arithmetic():
    found = cases(silent_two())
    nothing, last, trend, lowest, highest = found.rows
    assert (nothing.clusters, nothing.province) == (1400, 2500)
    assert (last.inside, last.outside, last.province) == (0, 250, 2750)
    # 2500 now of 1900 then, of the fourteen that have reported both.
    assert trend.outside == Decimal("197.37") + Decimal("131.58")
    assert lowest.outside == 150 * 2 + 100 * 2
    assert highest.share == nothing.share == Decimal("0.56")
    for case in found.rows:
        assert case.share == case.clusters / case.province
        assert lowest.share <= case.share <= highest.share


def test_a_standing_is_given_only_if_every_case_gives_it():
    make_target(SHARE, value="0.4")
    sure = silent_two()
    assert cases(sure).agree
    assert sure.standing is Standing.ACHIEVED


def test_cases_that_do_not_agree_leave_the_target_unjudged_and_say_who_could_move_it():
    make_target(SHARE, value="0.5", baseline_value="0.3", baseline_period="2022Q4")
    unsure = silent_two()
    found = cases(unsure)
    assert [row.standing for row in found.rows[:3]] == [
        Standing.ACHIEVED,
        Standing.ACHIEVED,
        Standing.BEHIND,
    ]
    assert found.agree is False
    assert unsure.standing is Standing.CANNOT_JUDGE
    with translation.override("zh-hans"):
        missing = [str(city) for city in unsure.coverage.missing]
        assert explain(unsure.verdict, Kind.SHARE, missing=missing).startswith(
            "暂无法判定：烟台市、临沂市尚未上报，可使结果由56.0%变为46.7%"
        )


def test_a_silent_city_without_a_record_leaves_the_case_open_and_is_no_zero():
    make_target(SHARE)
    make_city_return(make_city("370100"), make_period(), output_value="100.00")
    found = cases(result(SHARE, seen()))
    _nothing, last, trend, lowest, highest = found.rows
    for case in (last, trend):
        assert (case.outside, case.share, case.standing) == (None, None, None)
    assert (lowest.outside, lowest.province, lowest.share) == (None, None, 0)
    assert (highest.inside, highest.share) == (None, 1)
    assert found.agree is None


def test_without_a_target_a_case_has_no_standing():
    assert {row.standing for row in cases(silent_two()).rows} == {None}


def test_there_are_no_cases_of_a_count_nor_of_a_complete_quarter():
    report()
    assert cases(result(FIRMS, seen())) is None
    assert cases(result(SHARE, seen())) is None
