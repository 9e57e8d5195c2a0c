"""What a reader marked as seen, kept with the account, beside what the targets are now."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.viewpoint import today
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.movement.last_visit import Seen, Visit, since_last
from indicators.results.scorecard import results_in
from tests.factories import CITIES, make_city, make_city_return, make_period, make_publication
from tests.province import make_firms, make_province

SHARE, FIRMS = "cluster-output-share", "firms-over-100m"
LONG_AGO = datetime(2025, 11, 1, 4, tzinfo=UTC)
moments = st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
figures = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
seen = st.builds(
    Seen,
    figures,
    st.lists(st.text()).map(tuple),
    st.booleans(),
    st.dictionaries(st.sampled_from(["en", "zh-hans"]), st.text()),
)


@given(moments, st.dictionaries(st.text(min_size=1), seen))
def test_a_look_is_read_as_it_was_written(at, targets):
    visit = Visit(at, Quarter(2025, 3), targets)
    assert Visit.read(visit.written()) == visit


def since(quarter="2025Q3", kept=None):
    """What a reader of a quarter is shown, who kept a visit or none."""
    viewpoint = today(Quarter.parse(quarter))
    of = snapshot(viewpoint)
    results = results_in(of, viewpoint.quarter)
    return since_last(of, viewpoint, results, kept and kept.written())


EVERY_CITY = tuple(sorted(CITIES))


def visit(quarter="2025Q3", at=LONG_AGO, cities=EVERY_CITY, **values):
    """A visit at which these cities had reported, and each target had this figure."""
    targets = {
        code.replace("_", "-"): Seen(
            Decimal(value), cities, len(cities) == len(CITIES), {"en": f"{value} then"}
        )
        for code, value in values.items()
    }
    return Visit(at, Quarter.parse(quarter), targets)


@pytest.mark.django_db
class TestSinceLast:
    """Of a province in which the clusters made a fifth of the third quarter's output."""

    @pytest.fixture(autouse=True)
    def _province(self):
        make_province(period="2025Q3")

    def test_who_never_looked_has_nothing_to_compare(self):
        found = since()
        assert (found.visit, found.rows, found.has_changed) == (None, (), False)

    def test_each_target_stands_then_and_now_with_the_way_to_what_moved_it(self):
        found = since(kept=visit(cluster_output_share="0.25", firms_over_100m="0"))

        share, firms = found.rows
        assert (share.before, share.now) == ("0.25 then", "18.8%")
        assert (share.change, share.cities) == (Decimal("-0.0625"), None)
        assert share.query == "period=2025Q3&from=2025Q3&since=2025-11-01"
        assert firms.change == 0
        assert found.has_changed

    def test_what_moved_today_is_no_movement_between_days(self):
        [row] = since(kept=visit(at=datetime.now(UTC), cluster_output_share="0.25")).rows
        assert (row.change, row.query) == (Decimal("-0.0625"), "")

    def test_what_was_seen_of_other_cities_is_shown_and_not_compared(self):
        kept = visit(cities=("370100", "370200"), cluster_output_share="1")
        [row] = since(kept=kept).rows
        assert (row.before, row.change) == ("1 then", None)
        assert row.query

    def test_what_was_not_known_then_is_not_taken_for_zero(self):
        kept = Visit(LONG_AGO, Quarter(2025, 3), {SHARE: Seen(None, (), False, {"en": "—"})})
        [row] = since(kept=kept).rows
        assert (row.before, row.change, row.query) == ("—", None, "")

    def test_an_older_look_is_read_and_its_figure_not_given_for_the_provinces(self):
        kept = {"at": LONG_AGO.isoformat(), "quarter": "2025Q3", "values": {SHARE: "0.6012"}}
        viewpoint = today(Quarter(2025, 3))
        of = snapshot(viewpoint)
        found = since_last(of, viewpoint, results_in(of, viewpoint.quarter), kept)
        [row] = found.rows
        assert (row.before, row.now, row.change, row.query) == ("—", "18.8%", None, "")

    def test_nothing_has_changed_for_who_saw_what_is_shown(self):
        viewpoint = today(Quarter(2025, 3))
        of = snapshot(viewpoint)
        kept = Visit.of_results(results_in(of, viewpoint.quarter), viewpoint.quarter)
        assert not since(kept=kept).has_changed

    def test_a_target_that_was_not_there_then_is_not_compared(self):
        assert since(kept=visit(happiness="1")).rows == ()

    def test_only_the_quarter_that_is_shown_unasked_is_compared(self):
        assert since("2025Q2") is None
        assert since("2025Q4") is None
        assert since(kept=visit("2025Q4", cluster_output_share="0.25")) is None

    def test_a_quarter_of_which_only_enterprises_are_known_is_not_shown_unasked(self):
        make_firms(make_city(), make_period("2025Q4"), 1)
        make_publication()
        assert since("2025Q3") is not None

    def test_another_quarter_is_not_held_against_the_one_that_was_seen(self):
        for code in CITIES:
            make_city_return(make_city(code), period=make_period("2026Q1"))
        make_publication()
        kept = visit(cluster_output_share="1", firms_over_100m="9")
        share, firms = since("2026Q1", kept).rows
        assert (share.change, share.query) == (None, "")
        assert (firms.before, firms.change, firms.query) == ("9 then", None, "")


@pytest.mark.django_db
class TestSinceLastWhileSomebodyIsSilent:
    """Of a province of which one city has not reported."""

    @pytest.fixture(autouse=True)
    def _province(self):
        make_province(period="2025Q3", silent=["370600"])

    def test_the_reporting_cities_figure_is_never_shown_and_its_change_names_them(self):
        others = tuple(sorted(set(CITIES) - {"370600"}))
        [row] = since(kept=visit(cities=others, cluster_output_share="0.25")).rows

        assert row.now == "at most 20.0%"
        assert (row.change, row.cities) == (Decimal("-0.05"), 15)
