from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clusters.models import City, CityReturn, Publication
from enterprises.models import Enterprise, EnterpriseReturn
from submissions.models import Submission
from submissions.review import actions
from submissions.review.actions import Refused, accept, discard, send_back, submit
from submissions.review.explaining import explain
from submissions.review.transitions import TRANSITIONS
from tests.audit.rewritten import rewrite
from tests.factories import make_city, make_enterprise, make_enterprise_return, make_user
from tests.submissions.cast import MANDATORY, make_finding, make_row, make_submission

Status = Submission.Status
WHY = "复核发现E12重复计入，见合同台账"
ACTS = {
    "discard": lambda submission, by: discard(submission, by=by),
    "submit": lambda submission, by: submit(submission, by=by),
    "send_back": lambda submission, by: send_back(submission, by=by, reason="D17"),
    "accept": lambda submission, by: accept(submission, by=by),
}


@pytest.fixture
def submitted(city, period, officer):
    """Jinan's workbook with two firms and a total, submitted."""
    submission = make_submission(city, period, by=officer, status="submitted")
    make_row(submission)
    make_row(submission)
    make_row(submission, "city", "output_value", sheet="城市汇总", this_year="5000.00")
    return submission


@pytest.mark.parametrize("state", Status.values)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_done_from_its_state_alone(act, state, city, period, officer, reviewer):
    submission = make_submission(city, period, by=officer, status=state)
    start, end = TRANSITIONS[act]

    if state == start:
        assert ACTS[act](submission, reviewer).status == end
    else:
        with pytest.raises(Refused):
            ACTS[act](submission, reviewer)
    submission.refresh_from_db()
    assert submission.status == (end if state == start else state)


def test_submitting_records_user_and_time(city, period, officer):
    submission = submit(make_submission(city, period), by=officer)

    assert submission.submitted_by == officer
    assert timezone.now() - submission.submitted_at < timedelta(minutes=1)


def test_an_unchecked_submission_cannot_be_submitted(city, officer):
    with pytest.raises(Refused, match="not been checked"):
        submit(make_submission(city, checked_at=None), by=officer)


def test_a_mandatory_finding_prevents_submission_even_if_explained(city, officer):
    submission = make_submission(city)
    make_finding(submission, MANDATORY, explained_in_cell="Because")

    with pytest.raises(Refused, match="1 finding must be corrected"):
        submit(submission, by=officer)


def test_an_advisory_finding_prevents_submission_until_it_is_explained(city, officer):
    submission = make_submission(city)
    finding = make_finding(submission)
    make_finding(submission, explained_in_cell="In the cell")

    with pytest.raises(Refused, match="1 finding needs an explanation"):
        submit(submission, by=officer)
    explain(finding, text=" Moved here in July ", by=officer)
    assert finding.explanations.in_force().get().text == "Moved here in July"
    assert submit(submission, by=officer).status == Status.SUBMITTED


def test_only_the_newest_version_can_be_submitted(city, officer):
    old, new = make_submission(city), make_submission(city)

    with pytest.raises(Refused, match="version 2"):
        submit(old, by=officer)
    assert submit(new, by=officer)


def test_a_discarded_version_is_in_nobodys_way(city, officer, reviewer):
    good, wrong = make_submission(city), make_submission(city)
    discarded = discard(wrong, by=officer)

    assert discarded.discarded_by == officer
    assert timezone.now() - discarded.discarded_at < timedelta(minutes=1)
    assert accept(submit(good, by=officer), by=reviewer).status == Status.ACCEPTED


def test_the_file_that_was_sent_back_cannot_be_submitted_again(city, officer):
    sent_back = make_submission(city, status="sent_back")
    same = make_submission(city, sha256=sent_back.sha256)

    with pytest.raises(Refused, match="D17 looks wrong"):
        submit(same, by=officer)


