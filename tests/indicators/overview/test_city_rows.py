from decimal import Decimal

import pytest
from django.utils import translation

from foundation.quarters import Quarter
from foundation.tables import Parts
from indicators.data.snapshot_reader import snapshot
from indicators.overview.city_rows import named_few, overview_cities, silent_words
from indicators.overview.tables import OverviewCityTable
from tests.factories import make_city, make_city_return, make_period, make_publication
from tests.indicators.results.shown import seen

pytestmark = pytest.mark.django_db
Q3, Q4 = Quarter(2025, 3), Quarter(2025, 4)
AMOUNTS = {"2024Q3": "60", "2024Q4": "80", "2025Q3": "66", "2025Q4": "100"}


def make_reports(city, quarters=tuple(AMOUNTS), factor=1):
    for code in quarters:
        amount = Decimal(AMOUNTS[code]) * factor * 1_000_000
        make_city_return(make_city(city), make_period(code), output_value=f"{amount:.2f}")


def rows(quarter=Q4):
    make_publication()
    return overview_cities(snapshot(seen(str(quarter))), quarter)


def test_the_fastest_first_the_silent_last():
    make_reports("370100")
    make_reports("370200", ("2024Q4", "2025Q3"))
    make_reports("370300", ("2024Q4",))
    make_city_return(make_city("370300"), make_period("2025Q4"), output_value="200000000.00")

    found = rows()
    assert [row.city.code for row in found] == ["370300", "370100", "370200"]
    assert [row.growth for row in found] == [Decimal("1.5"), Decimal("0.25"), None]


def test_a_silent_city_has_the_growth_of_its_newest_quarter_of_the_year_and_says_which():
    make_reports("370100")
    make_reports("370200", ("2024Q3", "2024Q4", "2025Q3"))

    silent = rows()[-1]
    assert (silent.is_silent, silent.growth, silent.until) == (True, Decimal("0.1"), Q3)
    table = OverviewCityTable([silent], own=set(), clusters=())
    assert isinstance(table.render_growth(silent.growth, silent), Parts)
    assert table.render_output_value(None, silent).value == "silent"


def test_a_growth_of_an_earlier_year_is_not_shown():
    make_reports("370100")
    make_reports("370200", ("2024Q3", "2024Q4"))

    silent = rows()[-1]
    assert (silent.growth, silent.until) == (None, None)


def test_the_trend_is_of_four_quarters_together_and_ends_open_where_the_city_is_silent():
    make_reports("370100")
    make_reports("370200", ("2024Q3", "2024Q4", "2025Q3"))

    reported, silent = rows()
    assert (reported.trend.spark.is_open, silent.trend.spark.is_open) == (False, True)
    # 80 in 2024; 66 + 80 − 60 = 86 up to the third quarter; 100 in 2025.
    assert reported.trend.words == "Four quarters together, Q4 2024: 100, Q4 2025: 125"
    assert silent.trend.words == "Four quarters together, Q4 2024: 100, Q3 2025: 108"


def test_all_lines_share_one_axis():
    make_reports("370100")
    make_reports("370200", factor=3)

    first, second = rows()
    assert first.trend.spark == second.trend.spark


def test_what_the_city_wrote_of_last_year_counts_where_nothing_was_accepted():
    made = {"output_value": "66000000.00", "output_value_last_year": "60000000.00"}
    make_city_return(make_city(), make_period("2024Q4"), output_value="80000000.00")
    make_city_return(make_city(), make_period("2025Q3"), **made)

    [row] = rows(Q3)
    assert row.trend.words.endswith("Q3 2025: 108")


def test_three_silent_cities_are_named_and_more_are_counted():
    assert named_few(["Yantai"]) == "Yantai has not reported"
    assert named_few(["A", "B", "C"]) == "A, B, C have not reported"
    assert named_few(["A", "B", "C", "D"]) == "A and others, 4 cities, have not reported"
    with translation.override("zh-hans"):
        assert named_few(["烟台", "临沂", "聊城", "菏泽", "滨州"]) == "烟台等5市尚未上报"


def test_who_is_silent_is_told_and_nothing_where_nobody_is():
    make_reports("370100")
    make_reports("370200", ("2025Q3",))
    make_publication()

    of = snapshot(seen("2025Q4"))
    assert silent_words(of, Q4) == "Qingdao has not reported"
    assert silent_words(of, Q3) == ""
    assert silent_words(of, Quarter(2025, 1)) == "no city has reported"
