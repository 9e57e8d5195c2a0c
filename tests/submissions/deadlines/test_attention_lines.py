"""What needs attention on the overview: silent cities in a table, short lines, red first."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from clusters.models import City
from clusters.viewpoint import Viewpoint
from foundation.quarters import Quarter
from foundation.tables import Link
from indicators.data.snapshot_reader import snapshot
from indicators.outlook.settling import settled_by
from indicators.results.scorecard import results_in
from submissions.deadlines.attention_lines import MOST_ROWS, attention_lines, silent_tables
from submissions.deadlines.obligations import obligations
from tests.factories import CITIES, make_city, make_park, make_period, make_target
from tests.province import make_province
from tests.submissions.cast import make_submission

pytestmark = pytest.mark.django_db
# Due on 15 October: forty days later.
NOW = datetime(2025, 11, 24, 4, tzinfo=UTC)
SILENT = ["370600", "370700", "370800", "370900"]


def asked(moment=NOW, linked=None):
    """The snapshot, the quarter, the results, the obligations and the reader's cities."""
    quarter = Quarter(2025, 3)
    of = snapshot(Viewpoint(quarter, None, moment))
    cities = list(City.objects.order_by("code"))
    owed = obligations(cities, [make_period("2025Q3")], moment)
    mine = [city.pk for city in cities] if linked is None else linked
    return of, quarter, results_in(of, quarter), owed, mine


def tables(**given):
    of, _quarter, results, owed, mine = asked(**given)
    return silent_tables(settled_by(of, results), owed, mine)


def lines(**given):
    return attention_lines(*asked(**given))


@pytest.fixture
def province(db):
    """All cities accepted but four."""
    period = make_province(silent=SILENT)
    for city in City.objects.exclude(code__in=SILENT):
        make_submission(city, period, status="accepted")
    return period


def test_each_silent_city_has_the_state_of_its_workbook(province):
    make_submission(make_city("370600"), province, status="submitted")
    make_submission(make_city("370700"), province, status="sent_back")
    make_submission(make_city("370800"), province)

    [table] = tables()
    assert {row.settled.city.code: str(row.state) for row in table.data} == {
        "370600": "submitted",
        "370700": "sent_back",
        "370800": "uploaded",
        "370900": "overdue",
    }


def test_only_the_readers_cities_are_linked(province):
    sent = make_submission(make_city("370600"), province, status="submitted")
    mine = [make_city("370600").pk]

    [table] = tables(linked=mine)
    links = [table.render_city(row.settled.city, row) for row in table.data]
    assert [one.address for one in links if isinstance(one, Link)] == [sent.get_absolute_url()]


def test_before_the_due_day_nobody_is_overdue(province):
    [table] = tables(moment=datetime(2025, 10, 15, 4, tzinfo=UTC))
    assert {str(row.state) for row in table.data} <= {"owed", "not_due"}


def test_a_complete_quarter_has_no_table():
    make_province()
    assert tables() == []


def test_of_many_silent_cities_the_first_few_are_shown_and_the_others_folded():
    make_province(silent=list(CITIES)[:10])
    first, others = tables()
    assert (len(first.data), len(others.data)) == (MOST_ROWS, 10 - MOST_ROWS)


def test_a_column_that_says_nothing_of_any_city_is_left_out(province):
    [table] = tables()
    known = [row.part is not None for row in table.data]
    names = [column.name for column in table.columns]
    assert ("part" in names) == any(known)


def test_a_waiting_correction_is_a_line(province):
    submission = make_submission(make_city("370100"), province, status="submitted")

    [line] = [one for one in lines() if one.status == "submitted"]
    assert line.words == "A correction of Jinan waits for a decision"
    assert line.address == submission.get_absolute_url()
    assert [one.address for one in lines(linked=[]) if one.status == "submitted"] == [""]


def test_what_is_unknown_comes_last(province):
    make_target("parks", kind="established", things="parks", unit="count", value=Decimal("9"))
    make_park(make_city("370400"))
    make_submission(make_city("370100"), province, status="submitted")

    statuses = [one.status for one in lines()]
    assert statuses.index("submitted") < statuses.index("not_known")
    assert statuses[-1] == "not_known"
