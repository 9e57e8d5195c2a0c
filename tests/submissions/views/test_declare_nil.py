"""A return without data, by one button."""

import io

import openpyxl
import pytest

from submissions.models import Submission
from submissions.review.actions import accept, submit
from submissions.workbook.template.writer import NIL_CELL
from tests.factories import (
    make_city,
    make_city_return,
    make_enterprise,
    make_enterprise_return,
    make_period,
)

URL = "/submissions/new/nil/"
REASON = "全市环保企业均已迁出"


@pytest.fixture
def declare(client, officer, period):
    """Press the button as the officer, with this reason."""
    client.force_login(officer)

    def act(reason=REASON, **given):
        return client.post(URL, {"nil-reason": reason, "nil-period": "2025Q3"} | given)

    return act


def test_a_city_with_firms_and_figures_of_last_year_hands_in_without_data(
    declare, city, officer, reviewer
):
    firm = make_enterprise(city)
    year_ago = make_period("2024Q3")
    make_enterprise_return(firm, year_ago, revenue="8000000.00")
    make_city_return(city, year_ago, output_value="9000000.00")

    answer = declare()
    submission = Submission.objects.get()
    assert answer["Location"] == submission.get_absolute_url()
    assert submission.nil == REASON
    assert list(submission.findings.values_list("code", flat=True)) == []
    assert submission.rows.get(kind="enterprises").values["nil"] == "nothing"
    accept(submit(submission, by=officer), by=reviewer)
    submission.refresh_from_db()
    assert submission.status == "accepted"


def test_the_original_is_the_template_with_the_reason_in_its_cell(declare, client):
    declare()
    submission = Submission.objects.get()
    content = b"".join(client.get(f"{submission.get_absolute_url()}original/"))

    assert openpyxl.load_workbook(io.BytesIO(content))["城市汇总"][NIL_CELL].value == REASON
    assert submission.filename == "济南市, Q3 2025, no data.xlsx"


def test_a_second_click_makes_no_second_version(declare):
    declare()
    declare()
    assert Submission.objects.count() == 1
    declare("年初以来无环保业务")
    assert Submission.objects.count() == 2


@pytest.mark.parametrize(("reason", "said"), [("", "Write why"), ("无", "is no reason")])
def test_without_a_reason_nothing_is_received_and_the_text_is_kept(declare, reason, said):
    answer = declare(reason)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert answer.context["nil_form"]["reason"].value() == reason
    assert not Submission.objects.exists()


def test_figures_of_an_earlier_quarter_of_the_year_do_not_go_away(declare, city):
    """The rules hold as for any workbook."""
    before = make_period("2025Q2")
    make_city_return(city, before, output_value="9000000.00")
    make_enterprise_return(make_enterprise(city), before, revenue="8000000.00")
    declare()

    assert set(Submission.objects.get().findings.values_list("code", flat=True)) == {
        *("E206", "E209")
    }


def test_another_citys_return_cannot_be_declared(declare, city):
    make_city("370200")
    declare(**{"nil-city": "370200"})

    assert Submission.objects.get().city == city


def test_who_may_not_upload_may_not_declare(client, official, reviewer, period, city):
    for user in (official, reviewer):
        client.force_login(user)
        answer = client.post(URL, {"nil-reason": REASON, "nil-period": "2025Q3"})
        assert answer.status_code == 403
    assert not Submission.objects.exists()


def test_the_upload_page_offers_it_for_the_period_asked_for(client, officer, period):
    client.force_login(officer)
    answer = client.get("/submissions/new/?period=2025Q3")

    assert f'action="{URL}"' in answer.content.decode()
    assert answer.context["nil_form"]["period"].value() == "2025Q3"
    assert client.get(URL).status_code == 302
