from datetime import date

import pytest

from parks.models import Park, ParkReturn
from tests.audit.rewritten import rewrite
from tests.factories import PUBLISHED_AT, make_city, make_period
from tests.province import make_province
from tests.submissions.cast import make_row, make_submission

pytestmark = pytest.mark.django_db
URL = "/parks/qingdao-park/"


def test_shows_the_parks_figures_and_progress(client, official):
    make_province()
    client.force_login(official)

    page = client.get(URL)
    assert page.context["latest"].output_value == 5_000_000
    assert "data-figure" in page.content.decode()


def test_says_whether_it_is_established_by_then_and_by_what(client, official):
    make_province()
    Park.objects.update(established_on=date(2025, 7, 1), established_evidence="批复文件")
    client.force_login(official)

    page = client.get(URL + "?period=2025Q3")
    assert page.context["established"] == "established"
    assert "批复文件" in page.content.decode()
    make_period("2025Q2")
    assert client.get(URL + "?period=2025Q2").context["established"] != "established"


def test_a_quarter_without_a_report_has_none(client, official):
    make_province()
    client.force_login(official)

    before = client.get(URL + "?period=2025Q3&as_of=2025-12-31")
    assert before.context["latest"] is None
    assert before.context["reports"] == []


def test_says_what_share_of_its_city_it_is_and_that_they_do_not_add_up(client, official):
    make_province()
    client.force_login(official)

    page = client.get(URL + "?period=2025Q3").content.decode()
    assert "5.0% of Qingdao" in page
    assert "Not additive." in page


def test_a_park_that_exceeds_its_city_is_no_share_of_it(client, official):
    make_province()
    rewrite(ParkReturn.objects, output_value="100000000.01")
    client.force_login(official)

    assert "% of Qingdao" not in client.get(URL + "?period=2025Q3").content.decode()


def test_each_quarter_leads_to_its_cell(client, official):
    period = make_province()
    submission = make_submission(
        make_city("370200"), period, status="accepted", published_at=PUBLISHED_AT
    )
    row = make_row(submission, "parks", "青岛 园区", sheet="园区进展", output_value="5000000.00")
    client.force_login(official)

    page = client.get(URL + "?period=2025Q3").content.decode()
    assert f"园区进展!{row.cells['output_value']}" in page


def test_an_unknown_park_is_not_there(client, official):
    client.force_login(official)
    assert client.get("/parks/nowhere/").status_code == 404


def test_needs_few_queries(client, official, django_assert_max_num_queries):
    make_province()
    client.force_login(official)
    client.get(URL)

    with django_assert_max_num_queries(11):
        client.get(URL)
