"""What a reader marked as seen, kept with the account, beside what the targets are now."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.quarters import Quarter
from clusters.viewpoint import today
from indicators.aggregates import snapshot
from indicators.last_look import Look, since_last
from indicators.scorecard import results_in
from tests.factories import make_city, make_city_return, make_period, make_publication
from tests.province import make_firms, make_province

SHARE, FIRMS = "cluster-output-share", "firms-over-100m"
LONG_AGO = datetime(2025, 11, 1, 4, tzinfo=UTC)
moments = st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
figures = st.none() | st.decimals(allow_nan=False, allow_infinity=False)


@given(moments, st.dictionaries(st.text(min_size=1), figures))
def test_a_look_is_read_as_it_was_written(at, values):
    look = Look(at, Quarter(2025, 3), values)
    assert Look.read(look.written()) == look


def since(quarter="2025Q3", kept=None):
    """What a reader of a quarter is shown, who kept a look or none."""
    viewpoint = today(Quarter.parse(quarter))
    of = snapshot(viewpoint)
    results = results_in(of, viewpoint.quarter)
    return since_last(of, viewpoint, results, kept.written() if kept else None)


def look(quarter="2025Q3", at=LONG_AGO, **values):
    values = {code.replace("_", "-"): Decimal(value) for code, value in values.items()}
    return Look(at, Quarter.parse(quarter), values)


@pytest.mark.django_db
class TestSinceLast:
    """Of a province in which the clusters made a fifth of the third quarter's output."""

    @pytest.fixture(autouse=True)
    def _province(self):
        make_province(period="2025Q3")

    def test_who_never_looked_has_nothing_to_compare(self):
        found = since()
        assert (found.look, found.rows, found.has_changed) == (None, (), False)

    def test_each_target_stands_then_and_now_with_the_way_to_what_moved_it(self):
        found = since(kept=look(cluster_output_share="0.25", firms_over_100m="0"))

        share, firms = found.rows
        assert (share.before, share.change) == (Decimal("0.25"), Decimal("-0.0625"))
        assert share.query == "period=2025Q3&from=2025Q3&since=2025-11-01"
        assert (firms.before, firms.change) == (0, 0)
        assert found.has_changed

    def test_what_moved_today_is_no_movement_between_days(self):
        [row] = since(kept=look(at=datetime.now(UTC), cluster_output_share="0.25")).rows
        assert (row.change, row.query) == (Decimal("-0.0625"), "")

    def test_what_was_not_known_then_is_not_taken_for_zero(self):
        kept = Look(LONG_AGO, Quarter(2025, 3), {SHARE: None})
        [row] = since(kept=kept).rows
        assert (row.before, row.change) == (None, None)

    def test_a_target_that_was_not_there_then_is_not_compared(self):
        assert since(kept=look(happiness="1")).rows == ()

    def test_only_the_quarter_that_is_shown_unasked_is_compared(self):
        assert since("2025Q2") is None
        assert since("2025Q4") is None
        assert since(kept=look("2025Q4", cluster_output_share="0.25")) is None

    def test_a_quarter_of_which_only_enterprises_are_known_is_not_shown_unasked(self):
        make_firms(make_city(), make_period("2025Q4"), 1)
        make_publication()
        assert since("2025Q3") is not None

    def test_a_count_that_begins_anew_with_the_year_is_not_held_against_the_last(self):
        make_city_return(period=make_period("2026Q1"))
        make_publication()
        share, firms = since("2026Q1", look(cluster_output_share="1", firms_over_100m="9")).rows
        assert share.change is not None
        assert (firms.before, firms.change, firms.query) == (9, None, "")
