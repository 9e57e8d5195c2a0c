"""All values read from a workbook, each with its cell."""

import pytest

from tests.submissions.cast import make_row, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(city, period):
    return make_submission(city, period)


def look(client, user, submission, **asked):
    client.force_login(user)
    return client.get(f"{submission.get_absolute_url()}cells/", asked)


def test_every_value_leads_to_its_cell(client, officer, submission):
    make_row(submission, revenue="12340000.00", name="济南某企业")

    page = look(client, officer, submission, table="enterprises").content.decode()

    row = submission.rows.get()
    address = f"/submissions/{submission.pk}/cell/?at=%E4%BC%81%E4%B8%9A%E6%98%8E%E7%BB%86!"
    assert f'href="{address}{row.cells["revenue"]}"' in page
    assert "1,234.00" in page
    assert "济南某企业" in page


def test_what_is_not_reported_is_not_a_zero(client, officer, submission):
    make_row(submission, revenue=None)

    page = look(client, officer, submission, table="enterprises").content.decode()

    assert "Not reported" in page


def test_many_rows_come_in_pages(client, officer, submission):
    for _ in range(51):
        make_row(submission)

    first = look(client, officer, submission, table="enterprises")
    second = look(client, officer, submission, table="enterprises", page="2")

    assert [len(one.context["table"].page.object_list) for one in (first, second)] == [50, 1]


@pytest.mark.parametrize("table", ["", "parks", "nonsense"])
def test_a_sheet_that_is_not_there_says_so(client, officer, submission, table):
    assert "no such sheet" in look(client, officer, submission, table=table).content.decode()


def test_another_citys_workbook_is_404(client, stranger, submission):
    assert look(client, stranger, submission).status_code == 404


@pytest.mark.parametrize("rows", [2, 60])
def test_needs_few_queries_whatever_the_number_of_rows(
    client, officer, submission, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        make_row(submission)
    client.force_login(officer)

    with django_assert_max_num_queries(11):
        client.get(f"{submission.get_absolute_url()}cells/", {"table": "enterprises"})