def test_a_restatement_needs_a_reason_and_a_difference(submitted, city, period, officer, reviewer):
    in_force = accept(submitted, by=reviewer)
    restated = make_submission(city, period, by=officer)
    for row in in_force.rows.all():
        row.pk, row.submission = None, restated
        row.save()

    with pytest.raises(Refused, match="Nothing differs from version 1"):
        submit(restated, by=officer, reason=WHY)
    make_row(restated)
    for reason in ("", " \n", "核实无误"):
        with pytest.raises(Refused, match="Say why"):
            submit(restated, by=officer, reason=reason)
    restated = submit(restated, by=officer, reason=WHY)
    assert (restated.restates, restated.restatement_reason) == (in_force, WHY)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"discarded_at": timezone.now()}, id="a time without a person"),
        pytest.param({"status": "discarded"}, id="discarded by nobody"),
        pytest.param({"restatement_reason": WHY}, id="a reason that restates nothing"),
    ],
)
def test_the_database_refuses_half_a_fact(city, wrong):
    submission = make_submission(city)

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(**wrong)


def test_the_database_refuses_a_restatement_without_a_reason(city):
    submission = make_submission(city)

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(restates=submission)


def test_an_explanation_can_be_replaced_but_not_by_an_empty_one(city, officer):
    finding = make_finding(make_submission(city))
    explain(finding, text="First", by=officer)
    explain(finding, text="Better", by=officer)

    with pytest.raises(Refused):
        explain(finding, text=" \n", by=officer)
    finding.refresh_from_db()
    assert finding.explanations.in_force().get().text == "Better"


def test_a_mandatory_finding_cannot_be_explained(city, officer):
    with pytest.raises(Refused):
        explain(make_finding(make_submission(city), MANDATORY), text="But", by=officer)


def test_after_submission_explanations_stay_as_they_are(submitted, officer):
    with pytest.raises(Refused):
        explain(make_finding(submitted), text="Late", by=officer)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_is_sent_back_without_a_reason(submitted, reviewer, reason):
    with pytest.raises(Refused):
        send_back(submitted, by=reviewer, reason=reason)


def test_sending_back_publishes_nothing(submitted, reviewer):
    sent_back = send_back(submitted, by=reviewer, reason=" D17? ")

    assert (sent_back.reason, sent_back.decided_by) == ("D17?", reviewer)
    assert not Publication.objects.exists()


@pytest.mark.parametrize("act", ["accept", "send_back"])
def test_nobody_decides_what_they_submitted(submitted, officer, act):
    with pytest.raises(Refused, match="other than the person"):
        ACTS[act](submitted, officer)


def test_nobody_accepts_what_they_uploaded(city, reviewer):
    submission = make_submission(city, status="submitted", uploaded_by=reviewer)

    with pytest.raises(Refused, match="other than the person"):
        accept(submission, by=reviewer)


def test_accepting_puts_the_figures_in_force(submitted, reviewer):
    accepted = accept(submitted, by=reviewer)

    assert accepted.decided_by == reviewer
    assert accepted.published_at == accepted.decided_at
    assert EnterpriseReturn.objects.in_force().count() == 2
    assert CityReturn.objects.get().published_at == accepted.published_at
    assert Publication.objects.get().published_at == accepted.published_at


def test_accepting_a_restatement_supersedes_at_the_same_moment(submitted, city, reviewer):
    first = accept(submitted, by=reviewer)
    second = make_submission(city, status="submitted")
    make_row(second, key=submitted.rows.filter(kind="enterprises")[0].key, revenue="7.00")
    second = accept(second, by=reviewer)

    first.refresh_from_db()
    assert first.status == Status.SUPERSEDED
    assert first.superseded_at == second.published_at
    moment = second.published_at
    assert EnterpriseReturn.objects.as_of(moment).count() == 1
    assert EnterpriseReturn.objects.as_of(moment - timedelta(microseconds=1)).count() == 2
    # The restatement has no totals: the city is silent now, and was not before.
    assert not CityReturn.objects.in_force().exists()
    assert CityReturn.objects.as_of(moment - timedelta(microseconds=1)).count() == 1


@pytest.mark.parametrize("state", ["submitted", "sent_back", "accepted"])
def test_a_newer_submitted_version_prevents_acceptance(submitted, city, reviewer, state):
    make_submission(city, status=state)

    with pytest.raises(Refused, match="Version 2 is newer"):
        accept(submitted, by=reviewer)


