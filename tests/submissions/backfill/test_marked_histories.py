"""Back-filled figures are marked, with both days, wherever a history is shown; others nowhere."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from clusters.backfilled import mark, mark_of_many
from clusters.models import BlockReturn
from parks.models import ParkReturn
from tests.factories import (
    make_city_return,
    make_clusters,
    make_enterprise,
    make_enterprise_return,
    make_park,
    make_publication,
    make_target,
)
from tests.measures.cast import make_report, make_task
from tests.province import make_category
from tests.submissions.cast import make_batch, make_row, make_submission

FIRST = datetime(2026, 1, 10, 8, tzinfo=UTC)
DECLARED = datetime(2026, 1, 20, 8, tzinfo=UTC)
RECORDED = datetime(2026, 3, 1, 8, tzinfo=UTC)
DAYS = "declared for 20 January 2026, recorded on 1 March 2026"
Q = "?period=2025Q3"

# Each surface: who opens it, its address, and what it says of the version in force.
SURFACES = {
    "a submission and its versions": ("reviewer", "{submission}", DAYS),
    "a cell in every version": (
        "reviewer",
        "{submission}cell/?at=企业明细!C5",
        DAYS,
    ),
    "the province's submissions": ("reviewer", "/submissions/", DAYS),
    "a bureau's submissions": ("officer", "/submissions/", DAYS),
    "restatements": ("reviewer", "/submissions/restatements/" + Q, DAYS),
    "an enterprise": ("official", "/enterprises/{firm}/" + Q, DAYS),
    "a park": ("official", "/parks/a-park/" + Q, DAYS),
    "a building block": ("official", "{block}" + Q, DAYS),
    "a task": ("official", "/measures/1-01/" + Q, DAYS),
    "a city, and the trace of its figures": ("official", "/cities/jinan/" + Q, DAYS),
    "a cluster": ("official", "/clusters/jinan/" + Q, DAYS),
    "a target": ("official", "/indicators/cluster-output-share/" + Q, f"1 city, {DAYS}"),
    "a city's quarters in a batch": ("admin", "{batch}cities/jinan/", DAYS),
    "the closing assessment": ("reviewer", "/assessment/311/", DAYS),
    "the head of the chain": ("reviewer", "/submissions/chain/", DAYS),
}


def tell(city, period, officer, admin, *, later):
    """Two versions of Jinan's figures, declared for 10 and 20 January; recorded then, or later."""
    for at in (FIRST, DECLARED):
        make_publication(city, period, published_at=at, recorded_at=RECORDED if later else at)
    (cluster, *_others), firm = make_clusters(), make_enterprise(city)
    make_target()
    old = make_submission(
        city, period, by=officer, status="superseded", published_at=FIRST, superseded_at=DECLARED
    )
    make_row(old, key=firm.credit_code)
    new = make_submission(city, period, by=admin, status="accepted", published_at=DECLARED)
    make_row(new, key=firm.credit_code)
    make_row(new, "city", "output_value", sheet="城市汇总", this_year="500.00")
    told = {"period": period, "published_at": DECLARED}
    make_city_return(
        city, output_value="400.00", superseded_at=DECLARED, **told | {"published_at": FIRST}
    )
    make_city_return(city, **told)
    make_enterprise_return(firm, **told)
    ParkReturn.objects.create(park=make_park(city, slug="a-park"), output_value="1.00", **told)
    block = make_category(cluster, period).blocks.last()
    BlockReturn.objects.create(block=block, status="building", planned_on="2026-12-31", **told)
    make_report(
        make_task(cities=[city]), city, "2025Q3", place="任务进展!H5", published_at=DECLARED
    )
    return {
        "submission": new.get_absolute_url(),
        "firm": firm.credit_code,
        "block": block.get_absolute_url(),
        "batch": make_batch(new).get_absolute_url(),
    }


@pytest.fixture
def people(officer, reviewer, official, admin):
    return {"officer": officer, "reviewer": reviewer, "official": official, "admin": admin}


@pytest.mark.parametrize("later", [True, False], ids=["back-filled", "in time"])
def test_each_history_marks_what_was_back_filled_and_nothing_else(
    client, city, period, people, later
):
    address = tell(city, period, people["officer"], people["admin"], later=later)
    for name, (who, path, words) in SURFACES.items():
        client.force_login(people[who])
        page = client.get(path.format(**address))
        assert page.status_code == 200, name
        told = " ".join(page.content.decode().split())
        assert (words in told) is later, name
        assert ("back-filled: " in told) is later, name


def test_the_files_of_a_table_carry_the_mark(client, city, period, people):
    address = tell(city, period, people["officer"], people["admin"], later=True)
    client.force_login(people["official"])
    file = client.get(f"/enterprises/{address['firm']}/{Q}&download=origin.csv")
    assert DAYS in file.content.decode()


def test_the_api_has_the_declared_day_and_that_of_recording(client, city, period, people):
    tell(city, period, people["officer"], people["admin"], later=True)
    client.force_login(people["reviewer"])
    rows = {one["version"]: one for one in client.get("/api/v1/submissions/").json()["results"]}
    assert rows[2]["published_at"].startswith("2026-01-20")
    assert rows[2]["recorded_at"].startswith("2026-03-01")


def test_a_mark_is_of_what_was_recorded_later():
    def one(published, recorded):
        return SimpleNamespace(published_at=published, recorded_at=recorded)

    assert mark(one(DECLARED, RECORDED)) == f"back-filled: {DAYS}"
    for published, recorded in ((DECLARED, DECLARED), (DECLARED, None), (None, None)):
        assert mark(one(published, recorded)) == ""
    assert mark(None) == ""


def test_of_many_the_first_and_last_days_are_told():
    records = [
        SimpleNamespace(published_at=DECLARED + timedelta(days=n), recorded_at=RECORDED)
        for n in (2, 0)
    ]
    in_time = SimpleNamespace(published_at=RECORDED, recorded_at=RECORDED)
    assert mark_of_many([*records, in_time]) == (
        "back-filled: 2 cities, declared for 20 January 2026 – 22 January 2026, "
        "recorded on 1 March 2026"
    )
    assert mark_of_many([in_time]) == ""
