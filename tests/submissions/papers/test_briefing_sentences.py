from datetime import UTC, datetime

import pytest

from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.movement.changes import change
from indicators.results.scorecard import result
from submissions.papers.briefing_sentences import could_move, moved
from tests.factories import make_cities, make_city, make_city_return, make_clusters, make_period
from tests.province import make_province

pytestmark = pytest.mark.django_db


SEEN = Viewpoint(Quarter(2025, 3), None, datetime(2026, 6, 1, tzinfo=UTC))


def share():
    return result("cluster-output-share", SEEN)


def firms():
    return result("firms-over-100m", SEEN)


def test_it_says_how_a_share_moved_between_the_same_cities_and_months():
    make_cities()
    make_clusters()
    for code, elsewhere in [("2024Q3", "300"), ("2025Q2", "400"), ("2025Q3", "100")]:
        make_city_return(make_city(), make_period(code), output_value="100")
        make_city_return(make_city("370700"), make_period(code), output_value=elsewhere)
    make_city_return(make_city("370600"), make_period("2024Q3"), output_value="500")

    assert moved(change(snapshot(SEEN), share())) == (
        "+25.0 percentage points since the end of Q3 2024, same 2 cities."
    )


def test_without_a_past_it_says_that_there_is_none():
    make_city_return()
    assert (
        moved(change(snapshot(SEEN), share()))
        == "There is nothing comparable on record a year earlier."
    )


def test_while_cities_are_silent_the_verdict_says_it_and_this_nothing():
    make_province(silent=["370600"])
    assert could_move(share()) == ""


def test_when_all_have_reported_only_a_restatement_changes_a_share():
    make_province()
    assert could_move(share()) == "All cities have reported: only a restatement can change it."


def test_before_the_years_end_the_firms_near_the_line_decide():
    make_province()
    assert "decide the year" in could_move(firms())