def test_a_newer_version_that_is_only_uploaded_does_not_matter(submitted, city, reviewer):
    make_submission(city)

    assert accept(submitted, by=reviewer).status == Status.ACCEPTED


def test_a_reviewer_who_saw_another_version_in_force_is_refused(submitted, city, reviewer):
    in_force = accept(submitted, by=reviewer)
    second = make_submission(city, status="submitted")

    with pytest.raises(Refused, match="meanwhile"):
        accept(second, by=reviewer, compared_with=None)
    assert accept(second, by=reviewer, compared_with=in_force.pk)


def test_a_firm_that_another_city_has_published_meanwhile_is_refused(submitted, period, reviewer):
    row = submitted.rows.filter(kind="enterprises")[0]
    firm = make_enterprise(submitted.city, credit_code=row.key)
    make_enterprise_return(firm, period, city=make_city("370200"))

    with pytest.raises(Refused, match=rf"{row.key} \(青岛市\)"):
        accept(submitted, by=reviewer)
    assert not Publication.objects.exists()


def test_a_firm_that_another_city_has_registered_is_refused(submitted, reviewer):
    row = submitted.rows.filter(kind="enterprises")[0]
    make_enterprise(make_city("370200"), credit_code=row.key)

    with pytest.raises(Refused, match="1 enterprise"):
        accept(submitted, by=reviewer)


def test_a_refusal_by_the_database_is_reported(submitted, reviewer, monkeypatch):
    def too_late(*args, **kwargs):
        City.objects.create(code=submitted.city.code)

    monkeypatch.setattr(actions, "put_in_force", too_late)
    with pytest.raises(Refused, match="try again"):
        accept(submitted, by=reviewer)
    submitted.refresh_from_db()
    assert submitted.status == Status.SUBMITTED


YEAR = timedelta(days=365)


def test_only_an_administrator_dates_a_history(submitted, reviewer):
    with pytest.raises(Refused, match="administrator"):
        accept(submitted, by=reviewer, published_at=timezone.now() - YEAR)


def test_an_administrator_dates_a_history(submitted, admin):
    moment = timezone.now() - YEAR

    accepted = accept(submitted, by=admin, published_at=moment)
    assert accepted.published_at == moment
    assert accepted.decided_at > moment
    assert CityReturn.objects.as_of(moment).exists()


def test_nothing_is_published_in_the_future(submitted, admin):
    with pytest.raises(Refused, match="future"):
        accept(submitted, by=admin, published_at=timezone.now() + timedelta(minutes=1))


def test_nothing_is_published_before_what_it_replaces(submitted, city, admin):
    accept(submitted, by=admin, published_at=timezone.now() - YEAR)
    second = make_submission(city, status="submitted")

    with pytest.raises(Refused, match="version 1"):
        accept(second, by=admin, published_at=timezone.now() - 2 * YEAR)
    assert accept(second, by=admin, published_at=timezone.now() - YEAR / 2)


@pytest.mark.fault("F-57")
def test_nothing_replaces_a_version_that_begins_in_the_future(submitted, city, reviewer):
    accept(submitted, by=reviewer)
    later = timezone.now() + timedelta(hours=1)
    for published in (Submission, EnterpriseReturn, CityReturn):
        rewrite(published.objects, published_at=later)

    with pytest.raises(Refused, match="yet to come"):
        accept(make_submission(city, status="submitted"), by=reviewer)


def test_an_unknown_firm_joins_the_register_to_be_verified(submitted, reviewer):
    accept(submitted, by=reviewer)

    for firm in Enterprise.objects.all():
        assert firm.status == Enterprise.RegisterStatus.PENDING
        assert firm.city == submitted.city
        assert firm.history.get().history_user == reviewer
        assert firm.history.get().history_change_reason.startswith(f"submission {submitted.pk}:")


def test_permissions_are_not_checked_here(submitted):
    # Who may act is asked by page and command (submissions.access); the act asks who it was.
    assert accept(submitted, by=make_user()).status == Status.ACCEPTED
