"""Every chart: what plotly.js basic can draw, gaps that stay gaps, and its own table."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from clusters.models import Cluster
from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.catalogue import INDICATORS, Measure
from indicators.charts import theme
from indicators.charts.amounts import amounts_chart
from indicators.charts.chart import drawn
from indicators.charts.contributions import contributions
from indicators.charts.output import city_share, output_by_city, park_output
from indicators.charts.trend import trend
from indicators.charts.waterfall import waterfall
from indicators.data.snapshot_reader import snapshot
from indicators.estimates.figures import HistoryPoint
from indicators.formulas.certain_range import CertainRange
from indicators.formulas.likely_range import LikelyRange
from indicators.movement.movement import movement_in
from indicators.outlook.forecasts import deadline_forecast
from indicators.regions.amounts import Amounts, city_amounts, history
from indicators.regions.regional_figures import city_history, city_rows, park_rows
from indicators.results.four_quarters import four_quarters, is_of_four_quarters
from indicators.results.scorecard import result_in
from tests.factories import (
    CITIES,
    make_city,
    make_city_return,
    make_period,
    make_publication,
    make_target,
)
from tests.province import make_province

pytestmark = pytest.mark.django_db
Q3 = Quarter(2025, 3)
BASIC = {"scatter", "bar", "pie"}


@pytest.fixture
def of(db):
    """Yantai is silent in the third quarter; Jinan reported the first one, nobody the second."""
    make_province(silent=["370600"])
    make_city_return(make_city(), make_period("2025Q1"), output_value="30000000.00")
    make_period("2025Q2")
    return snapshot(Viewpoint(Q3, None, datetime(2026, 6, 1, tzinfo=UTC)))


def every_chart(of):
    jinan = of.cities[0]
    results = [result_in(of, indicator, Q3) for indicator in INDICATORS.values()]
    return [
        *(trend(result) for result in results),
        *(contributions(result) for result in results),
        waterfall(movement_in(of, Q3, of, Q3, INDICATORS["cluster-output-share"])),
        amounts_chart(city_amounts(of, jinan, Q3, Amounts.QUARTER)),
        city_share(city_history(of, jinan, Q3)),
        output_by_city(city_rows(of, Q3)),
        *(park_output(row) for row in park_rows(of, Q3)),
    ]


def strings(value):
    if isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)
    elif isinstance(value, str):
        yield value


def test_they_are_json_of_types_that_the_basic_bundle_has(of):
    for chart in every_chart(of):
        drawn = json.loads(json.dumps(chart.figure))
        assert {trace["type"] for trace in drawn["data"]} <= BASIC
        assert len(json.dumps(chart.figure)) < 6000


def test_no_colour_stands_in_them_but_names_of_colours(of):
    for chart in every_chart(of):
        written = [text for text in strings(chart.figure) if "#" in text or "rgb" in text]
        assert set(written) <= {"rgba(0,0,0,0)"}


def test_keys_are_unique_and_rows_as_wide_as_their_headings(of):
    charts = every_chart(of)
    assert len({chart.key for chart in charts}) == len(charts)
    for chart in charts:
        assert all(len(row) == len(chart.table.columns) for row in chart.table.rows)
        # No quarter of the fixture has four quarters of every city before it.
        assert chart.is_empty is chart.key.startswith("share-")


def test_a_quarter_nobody_reported_is_a_gap(of):
    chart = amounts_chart(city_amounts(of, of.cities[0], Q3, Amounts.QUARTER))
    output, revenue = chart.figure["data"]
    assert list(output["x"]) == ["Q1 2025", "Q2 2025", "Q3 2025"]
    assert list(output["y"]) == [0.03, None, None]
    assert list(revenue["y"]) == [None, None, None]
    assert [row[1] for row in chart.table.rows] == [Decimal("30000000.00"), None, None]
    assert "cannot be told: a gap" in chart.note


def test_a_fall_goes_below_zero_and_is_explained():
    ytd = {Quarter(2025, 1): Decimal("9.00"), Quarter(2025, 2): Decimal("7.00")}
    of = history("firm", Amounts.QUARTER, {Measure.REVENUE: ytd}, ytd)
    chart = amounts_chart(of)
    assert chart.table.rows[1][1] == Decimal("-2.00")
    assert "went down" in chart.note


def test_a_movement_is_drawn_as_its_table_has_it_and_names_its_cities(of):
    for code in ("370100", "370700"):
        make_city_return(make_city(code), make_period("2024Q3"), output_value="90000000.00")
    make_publication()
    of = snapshot(Viewpoint(Q3, None, datetime(2026, 6, 1, tzinfo=UTC)))
    share = INDICATORS["cluster-output-share"]
    chart = waterfall(movement_in(of, Q3, of, Q3.year_earlier(), share))
    ends, bars = chart.figure["data"]
    rows = chart.table.rows
    assert [float(rows[0][2]), float(rows[-1][2])] == list(ends["y"])
    drawn = {row[0]: float(row[1]) for row in rows[1:-1]}
    assert dict(zip(bars["x"], bars["y"], strict=True)) == pytest.approx(drawn)
    assert chart.title.startswith("Same 2 cities: ")
    assert rows[-1][0].endswith("2 cities")
    assert "Yantai" in chart.note


def test_between_different_months_there_is_nothing_to_draw(of):
    share = INDICATORS["cluster-output-share"]
    chart = waterfall(movement_in(of, Q3, of, Quarter(2025, 1), share))
    assert chart.is_empty
    assert chart.title == "No movement can be told"


def test_a_share_of_the_province_is_drawn_of_four_quarters_and_only_where_all_reported(of):
    for code in CITIES:
        make_city_return(make_city(code), make_period("2024Q4"), output_value="120000000.00")
    make_publication()
    of = snapshot(Viewpoint(Q3, None, datetime(2026, 6, 1, tzinfo=UTC)))

    chart = city_share(city_history(of, of.cities[0], Q3))

    drawn = chart.figure["data"][0]
    assert dict(zip(drawn["x"], drawn["y"], strict=True))["Q4 2024"] == 6.25
    # Yantai is silent, and the others' share is not the province's.
    assert dict(zip(drawn["x"], drawn["y"], strict=True))["Q3 2025"] is None
    assert drawn["connectgaps"] is False
    assert chart.table.rows[-1][1] == ""
    assert chart.table.rows[-1][2].words == "a city is silent"


def test_the_cities_parts_are_headed_by_how_many_cities_they_are_of(of):
    for code in INDICATORS:
        chart = contributions(result_in(of, INDICATORS[code], Q3))
        assert "15 cities that reported" in chart.table.columns[-1].label


def test_the_share_is_drawn_with_its_target_and_its_bounds(of):
    chart = trend_of(of, "cluster-output-share")
    line, target = chart.figure["data"]
    assert line["connectgaps"] is False
    # The share of the reporting cities alone is drawn nowhere.
    assert list(line["y"]) == [None, None, None]
    assert list(target["y"])[-1] == 50.0
    assert list(target["x"])[-1] == "Q4 2025"
    assert [one["text"] for one in chart.figure["layout"]["annotations"]] == ["Target 50%"]
    assert chart.table.rows[2][1] is None
    at_most = [column.label for column in chart.table.columns].index("Certain: at most")
    assert chart.table.rows[2][at_most] == Decimal("0.2")
    assert "every city has reported" in chart.note


def test_a_share_is_drawn_of_four_quarters_together_and_says_so(of):
    for code in CITIES:
        for period in ("2023Q3", "2023Q4", "2024Q3", "2024Q4"):
            amount = "60000000.00" if period.endswith("3") else "100000000.00"
            make_city_return(make_city(code), make_period(period), output_value=amount)
    make_city_return(make_city("370600"), make_period("2025Q3"), output_value="90000000.00")
    make_publication()
    of = snapshot(Viewpoint(Q3, None, datetime(2026, 6, 1, tzinfo=UTC)))
    chart = trend_of(of, "cluster-output-share")

    drawn = chart.figure["data"][0]
    # Nobody's four quarters up to 2023Q3 are known: the chart does not begin with an empty place.
    assert drawn["x"][0] == "Q4 2023"
    places = set(chart.figure["layout"]["xaxis"]["categoryarray"])
    assert all(set(trace["x"]) <= places for trace in chart.figure["data"])
    cumulative = [column.label for column in chart.table.columns].index("Cumulative from 1 January")
    last = next(row for row in chart.table.rows if row[0] == Q3)
    assert last[1] != last[cumulative]
    assert drawn["y"][list(drawn["x"]).index("Q3 2025")] == pytest.approx(
        float(last[1] * 100), abs=1e-4
    )
    assert chart.name == "Cluster share, last four quarters together"
    assert chart.title.startswith("Cluster share, last four quarters together, end of Q3 2025: 1")


def test_a_count_over_a_yearly_line_is_one_line_a_year_by_quarter(of):
    chart = trend(with_years(of))
    *years, target = chart.figure["data"]
    assert [trace["name"] for trace in years] == ["", "2024", "2025", "2025, estimate"]
    by_name = {trace["name"]: trace for trace in years}
    assert list(by_name["2024"]["x"]) == ["Q1", "Q2", "Q3", "Q4"]
    assert list(by_name["2024"]["y"]) == [10, 20, 30, 40]
    assert by_name["2024"]["meta"] == {"column": 1, "year": 2024}
    assert chart.figure["layout"]["xaxis"]["categoryarray"] == ["Q1", "Q2", "Q3", "Q4"]
    assert (list(target["x"]), set(target["y"])) == (["Q1", "Q2", "Q3", "Q4"], {300.0})


def test_an_estimate_is_a_whisker_that_a_dashed_line_leads_to(of):
    dashed, *_years, whisker, _target = trend(with_years(of)).figure["data"]
    assert (dashed["line"]["dash"], list(dashed["x"]), list(dashed["y"])) == (
        "dash",
        ["Q2", "Q3"],
        [21, 35],
    )
    assert dashed["meta"] == {"column": 3, "start": 1, "year": 2025}
    assert (whisker["error_y"]["array"], whisker["error_y"]["arrayminus"]) == ([2], [1])
    assert whisker["customdata"] == ["34–37 firms"]


def test_an_estimate_without_ends_has_no_error_bar_of_no_height(of):
    chart = trend(with_years(of, likely=LikelyRange(None, Decimal(35), None)))
    assert not any(trace.get("error_y") for trace in chart.figure["data"])


def test_an_axis_of_few_things_has_whole_numbers(of):
    make_target("clusters", kind="established", things="clusters", value="3", unit="count")
    Cluster.objects.update(established_on=date(2024, 5, 1), established_evidence="a document")
    seen = snapshot(Viewpoint(Q3, None, datetime(2026, 6, 2, tzinfo=UTC)))
    chart = trend(result_in(seen, seen.indicator("clusters", Q3), Q3))
    assert chart.figure["layout"]["yaxis"]["dtick"] == 1
    assert "dtick" not in trend(with_years(of)).figure["layout"]["yaxis"]


def test_under_the_pointer_figures_are_words_with_their_unit(of):
    years = {trace["name"]: trace for trace in trend(with_years(of)).figure["data"]}
    assert years["2024"]["customdata"][0] == "10 firms"
    assert years["2024"]["hovertemplate"] == "%{customdata}"


def test_an_incomplete_quarter_and_a_missing_one_have_no_mark_and_say_what_they_lack(of):
    chart = trend(result_in(of, INDICATORS["firms-over-100m"], Q3))
    assert list(chart.figure["data"][0]["y"]) == [None, None, None]
    assert chart.table.rows[1][1] is None
    told = [row[-1].words for row in chart.table.rows[:3]]
    assert told == ["not reported", "not reported", "1 city missing"]


def test_what_is_on_record_is_told_by_the_records_even_with_silent_cities(of):
    make_target("clusters", kind="established", things="clusters", value="3", unit="count")
    Cluster.objects.update(established_on=date(2024, 5, 1), established_evidence="a document")
    seen = snapshot(Viewpoint(Q3, None, datetime(2026, 6, 2, tzinfo=UTC)))
    chart = trend(result_in(seen, seen.indicator("clusters", Q3), Q3))
    told = {row[-1].words for row in chart.table.rows if row[0] <= Q3}
    assert told == {"by the records"}


def trend_of(of, code):
    """The chart as the target's page has it."""
    result = result_in(of, INDICATORS[code], Q3)
    rolling = four_quarters(of, result) if is_of_four_quarters(result.indicator) else None
    return trend(result, rolling=rolling)


