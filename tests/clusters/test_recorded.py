"""The two readings of a past day: what is known now of it, and what was known then."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusters.models import CityReturn, Publication
from clusters.viewpoint import Viewpoint, end_of, parse_known, viewpoint_of
from enterprises.models import EnterpriseReturn
from foundation.quarters import Quarter
from tests.factories import (
    make_city,
    make_city_return,
    make_enterprise,
    make_enterprise_return,
    make_period,
    make_publication,
)

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 1)
Q3 = Quarter(2025, 3)
CITIES = ("370100", "370200")


@dataclass(frozen=True)
class DatedAct:
    """An acceptance declared for a day and recorded on a later or the same one; or a withdrawal."""

    city: str
    recorded: int
    declared: int
    is_withdrawal: bool = False


def at(day):
    """Noon of a day that is counted from the first."""
    return end_of(FIRST + timedelta(days=day)) - timedelta(hours=12)


def seen(day, *, known_then):
    as_of = FIRST + timedelta(days=day)
    return Viewpoint(Q3, as_of, end_of(as_of), known_then)


@dataclass
class Told:
    """A version, as a person would keep it: its number, and from when to when it counts."""

    number: int
    since: int
    until: int | None = None


def played(acts):
    """Return what acts make, one after another, by city; those that intake refuses are not."""
    told = {city: [] for city in CITIES}
    for number, act in enumerate(acts):
        versions = told[act.city]
        last = versions[-1] if versions else None
        standing = last if last and last.until is None else None
        if act.is_withdrawal:
            if standing:
                standing.until = act.recorded
            continue
        if last and act.declared <= (last.since if standing else last.until):
            continue
        if standing:
            standing.until = act.declared
        versions.append(Told(number, act.declared))
    return told


def in_force(acts, day):
    """Return the number of the version of each city that counts on a day."""
    return {
        city: one.number
        for city, versions in played(acts).items()
        for one in versions
        if one.since <= day and (one.until is None or one.until > day)
    }


def store(acts):
    """Put the same acts in the database, as publishing does; output_value is the act's number."""
    period = make_period(str(Q3))
    for number, act in enumerate(acts):
        city = make_city(act.city)
        mine = CityReturn.objects.filter(city=city, period=period)
        standing, last = mine.in_force().first(), mine.order_by("-pk").first()
        moment = at(act.recorded if act.is_withdrawal else act.declared)
        if act.is_withdrawal and not standing:
            continue
        if not act.is_withdrawal and last:
            after = last.published_at if standing else last.superseded_at
            if moment <= after:
                continue
        mine.in_force().update(superseded_at=moment)
        if not act.is_withdrawal:
            make_city_return(city, period, output_value=number, published_at=moment)
        make_publication(city, period, published_at=moment, recorded_at=at(act.recorded))


def read(day, *, known_then):
    rows = CityReturn.objects.seen_from(seen(day, known_then=known_then))
    values = list(rows.values_list("city__code", "output_value"))
    assert len(values) == len(dict(values)), "a city counts twice"
    return {city: int(value) for city, value in values}


@st.composite
def histories(draw, *, back_filled=True):
    recorded = sorted(draw(st.lists(st.integers(0, 12), max_size=6)))
    acts = []
    for day in recorded:
        declared = draw(st.integers(0, day)) if back_filled else day
        withdrawal = draw(st.integers(0, 4)) == 0
        acts.append(DatedAct(draw(st.sampled_from(CITIES)), day, declared, withdrawal))
    return acts


quick = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@quick
@given(acts=histories())
def test_what_was_known_then_is_what_the_acts_recorded_by_then_had_made(acts):
    with transaction.atomic():
        store(acts)
        for day in range(14):
            by_then = [act for act in acts if act.recorded <= day]
            assert read(day, known_then=True) == in_force(by_then, day)
            assert read(day, known_then=False) == in_force(acts, day)
        assert read(13, known_then=True) == read(13, known_then=False)
        transaction.set_rollback(True)


@quick
@given(acts=histories(back_filled=False))
def test_where_nothing_was_back_filled_the_two_readings_are_one(acts):
    with transaction.atomic():
        store(acts)
        assert not Publication.objects.known_later(at(13)).exists()
        for day in range(14):
            assert read(day, known_then=True) == read(day, known_then=False)
        transaction.set_rollback(True)


