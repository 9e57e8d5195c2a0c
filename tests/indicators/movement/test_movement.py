"""Why a figure moved, read from a database with a history."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusters.models import CityReturn, Cluster, Plan, Publication
from clusters.viewpoint import Viewpoint, end_of
from enterprises.models import EnterpriseReturn
from foundation.quarters import Quarter
from indicators.charts import findings
from indicators.data import snapshot_reader
from indicators.formulas.bridge import Cause
from indicators.movement.changes import change
from indicators.movement.contributors import grid
from indicators.movement.movement import NoMovement, missing_though_due, movement
from indicators.movement.movement_words import left_out_words, movement_sentence
from indicators.results.scorecard import result
from tests.audit.rewritten import erase, rewrite
from tests.depth import examples
from tests.factories import (
    make_city,
    make_city_return,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_period,
    make_plan,
    make_publication,
    make_target,
)

pytestmark = pytest.mark.django_db
SHARE, FIRMS = "cluster-output-share", "firms-over-100m"
# The same months of two years, and other months of the later one.
BEFORE, Q2, Q3 = Quarter(2024, 3), Quarter(2025, 2), Quarter(2025, 3)
JINAN, QINGDAO, WEIFANG, YANTAI = "370100", "370200", "370700", "370600"
OVER, UNDER = "100000000.01", "100000000.00"
THEN, NOW = date(2025, 9, 30), date(2025, 12, 31)


def at(day):
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def seen(quarter, day):
    return Viewpoint(quarter, day, end_of(day))


def moved(code=SHARE, start=(BEFORE, THEN), end=(Q3, NOW)):
    return movement(code, seen(*end), seen(*start))


def told(city, quarter, output, on, gone=None):
    """A city's total of a quarter, in force from a day to a day."""
    make_city_return(
        make_city(city),
        make_period(str(quarter)),
        output_value=output,
        published_at=at(on),
        superseded_at=at(gone) if gone else None,
    )
    make_publication(make_city(city), make_period(str(quarter)), published_at=at(on))


@pytest.fixture
def clusters():
    make_target(SHARE)
    return make_clusters()


def test_a_correction_and_a_later_year_stand_apart_and_are_of_the_same_cities(clusters):
    told(JINAN, BEFORE, "60.00", date(2024, 10, 10), gone=date(2025, 10, 10))
    told(JINAN, BEFORE, "50.00", date(2025, 10, 10))
    told(WEIFANG, BEFORE, "50.00", date(2024, 10, 10))
    told(YANTAI, BEFORE, "100.00", date(2024, 10, 10))
    for city, output in ((JINAN, "90.00"), (WEIFANG, "60.00")):
        told(city, Q3, output, date(2025, 10, 20))

    found = moved()

    # Yantai is silent in the later quarter: its 100 of the year before are not among these.
    assert (found.start.value, found.end.value) == (Fraction(60, 110), Fraction(90, 150))
    assert found.by_cause == {
        Cause.LATE: 0,
        Cause.CORRECTION: Fraction(50, 100) - Fraction(60, 110),
        Cause.REGISTER: 0,
        Cause.NEW: Fraction(90, 150) - Fraction(50, 100),
    }
    assert sum(part.whole for part in found.cities) == found.whole
    assert (found.start.cities, found.end.cities) == (2, 2)
    assert YANTAI in {city.code for city in found.left_out}
    assert movement_sentence(found).startswith("Same 2 cities: From 54.55% (end of Q3 2024")
    assert "silent" in left_out_words(found)


