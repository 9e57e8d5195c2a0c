"""Where a target is heading, from returns in the database; and what is kept of it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from clusters.models import CityReturn
from clusters.viewpoint import end_of
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.formulas.forecast import Method, Record
from indicators.models import KeptForecast
from indicators.outlook import stored_forecasts
from indicators.outlook.forecasts import deadline_forecast, track_record, worth_drawing
from indicators.results.scorecard import result
from tests.factories import CITIES, make_city, make_city_return, make_period, make_target
from tests.factories import make_publication as publish
from tests.indicators.results.shown import FIRMS, SHARE, seen
from tests.indicators.results.test_firms_result import firm
from tests.indicators.results.test_scorecard import province as province

pytestmark = pytest.mark.django_db
QUARTERS = [f"{year}Q{q}" for year in (2023, 2024, 2025) for q in (1, 2, 3, 4)]


def published_at(code):
    """Twenty days after the quarter's end."""
    return datetime(int(code[:4]), 3 * int(code[5]), 28, tzinfo=UTC) + timedelta(days=20)


def accept(code, clusters, *, silent=(), at=None):
    """Every city reports 1000 yuan, the clusters this much each; published city by city."""
    at = at or published_at(code)
    for city in CITIES:
        if city not in silent:
            made = clusters if city in ("370100", "370200", "370300") else "1000.00"
            make_city_return(
                make_city(city),
                make_period(code),
                output_value=made,
                published_at=at,
                enterprises=0,
            )
            publish(city=make_city(city), period=make_period(code), published_at=at)


def history(upto):
    """A share that grows by a little more each quarter."""
    for n, code in enumerate(QUARTERS[: QUARTERS.index(upto) + 1]):
        accept(code, str(Decimal(1000 + 100 * n)))


@pytest.fixture
def target(db):
    return make_target(SHARE)


def test_three_accepted_quarters_are_too_few_and_the_page_says_so(target):
    history("2023Q3")
    found = deadline_forecast(result(SHARE, seen("2023Q3")))
    assert found.forecast is None
    assert found.why_none == "Only 3 quarters are accepted of every city; a forecast takes 4."


def test_a_quarter_that_a_city_has_not_reported_does_not_count(target):
    history("2023Q3")
    accept("2023Q4", "1300", silent=["371700"])
    assert deadline_forecast(result(SHARE, seen("2023Q4"))).forecast is None


def test_from_four_quarters_on_there_is_a_range_with_its_method(target):
    history("2023Q4")
    found = deadline_forecast(result(SHARE, seen("2023Q4")))
    one = found.forecast
    assert (one.method, one.of, one.times) == (Method.QUARTERLY, Quarter(2025, 4), 8)
    assert 0 < one.low < one.middle < one.high <= 1
    assert one.high - one.low >= Decimal("0.01")
    assert "carried forward from Q4 2023, 8 times" in found.how


def test_once_the_deadline_is_accepted_nothing_is_forecast(target):
    history("2025Q4")
    found = deadline_forecast(result(SHARE, seen("2025Q4")))
    assert found.forecast is None
    assert "deadline has come" in found.why_none


def test_without_a_target_there_is_nothing_to_forecast():
    history("2023Q4")
    assert deadline_forecast(result(SHARE, seen("2023Q4"))) is None


def test_a_count_is_carried_forward_by_the_year_and_never_below_what_it_is_already():
    make_target(FIRMS)
    # A count of 1 by mid-year and 3 at its end, in 2023; then 5 by mid-2024.
    revenue = {"370100": "2023Q2", "370200": "2023Q4", "370300": "2023Q4"}
    for code in QUARTERS[:6]:
        accept(code, "1000")
    for city, code in revenue.items():
        for later in QUARTERS[QUARTERS.index(code) : 4]:
            firm(city, **{later: "150000000.00"})
    for _n in range(5):
        firm("370400", **{"2024Q1": "150000000.00", "2024Q2": "150000000.00"})
    found = deadline_forecast(result(FIRMS, seen("2024Q2"))).forecast
    assert found.method is Method.YEARLY
    assert stored_forecasts.forecasts_to_store(result(FIRMS, seen("2024Q2")))[0].low >= 5


