"""An acceptance that was a mistake is withdrawn by two people, and nothing of it is lost."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from audit.models import ProposedChange
from clusters.models import CityReturn, Publication
from clusters.viewpoint import Viewpoint
from enterprises.models import EnterpriseReturn
from indicators.data.snapshot_reader import forget, snapshot
from submissions.deadlines.duties import duties
from submissions.deadlines.obligations import Since, State, obligations
from submissions.models import Submission
from submissions.refused import Refused
from submissions.review import withdrawing
from submissions.review.actions import accept, submit
from submissions.verification.checks import faults
from tests.factories import make_target, make_user
from tests.submissions.cast import make_row, make_submission

Status = Submission.Status
REASON = "上报的是全年计划数，不是累计完成数"


@pytest.fixture
def accepted(city, period, officer, reviewer):
    """A version with a firm and a total of the city, accepted."""
    return handed_in(city, period, officer, reviewer)


def handed_in(city, period, officer, reviewer, **firm):
    submission = make_submission(city, period, by=officer, status="submitted")
    make_row(submission, **firm)
    make_row(submission, "city", "output_value", sheet="城市汇总", this_year="500.00")
    return accept(submission, by=reviewer)


@pytest.fixture
def second_reviewer():
    return make_user("reviewer", username="reviewer2")


def in_force():
    return [model.objects.in_force().count() for model in (CityReturn, EnterpriseReturn)]


def test_the_figures_count_until_a_second_person_has_confirmed_it(accepted, officer, reviewer):
    withdrawing.ask(accepted, by=officer, reason=REASON)
    accepted.refresh_from_db()
    assert (accepted.status, in_force()) == (Status.ACCEPTED, [1, 1])

    withdrawing.confirm(accepted, by=reviewer)

    accepted.refresh_from_db()
    assert (accepted.status, accepted.reason) == (Status.WITHDRAWN, REASON)
    assert in_force() == [0, 0]
    # What was known on an earlier day is still known of it.
    assert CityReturn.objects.as_of(accepted.published_at).count() == 1
    asked = withdrawing.asked(accepted)
    assert (asked.proposed_by, asked.confirmed_by) == (officer, reviewer)


def test_a_reviewer_who_asks_does_not_confirm_it(accepted, reviewer, second_reviewer):
    withdrawing.ask(accepted, by=reviewer, reason=REASON)
    with pytest.raises(Refused, match="proposed"):
        withdrawing.confirm(accepted, by=reviewer)
    accepted.refresh_from_db()
    assert accepted.status == Status.ACCEPTED

    withdrawing.confirm(accepted, by=second_reviewer)
    accepted.refresh_from_db()
    assert accepted.status == Status.WITHDRAWN


def test_an_administrator_decides_nothing(accepted, officer):
    withdrawing.ask(accepted, by=officer, reason=REASON)
    with pytest.raises(Refused):
        withdrawing.confirm(accepted, by=make_user("admin"))


@pytest.mark.parametrize("reason", ["", "  \0 ", "长" * 201])
def test_it_needs_a_reason_that_fits(accepted, officer, reason):
    with pytest.raises(Refused):
        withdrawing.ask(accepted, by=officer, reason=reason)
    assert not ProposedChange.objects.exists()


def test_it_is_asked_for_once_at_a_time(accepted, officer, reviewer):
    withdrawing.ask(accepted, by=officer, reason=REASON)
    with pytest.raises(Refused):
        withdrawing.ask(accepted, by=reviewer, reason=REASON)
    withdrawing.reject(accepted, by=reviewer, why="数据无误")
    withdrawing.ask(accepted, by=officer, reason=REASON)
    assert ProposedChange.objects.count() == 2


def test_a_rejected_one_leaves_all_as_it_was(accepted, officer, reviewer):
    withdrawing.ask(accepted, by=officer, reason=REASON)
    with pytest.raises(Refused):
        withdrawing.reject(accepted, by=reviewer, why=" ")
    withdrawing.reject(accepted, by=reviewer, why="数据无误")

    accepted.refresh_from_db()
    assert (accepted.status, in_force()) == (Status.ACCEPTED, [1, 1])
    with pytest.raises(Refused):
        withdrawing.confirm(accepted, by=reviewer)


def test_one_that_was_superseded_meanwhile_is_not_withdrawn(
    accepted, city, period, officer, reviewer
):
    withdrawing.ask(accepted, by=officer, reason=REASON)
    handed_in(city, period, officer, reviewer)
    with pytest.raises(Refused):
        withdrawing.confirm(accepted, by=reviewer)
    assert in_force() == [1, 1]


def test_what_was_in_force_before_does_not_come_back(accepted, city, period, officer, reviewer):
    second = handed_in(city, period, officer, reviewer)
    withdrawing.ask(second, by=officer, reason=REASON)
    withdrawing.confirm(second, by=reviewer)

    accepted.refresh_from_db()
    assert (accepted.status, in_force()) == (Status.SUPERSEDED, [0, 0])


def test_the_chain_has_it_and_stays_whole(accepted, officer, reviewer):
    withdrawing.ask(accepted, by=officer, reason=REASON)
    withdrawing.confirm(accepted, by=reviewer)

    first, second = Publication.objects.order_by("sequence")
    accepted.refresh_from_db()
    assert second.published_at == accepted.superseded_at
    assert second.figures_hash != first.figures_hash
    checked = ("states", "versions", "publications", "in-force-together")
    assert list(faults((*checked, "chain", "chain-figures", "ends"))) == []


def test_the_snapshot_kept_from_before_is_read_anew(accepted, city, period, officer, reviewer):
    def totals():
        found = snapshot(Viewpoint(period.quarter, None, timezone.now())).city_totals
        return (city.code, period.quarter) in found

    forget()
    assert totals()
    withdrawing.ask(accepted, by=officer, reason=REASON)
    withdrawing.confirm(accepted, by=reviewer)
    assert not totals()


def test_the_city_owes_it_again_and_reads_why(accepted, city, period, officer, reviewer):
    withdrawing.ask(accepted, by=officer, reason=REASON)
    withdrawing.confirm(accepted, by=reviewer)

    tomorrow = timezone.now() + timedelta(days=1)
    [owed] = obligations([city], [period], tomorrow)
    accepted.refresh_from_db()
    assert (owed.state, owed.submission, owed.answered) == (State.WITHDRAWN, accepted, False)
    assert (owed.delay.days, owed.delay.since) == (1, Since.WITHDRAWN)
    [duty] = duties([owed], tomorrow)
    assert (duty.is_returned, duty.submission) == (True, accepted)
    # On a day before, it was accepted.
    [before] = obligations([city], [period], accepted.published_at)
    assert before.state == State.ACCEPTED


def test_the_same_file_may_be_handed_in_again(accepted, city, period, officer, reviewer):
    withdrawing.ask(accepted, by=officer, reason=REASON)
    withdrawing.confirm(accepted, by=reviewer)

    again = make_submission(city, period, by=officer, sha256=accepted.sha256)
    make_row(again)
    again = accept(submit(again, by=officer), by=reviewer)
    assert (again.status, again.restates) == (Status.ACCEPTED, None)
    assert EnterpriseReturn.objects.in_force().count() == 1


def test_the_request_says_which_verdict_would_turn(accepted, officer, reviewer):
    """Without the only firm over the line the city is silent, and nothing can be judged."""
    make_target(indicator="firms-over-100m", value=1, period="2025Q3")
    over = handed_in(accepted.city, accepted.period, officer, reviewer, revenue="100000001.00")
    forget()
    with override("en"):
        request = withdrawing.ask(over, by=officer, reason=REASON)
    sentence, then = request.effect
    assert "Q3 2025" in sentence
    # What the target would say then.
    assert then.startswith("Firms over 100 million: ")
    assert sentence.endswith("would change from “Achieved” to “Cannot judge”.")


def test_the_database_wants_a_reason_and_a_moment(accepted):
    mine = Submission.objects.filter(pk=accepted.pk)
    for wrong in ({}, {"reason": REASON}, {"superseded_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            mine.update(status=Status.WITHDRAWN, **wrong)


def test_what_is_back_filled_after_a_withdrawal_begins_after_it(
    city, period, officer, admin, reviewer
):
    """Else two versions would count on the days between, and the chain would not hold."""
    day = timezone.now() - timedelta(days=300)
    wrong = make_submission(city, period, by=admin, status="submitted")
    make_row(wrong, "city", "output_value", sheet="城市汇总", this_year="500.00")
    accept(wrong, by=reviewer, published_at=day)
    withdrawing.ask(wrong, by=officer, reason=REASON)
    withdrawing.confirm(wrong, by=reviewer)
    right = make_submission(city, period, by=admin, status="submitted", version=2)
    make_row(right, "city", "output_value", sheet="城市汇总", this_year="600.00")

    for declared in (day, day + timedelta(days=1)):
        with pytest.raises(Refused, match="until it was withdrawn"):
            accept(right, by=reviewer, published_at=declared)

    accept(right, by=reviewer)
    assert CityReturn.objects.as_of(day + timedelta(days=5)).count() == 1
    assert "chain-figures" not in {name for name, _fault in faults()}
