"""A past day as known then, beside what is known now of it: targets, pages, API, papers."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from lxml import html

from clusters.models import City, Publication
from clusters.viewpoint import Viewpoint, end_of
from foundation import data_version
from foundation.quarters import Quarter
from indicators.data.snapshot_reader import snapshot
from indicators.movement.two_readings import Readings, read_twice, readings
from measures.plan_ledger import plan_ledger
from tests.factories import PUBLISHED_AT, make_city, make_period, make_publication
from tests.measures.cast import make_report, make_task
from tests.province import make_province

pytestmark = pytest.mark.django_db
Q3 = Quarter(2025, 3)
DAY = date(2026, 2, 1)
THEN = "?period=2025Q3&as_of=2026-02-01&known=then"
NOW = "?period=2025Q3&as_of=2026-02-01"


def seen(*, known_then, day=DAY):
    return Viewpoint(Q3, day, end_of(day), known_then)


@pytest.fixture
def backfilled(db):
    """Sixteen cities declared for 20 January 2026: Jinan's came in later, the others' that day."""
    make_province()
    [jinans] = Publication.objects.all()
    assert jinans.city.code == "370100"
    assert jinans.recorded_at > end_of(DAY)


def text(page):
    return " ".join(
        html.fromstring(page.content.decode()).xpath("//main")[0].text_content().split()
    )


def test_the_snapshot_of_what_was_known_then_lacks_what_came_in_later(backfilled):
    then, now = snapshot(seen(known_then=True)), snapshot(seen(known_then=False))
    assert len(now.city_totals) == 16
    assert now.city_totals.keys() - then.city_totals.keys() == {("370100", Q3)}
    assert now.lines.keys() - then.lines.keys() == {("370100", Q3)}
    assert snapshot(seen(known_then=True)) is then, "each reading is kept under its own key"


def test_both_answers_of_each_target_are_returned(backfilled):
    told = {one.now.code: one for one in read_twice(seen(known_then=False))}
    share = told["cluster-output-share"]
    assert (share.then.coverage.accepted, share.now.coverage.accepted) == (15, 16)
    assert share.then.value is None
    assert share.now.value is not None
    assert share.differs


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2027, 1, 1), date(9000, 12, 31), None])
def test_where_the_readings_cannot_differ_none_is_offered(backfilled, day):
    """Before the first declared day, from the day of recording on, on a day to come, and today."""
    known = Viewpoint(Q3, day, end_of(day) if day else datetime(2027, 1, 1, tzinfo=UTC))
    assert readings(known) == Readings(differ=False, cities=0)


@pytest.mark.parametrize("path", ["/", "/indicators/cluster-output-share/"])
def test_a_page_says_which_reading_it_shows_and_has_both_answers(
    client, official, backfilled, path
):
    client.force_login(official)
    now, then = text(client.get(path + NOW)), text(client.get(path + THEN))
    assert "Q3 2025 as known now of 1 February 2026" in now
    assert "Q3 2025 as known then, on 1 February 2026" in then
    for page in (now, then):
        assert "The figures of 1 city were back-filled after that day" in page
        assert "As known then As known now of then" in page
        assert "15/16 cities accepted" in page
        assert "16/16 cities accepted" in page


def test_the_switch_leads_to_the_other_reading_and_marks_this_one(client, official, backfilled):
    client.force_login(official)
    tree = html.fromstring(client.get("/" + THEN).content.decode())
    switch = tree.xpath("//ul[@aria-label='Which reading of that day']//a")
    assert [(a.text.strip(), a.get("aria-current")) for a in switch] == [
        ("As known then", "true"),
        ("As known now of then", None),
    ]
    assert "known" not in switch[1].get("href")
    assert "as_of=2026-02-01" in switch[1].get("href")
    cards = tree.xpath("//section[@class='overview__goals']//a/@href")
    assert cards
    assert all("known=then" in address for address in cards)


def test_no_page_of_a_day_on_which_all_was_known_has_the_switch(client, official, db):
    make_province()
    Publication.objects.append(
        city=make_city("370200"),
        period=Publication.objects.get().period,
        published_at=PUBLISHED_AT,
        recorded_at=PUBLISHED_AT,
    )
    client.force_login(official)
    page = client.get("/?period=2025Q3&as_of=2026-01-19").content.decode()
    assert "Which reading of that day" not in page


@pytest.mark.parametrize("path", ["/briefing/2025Q3/", "/briefing/2025Q3/draft.docx"])
def test_papers_refuse_what_was_known_then(client, reviewer, backfilled, path):
    client.force_login(reviewer)
    if path.endswith("docx"):
        path = reverse("briefing:draft_docx", args=["2025Q3"])
    refused = client.get(path + THEN)
    assert refused.status_code == 400
    assert "known now of a day" in refused.content.decode()
    page = client.get("/briefing/2025Q3/" + NOW).content.decode()
    assert "Which reading of that day" not in page


def test_the_api_takes_the_reading_and_says_it_only_where_it_is_asked_for(
    client, official, backfilled
):
    client.force_login(official)

    def answer(path, query):
        return client.get(f"/api/v1/{path}{query}").json()

    [then] = [
        one["coverage"]["accepted"]
        for one in answer("indicators/", THEN)
        if one["code"] == "cluster-output-share"
    ]
    assert then == 15
    proof = "indicators/cluster-output-share/proof/"
    assert answer(proof, THEN)["known"] == "then"
    assert "370100" in answer(proof, THEN)["concluded"]["missing"]
    assert "known" not in answer(proof, NOW)
    assert answer("overview/", THEN)["known"] == "then"
    assert "known" not in answer("overview/", NOW)
    assert client.get("/api/v1/indicators/?known=later").status_code == 400


def test_rows_outside_the_snapshot_follow_the_reading(client, official, backfilled):
    """The register, an enterprise's page and the API's rows of enterprises: Jinan's are unknown."""
    client.force_login(official)
    rows = "/api/v1/enterprises/{}&city=jinan"
    now, then = (client.get(rows.format(query)).json()["results"] for query in (NOW, THEN))
    assert {one["revenue"] is None for one in now} == {False}
    assert {one["revenue"] is None for one in then} == {True}
    firm = f"/enterprises/{now[0]['credit_code']}/"
    assert client.get(firm + NOW).context["latest"] is not None
    assert client.get(firm + THEN).context["latest"] is None
    told = {
        query: [one.revenue for one in client.get(query).context["table"].data]
        for query in (f"/enterprises/{NOW}", f"/enterprises/{THEN}")
    }
    assert [sum(one is None for one in some) for some in told.values()] == [0, len(now)]