def test_what_is_kept_is_what_was_known_on_the_day_the_quarter_was_complete(target):
    history("2024Q1")
    # Restated long after: 2023Q4 was higher, for all one knows today.
    later = published_at("2024Q1") + timedelta(days=300)
    old = CityReturn.objects.get(city__code="370100", period__code="2023Q4")
    old.superseded_at = later
    old.save()
    make_city_return(
        make_city("370100"), make_period("2023Q4"), output_value="9000", published_at=later
    )
    publish(city=make_city("370100"), period=make_period("2023Q4"), published_at=later)

    kept = stored_forecasts.store_forecasts()
    assert [(one.made_at, one.of) for one in kept] == [
        ("2023Q4", "2024Q4"),
        ("2023Q4", "2025Q4"),
        ("2024Q1", "2024Q4"),
        ("2024Q1", "2025Q4"),
    ]
    assert kept[0].as_of == published_at("2023Q4").date()
    then = result(SHARE, seen("2023Q4", kept[0].as_of))
    assert kept[1].as_made.middle == pytest.approx(
        deadline_forecast(then).forecast.middle, abs=Decimal("1e-9")
    )
    assert kept[1].as_made.changes == deadline_forecast(then).forecast.changes
    today = result(SHARE, seen("2023Q4"))
    assert kept[1].middle != pytest.approx(
        deadline_forecast(today).forecast.middle, abs=Decimal("1e-3")
    )


def test_what_is_kept_once_is_neither_kept_again_nor_changed(target):
    history("2023Q4")
    first = stored_forecasts.store_forecasts()
    assert len(first) == 2
    assert stored_forecasts.store_forecasts() == []
    with pytest.raises(TypeError):
        first[0].save()
    with pytest.raises(IntegrityError), transaction.atomic():
        KeptForecast.objects.bulk_create([KeptForecast(**facts(first[0]))])


def facts(one):
    return {f.name: getattr(one, f.name) for f in KeptForecast._meta.fields if f.name != "id"}


def test_a_quarter_waits_until_its_last_city_has_come(target):
    history("2023Q3")
    accept("2023Q4", "1300", silent=["371700"])
    assert stored_forecasts.store_forecasts(Quarter(2023, 4)) == []
    late = published_at("2023Q4") + timedelta(days=40)
    accept("2023Q4", "1300", silent=[code for code in CITIES if code != "371700"], at=late)
    assert [one.as_of for one in stored_forecasts.store_forecasts(Quarter(2023, 4))] == [
        late.date()
    ] * 2


def test_kept_forecasts_are_scored_against_what_came(target, capsys):
    history("2024Q4")
    call_command("keep_forecasts")
    assert "Forecasts kept: 9" in capsys.readouterr().out

    found = seen("2024Q4")
    record = track_record(snapshot(found), result(SHARE, found))
    told = [row for row in record.rows if row.hit is not None]
    assert {str(row.forecast.of) for row in told} == {"2024Q4"}
    assert record.told == 4
    assert record.hits == sum(row.forecast.holds(row.actual) for row in told)
    assert all(row.actual is None for row in record.rows if str(row.forecast.of) == "2025Q4")


def test_a_look_back_shows_only_what_had_been_kept_then(target):
    history("2024Q4")
    stored_forecasts.store_forecasts()
    then = seen("2024Q4", date(2024, 2, 1))
    assert {one.made_at for one in snapshot(then).forecasts} == {"2023Q4"}
    assert end_of(date(2024, 2, 1)) == then.moment


@pytest.mark.parametrize(
    ("hits", "told", "missed"),
    [(0, 3, True), (1, 3, True), (2, 4, False), (2, 3, False), (0, 0, False)],
)
def test_a_method_has_missed_most_where_fewer_than_half_of_its_ranges_held(hits, told, missed):
    assert Record((), hits, told).missed_most is missed


def test_a_forecast_is_drawn_where_past_ones_held(target):
    history("2024Q4")
    stored_forecasts.store_forecasts()
    at = seen("2024Q4")
    drawn = worth_drawing(snapshot(at), result(SHARE, at))
    assert drawn is not None
    assert drawn == deadline_forecast(result(SHARE, at)).forecast


def test_a_forecast_is_not_drawn_where_past_ones_mostly_missed(target):
    history("2024Q4")
    stored_forecasts.store_forecasts()
    KeptForecast.objects.update(low=0, middle=0, high=0)
    at = seen("2024Q4")
    assert deadline_forecast(result(SHARE, at)).forecast is not None
    assert worth_drawing(snapshot(at), result(SHARE, at)) is None
