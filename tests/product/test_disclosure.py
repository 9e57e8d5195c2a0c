"""A figure that one table withholds from a reader is in nothing else that he can open."""

from collections import Counter

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings

from clusters.models import City, ReportingPeriod
from clusters.viewpoint import today
from config.deploy import demonstration_accounts, reference_data
from foundation.quarters import Quarter
from indicators.data import snapshot_reader
from parks.models import Park
from submissions.demonstration import loading, register, story
from submissions.papers.issuing import issue_assessment, issue_briefing
from tests.depth import DEEP
from tests.product.disclosure_walk import Walk, amounts, rows_that_name, starts, withheld_parks

# Zaozhuang's and Binzhou's parks are withheld but for Zaozhuang's in 2024Q1; Weifang's is shown.
CITIES = ("370100", "370200", "370400", "370700", "371600")
Q1, Q2, LAST = Quarter(2024, 1), Quarter(2024, 2), Quarter(2025, 4)
QUARTERS = [Quarter(2023, 1), Quarter(2023, 4), Q1, Q2, LAST]
# In the one everything is withheld; in the other Zaozhuang's is shown and the sum is not.
ASKED = [Q2, Q1]
# Everything that can be opened, of both only in `make test-deep`: it is the longest walk of all.
WALKED = ASKED if DEEP else [Q2]
PROVINCE = ("official", "reviewer", "admin")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Five cities' five quarters of the demonstration, and both papers: once for this file."""
    kept_here = override_settings(
        DATA_DIR=tmp_path_factory.mktemp("demonstration"), DEMO_PASSWORD="taishan-2025"
    )
    whole = story.quarters
    with django_db_blocker.unblock(), kept_here, transaction.atomic():
        reference_data.load()
        accounts = demonstration_accounts.make_accounts()
        register.enter_firms()
        story.quarters = lambda: QUARTERS
        try:
            loading.load(
                bureaus={code: accounts[City.objects.get(code=code).slug] for code in CITIES},
                reviewer=accounts["reviewer"],
                report=lambda *_: None,
            )
        finally:
            story.quarters = whole
        seen = today(Q2)
        issue_briefing(seen, by=accounts["reviewer"])
        issue_assessment(snapshot_reader.snapshot(seen).plans[0], seen, by=accounts["reviewer"])
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(loaded, db):
    """The same for one test, which may write beside it: that is gone with the test."""


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=name))
    return client


def for_nobody() -> dict:
    """Return the parks that are withheld from who sees no city's enterprises."""
    return withheld_parks(signed_in("official"), QUARTERS, outside=True)


def test_the_walk_has_something_to_look_for(demonstration):
    slugs = {
        quarter: sorted(Park.objects.filter(pk__in=keys).values_list("slug", flat=True))
        for quarter, keys in for_nobody().items()
    }

    assert slugs == {
        Quarter(2023, 1): ["binzhou", "zaozhuang"],
        Quarter(2023, 4): ["binzhou", "zaozhuang"],
        Q1: ["binzhou"],
        Q2: ["binzhou", "zaozhuang"],
        LAST: ["binzhou", "zaozhuang"],
    }
    secret, _open = amounts(for_nobody())
    assert {"zaozhuang output_value 2024Q2 alone", "binzhou revenue 2024Q1 rolling"} <= {
        one.what for one in secret
    }


@pytest.mark.parametrize(
    ("name", "parks", "within"),
    [
        ("jinan", {"binzhou", "zaozhuang"}, ("/",)),
        ("zaozhuang", {"binzhou"}, ("/parks/", "/enterprises/totals/")),
    ],
)
def test_a_bureau_meets_no_withheld_figure_of_another_city(demonstration, name, parks, within):
    client = signed_in(name)
    withheld = withheld_parks(client, QUARTERS)
    secret, open_to_all = amounts(withheld)
    walk = Walk(client, secret, open_to_all).go(starts(WALKED), within)

    assert set(Park.objects.filter(pk__in=set().union(*withheld.values()))
               .values_list("slug", flat=True)) == parks  # fmt: skip
    assert len(walk.opened) > (100 if DEEP else 60)
    assert Counter(walk.found) == {}


def test_who_has_no_account_meets_no_withheld_figure(demonstration, settings):
    settings.PUBLIC_DASHBOARD = True
    secret, open_to_all = amounts(for_nobody())

    walk = Walk(Client(), secret, open_to_all).go(starts(WALKED))

    assert "/?period=2024Q2" in walk.opened
    assert Counter(walk.found) == {}