def test_late_cities_move_a_quarter_as_known_on_two_days_and_each_end_says_of_how_many(clusters):
    told(JINAN, Q2, "60.00", date(2025, 7, 20))
    told(WEIFANG, Q2, "40.00", date(2025, 7, 20))
    told(YANTAI, Q2, "100.00", date(2025, 10, 5))

    found = moved(start=(Q2, THEN), end=(Q2, NOW))

    assert (found.start.value, found.end.value) == (Fraction(60, 100), Fraction(60, 200))
    assert found.by_cause[Cause.LATE] == found.whole
    assert {p.city.code for p in found.cities} == {YANTAI}
    sentence = movement_sentence(found)
    assert "of the 2 cities that had reported" in sentence
    assert "of the 3 cities that had reported" in sentence
    assert left_out_words(found) == ""
    assert findings.of_movement(found) == (
        "From 60.00% (of the 2 cities that reported) to 30.00% (of the 3 cities that reported), "
        "−30.00 percentage points; most by: Late cities, −30.00 percentage points"
    )


def test_between_different_months_no_movement_is_told(clusters):
    for quarter in (Q2, Q3):
        told(JINAN, quarter, "60.00", date(2025, 10, 20))

    found = moved(start=(Q2, NOW))

    assert found.why_not is NoMovement.OTHER_MONTHS
    assert (found.is_known, found.shown, found.start.value, found.whole) == (False, None, None, 0)
    assert "different months" in movement_sentence(found)
    assert (grid(found), found.firms) == (None, ())


def test_across_two_plans_no_movement_is_told(clusters):
    Plan.objects.update(first_year=2025)
    make_plan(code="earlier", first_year=2023, last_year=2024)
    told(JINAN, BEFORE, "60.00", date(2024, 10, 20))
    told(JINAN, Q3, "60.00", date(2025, 10, 20))

    found = moved()

    assert found.why_not is NoMovement.OTHER_PLAN
    assert "two plans" in movement_sentence(found)


def test_without_a_city_that_reported_both_years_no_movement_is_told(clusters):
    told(JINAN, BEFORE, "60.00", date(2024, 10, 20))
    told(WEIFANG, Q3, "60.00", date(2025, 10, 20))

    found = moved()

    assert found.why_not is NoMovement.NO_SAME_CITY
    assert "No city has reported both" in movement_sentence(found)


def test_what_was_not_due_then_is_new_data(clusters):
    told(JINAN, Q2, "60.00", date(2025, 7, 5))
    told(WEIFANG, Q2, "60.00", date(2025, 7, 9))

    before_due = moved(start=(Q2, date(2025, 7, 8)), end=(Q2, NOW))
    after_due = moved(start=(Q2, date(2025, 7, 16)), end=(Q2, NOW))

    assert before_due.by_cause[Cause.NEW] == Fraction(-1, 2)
    assert after_due.whole == 0


def test_a_city_that_left_the_clusters_is_a_register_change(clusters):
    told(JINAN, Q2, "60.00", date(2025, 7, 20))
    told(QINGDAO, Q2, "40.00", date(2025, 7, 20))
    told(WEIFANG, Q2, "100.00", date(2025, 7, 20))
    rewrite(Cluster.history, history_date=at(date(2023, 1, 1)))
    Cluster.objects.get(city__code=QINGDAO).delete()
    rewrite(Cluster.history.filter(history_type="-"), history_date=at(date(2025, 11, 1)))

    found = moved(start=(Q2, THEN), end=(Q2, NOW))

    assert (found.start.value, found.end.value) == (Fraction(1, 2), Fraction(3, 10))
    assert found.by_cause[Cause.REGISTER] == found.whole == Fraction(-1, 5)


def test_a_register_that_does_not_reach_back_so_far_says_nothing(clusters):
    told(JINAN, Q2, "60.00", date(2025, 7, 20))
    told(WEIFANG, Q2, "40.00", date(2025, 7, 20))

    found = moved(start=(Q2, THEN), end=(Q2, NOW))

    assert found.start.value == found.end.value == Fraction(3, 5)