def with_years(of, likely=None):
    """A count of 2024 and of half of 2025, with an estimate of its third quarter."""
    counts = {Quarter(2024, n): Decimal(10 * n) for n in range(1, 5)}
    counts |= {Quarter(2025, 1): Decimal(11), Quarter(2025, 2): Decimal(21)}
    likely = likely or LikelyRange(Decimal(34), Decimal(35), Decimal(37))
    points = [
        *(
            HistoryPoint(q, count, CertainRange(count, count), 16, 16)
            for q, count in counts.items()
        ),
        HistoryPoint(Q3, None, CertainRange(Decimal(30), None), 15, 16, likely),
    ]
    found = result_in(of, INDICATORS["firms-over-100m"], Q3)
    return replace(found, history=tuple(points), projection=None)


def with_four_quarters(of):
    """The share as if four quarters of 2024 had been accepted of every city."""
    shares = {Quarter(2024, n): Decimal(f"0.4{n}") for n in range(1, 5)}
    points = tuple(
        HistoryPoint(quarter, share, CertainRange(share, share), 16, 16)
        for quarter, share in shares.items()
    )
    found = result_in(of, INDICATORS["cluster-output-share"], Q3)
    return replace(found, history=points, quarter=Quarter(2024, 4))


def test_the_forecast_is_a_band_and_a_row_of_the_table(of):
    found = with_four_quarters(of)
    chart = trend(found, deadline_forecast(found).forecast)
    low, high = chart.figure["data"][:2]
    assert high["fill"] == "tonexty"
    assert list(low["x"]) == list(high["x"]) == ["Q4 2024", "Q4 2025"]
    assert low["y"][0] == high["y"][0] == 44.0
    assert low["y"][1] < high["y"][1]
    quarter, _value, at_least, middle, at_most, *_others, which = chart.table.rows[-1]
    assert (quarter, which.words) == (Quarter(2025, 4), "forecast")
    assert low["y"][1] == float(at_least * 100)
    assert at_least < middle < at_most
    assert chart.table.rows[0][-1].words == "accepted of every city"


