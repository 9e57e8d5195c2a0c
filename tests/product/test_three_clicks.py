"""From the overview to a firm's quarter in three clicks, and on to the cell it came from."""

import pytest
from lxml import html

from tests.factories import PUBLISHED_AT, make_enterprise, make_enterprise_return
from tests.province import make_province
from tests.submissions.cast import make_row, make_submission

pytestmark = pytest.mark.django_db


def click(client, page, where):
    """Follow a link of a page, found by a part of its address."""
    links = html.fromstring(page.content.decode()).xpath("//a/@href")
    followed = client.get(next(link for link in links if where in link))
    assert followed.status_code == 200
    return followed


@pytest.mark.parametrize("role", ["official", "officer"])
def test_a_firms_quarter_is_three_clicks_from_the_overview(client, request, city, role):
    period = make_province()
    firm = make_enterprise(city, name="示例环保")
    make_enterprise_return(firm, period, revenue="123450000.00")
    submission = make_submission(city, period, status="accepted", published_at=PUBLISHED_AT)
    row = make_row(submission, key=firm.credit_code)
    client.force_login(request.getfixturevalue(role))

    overview = client.get("/")
    register = click(client, overview, "/enterprises/")
    page = click(client, register, firm.get_absolute_url())
    assert "12,345.00" in page.content.decode()
    cell = click(client, page, f"/submissions/{submission.pk}/cell/")

    assert f"企业明细!{row.cells['revenue']}" in cell.content.decode()
    click(client, cell, firm.get_absolute_url())
