import pytest

from submissions.models import Explanation, Submission
from submissions.review.actions import accept
from tests.audit.rewritten import rewrite
from tests.factories import make_city, make_period
from tests.submissions.cast import MANDATORY, make_finding, make_row, make_submission


@pytest.fixture
def submission(city, period, officer):
    """The officer's, checked, with one firm and a total."""
    submission = make_submission(city, period, by=officer)
    make_row(submission, name="某某<script>环保", revenue="123456789.00")
    make_row(submission, "city", "output_value", sheet="城市汇总", this_year="50000000")
    return submission


def page(client, user, submission):
    client.force_login(user)
    answer = client.get(submission.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", ["officer", "reviewer", "official", "admin"])
def test_the_city_and_the_province_read_it(client, request, role, submission):
    shown = page(client, request.getfixturevalue(role), submission)

    assert "Jinan Q3 2025, version 1" in shown
    assert "12,345.68 ten thousand yuan" in shown
    assert "5,000.00 ten thousand yuan" in shown
    assert "城市汇总!A5" in shown


def test_another_city_gets_404(client, stranger, submission):
    client.force_login(stranger)

    assert client.get(submission.get_absolute_url()).status_code == 404


def test_findings_are_shown_with_cell_firm_value_and_remedy(client, officer, submission):
    row = submission.rows.get(kind="enterprises")
    finding = make_finding(submission, MANDATORY, sheet=row.sheet, cell="D5", value="<b>1２</b>")

    shown = page(client, officer, submission)
    assert "企业明细!D5" in shown
    assert "某某&lt;script&gt;环保" in shown
    assert "&lt;b&gt;1２&lt;/b&gt;" in shown
    assert finding.message in shown
    assert finding.remedy in shown
    assert "1 finding must be corrected" in shown
    assert ">Submit<" not in shown


def test_advisory_findings_ask_for_an_explanation(client, officer, submission):
    finding = make_finding(submission)

    assert f'name="text-{finding.pk}"' in page(client, officer, submission)
    assert "1 finding needs an explanation" in page(client, officer, submission)
    Explanation.objects.create(finding=finding, text="Moved here", given_by=officer)
    shown = page(client, officer, submission)
    assert "Moved here" in shown
    assert ">Submit<" in shown


def test_what_is_explained_in_the_workbook_is_not_asked_again(client, officer, submission):
    finding = make_finding(submission, explained_in_cell="In the cell")

    shown = page(client, officer, submission)
    assert "In the cell" in shown
    assert f"text-{finding.pk}" not in shown


def test_only_who_reports_is_offered_to_submit(client, officer, reviewer, official, submission):
    assert ">Submit<" in page(client, officer, submission)
    assert ">Submit<" not in page(client, reviewer, submission)
    assert ">Submit<" not in page(client, official, submission)


def test_only_the_reviewer_is_offered_to_decide(client, officer, reviewer, official, city):
    submission = make_submission(city, by=officer, status="submitted")

    assert ">Accept<" in page(client, reviewer, submission)
    assert "Reason for sending back" in page(client, reviewer, submission)
    for user in (officer, official):
        assert ">Accept<" not in page(client, user, submission)
        assert "waits for the province" in page(client, user, submission)


def test_the_submitter_sees_that_another_must_decide(client, reviewer, city):
    submission = make_submission(city, by=reviewer, status="submitted")

    shown = page(client, reviewer, submission)
    assert "Somebody other than the person" in shown
    assert ">Accept<" not in shown


def test_the_reason_for_sending_back_comes_first(client, officer, city):
    shown = page(client, officer, make_submission(city, status="sent_back"))

    assert "D17 looks wrong" in shown
    assert "Upload a corrected workbook" in shown


def test_differences_from_the_version_in_force_are_named(client, reviewer, submission, city):
    submission.status, submission.submitted_by = "submitted", submission.uploaded_by
    submission.submitted_at = submission.uploaded_at
    submission.save()
    in_force = accept(submission, by=reviewer)
    restated = make_submission(city, status="submitted")
    make_row(restated, name="新企业", revenue="20000.00")

    shown = page(client, reviewer, restated)
    assert "Differences from version 1" in shown
    assert "Removed: no longer in this version · 1" in shown
    assert "Added: not in the version before · 1" in shown
    assert "某某&lt;script&gt;环保" in shown
    assert "新企业" in shown
    assert f'name="base" value="{in_force.pk}"' in shown
    assert "in place of version 1" in shown


def test_an_older_version_links_to_the_newer_one(client, officer, submission, city):
    newer = make_submission(city, submission.period, by=officer)

    shown = page(client, officer, submission)
    assert "there is a newer one: version 2" in shown
    assert newer.get_absolute_url() in shown
    assert ">Submit<" not in shown


def test_every_version_is_listed_with_its_file(client, official, city):
    make_submission(city, status="sent_back")
    newest = make_submission(city, filename="第二版.xlsx")

    shown = page(client, official, newest)
    assert "D17 looks wrong" in shown
    assert "第二版.xlsx" in shown
    assert f"/submissions/{newest.pk}/original/" in shown


def test_a_file_without_totals_is_shown_to_leave_the_city_silent(client, officer, city):
    submission = make_submission(city, by=officer)
    make_row(submission, revenue=None)

    shown = page(client, officer, submission)
    assert "stays silent" in shown
    assert "Not reported" in shown


def test_the_queries_are_few_and_do_not_grow(
    client, reviewer, submission, city, django_assert_max_num_queries
):
    restated = make_submission(city, status="submitted")
    for _ in range(30):
        make_row(restated)
        make_finding(restated)
    client.force_login(reviewer)

    with django_assert_max_num_queries(12):
        client.get(restated.get_absolute_url())


def test_absent_and_hidden_submissions_answer_alike(client, stranger, submission):
    client.force_login(stranger)

    absent = client.get("/submissions/999999/")
    hidden = client.get(submission.get_absolute_url())
    assert absent.status_code == hidden.status_code == 404
    assert make_city("370700") == stranger.assignments.get().city


def test_a_refused_cell_is_shown_with_the_reason(client, officer, submission):
    refused = {"refused_in_cell": "核实无误", "refused_why": "stock", "answer_cell": "J5"}
    make_finding(submission, sheet="企业明细", cell="D5", **refused)

    shown = page(client, officer, submission)
    assert "企业明细!J5" in shown
    assert "核实无误" in shown
    assert "gives no reason" in shown
    assert "1 finding needs an explanation" in shown


def test_last_quarters_explanation_is_offered_and_not_counted(client, officer, city, submission):
    before = make_submission(city, make_period("2025Q2"), by=officer, status="accepted")
    make_finding(before, explained_in_cell="园区未批复")
    finding = make_finding(submission)

    shown = page(client, officer, submission)
    assert "Said last quarter: “园区未批复”" in shown
    assert f'name="confirmed-{finding.pk}"' in shown
    assert "1 finding needs an explanation" in shown
    Explanation.objects.create(finding=finding, text="园区未批复", given_by=officer)
    assert "word for word as last quarter" in page(client, officer, submission)


def test_without_one_in_force_the_version_decided_last_is_compared(client, officer, city, period):
    submission = make_submission(city, period, by=officer, status="sent_back")
    row = make_row(submission, revenue="123456789.00")
    make_submission(city, period, by=officer)
    newer = make_submission(city, period, by=officer)
    make_row(newer, key=row.key, name=row.values["name"], revenue="20000.00")
    answered = {"firm": row.key, "about": f"enterprises/{row.key}/revenue"}
    make_finding(newer, "W157", explained_in_cell="原单位错误", **answered)

    shown = page(client, officer, newer)
    assert "Differences from version 1 (Sent back)" in shown
    assert "12,345.68 ten thousand yuan" in shown
    assert "2.00 ten thousand yuan" in shown
    assert shown.count("原单位错误") == 2
    assert 'name="base"' not in shown


@pytest.mark.parametrize("hand", ["uploaded_by", "submitted_by"])
def test_uploader_and_submitter_see_no_button_to_accept(
    client, reviewer, officer, city, period, hand
):
    submission = make_submission(city, period, by=officer, status="submitted")
    assert ">Accept<" in page(client, reviewer, submission)
    rewrite(Submission.objects.filter(pk=submission.pk), **{hand: reviewer})

    shown = page(client, reviewer, submission)
    assert ">Accept<" not in shown
    assert "Somebody other than the person who submitted it must decide." in shown


def test_what_the_city_replied_in_its_workbook_is_a_difference(client, reviewer, city, period):
    sent_back = make_submission(city, period, status="sent_back")
    row = make_row(sent_back, remark=None)
    answer = make_submission(city, period, status="submitted")
    make_row(answer, key=row.key, name=row.values["name"], remark="佐证：合同编号12")

    shown = page(client, reviewer, answer)
    assert "Version 1 was sent back" in shown
    assert "D17 looks wrong" in shown
    assert "佐证：合同编号12" in shown
    assert "None: the figures are the same" not in shown


def test_another_quarter_can_be_chosen_to_compare_with(client, reviewer, city, period):
    before = make_submission(city, make_period("2025Q2"), status="accepted")
    year_ago = make_submission(city, make_period("2024Q3"), status="accepted")
    for one, revenue in ((before, "10000.00"), (year_ago, "20000.00")):
        make_row(one, "city", "revenue", sheet="城市汇总", this_year=revenue)
    submission = make_submission(city, period, status="submitted")
    make_row(submission, "city", "revenue", sheet="城市汇总", this_year="30000.00")

    client.force_login(reviewer)
    address = submission.get_absolute_url()
    usual = client.get(address).content.decode()
    assert "Differences from" not in usual
    assert f"?against={before.pk}#differences" in usual
    shown = client.get(f"{address}?against={year_ago.pk}").content.decode()
    assert "Differences from Q3 2024" in shown
    assert "2.00 ten thousand yuan" in shown


def test_a_version_that_is_overtaken_cannot_be_accepted_and_says_so(client, reviewer, city, period):
    stale = make_submission(city, period, status="submitted")
    newer = make_submission(city, period, status="submitted")

    shown = page(client, reviewer, stale)
    assert ">Accept<" not in shown
    assert "this one can no longer be accepted" in shown
    assert ">Accept<" in page(client, reviewer, newer)


def test_a_newer_upload_is_offered_to_be_discarded(client, officer, submission, city):
    wrong = make_submission(city, submission.period, by=officer)

    shown = page(client, officer, submission)
    assert f"/submissions/{wrong.pk}/discard/" in shown
    assert "go on with this one" in shown


def test_a_restatement_asks_why(client, officer, city, period):
    make_submission(city, period, status="accepted")
    restated = make_submission(city, period, by=officer)

    assert 'name="why"' in page(client, officer, restated)


def test_a_button_writes_values_only_where_a_finding_has_one(client, officer, submission):
    button = "Write the right values into the file"
    make_finding(submission, MANDATORY)
    assert button not in page(client, officer, submission)

    row = submission.rows.get(kind="enterprises")
    about = f"enterprises/{row.key}/revenue"
    make_finding(submission, MANDATORY, sheet=row.sheet, cell="D5", about=about)
    assert button in page(client, officer, submission)


def test_what_was_sent_back_is_not_said_to_be_published_one_day(
    client, officer, reviewer, city, submission
):
    assert "The figures it would publish" in page(client, officer, submission)

    other = make_submission(city, make_period("2025Q2"), by=officer, status="sent_back",
                            reviewer=reviewer)  # fmt: skip
    shown = page(client, officer, other)
    assert "The figures read from it" in shown
    assert "would publish" not in shown