def test_a_forecast_that_is_not_worth_drawing_is_neither_a_band_nor_a_row(of):
    chart = trend(with_four_quarters(of))
    assert not any("fill" in trace for trace in chart.figure["data"])
    assert "forecast" not in {row[-1].words for row in chart.table.rows}


def test_a_silent_city_has_no_bar_and_an_empty_cell(of):
    chart = contributions(result_in(of, INDICATORS["cluster-output-share"], Q3))
    assert "Yantai" not in chart.figure["data"][0]["x"]
    assert ("Yantai", "", None, None) in chart.table.rows


def test_the_table_is_in_the_readers_language_and_kept_apart(of):
    result = result_in(of, INDICATORS["cluster-output-share"], Q3)
    english = drawn(of, contributions, result)
    with translation.override("zh-hans"):
        chinese = drawn(of, contributions, result)
    assert "Jinan" in [row[0] for row in english.table.rows]
    assert "济南市" in [row[0] for row in chinese.table.rows]
    assert drawn(of, contributions, result) is english


def test_a_quarter_still_to_come_has_its_target_and_no_figure(of):
    chart = trend_of(of, "cluster-output-share")
    ahead = chart.table.rows[len(chart.figure["data"][0]["x"])]
    assert ahead[0] == Quarter(2025, 4)
    assert set(ahead[1:8]) == {""}
    assert ahead[8] == Decimal("0.5")
    assert ahead[-1].words == "still to come"


