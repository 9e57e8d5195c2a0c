from submissions.models import Explanation
from submissions.validation.findings_list import SHOWN, firms_of, grouped
from tests.submissions.cast import ADVISORY, MANDATORY, make_finding, make_row, make_submission


def test_groups_by_code_mandatory_first(city):
    submission = make_submission(city)
    make_finding(submission, ADVISORY)
    make_finding(submission, MANDATORY)
    make_finding(submission, ADVISORY)

    groups = grouped(list(submission.findings.all()), {})
    assert [(g.code, g.count, g.mandatory) for g in groups] == [
        (MANDATORY, 1, True),
        (ADVISORY, 2, False),
    ]
    assert groups[0].remedy


def test_names_the_firm_of_the_line(city):
    submission = make_submission(city)
    row = make_row(submission, row=17, name="某某环保")
    make_finding(submission, sheet=row.sheet, cell="D17")
    make_finding(submission, sheet="城市汇总", cell="D17")
    make_finding(submission)

    [group] = grouped(list(submission.findings.all()), firms_of([row]))
    assert [shown.firm for shown in group.shown] == ["某某环保", "", ""]


def test_counts_what_is_not_explained_yet(city, officer):
    submission = make_submission(city)
    make_finding(submission, explained_in_cell="In the cell")
    answered = make_finding(submission)
    Explanation.objects.create(finding=answered, text="On the page", given_by=officer)
    make_finding(submission)

    [group] = grouped(list(submission.findings.with_explanation()), {})
    assert [shown.answer for shown in group.shown] == ["In the cell", "On the page", ""]
    assert group.unanswered == 1


def test_shows_the_first_of_very_many(city):
    submission = make_submission(city)
    for _ in range(SHOWN + 3):
        make_finding(submission)

    [group] = grouped(list(submission.findings.with_explanation()), {})
    assert (len(group.shown), group.count, group.hidden) == (SHOWN, SHOWN + 3, 3)