def test_two_versions_back_filled_on_one_day_were_both_unknown_before():
    """Declared for days 2 and 5, both recorded on day 9."""
    store([DatedAct("370100", 9, 2), DatedAct("370100", 9, 5)])
    assert [read(day, known_then=False) for day in (1, 3, 6)] == [{}, {"370100": 0}, {"370100": 1}]
    assert [read(day, known_then=True) for day in (3, 6, 8)] == [{}, {}, {}]
    assert read(9, known_then=True) == {"370100": 1}


def test_a_correction_that_came_later_leaves_the_figure_that_was_known():
    """Told on day 1; on day 9 corrected, declared for day 4."""
    store([DatedAct("370100", 1, 1), DatedAct("370100", 9, 4)])
    assert read(5, known_then=True) == {"370100": 0}
    assert read(5, known_then=False) == {"370100": 1}


def test_a_withdrawn_acceptance_counted_until_its_withdrawal_in_both_readings():
    store([DatedAct("370100", 3, 1), DatedAct("370100", 6, 6, is_withdrawal=True)])
    assert [read(day, known_then=True) for day in (2, 4, 6)] == [{}, {"370100": 0}, {}]
    assert [read(day, known_then=False) for day in (2, 4, 6)] == [{"370100": 0}, {"370100": 0}, {}]


def test_before_the_first_publication_and_on_a_day_to_come_the_readings_are_one():
    store([DatedAct("370100", 3, 1)])
    assert read(0, known_then=True) == read(0, known_then=False) == {}
    assert read(5000, known_then=True) == read(5000, known_then=False) == {"370100": 0}


def test_two_cities_declared_for_the_same_moment_are_kept_apart():
    """A batch declares one moment for all its files; 济南's was there, 青岛's came later."""
    store(
        [DatedAct("370100", 1, 1), DatedAct("370100", 5, 4), DatedAct("370200", 9, 4)],
    )
    assert read(6, known_then=True) == {"370100": 1}


def test_a_firm_that_another_citys_later_workbook_took_over_is_still_the_firsts():
    """It moved from 济南 to 青岛; 青岛's workbook is declared for day 4 and recorded on day 9."""
    firm, period = make_enterprise(), make_period(str(Q3))
    here, there = make_city("370100"), make_city("370200")
    old = make_enterprise_return(firm, period, city=here, published_at=at(1))
    make_publication(here, period, published_at=at(1), recorded_at=at(1))
    EnterpriseReturn.objects.filter(pk=old.pk).update(superseded_at=at(4))
    new = make_enterprise_return(firm, period, city=there, published_at=at(4))
    make_publication(there, period, published_at=at(4), recorded_at=at(9))

    def found(*, known_then):
        rows = EnterpriseReturn.objects.seen_from(seen(6, known_then=known_then))
        return list(rows.values_list("pk", flat=True))

    assert found(known_then=True) == [old.pk]
    assert found(known_then=False) == [new.pk]


def test_the_address_asks_for_a_reading_and_links_keep_it():
    make_period(str(Q3))
    asked = {"period": str(Q3), "as_of": "2026-01-05"}
    then = viewpoint_of(asked | {"known": "then"})
    assert then.recorded_by == then.moment
    assert then.query.endswith("as_of=2026-01-05&known=then")
    assert viewpoint_of(asked).recorded_by is viewpoint_of(asked | {"known": "now"}).recorded_by
    assert viewpoint_of({"period": str(Q3), "known": "then"}).recorded_by is None
    with pytest.raises(ValueError, match="now or then"):
        parse_known("later")


def test_without_a_period_the_newest_quarter_is_that_of_the_reading():
    city = make_city()
    for code, recorded in (("2025Q2", 1), ("2025Q3", 9)):
        make_city_return(city, make_period(code), published_at=at(1))
        make_publication(city, make_period(code), published_at=at(1), recorded_at=at(recorded))
    asked = {"as_of": (FIRST + timedelta(days=5)).isoformat()}
    assert str(viewpoint_of(asked).quarter) == "2025Q3"
    assert str(viewpoint_of(asked | {"known": "then"}).quarter) == "2025Q2"
