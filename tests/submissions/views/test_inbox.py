from datetime import UTC, datetime

import pytest
import time_machine

from foundation.quarters import Quarter
from tests.factories import make_cities, make_city, make_period, make_plan, make_user
from tests.submissions.cast import make_submission

URL = "/submissions/"


@pytest.fixture(autouse=True)
def today():
    """One day after 2025Q3 was due."""
    with time_machine.travel("2025-10-16 04:00", tick=False):
        yield


def page(client, user, url=URL):
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == 200
    return answer


def sums(answer):
    """The last row of the matrix: for each period its cells' texts."""
    [(_accepted, *columns)] = answer.context["matrix"].foot
    return [[getattr(part, "value", part) for part in one.parts] for one in columns]


def test_a_bureau_sees_what_it_owes_the_newest_first(client, officer):
    for code in ("2025Q2", "2025Q3", "2025Q4", "2026Q1"):
        make_period(code)

    owed = page(client, officer).context["owed"].data
    assert [(o.period.code, o.state) for o in owed] == [
        ("2025Q4", "not_due"),
        ("2025Q3", "overdue"),
        ("2025Q2", "overdue"),
    ]


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (None, "Upload the workbook"),
        ("uploaded", "Look at the findings and submit"),
        ("submitted", "Waits for the reviewer"),
        ("sent_back", "Read the reason"),
        ("accepted", "Look at it"),
    ],
)
def test_a_bureau_is_shown_its_next_step(client, officer, city, period, state, step):
    if state:
        make_submission(city, period, by=officer, status=state)

    assert step in page(client, officer).content.decode()


def test_a_bureau_sees_nothing_of_another_city(client, officer, period):
    other = make_submission(make_city("370200"), period, status="submitted")

    shown = page(client, officer).content.decode()
    assert other.get_absolute_url() not in shown
    assert "Qingdao" not in shown


def test_the_province_sees_sixteen_cities_and_what_waits(client, reviewer, period):
    cities = make_cities()
    make_submission(cities[0], period, status="accepted")
    waits = make_submission(cities[1], period, status="submitted")

    answer = page(client, reviewer)
    assert len(answer.context["matrix"].data) == 16
    [column] = sums(answer)
    assert column == ["1/16", "Accepted 1", "Submitted 1", "Overdue 14"]
    assert list(answer.context["waiting"].data) == [waits]
    assert "1/16" in answer.content.decode()


@pytest.mark.parametrize("role", ["official", "admin"])
def test_official_and_admin_read_the_same(client, request, role, period, city):
    make_submission(city, period, status="submitted")

    assert page(client, request.getfixturevalue(role)).context["waiting"].data


def test_the_province_sees_recent_periods_and_on_request_all(client, reviewer, city):
    for year in (2022, 2023, 2024, 2025):
        for quarter in (1, 2, 3, 4):
            make_period(f"{year}Q{quarter}")

    assert len(page(client, reviewer).context["periods"]) == 8
    assert len(page(client, reviewer, URL + "?periods=all").context["periods"]) == 16


def test_somebody_without_a_role_sees_no_city(client, city, period):
    assert "No city is assigned" in page(client, make_user()).content.decode()


def test_the_queries_are_few_and_do_not_grow(client, reviewer, django_assert_max_num_queries):
    cities = make_cities()
    for code in ("2025Q1", "2025Q2", "2025Q3"):
        for city in cities:
            make_submission(city, make_period(code), status="submitted")
    client.force_login(reviewer)

    with django_assert_max_num_queries(11):
        client.get(URL)


@pytest.fixture
def beside_the_plan(city):
    """The calendar of the 311 plan, a quarter before it and three after it, a year on."""
    make_plan()
    for quarter in Quarter.range(Quarter(2022, 4), Quarter(2026, 4)):
        make_period(str(quarter))
    make_submission(city, make_period("2022Q4"), status="accepted")
    with time_machine.travel("2026-11-29 04:00", tick=False):
        yield


def test_the_province_sees_the_quarters_of_the_plan(client, reviewer, beside_the_plan):
    shown = page(client, reviewer).context["periods"]
    assert [str(each) for each in shown] == [
        f"{year}Q{quarter}" for year in (2025, 2024) for quarter in (4, 3, 2, 1)
    ]


def test_a_quarter_outside_the_plan_is_not_owed_and_what_came_is_shown(
    client, reviewer, beside_the_plan
):
    make_city("370200")
    answer = page(client, reviewer, URL + "?periods=all")

    states = dict(zip(map(str, answer.context["periods"]), sums(answer), strict=True))
    assert len(states) == 17
    assert states["2026Q3"] == states["2026Q4"] == ["", "Not owed 2"]
    assert states["2025Q4"] == ["0/2", "Overdue 2"]
    assert states["2022Q4"] == ["", "Accepted 1", "Not owed 1"]
    in_chinese = client.get(URL + "?periods=all", headers={"accept-language": "zh-hans"})
    assert in_chinese.content.decode().count('data-status="not_owed">不需报送') == 4 * 2 + 1


def test_a_bureau_is_not_shown_what_it_does_not_owe(client, officer, beside_the_plan):
    owed = page(client, officer).context["owed"].data
    assert [each.period.code for each in owed][:2] == ["2025Q4", "2025Q3"]
    assert [each.period.code for each in owed][-2:] == ["2023Q1", "2022Q4"]
    assert len(owed) == 13


def test_days_since_it_was_sent_back_are_labelled_so(client, officer, city, beside_the_plan):
    decided = datetime(2026, 1, 18, 7, tzinfo=UTC)
    make_submission(city, make_period("2025Q4"), status="sent_back", decided_at=decided)
    client.force_login(officer)

    shown = client.get(URL, headers={"accept-language": "zh-hans"}).content.decode()
    assert "退回后315天" in shown
    # Of 2025Q3, which never came: due on 15 October 2025.
    assert "逾期410天" in shown