def test_over_a_year_the_movement_is_the_change_that_the_targets_page_shows(clusters):
    told(JINAN, BEFORE, "70.00", date(2024, 10, 20))
    told(WEIFANG, BEFORE, "30.00", date(2024, 10, 20))
    told(YANTAI, BEFORE, "500.00", date(2024, 10, 20))
    told(JINAN, Q3, "100.00", date(2025, 10, 20))
    told(WEIFANG, Q3, "200.00", date(2025, 10, 20))

    found = moved(start=(BEFORE, NOW))

    of = snapshot_reader.snapshot(seen(Q3, NOW))
    year = change(of, result(SHARE, seen(Q3, NOW))).year
    assert found.start.value == Fraction(7, 10)
    assert abs(Fraction(year.now) - found.end.value) < Fraction(1, 10**27)
    assert abs(Fraction(year.difference) - found.whole) < Fraction(1, 10**27)
    assert year.cities == found.end.cities == 2


def test_without_a_figure_at_one_end_there_is_no_movement(clusters):
    told(JINAN, Q3, "100.00", date(2025, 10, 20))

    found = moved()

    assert not found.is_known
    assert found.shown is None
    assert "no movement can be told" in movement_sentence(found)


def test_enterprises_are_counted_by_their_citys_cause(clusters):
    before, q3 = make_period("2024Q3"), make_period("2025Q3")
    grown, fell, silent = (make_enterprise(make_city(c)) for c in (JINAN, JINAN, YANTAI))
    then, october = at(date(2024, 10, 10)), at(date(2025, 10, 20))
    make_enterprise_return(grown, before, revenue=UNDER, published_at=then)
    make_enterprise_return(grown, q3, revenue=OVER, published_at=october)
    old = make_enterprise_return(fell, before, revenue=OVER, published_at=then)
    EnterpriseReturn.objects.filter(pk=old.pk).update(superseded_at=october)
    make_enterprise_return(fell, before, revenue=UNDER, published_at=october)
    make_enterprise_return(silent, before, revenue=OVER, published_at=then)

    found = moved(FIRMS)

    # Yantai's was over last year, and says nothing of this.
    assert (found.start.value, found.end.value) == (1, 1)
    assert {(s.enterprise_id, s.cause, s.change) for s in found.firms} == {
        (grown.pk, Cause.NEW, 1),
        (fell.pk, Cause.CORRECTION, -1),
    }
    assert "Same 1 city: From 1 firm (end of Q3 2024, as known on 30 September 2025)" in (
        movement_sentence(found)
    )


def test_an_enterprise_that_joined_the_register_counts_by_the_register(clusters):
    before, q3 = make_period("2024Q3"), make_period("2025Q3")
    old, new = make_enterprise(make_city(JINAN)), make_enterprise(make_city(JINAN))
    rewrite(old.history, history_date=at(date(2023, 1, 1)))
    rewrite(new.history, history_date=at(date(2025, 10, 20)))
    make_enterprise_return(old, before, revenue=UNDER, published_at=at(date(2024, 10, 10)))
    for firm in (old, new):
        make_enterprise_return(firm, q3, revenue=OVER, published_at=at(date(2025, 10, 20)))

    found = moved(FIRMS)

    assert found.by_cause == {
        Cause.LATE: 0, Cause.CORRECTION: 0, Cause.REGISTER: 1, Cause.NEW: 1
    }  # fmt: skip


def test_a_total_moves_by_the_cent(clusters):
    make_target("output", kind="level", measure="output_value", value="10", unit="yi")
    told(JINAN, BEFORE, "100000000.01", date(2024, 10, 20))
    told(JINAN, Q3, "250000000.03", date(2025, 10, 20))

    found = moved("output")

    assert found.whole == Fraction("150000000.02")
    assert "+0.1500 billion yuan" in movement_sentence(found)


def test_what_no_city_reports_cannot_be_split(clusters):
    make_target("clusters", kind="established", things="clusters", value="3")
    with pytest.raises(KeyError):
        moved("clusters")


# ---- random histories ------------------------------------------------------------------

