from datetime import UTC, datetime

import pytest

from clusters.quarters import Quarter
from clusters.viewpoint import Viewpoint
from indicators.briefing_sentences import could_move, moved
from indicators.changes import change
from indicators.scorecard import result
from tests.factories import make_cities, make_city, make_city_return, make_clusters, make_period
from tests.province import make_province

pytestmark = pytest.mark.django_db


def share(code="2025Q3"):
    seen = Viewpoint(Quarter.parse(code), None, datetime(2026, 6, 1, tzinfo=UTC))
    return result("cluster-output-share", seen)


def firms():
    seen = Viewpoint(Quarter(2025, 3), None, datetime(2026, 6, 1, tzinfo=UTC))
    return result("firms-over-100m", seen)


def test_it_says_how_a_share_moved_and_that_fewer_cities_spoke():
    make_cities()
    make_clusters()
    for code, elsewhere in [("2024Q3", "300"), ("2025Q2", "400"), ("2025Q3", "100")]:
        make_city_return(make_city(), make_period(code), output_value="100")
        make_city_return(make_city("370700"), make_period(code), output_value=elsewhere)
    make_city_return(make_city("370600"), make_period("2025Q2"), output_value="0")

    assert moved(change(share())) == (
        "+30.0 percentage points since the end of Q2 2025; "
        "+25.0 percentage points since the end of Q3 2024; "
        "2 cities now and 3 then: not quite comparable."
    )


def test_without_a_past_it_says_that_there_is_none():
    make_city_return()
    assert moved(change(share())) == "There is nothing on record to compare it with."


def test_it_names_what_the_silent_may_still_report():
    make_province(period="2025Q2")
    quarter = make_period("2025Q3")
    for code in ("370100", "370200", "370700"):
        make_city_return(make_city(code), quarter, output_value="150000000.00")

    said = could_move(share())
    assert said.startswith("Silent cities could still report: ")
    assert "hundred million yuan" in said
    assert said.endswith("and 10 more cities.")


def test_of_a_city_without_a_record_it_says_so():
    make_province(silent=["370600"])
    assert "Yantai (nothing on record)" in could_move(share())


def test_when_all_have_reported_only_a_restatement_changes_a_share():
    make_province()
    assert could_move(share()) == "All cities have reported: only a restatement can change it."


def test_before_the_years_end_the_firms_near_the_line_decide():
    make_province()
    assert "decide the year" in could_move(firms())
