from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters.viewpoint import Viewpoint
from enterprises.thresholds import OVER_100M
from foundation.quarters import Quarter
from indicators.data.firms_over import firms_over
from indicators.data.snapshot import AppliedScenario
from indicators.data.snapshot_reader import snapshot
from indicators.estimates.firm_history import (
    break_even_of,
    count_weight,
    firm_history,
    likely_of,
)
from indicators.formulas.certain_count import certain_count
from indicators.formulas.likely_count import NoCount
from tests.factories import (
    CITIES,
    PUBLISHED_AT,
    make_cities,
    make_city,
    make_enterprise,
    make_enterprise_return,
    make_period,
)

pytestmark = pytest.mark.django_db
Q3, Q4 = Quarter(2025, 3), Quarter(2025, 4)
JINAN, WEIFANG = "370100", "370700"
MILLION = 1_000_000


@pytest.fixture(autouse=True)
def _cities():
    make_cities()


def read(as_of=None):
    return snapshot(Viewpoint(Q4, as_of, None))


def firm(city=JINAN, **millions):
    enterprise = make_enterprise(make_city(city))
    for code, said in millions.items():
        tell(enterprise, code, said)
    return enterprise


def tell(enterprise, code, millions, **given):
    revenue = None if millions is None else Decimal(millions) * MILLION
    return make_enterprise_return(enterprise, make_period(code), revenue=revenue, **given)


def at_least():
    return len(firms_over(read(), Q4))


def test_a_city_that_owes_the_quarter_keeps_those_that_were_over():
    over = firm(**{"2025Q3": 101})
    firm(WEIFANG, **{"2025Q4": 102})
    found = firms_over(read(), Q4)

    assert Counter(found.values()) == {JINAN: 1, WEIFANG: 1}
    assert found[over.pk] == JINAN


def test_what_was_superseded_no_longer_counts():
    enterprise = firm()
    tell(enterprise, "2025Q3", 101, superseded_at=PUBLISHED_AT + timedelta(hours=1))
    tell(enterprise, "2025Q3", 99, published_at=PUBLISHED_AT + timedelta(hours=1))

    assert at_least() == 0
    assert firm_history(read(), Q4).firms[enterprise.pk][Q3].revenue == 99 * MILLION


def test_what_was_withdrawn_without_another_figure_no_longer_counts():
    tell(firm(), "2025Q3", 101, superseded_at=PUBLISHED_AT + timedelta(hours=1))

    assert at_least() == 0


def test_what_was_published_later_is_not_known_on_an_earlier_day():
    tell(firm(), "2025Q3", 101, published_at=datetime(2026, 1, 22, tzinfo=UTC))

    day = datetime(2026, 1, 21, tzinfo=UTC).date()
    assert len(firms_over(read(day), Q4)) == 0
    assert at_least() == 1


def test_without_business_is_nothing_and_closed_is_no_more_to_come():
    idle, closed = firm(**{"2024Q4": 90}), firm(**{"2024Q4": 90, "2025Q3": 101})
    tell(idle, "2025Q4", None, nil="nothing")
    tell(closed, "2025Q4", None, nil="closed")
    firms = firm_history(read(), Q4).firms

    assert (firms[idle.pk][Q4].revenue, firms[idle.pk][Q4].closed) == (0, False)
    assert (firms[closed.pk][Q4].revenue, firms[closed.pk][Q4].closed) == (None, True)
    assert at_least() == 1


def test_a_declared_nil_is_nothing_in_both_ways_of_counting():
    idle = firm(**{"2025Q3": 101})
    assert at_least() == 1

    tell(idle, "2025Q4", None, nil="nothing")

    assert at_least() == 0
    assert certain_count(firm_history(read(), Q4).firms, Q4, OVER_100M).at_least == 0


def test_a_line_without_a_figure_is_silence_in_both_ways_of_counting():
    silent = firm(**{"2025Q3": 101})
    tell(silent, "2025Q4", None)

    assert at_least() == 1
    assert certain_count(firm_history(read(), Q4).firms, Q4, OVER_100M).at_least == 1


def test_only_enterprises_that_may_count_are_read():
    firm(**{"2025Q3": "37.4", "2024Q4": "49.9"})
    by_rate, by_year = firm(**{"2025Q3": "37.5"}), firm(**{"2025Q3": 1, "2024Q4": 50})

    assert firm_history(read(), Q4).firms.keys() == {by_rate.pk, by_year.pk}


def test_last_quarter_of_the_silent_of_this_year_or_the_last():
    firm(**{"2025Q2": 1})
    firm(WEIFANG, **{"2024Q3": 1})
    firm("371600", **{"2023Q4": 1})
    firm("370200", **{"2025Q4": 1})
    history = firm_history(read(), Q4)

    assert history.last_of[JINAN] == Quarter(2025, 2)
    assert history.last_of[WEIFANG] == Quarter(2024, 3)
    assert history.last_of["371600"] is None
    assert "370200" not in history.silent
    assert history.unknown == set(CITIES) - {JINAN, WEIFANG, "370200"}


def test_the_weight_is_of_last_years_count():
    for code in CITIES:
        firm(code, **{"2024Q4": 101})
        firm(code, **{"2024Q4": 99})
    assert count_weight(read(), Q4) == 0
    firm(**{"2025Q4": 1})
    assert count_weight(read(), Q4) == Decimal(1) / 16
    assert count_weight(read(), Quarter(2024, 4)) == 1


def test_it_is_not_known_where_a_silent_city_was_silent_last_year():
    firm(WEIFANG, **{"2024Q4": 101, "2025Q4": 101})

    assert count_weight(read(), Q4) is None
    assert likely_of(read(), Q4) is NoCount.LOW_COVERAGE


def province_but_for_jinan():
    for code in CITIES:
        for _n in range(2):
            told = {"2024Q3": 75, "2024Q4": 101, "2025Q3": 76}
            firm(code, **(told if code == JINAN else told | {"2025Q4": 102}))


def test_supposed_away_is_neither_counted_nor_estimated():
    province_but_for_jinan()
    silent = firm(**{"2024Q3": 75, "2024Q4": 101, "2025Q3": 90})
    over = firm(**{"2025Q3": 101})
    of = read()
    supposed = snapshot_but_for(of, {silent.pk, over.pk})

    assert (len(firms_over(of, Q4)), len(firms_over(supposed, Q4))) == (31, 30)
    assert (likely_of(of, Q4).centre, likely_of(supposed, Q4).centre) == (34, 32)


def snapshot_but_for(of, without):
    return replace(of, supposed=AppliedScenario(of, frozenset(without)))


def test_how_many_more_must_come_and_how_many_came():
    province_but_for_jinan()
    found = break_even_of(read(), Q4, Decimal(33), ">=")

    assert (found.firms, found.crossed) == (3, 2)


def test_it_is_read_in_one_query_and_only_once():
    province_but_for_jinan()
    of = read()
    with CaptureQueriesContext(connection) as asked:
        likely_of(of, Q4)
        break_even_of(of, Q4, Decimal(300), ">=")
    assert len(asked) == 1
