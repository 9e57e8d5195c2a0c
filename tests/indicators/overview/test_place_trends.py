"""The small trends of places: indexed, on one axis, and their words."""

from decimal import Decimal

from foundation.quarters import Quarter
from indicators.overview.place_trends import NO_TREND, indexed, place_trends

QUARTERS = [Quarter(2024, 4), Quarter(2025, 1), Quarter(2025, 4)]


def test_the_first_known_four_quarters_are_100_and_what_is_missing_stays_so():
    ytd = {Quarter(2024, 4): Decimal(50), Quarter(2025, 4): Decimal(60)}
    assert indexed(ytd, QUARTERS) == [Decimal(100), None, Decimal(120)]
    assert indexed({}, QUARTERS) == [None, None, None]


def test_a_trend_has_its_ends_in_words_and_its_newest_value_for_the_file():
    [trend] = place_trends({"one": [Decimal(100), None, Decimal("120.04")]}, QUARTERS).values()
    assert trend.words == "Four quarters together, Q4 2024: 100, Q4 2025: 120"
    assert (trend.last, trend.cell.text.value) == (Decimal("120.0"), Decimal("120.0"))


def test_trends_share_one_axis_and_with_one_value_there_is_none():
    trends = place_trends(
        {
            "up": [Decimal(100), None, Decimal(200)],
            "flat": [Decimal(100), None, Decimal(100)],
            "one": [Decimal(100), None, None],
            "none": [None] * 3,
        },
        QUARTERS,
    )
    assert trends["one"] == trends["none"] == NO_TREND
    assert trends["up"].spark.end[1] < trends["flat"].spark.end[1]