def test_a_title_says_how_far_a_complete_figure_is_from_its_target():
    make_province()
    seen = snapshot(Viewpoint(Q3, None, datetime(2026, 6, 1, tzinfo=UTC)))
    chart = trend(result_in(seen, INDICATORS["cluster-output-share"], Q3))
    assert chart.title == (
        "Cluster share, end of Q3 2025: 18.8%; 31.2 percentage points short of the target of at "
        "least 50%"
    )


def test_a_title_of_an_incomplete_figure_says_what_is_certain_and_no_share_of_the_others(of):
    chart = trend(result_in(of, INDICATORS["cluster-output-share"], Q3))
    assert chart.title == (
        "Cluster share, end of Q3 2025, no estimate: a silent city has no earlier figure to go by "
        "(15/16 cities reported); at most 20.0%"
    )


def test_each_cluster_has_its_own_colour_and_the_others_none(of):
    bars = contributions(result_in(of, INDICATORS["cluster-output-share"], Q3)).figure["data"][0]
    colour = dict(zip(bars["y"], bars["marker"]["color"], strict=True))
    assert [colour[city] for city in ("Jinan", "Qingdao", "Zibo", "Weifang")] == [
        "var(--cluster-1)",
        "var(--cluster-2)",
        "var(--cluster-3)",
        "var(--chart-muted)",
    ]


def test_a_city_without_a_figure_has_words_in_the_place_of_a_bar(of):
    *_bars, words = contributions(result_in(of, INDICATORS["firms-over-100m"], Q3)).figure["data"]
    assert (list(words["y"]), words["text"][0].strip()) == (["Yantai"], "not reported")


@pytest.mark.parametrize(
    ("first", "number", "ticks"),
    [
        pytest.param("2024Q4", 3, ["Q4<br>", "Q1<br>2025", "Q2<br>"], id="year's end first"),
        pytest.param("2024Q2", 2, ["Q2<br>2024", "Q3<br>"], id="within a year"),
        pytest.param("2024Q4", 1, ["Q4<br>2024"], id="one alone"),
        pytest.param("2023Q4", 18, ["", "2024", "", "", "", "2025"], id="too many for each"),
    ],
)
def test_the_year_stands_once_beneath_its_first_quarter(first, number, ticks):
    start = Quarter.parse(first)
    quarters = [Quarter.from_ordinal(start.ordinal + n) for n in range(number)]
    assert theme.quarters_axis(quarters)["ticktext"][: len(ticks)] == ticks


def test_nothing_reported_is_an_empty_chart():
    quarters = [Quarter(2025, n) for n in (1, 2)]
    assert amounts_chart(history("none", Amounts.QUARTER, {Measure.REVENUE: {}}, quarters)).is_empty
