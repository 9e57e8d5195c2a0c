"""What may be said of the enterprises over 100 million while Yantai, Linyi and Liaocheng owe."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.catalogue import FIRMS_OVER_100M
from indicators.data.firms_over import firms_over
from indicators.data.snapshot_reader import snapshot
from indicators.estimates.firm_history import (
    break_even_of,
    count_weight,
    firm_history,
    likely_of,
    projected_of,
)
from indicators.estimates.scored_counts import record_of
from indicators.formulas.count_record import SilencePattern
from indicators.formulas.firms_over import count_over
from indicators.formulas.likely_count import NoCount
from indicators.movement.changes import like_for_like
from submissions.demonstration import story
from tests.factories import CITIES
from tests.indicators.story_rows import write_story

Q4 = Quarter(2025, 4)
SILENT = {"370600", "371300", "371500"}
LINE = Decimal("100000000")


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    """The story's rows, once for all tests of a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        write_story()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def story_told(written, db):
    """The same for one test."""


def seen(as_of=None):
    return snapshot(Viewpoint(Q4, as_of, None))


@pytest.mark.usefixtures("story_told")
class TestThreeCitiesSilent:
    def test_at_least_286_are_over_of_which_33_are_the_silent_cities(self):
        found = firms_over(seen(), Q4)

        assert len(found) == 286
        assert sum(code in SILENT for code in found.values()) == 33

    def test_the_estimate_is_what_the_story_ends_with(self):
        found = likely_of(seen(), Q4)
        told = [line for code in CITIES for line in story.truth(code, Q4)]
        truth = count_over([(line.firm.credit_code, line.revenue) for line in told], LINE)

        assert truth == 299
        assert (found.low, found.centre, found.high) == (298, 299, 300)

    def test_the_reported_cities_had_five_sixths_of_last_years_count(self):
        assert round(count_weight(seen(), Q4), 4) == Decimal("0.8442")

    def test_fourteen_more_must_come_where_ten_came_in_that_part_of_last_year(self):
        found = break_even_of(seen(), Q4, Decimal(300), ">=")

        assert (found.firms, found.crossed) == (14, 10)

    def test_the_same_thirteen_cities_have_twenty_more_than_a_year_earlier(self):
        found = like_for_like(seen(), FIRMS_OVER_100M, Q4, Q4.year_earlier())

        assert (found.cities, found.before, found.now) == (13, 233, 253)
        assert found.difference == 20

    @pytest.mark.parametrize("day", [18, 20, 21])
    def test_with_too_few_cities_there_is_no_estimate(self, day):
        assert likely_of(seen(date(2026, 1, day)), Q4) is NoCount.LOW_COVERAGE

    def test_the_least_weight_is_the_plans_to_set(self):
        found = likely_of(seen(date(2026, 1, 21)), Q4, least_weight=Decimal("0.5"))

        assert found.low <= 299 <= found.high


@pytest.mark.usefixtures("story_told")
class TestBeforeTheYearsEnd:
    @pytest.mark.parametrize(("quarter", "ends_at"), [(1, 257), (2, 257), (3, 258)])
    def test_in_the_first_year_a_figure_without_ends(self, quarter, ends_at):
        found = projected_of(seen(), Quarter(2023, quarter))

        assert (found.low, found.centre, found.high) == (None, ends_at, None)

    @pytest.mark.parametrize(
        ("quarter", "expected"),
        [
            ("2024Q1", (273, 274, 279)),
            ("2024Q3", (274, 276, 279)),
            ("2025Q1", (294, 297, 302)),
            ("2025Q2", (295, 298, 301)),
            ("2025Q3", (296, 298, 300)),
        ],
    )
    def test_later_the_range_holds_what_the_year_ended_with(self, quarter, expected):
        found = projected_of(seen(), Quarter.parse(quarter))

        assert (found.low, found.centre, found.high) == expected
        assert found.low <= {"2024": 276, "2025": 299}[quarter[:4]] <= found.high

    def test_a_complete_quarter_is_counted_and_not_estimated(self):
        found = likely_of(seen(), Quarter(2024, 4))

        assert (found.low, found.centre, found.high) == (276, 276, 276)


@pytest.mark.usefixtures("story_told")
def test_in_the_past_the_range_held_in_nine_of_ten_and_the_plain_method_did_not():
    record = record_of(seen())

    assert record.quarters == 8
    assert record.rate >= Decimal("0.9")
    assert record.worst[1] >= Decimal("0.9")
    assert record.mean_width < 3
    assert record.naive_rate < Decimal("0.9")
    assert record.gives_lean
    assert {one.hidden for one in record.trials} == set(SilencePattern)


@pytest.mark.usefixtures("story_told")
def test_what_came_for_the_newest_quarter_leaves_the_record_as_it_was():
    assert record_of(seen(date(2026, 1, 18))) == record_of(seen())


@pytest.mark.usefixtures("story_told")
def test_what_was_restated_later_was_not_known_then():
    before, after = (
        firm_history(seen(date(2025, 4, day)), Quarter(2024, 4)).firms for day in (27, 29)
    )
    changed = {key for key in before if before[key] != after[key]}

    assert len(changed) == story.OVERSTATED_FIRMS
