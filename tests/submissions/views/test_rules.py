"""The page that lists the rules."""

import pytest

from submissions.models import Explanation
from submissions.rules.catalogue import CATALOGUE
from tests.factories import make_city, make_period
from tests.submissions.cast import make_finding, make_submission

pytestmark = pytest.mark.django_db


def test_lists_every_rule_with_its_reason_and_an_example(client, officer):
    client.force_login(officer)

    page = client.get("/submissions/rules/")

    shown = [entry for table in page.context["tables"] for entry in table.data]
    assert {entry.code for entry in shown} == set(CATALOGUE)
    for entry in shown:
        assert entry.rationale, entry.code
        assert entry.example, entry.code
        assert f'id="{entry.code}"' in page.content.decode()


def test_a_parameter_is_shown_as_an_ellipsis(client, officer):
    client.force_login(officer)

    assert "%(" not in client.get("/submissions/rules/").content.decode()


def test_requires_signing_in(client):
    assert client.get("/submissions/rules/").status_code == 302


@pytest.mark.parametrize("size", [1, 12])
@pytest.mark.parametrize("role", ["officer", "reviewer"])
def test_needs_few_queries(client, request, role, size, city, django_assert_max_num_queries):
    for number in range(size):
        submission = make_submission(city, make_period(f"{2020 + number // 4}Q{number % 4 + 1}"))
        for _ in range(size):
            make_finding(submission, "W157")
    client.force_login(request.getfixturevalue(role))

    with django_assert_max_num_queries(11):
        client.get("/submissions/rules/")


@pytest.fixture
def logged(city, officer):
    """Two versions: three findings, of which one was explained and two corrected."""
    first = make_submission(city, make_period("2025Q3"), by=officer, lines=3)
    findings = [make_finding(first, "W157", cell=f"D{row}") for row in (5, 6, 7)]
    Explanation.objects.create(finding=findings[0], text="新签大单", given_by=officer)
    second = make_submission(city, make_period("2025Q3"), by=officer, lines=3)
    make_finding(second, "W157", cell="D5")
    other = make_submission(make_city("370200"), make_period("2025Q2"), lines=3)
    make_finding(other, "E146", cell="D5")


@pytest.mark.parametrize("role", ["reviewer", "official", "admin"])
def test_the_province_sees_the_statistics_of_rules(client, request, role, logged):
    client.force_login(request.getfixturevalue(role))

    page = client.get("/submissions/rules/")

    text = " ".join(page.content.decode().split())
    assert [(each.code, each.hits) for each in page.context["log"].data] == [
        ("W157", 4),
        ("E146", 1),
    ]
    assert "1 (25%)" in text
    assert "2 (50%)" in text
    assert '<a href="#W157">W157</a>' in text


def test_a_bureau_sees_no_statistics(client, officer, logged):
    client.force_login(officer)

    page = client.get("/submissions/rules/")

    assert "log" not in page.context
    assert 'id="log"' not in page.content.decode()


def test_the_log_of_one_period(client, reviewer, logged):
    client.force_login(reviewer)

    of_second = client.get("/submissions/rules/?period=2025Q2").context
    assert [each.code for each in of_second["log"].data] == ["E146"]
    assert [one.code for one in of_second["periods"]] == ["2025Q3", "2025Q2"]
    # What is no period of any workbook is all of them.
    assert len(client.get("/submissions/rules/?period=nonsense").context["log"].data) == 2


def test_without_findings_the_statistics_are_empty(client, reviewer):
    client.force_login(reviewer)

    assert b"No rule has found anything here." in client.get("/submissions/rules/").content
