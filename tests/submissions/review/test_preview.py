"""The preview shows what the overview will show, and leaves nothing behind."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clusters.models import CityReturn, Publication
from clusters.viewpoint import Viewpoint
from enterprises.models import Enterprise, EnterpriseReturn
from indicators.data import snapshot_reader
from indicators.estimates import projections
from indicators.results import scorecard
from submissions.locks import one_at_a_time_in_the_province
from submissions.models import Submission
from submissions.refused import Refused
from submissions.review.actions import accept
from submissions.review.preview import preview
from tests.factories import (
    credit_code,
    make_city,
    make_enterprise_return,
    make_park,
    make_user,
)
from tests.province import make_province
from tests.submissions.cast import MANDATORY, make_finding, make_row, make_submission

YANTAI = "370600"
SEEN = ("value", "numerator", "denominator", "coverage", "contributions", "history")
MORE = ("certain", "estimate", "silent", "state", "projection", "verdict", "explanation")
COUNTED = ("secured", "on_pace", "near_miss", "out_of_reach")


@pytest.fixture
def quarter(db):
    """A province in whose third quarter Yantai and Linyi are silent."""
    return make_province(silent=(YANTAI, "371300"))


@pytest.fixture
def submission(quarter):
    """Yantai's workbook, which would change both targets: much output, and two large firms."""
    return workbook(make_city(YANTAI), quarter, "900000000.00", firms=2)


def workbook(city, quarter, output, *, firms, status="submitted"):
    submission = make_submission(city, quarter, status=status)
    make_row(submission, "city", "output_value", sheet="城市汇总", this_year=output)
    for number in range(firms):
        make_row(submission, revenue=f"{200_000_000 + number}.00", output_value="210000000.00")
    return submission


def now(quarter):
    return scorecard.scorecard(Viewpoint(quarter.quarter, None, timezone.now()))


def seen(results):
    return [{name: getattr(one, name) for name in SEEN + MORE + COUNTED} for one in results]


def everything():
    """Everything in the database that a preview might leave."""
    models = (CityReturn, EnterpriseReturn, Enterprise, Enterprise.history.model, Publication)
    return [list(model.objects.order_by("pk").values()) for model in (*models, Submission)]


def test_it_shows_what_the_overview_shows_after_acceptance(submission, quarter):
    before = seen(now(quarter))
    found = preview(submission)

    assert seen(one.now for one in found) == before
    accept(submission, by=make_user("reviewer"))
    after = seen(now(quarter))
    assert seen(one.then for one in found) == after
    assert before != after
    assert [one.changes for one in found] == [True, True]
    share, firms = (one.then for one in found)
    assert share.reported_only < found[0].now.reported_only
    assert share.coverage.accepted == found[0].now.coverage.accepted + 1
    assert firms.certain.low == 2


def test_a_restatement_has_a_preview_too(quarter):
    first = workbook(make_city("370100"), quarter, "100000000.00", firms=1, status="submitted")
    accept(first, by=make_user("reviewer"))
    restated = workbook(make_city("370100"), quarter, "700000000.00", firms=3)

    found = preview(restated)
    accept(restated, by=make_user("reviewer"))
    assert seen(one.then for one in found) == seen(now(quarter))


def test_nothing_is_left_in_the_database(submission):
    before = everything()
    preview(submission)

    assert everything() == before
    submission.refresh_from_db()
    assert submission.status == "submitted"


def test_nothing_is_left_in_the_cache(submission, quarter):
    kept = now(quarter)
    snapshots = len(snapshot_reader.STORE)
    preview(submission)

    assert now(quarter)[0] is kept[0]
    assert len(snapshot_reader.STORE) == snapshots
    of = snapshot_reader.snapshot(Viewpoint(quarter.quarter, None, timezone.now()))
    assert not of.is_ephemeral
    assert projections.firm_projections(of, quarter.quarter) is projections.firm_projections(
        of, quarter.quarter
    )


def test_the_verdict_is_that_of_the_submissions_own_quarter(submission):
    assert {str(one.then.quarter) for one in preview(submission)} == {"2025Q3"}


def test_a_mandatory_finding_prevents_the_preview(submission):
    make_finding(submission, MANDATORY)

    with pytest.raises(Refused, match="no preview yet: 1 finding"):
        preview(submission)


def test_unanswered_findings_do_not_prevent_the_preview(submission):
    make_finding(submission)

    assert len(preview(submission)) == 2


@pytest.mark.parametrize("status", ["accepted", "superseded", "sent_back"])
def test_a_decided_submission_has_no_preview(quarter, status):
    with pytest.raises(Refused, match="decided"):
        preview(workbook(make_city(YANTAI), quarter, "1.00", firms=0, status=status))


def test_an_unchecked_or_older_version_has_no_preview(submission, quarter):
    unchecked = make_submission(make_city("371300"), quarter, checked_at=None)
    with pytest.raises(Refused, match="not been checked"):
        preview(unchecked)
    make_submission(make_city(YANTAI), quarter)
    with pytest.raises(Refused, match="version 2"):
        preview(submission)


def test_two_rows_of_one_thing_are_refused_as_at_acceptance(submission):
    park = make_park(submission.city)
    for _n in range(2):
        make_row(submission, "parks", park.name, sheet="园区进展", output_value="1.00")

    with pytest.raises(Refused, match="changed at the same moment"):
        preview(submission)
    with pytest.raises(Refused, match="changed at the same moment"):
        accept(submission, by=make_user("reviewer"))


def test_a_submission_that_cannot_be_accepted_has_no_preview(submission, quarter):
    row = submission.rows.filter(kind="enterprises").first()
    elsewhere = Enterprise.objects.create(
        credit_code=row.key, name="别市企业", city=make_city("370200")
    )
    make_enterprise_return(elsewhere, quarter)

    with pytest.raises(Refused, match="another city"):
        preview(submission)
    assert not EnterpriseReturn.objects.filter(city__code=YANTAI).exists()


def test_a_row_that_cannot_be_put_in_force_is_named(submission):
    make_row(submission, key=credit_code(99), revenue="9" * 30)

    before = everything()
    with pytest.raises(Refused, match="cannot be put in force"):
        preview(submission)
    assert everything() == before


def test_it_only_reads(submission):
    with CaptureQueriesContext(connection) as asked:
        preview(submission)

    statements = [one["sql"] for one in asked.captured_queries]
    # A savepoint would be a statement too: outside of a test it begins a transaction.
    assert {statement.split()[0] for statement in statements} == {"SELECT"}
    assert not [one for one in statements if " FOR UPDATE" in one or " FOR NO KEY UPDATE" in one]
    assert len(statements) <= 80


@pytest.mark.django_db(transaction=True)
def test_it_does_not_wait_for_a_publication(submission):
    held, done = Event(), Event()

    def publish():
        with transaction.atomic():
            one_at_a_time_in_the_province()
            held.set()
            done.wait(timeout=60)
        connection.close()

    with ThreadPoolExecutor() as others:
        publishing = others.submit(publish)
        assert held.wait(timeout=60)
        try:
            assert len(preview(submission)) == 2
            assert not publishing.done()
        finally:
            done.set()
        publishing.result()


def test_the_queries_do_not_grow_with_the_lines(quarter):
    def cost(city, firms):
        submission = workbook(make_city(city), quarter, "1000000000.00", firms=firms)
        preview(submission)
        with CaptureQueriesContext(connection) as asked:
            preview(submission)
        return len(asked.captured_queries)

    assert cost(YANTAI, 3) == cost("371300", 200)