@pytest.mark.parametrize("name", PROVINCE)
def test_papers_show_nobody_what_the_table_for_outside_withholds(demonstration, name):
    """From who sees every enterprise nothing is withheld; but a paper leaves the office."""
    client = signed_in(name)
    assert not any(withheld_parks(client, QUARTERS).values())
    secret, open_to_all = amounts(for_nobody())
    papers = [*(f"/briefing/{quarter}/" for quarter in ASKED), "/assessment/311/"]

    walk = Walk(client, secret, open_to_all).go(papers, within=("/briefing/", "/assessment/"))

    for end in ("/docx/", "/json/"):
        assert any(address.endswith(end) for address in walk.opened)
    assert Counter(walk.found) == {}


def test_a_papers_sum_of_the_parks_is_withheld_where_it_would_give_one_away(demonstration):
    """In Q1 Binzhou's alone is withheld: the sum less the parks that are shown is its figure."""
    client = signed_in("official")

    of_q1, of_q2 = (client.get(f"/briefing/{q}/").context["sheet"]["parks"] for q in (Q1, Q2))

    assert (of_q1["output_value"], of_q1["withheld"]) == (None, True)
    assert of_q2["output_value"] > 0
    assert "withheld" not in of_q2


def test_the_table_for_outside_withholds_it_from_everybody(demonstration):
    secret, open_to_all = amounts(for_nobody())
    tables = [f"/enterprises/totals/?period={q}&by={by}&for=outside" for q in ASKED
              for by in ("city", "park", "field")]  # fmt: skip

    walk = Walk(signed_in("official"), secret, open_to_all).go(tables, within=("for=outside",))

    assert len(walk.opened) > 6
    assert Counter(walk.found) == {}


def test_beside_a_withheld_parks_name_no_table_has_a_figure(demonstration):
    """Not its share of its city, nor the number of its enterprises."""
    client = signed_in("jinan")
    park = Park.objects.get(slug="zaozhuang")

    (cells,) = rows_that_name(client, "/parks/?period=2024Q2", park)
    # Beside its city, and whether the plan counts it.
    assert set(cells[2:]) == {"不予公布"}
    (cells,) = rows_that_name(client, "/parks/?period=2024Q1", park)
    assert "不予公布" not in cells
    (row,) = [one for one in client.get("/api/v1/parks/?period=2024Q2").json()["results"]
              if one["slug"] == "zaozhuang"]  # fmt: skip
    measures = ("firms", "output_value", "revenue", "investment")
    assert [row[one] for one in measures] == [None] * 4
    assert row["withheld"] is True
    assert "true" in client.get("/api/v1/parks/?period=2024Q2&format=csv").getvalue().decode()


def test_a_park_of_which_a_quarter_is_withheld_has_no_sparkline_and_its_own_bureau_sees_one(
    demonstration,
):
    def sparklines(name):
        page = signed_in(name).get("/parks/?period=2025Q1").content.decode()
        (row,) = [one for one in page.split("<tr>") if "/parks/zaozhuang/" in one]
        return row.count('class="sparkline"')

    assert sparklines("jinan") == 0
    assert sparklines("zaozhuang") == sparklines("official") == 1


def test_a_citys_own_bureau_and_the_province_see_its_park(demonstration):
    shown = f"{amounts_of('zaozhuang', '2024Q2'):.2f}"

    for name in ("zaozhuang", *PROVINCE):
        rows = signed_in(name).get("/api/v1/parks/?period=2024Q2").json()["results"]
        (row,) = [one for one in rows if one["slug"] == "zaozhuang"]
        assert (row["output_value"], row["withheld"]) == (shown, False)


def amounts_of(slug: str, period: str):
    returns = Park.objects.get(slug=slug).returns.filter(superseded_at=None)
    return returns.get(period=ReportingPeriod.objects.get(code=period)).output_value


@pytest.mark.parametrize(
    ("place", "where"),
    [
        (
            "indicators.regions.regional_figures.park_is_withheld",
            {"/api/v1/parks/", "/parks/zaozhuang/"},
        ),
        ("indicators.templatetags.indicators.is_withheld", {"/parks/", "/parks/zaozhuang/"}),
    ],
)
def test_the_walk_finds_a_page_that_does_not_ask(demonstration, monkeypatch, place, where):
    client = signed_in("jinan")
    secret, open_to_all = amounts(withheld_parks(client, QUARTERS))
    monkeypatch.setattr(place, lambda *_: False)
    snapshot_reader.forget()
    cache.clear()

    walk = Walk(client, secret, open_to_all).go([f"{path}?period=2024Q2" for path in where],
                                                within=("download",))  # fmt: skip

    assert {address.partition("?")[0] for address, _what in walk.found} == where


def test_the_walk_finds_a_paper_that_does_not_ask(demonstration, monkeypatch):
    secret, open_to_all = amounts(for_nobody())
    monkeypatch.setattr("submissions.papers.assessment_figures.NOBODY", frozenset({"370400"}))

    walk = Walk(signed_in("official"), secret, open_to_all).go(["/assessment/311/"], within=("x",))

    assert any(what.startswith("zaozhuang") for _address, what in walk.found)
