"""Concurrent acts: each is done once, and the others are refused."""

import io
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connections, transaction

from clusters.models import Publication
from enterprises.models import Enterprise, EnterpriseReturn
from submissions.intake.receiving import receive
from submissions.models import Original, Submission
from submissions.refused import Refused
from submissions.review.actions import accept, send_back
from tests.factories import make_city, make_enterprise, make_period, make_user
from tests.submissions.cast import make_row, make_submission

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run acts in threads that start together; return the result or refusal of each."""
    start = Barrier(len(acts))

    def do(act):
        start.wait(10)
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(60) for future in [pool.submit(do, act) for act in acts]]


def refusals(results):
    return [result for result in results if isinstance(result, Refused)]


@pytest.mark.fault("F-47")
def test_two_reviewers_accept_and_one_is_refused(city):
    submission = make_submission(city, status="submitted")
    make_row(submission)
    reviewers = [make_user("reviewer") for _ in range(2)]

    results = at_once(*[lambda by=by: accept(submission, by=by) for by in reviewers])
    [refusal] = refusals(results)
    assert "Accepted" in str(refusal)
    assert Publication.objects.count() == 1
    assert EnterpriseReturn.objects.count() == 1


@pytest.mark.fault("F-47")
def test_one_accepts_while_another_sends_back(city):
    submission = make_submission(city, status="submitted")
    one, other = make_user("reviewer"), make_user("reviewer")

    results = at_once(
        lambda: accept(submission, by=one), lambda: send_back(submission, by=other, reason="D17")
    )
    assert len(refusals(results)) == 1
    submission.refresh_from_db()
    assert Publication.objects.exists() == (submission.status == "accepted")


@pytest.mark.fault("F-47")
def test_two_cities_that_report_one_unknown_firm(db):
    period = make_period()
    submissions = [
        make_submission(make_city(c), period, status="submitted") for c in ("370100", "370200")
    ]
    key = make_row(submissions[0]).key
    make_row(submissions[1], key=key)
    reviewer = make_user("reviewer")

    results = at_once(*[lambda s=s: accept(s, by=reviewer) for s in submissions])
    [refusal] = refusals(results)
    assert key in str(refusal)
    assert EnterpriseReturn.objects.in_force().count() == 1


@pytest.mark.fault("F-47")
def test_uploads_of_one_slot_get_one_version_each(city, officer):
    period = make_period()

    def bring(n):
        return lambda: receive(
            io.BytesIO(b"%d" % n), city=city, period=period, by=officer, filename="a.xlsx"
        )

    results = at_once(*[bring(n) for n in range(4)])
    assert sorted(submission.version for submission in results) == [1, 2, 3, 4]


@pytest.mark.fault("F-48")
def test_one_form_fired_five_times_is_one_submission(city, officer):
    period, key = make_period(), uuid.uuid4()

    def bring():
        return receive(
            io.BytesIO(b"1"),
            city=city,
            period=period,
            by=officer,
            filename="a.xlsx",
            client_key=key,
        )

    results = at_once(*[bring] * 5)
    assert set(results) == {Submission.objects.get()}
    assert Original.objects.count() == 1


def test_a_firm_moved_while_its_city_is_accepted_stays_in_one_city(city, reviewer):
    firm, other = make_enterprise(city), make_city("371700")
    submission = make_submission(city, status="submitted")
    make_row(submission, key=firm.credit_code)
    moving = Event()

    def move():
        with transaction.atomic():
            Enterprise.objects.filter(pk=firm.pk).update(city=other)
            moving.set()
            sleep(0.5)

    def accept_meanwhile():
        moving.wait(10)
        return accept(submission, by=reviewer)

    [refusal] = refusals(at_once(move, accept_meanwhile))
    assert firm.credit_code in str(refusal)
    assert not EnterpriseReturn.objects.exists()
