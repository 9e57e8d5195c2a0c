from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from clusters.models import Publication
from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from indicators.data.snapshot import AppliedScenario
from indicators.data.snapshot_reader import snapshot
from indicators.estimates import scored_counts
from indicators.estimates.scored_counts import record_of
from indicators.formulas.count_record import CountRecord, count_record
from tests.factories import (
    CITIES,
    make_cities,
    make_city,
    make_enterprise,
    make_enterprise_return,
    make_period,
)

pytestmark = pytest.mark.django_db
Q4 = Quarter(2025, 4)


def read():
    return snapshot(Viewpoint(Q4, None, None))


def report(quarter, *, at, cities=CITIES, revenue=101_000_000, firms=None):
    """Publish a quarter of one enterprise for each of these cities."""
    period = make_period(quarter)
    for code in cities:
        Publication.objects.append(city=make_city(code), period=period, published_at=at)
        make_enterprise_return(firms[code], period, revenue=revenue, published_at=at)


@pytest.fixture
def firms(db):
    make_cities()
    return {code: make_enterprise(make_city(code)) for code in CITIES}


@pytest.fixture
def _two_years(firms):
    for year in (2023, 2024):
        for n, millions in ((3, 76), (4, 101)):
            at = datetime(year + n // 4, n % 4 * 3 + 1, 20, tzinfo=UTC)
            report(f"{year}Q{n}", at=at, revenue=millions * 1_000_000, firms=firms)


def test_with_nothing_on_record_nothing_is_scored(firms):
    assert record_of(read()) == CountRecord(())


@pytest.mark.usefixtures("_two_years")
def test_complete_quarters_are_scored():
    found = record_of(read())

    assert list(found.by_quarter) == [Quarter(2024, 4)]
    assert (found.rate, found.trials[0].truth) == (1, 16)


@pytest.fixture
def made(monkeypatch):
    """The records that were really made."""
    every = []

    def make(*given, **named):
        every.append(count_record(*given, **named))
        return every[-1]

    monkeypatch.setattr(scored_counts, "count_record", make)
    return every


@pytest.mark.usefixtures("_two_years")
def test_it_is_kept_while_only_the_newest_quarter_moves(firms, made):
    first = record_of(read())
    jinan = ["370100"]
    report("2025Q4", at=datetime(2026, 1, 20, tzinfo=UTC), cities=jinan, firms=firms)
    assert record_of(read()) == first
    assert len(made) == 1

    Publication.objects.append(
        city=make_city(),
        period=make_period("2024Q4"),
        published_at=datetime(2026, 1, 21, tzinfo=UTC),
    )
    record_of(read())
    assert len(made) == 2


@pytest.mark.usefixtures("_two_years")
def test_what_is_supposed_changes_no_record(made):
    of = read()
    supposed = replace(of, supposed=AppliedScenario(of, frozenset({1})), is_ephemeral=True)
    assert record_of(supposed) == record_of(of)
    assert len(made) == 1


@pytest.mark.usefixtures("_two_years")
def test_nothing_is_kept_of_what_nobody_has_accepted(made):
    of = replace(read(), is_ephemeral=True)
    assert record_of(of) == record_of(of)
    assert len(made) == 2


@pytest.mark.usefixtures("_two_years")
def test_another_line_or_least_weight_has_a_record_of_its_own():
    of = read()
    assert not record_of(of, least_weight=Decimal(1)).trials
    assert record_of(of).trials
