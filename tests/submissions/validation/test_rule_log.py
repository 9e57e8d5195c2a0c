"""Statistics of each rule: findings, explanations, corrections."""

from decimal import Decimal

import pytest

from clusters.models import City
from submissions.models import Explanation
from submissions.validation.rule_log import rule_log
from tests.factories import make_city, make_period
from tests.submissions.cast import make_finding, make_submission

ADVISORY, MANDATORY, TRIAL = "W157", "E146", "W202"


@pytest.fixture
def log(city):
    """Return a function: the figures of one rule, in all cities and periods."""

    def of(code, **given):
        found = {each.code: each for each in rule_log(City.objects.all(), **given)}
        return found.get(code)

    return of


def version(city, *codes, period=None, by=None, lines=3, **given):
    """A version with a finding of each code, each at a cell of its own."""
    made = make_submission(city, period or make_period(), by=by, lines=lines, **given)
    findings = [make_finding(made, code, cell=f"D{5 + at}") for at, code in enumerate(codes)]
    return made, findings


def test_nothing_found_is_nothing_listed(log, city, officer):
    version(city, by=officer)

    assert log(ADVISORY) is None


def test_findings_and_the_versions_with_them(log, city, officer):
    version(city, ADVISORY, ADVISORY, MANDATORY, by=officer)
    version(city, ADVISORY, by=officer)
    version(make_city("370200"), ADVISORY)

    assert (log(ADVISORY).files, log(ADVISORY).hits) == (3, 4)
    assert (log(MANDATORY).files, log(MANDATORY).hits) == (1, 1)


def test_answers_in_the_workbook_and_on_the_page_count_once(log, city, officer):
    _, findings = version(city, *[ADVISORY] * 4, by=officer)
    findings[0].explained_in_cell = "新签大单"
    findings[0].save()
    for finding in findings[:2]:
        Explanation.objects.create(finding=finding, text="新签大单", given_by=officer)

    assert (log(ADVISORY).hits, log(ADVISORY).explained) == (4, 2)
    assert log(ADVISORY).explained_share == Decimal("0.5")


def test_what_the_next_version_no_longer_has_was_corrected(log, city, officer):
    version(city, *[ADVISORY] * 3, MANDATORY, by=officer)
    version(city, ADVISORY, by=officer)

    assert (log(ADVISORY).hits, log(ADVISORY).corrected) == (4, 2)
    assert (log(MANDATORY).hits, log(MANDATORY).corrected) == (1, 1)
    assert log(ADVISORY).corrected_share == Decimal("0.5")


def test_what_comes_up_anew_takes_no_correction_back(log, city, officer):
    version(city, ADVISORY, ADVISORY, by=officer)
    version(city, by=officer)
    version(city, *[ADVISORY] * 5, by=officer)

    assert (log(ADVISORY).hits, log(ADVISORY).corrected) == (7, 2)


def test_a_file_that_could_not_be_read_corrects_nothing(log, city, officer):
    version(city, ADVISORY, by=officer)
    version(city, "E102", by=officer, lines=0)

    assert log(ADVISORY).corrected == 0
    assert log("E102").corrected == 0

    version(city, by=officer)

    assert log(ADVISORY).corrected == 1
    assert log("E102").corrected == 1


def test_a_version_that_was_not_checked_corrects_nothing(log, city, officer):
    version(city, ADVISORY, by=officer)
    version(city, by=officer, checked_at=None, lines=None)

    assert log(ADVISORY).corrected == 0


def test_another_city_and_another_period_are_no_next_version(log, city, officer):
    version(city, ADVISORY, by=officer)
    version(make_city("370200"), version=2)
    version(city, period=make_period("2025Q2"), by=officer, version=2)

    assert log(ADVISORY).corrected == 0


def test_of_one_period_or_of_the_cities_asked_for(log, city, officer):
    second = make_period("2025Q2")
    version(city, ADVISORY, by=officer)
    version(city, ADVISORY, ADVISORY, period=second, by=officer)
    version(make_city("370200"), TRIAL)

    assert log(ADVISORY, period=second).hits == 2
    assert [each.code for each in rule_log([city])] == [ADVISORY]
    assert rule_log([]) == []


def test_those_with_most_findings_come_first(log, city, officer):
    version(city, ADVISORY, TRIAL, TRIAL, MANDATORY, MANDATORY, by=officer)

    assert [each.code for each in rule_log([city])] == [MANDATORY, TRIAL, ADVISORY]


def test_a_mandatory_rule_has_no_share_of_explanations(log, city, officer):
    version(city, MANDATORY, by=officer)

    assert log(MANDATORY).explained_share is None


def test_a_rule_that_is_gone_is_still_counted(log, city, officer):
    _, [finding] = version(city, ADVISORY, by=officer)
    finding.code = "W999"
    finding.save()

    assert log("W999").entry is None
    assert log("W999").explained_share == 0


def test_two_queries_however_many_findings(city, officer, django_assert_num_queries):
    for _ in range(5):
        version(city, *[ADVISORY, MANDATORY, TRIAL] * 9, by=officer)

    with django_assert_num_queries(2):
        assert len(rule_log([city])) == 3