def test_every_dashboard_page_and_list_opens_as_known_then(client, official, backfilled):
    client.force_login(official)
    make_publication(make_city("370200"), published_at=PUBLISHED_AT)
    for path in (
        *("/indicators/firms-over-100m/", "/indicators/firms-over-100m/firms/", "/clusters/"),
        *("/clusters/jinan/", "/cities/", "/cities/jinan/", "/parks/", "/parks/qingdao-park/"),
        *("/submissions/restatements/", "/measures/", "/indicators/", "/what-if/", "/methods/"),
        "/indicators/cluster-output-share/movement/",
    ):
        status = client.get(path + THEN).status_code
        if status == 404 and client.get(path + NOW).status_code == 404:
            pytest.fail(f"there is no {path}")
        assert status == 200, path


def test_forms_downloads_and_links_carry_the_reading_and_links_to_papers_do_not(
    client, official, backfilled
):
    client.force_login(official)
    tree = html.fromstring(client.get("/" + THEN).content.decode())
    assert tree.xpath("//form[contains(@class, 'viewpoint-line__form')]/input[@name='known']")
    links = tree.xpath("//nav//a/@href")
    assert any(one.startswith("/cities/") and "known=then" in one for one in links)
    papers = [
        one for one in tree.xpath("//a/@href") if one.startswith(("/briefing", "/assessment"))
    ]
    assert papers
    assert not any("known" in one for one in papers)
    file = client.get(f"/cities/{THEN}&download=cities.csv").content.decode()
    assert "1 February 2026, as known then: without what was recorded later" in file


def test_the_ledgers_readings_are_kept_apart(rf, city, official):
    """A report of Jinan's on a task, declared for 20 January and recorded in March."""
    make_publication(
        city, make_period(), published_at=PUBLISHED_AT, recorded_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    make_report(make_task(cities=[city]), city, "2025Q3", published_at=PUBLISHED_AT)
    request = rf.get("/")
    request.user, request.cities = official, City.objects.all()
    request.data_version = data_version.current()

    def reports(*, known_then):
        [row] = plan_ledger(request, seen(known_then=known_then))
        return sum(len(each.reports) for each in row.rows)

    assert reports(known_then=False) == 1
    assert reports(known_then=True) == 0
