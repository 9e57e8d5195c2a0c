import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_city, make_user
from tests.province import make_province
from tests.submissions.cast import MANDATORY, make_finding, make_row, make_submission

YANTAI = "370600"


@pytest.fixture
def submission(db):
    """Yantai's, the last one of its province to come."""
    quarter = make_province(silent=(YANTAI,))
    submission = make_submission(make_city(YANTAI), quarter)
    make_row(submission, "city", "output_value", sheet="城市汇总", this_year="900000000.00")
    make_row(submission, revenue="200000000.00")
    return submission


def page(client, user, submission):
    client.force_login(user)
    answer = client.get(f"{submission.get_absolute_url()}preview/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", ["bureau", "reviewer", "official"])
def test_city_and_province_see_both_targets_now_and_then(client, role, submission):
    user = submission.uploaded_by if role == "bureau" else make_user(role)

    shown = page(client, user, submission)
    assert shown.count('<td class="sentence">15/16 cities accepted</td>') == 2
    assert shown.count('<td class="sentence">16/16 cities accepted</td>') == 2
    assert "20.0%" in shown  # 3 of the 15 cities' 100 million each
    assert "12.5%" in shown  # 300 of 2,400 million
    assert shown.count("data-status=") >= 4
    assert "Nothing has been published" in shown


def test_the_submissions_page_leads_there_and_back(client, submission):
    client.force_login(submission.uploaded_by)
    there = f"{submission.get_absolute_url()}preview/"

    assert there in client.get(submission.get_absolute_url()).content.decode()
    assert f'href="{submission.get_absolute_url()}"' in page(
        client, submission.uploaded_by, submission
    )


def test_without_a_preview_the_reason_is_shown(client, submission):
    make_finding(submission, MANDATORY)

    shown = page(client, submission.uploaded_by, submission)
    assert "no preview yet" in shown
    assert "16/16" not in shown
    own = client.get(submission.get_absolute_url()).content.decode()
    assert "no preview yet" in own.lower()


def test_another_city_gets_404(client, stranger, submission):
    client.force_login(stranger)

    assert client.get(f"{submission.get_absolute_url()}preview/").status_code == 404


def test_only_get_is_allowed(client, submission):
    client.force_login(submission.uploaded_by)

    assert client.post(f"{submission.get_absolute_url()}preview/").status_code == 405


def test_the_page_writes_nothing(client, submission):
    client.force_login(submission.uploaded_by)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{submission.get_absolute_url()}preview/")

    # But that it was asked for, which is counted in a statement of its own.
    statements = [one["sql"] for one in asked.captured_queries]
    kept = [sql for sql in statements if "accounts_requestcount" not in sql]
    assert {sql.split()[0] for sql in kept} == {"SELECT"}
