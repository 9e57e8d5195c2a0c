"""One cell of a workbook, and the figures that it affects."""

from decimal import Decimal

import pytest

from submissions.review.actions import accept
from tests.factories import make_clusters, make_enterprise
from tests.submissions.cast import make_row, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(city, period, admin):
    """Jinan's workbook: the city's output value in C6, one firm over 100 million in D5."""
    make_clusters()
    submission = make_submission(city, period, status="submitted")
    make_row(submission, key=make_enterprise(city).credit_code, revenue="100000000.01")
    make_row(
        submission,
        "city",
        "output_value",
        row=6,
        sheet="城市汇总",
        measure="环保业务产值",
        this_year="250000000.00",
    )
    return accept(submission, by=admin)


def look(client, user, submission, at):
    client.force_login(user)
    return client.get(f"{submission.get_absolute_url()}cell/", {"at": at})


def cell_of(submission, kind, field):
    row = submission.rows.get(kind=kind)
    return f"{row.sheet}!{row.cells[field]}"


def test_a_firms_revenue_leads_to_the_firm_its_city_and_the_target(client, officer, accepted):
    page = look(client, officer, accepted, cell_of(accepted, "enterprises", "revenue"))

    addresses = [one.address for one in page.context["moved"].data]
    key = accepted.rows.get(kind="enterprises").key
    assert addresses == [
        f"/enterprises/{key}/?period=2025Q3",
        "/cities/jinan/?period=2025Q3",
        "/indicators/firms-over-100m/?period=2025Q3",
    ]
    assert "is over 100,000,000 yuan" in page.context["moved"].data[-1].how
    for address in addresses:
        assert client.get(address).status_code == 200


def test_exactly_100_million_is_shown_as_not_counting(client, officer, city, period, admin):
    submission = make_submission(city, period, status="submitted")
    make_row(submission, key=make_enterprise(city).credit_code, revenue="100000000.00")
    accept(submission, by=admin)

    page = look(client, officer, submission, cell_of(submission, "enterprises", "revenue"))

    assert "Does not count" in page.context["moved"].data[-1].how


def test_a_citys_output_value_enters_the_share_on_both_sides_if_it_has_a_cluster(
    client, official, accepted
):
    page = look(client, official, accepted, "城市汇总!B6")

    assert page.context["written"].value == Decimal(250_000_000)
    assert "25,000.00" in page.content.decode()
    assert page.context["moved"].data[-1].how == "Enters the clusters' sum and the province's."


def test_a_submission_not_accepted_affects_no_figure(client, officer, city, period):
    submission = make_submission(city, period)
    make_row(submission)

    page = look(client, officer, submission, cell_of(submission, "enterprises", "revenue"))

    assert not page.context["moved"].data
    assert "None yet" in page.content.decode()


def test_a_name_affects_no_figure(client, officer, accepted):
    page = look(client, officer, accepted, cell_of(accepted, "enterprises", "name"))

    assert not page.context["moved"].data


def test_every_published_version_of_the_figure_is_listed(client, officer, accepted, admin):
    key = accepted.rows.get(kind="enterprises").key
    newer = make_submission(accepted.city, accepted.period, status="submitted")
    make_row(newer, key=key, revenue="90000000.00")
    accept(newer, by=admin)

    page = look(client, officer, newer, cell_of(newer, "enterprises", "revenue"))

    shown = [
        (version.version, written.value) for version, _, written in page.context["versions"].data
    ]
    assert shown == [(2, Decimal(90_000_000)), (1, Decimal("100000000.01"))]


@pytest.mark.parametrize(
    "at", ["", "企业明细", "企业明细!Z99", "!D5", "企业明细!D99999999999", "x!٣"]
)
def test_a_cell_that_was_not_read_is_404(client, officer, accepted, at):
    assert look(client, officer, accepted, at).status_code == 404


def test_another_citys_cell_is_404(client, stranger, accepted):
    at = cell_of(accepted, "enterprises", "revenue")

    assert look(client, stranger, accepted, at).status_code == 404


def test_needs_few_queries(client, officer, accepted, django_assert_max_num_queries):
    at = cell_of(accepted, "enterprises", "revenue")
    look(client, officer, accepted, at)

    with django_assert_max_num_queries(11):
        client.get(f"{accepted.get_absolute_url()}cell/", {"at": at})