DAYS = [date(2025, 7, 1) + timedelta(days=10 * n) for n in range(18)]
city_codes = st.sampled_from([JINAN, QINGDAO, WEIFANG, YANTAI])
amounts = st.none() | st.decimals("0.01", "1e12", places=2)
acts = st.lists(
    st.tuples(
        st.sampled_from(DAYS), city_codes, st.sampled_from([BEFORE, Q3]), amounts, st.booleans()
    ),
    max_size=14,
    unique_by=lambda act: act[:3],
)


def play(history):
    """Put a history in force, as publishing does: what was in force is superseded."""
    for model in (CityReturn, EnterpriseReturn, Publication):
        erase(model.objects)
    for day, code, quarter, amount, over in history:
        city, period = make_city(code), make_period(str(quarter))
        firm = FIRM_OF[code]
        for model, keys in (
            (CityReturn, {"city": city}),
            (EnterpriseReturn, {"enterprise": firm}),
        ):
            model.objects.filter(period=period, superseded_at=None, **keys).update(
                superseded_at=at(day)
            )
        make_city_return(city, period, output_value=amount, published_at=at(day))
        make_enterprise_return(firm, period, revenue=OVER if over else UNDER, published_at=at(day))
        make_publication(city, period, published_at=at(day))
    snapshot_reader.forget()


FIRM_OF = {}


@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    acts, st.sampled_from(DAYS), st.sampled_from([BEFORE, Q3]), st.randoms(use_true_random=False)
)
def test_parts_add_up_and_no_order_of_cities_matters(clusters, history, then, from_, chance):
    for code in (JINAN, QINGDAO, WEIFANG, YANTAI):
        FIRM_OF[code] = make_enterprise(make_city(code))
    in_time = sorted(history, key=lambda act: act[0])
    play(in_time)
    found = [moved(code, start=(from_, then)) for code in (SHARE, FIRMS)]

    for one in found:
        assert one.is_known is (one.why_not is None)
        if not one.is_known:
            # A correction can take a quarter's only figure away.
            assert not (one.cities)
            assert not (one.firms)
            assert not (any(one.by_cause.values()))
            continue
        assert sum(part.whole for part in one.cities) == one.end.value - one.start.value
        assert sum(one.by_cause.values()) == one.end.value - one.start.value
        assert one.shown.start + sum(one.shown.by_cause.values()) == one.shown.end
        if one.is_over_years:
            same = {
                c
                for c in one.start.amounts
                if None not in (one.start.amounts[c], one.end.amounts[c])
            }
            assert one.start.cities == one.end.cities == len(same)
            assert not {part.city.code for part in one.cities} - same

    # Cities hand in on one day in any order: what is published when does not change.
    shuffled = list(in_time)
    chance.shuffle(shuffled)
    play(sorted(shuffled, key=lambda act: act[0]))
    again = [moved(code, start=(from_, then)) for code in (SHARE, FIRMS)]
    assert [one.by_cause for one in again] == [one.by_cause for one in found]
    assert [[(p.city, p.by_cause) for p in one.cities] for one in again] == [
        [(p.city, p.by_cause) for p in one.cities] for one in found
    ]


def test_no_city_is_late_for_a_quarter_outside_every_plan():
    make_period(str(Q2))
    make_city(JINAN)
    of = snapshot_reader.snapshot(seen(Q2, NOW))
    assert missing_though_due(of, Q2, frozenset()) == {JINAN}

    make_plan(first_year=2026, last_year=2030)
    of = snapshot_reader.snapshot(seen(Q2, NOW))
    assert of.due_on == {}
    assert missing_though_due(of, Q2, frozenset()) == frozenset()


@pytest.mark.parametrize(("day", "late"), [(14, set()), (15, set()), (16, {JINAN})])
def test_on_the_due_day_itself_nobody_is_late(day, late):
    period = make_period(str(Q2))
    assert period.due_on == date(2025, 7, 15)
    make_city(JINAN)
    of = snapshot_reader.snapshot(seen(Q2, date(2025, 7, day)))
    assert missing_though_due(of, Q2, frozenset()) == late
