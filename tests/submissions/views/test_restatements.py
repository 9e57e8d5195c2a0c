import pytest

from submissions.review import withdrawing
from submissions.review.actions import accept
from tests.factories import make_city
from tests.submissions.cast import make_row, make_submission
from tests.submissions.lineage.test_restatements import restate

pytestmark = pytest.mark.django_db
URL = "/submissions/restatements/"


def test_shows_both_values_to_everybody_and_who_and_why_to_its_city(client, city, stranger):
    new = restate("370700")
    client.force_login(stranger)
    page = client.get(URL).content.decode()
    assert "剔除贸易收入" in page
    assert new.get_absolute_url() in page


def test_another_citys_officer_sees_the_values_and_not_the_people(client, officer):
    new = restate("370700")
    client.force_login(officer)

    page = client.get(URL).content.decode()

    assert "环保业务产值" in page
    assert "剔除贸易收入" not in page
    assert str(new.submitted_by) not in page
    assert new.get_absolute_url() not in page


def test_says_so_when_nothing_has_been_restated(client, official):
    client.force_login(official)
    assert "Nothing that was published has been restated." in client.get(URL).content.decode()


def test_respects_the_as_of_day(client, official):
    restate()
    client.force_login(official)

    assert len(client.get(f"{URL}?as_of=2025-06-01").context["restatements"]) == 1
    assert client.get(f"{URL}?as_of=2025-04-01").context["restatements"] == []


def test_is_narrowed_by_city_quarter_and_day(client, official):
    restate()
    client.force_login(official)

    for asked, number in [
        ("city=weifang&of=2024Q4", 1),
        ("city=jinan", 0),
        ("since=2025-05-01", 0),
    ]:
        assert len(client.get(f"{URL}?{asked}").context["restatements"]) == number


def test_an_invalid_day_is_404(client, official):
    client.force_login(official)
    assert client.get(f"{URL}?since=yesterday").status_code == 404


def test_each_restatement_comes_as_a_file(client, official):
    new = restate()
    client.force_login(official)

    table = client.get(f"{URL}?download={new.pk}.json").json()

    assert table["rows"][0][0].startswith("环保业务产值")


@pytest.mark.parametrize("number", [1, 6])
def test_needs_few_queries_however_many(client, officer, number, django_assert_max_num_queries):
    for code in ["370700", "370800", "370900", "371000", "371100", "370100"][:number]:
        restate(make_city(code).code)
    client.force_login(officer)
    client.get(URL)

    with django_assert_max_num_queries(11):
        client.get(URL)


def test_a_withdrawn_acceptance_is_listed_and_its_reason_only_for_its_city(
    client, city, officer, reviewer, stranger
):
    submission = make_submission(city, by=officer, status="submitted")
    make_row(submission)
    accept(submission, by=reviewer)
    withdrawing.ask(submission, by=officer, reason="上报的是全年计划数")
    withdrawing.confirm(submission, by=reviewer)

    for who, shown in ((reviewer, True), (stranger, False)):
        client.force_login(who)
        page = client.get(URL).text
        assert "Withdrawn acceptances" in page
        assert ("上报的是全年计划数" in page) is shown
    client.force_login(reviewer)
    assert client.get(f"{URL}?as_of=2025-06-01").context["withdrawn"] is None
