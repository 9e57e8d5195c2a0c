import hashlib
import io
import uuid
from decimal import Decimal

import psycopg
import pytest
from django.db import OperationalError, connection

from submissions.intake import receiving
from submissions.intake.originals import NotStored, content_of
from submissions.intake.receiving import plain_name, read_and_check, receive
from submissions.models import Explanation, Original, Submission
from submissions.refused import Refused
from submissions.review.actions import discard
from submissions.workbook import limits
from submissions.workbook.contents import Fault, Reading
from tests.factories import make_city, make_period, make_user
from tests.submissions.cast import make_original, make_submission
from tests.submissions.fault_catalogue import forge

Status = Submission.Status


@pytest.fixture
def bring(city, period, officer):
    """Receive a file as the officer would."""

    def act(content=b"content", **given):
        return receive(
            io.BytesIO(content),
            **{"city": city, "period": period, "by": officer, "filename": "报表.xlsx"} | given,
        )

    return act


def test_keeps_the_file_byte_for_byte(bring):
    submission = bring(b"\x00\xff workbook", filename="../../济南.xlsx")

    assert content_of(submission) == b"\x00\xff workbook"
    assert submission.sha256 == hashlib.sha256(b"\x00\xff workbook").hexdigest()
    assert submission.size == 11
    assert submission.filename == "济南.xlsx"
    assert submission.status == Status.UPLOADED
    assert submission.checked_at is None


def test_nothing_reads_the_file_before_it_is_received(bring, monkeypatch):
    monkeypatch.setattr(receiving, "read_sandboxed", lambda *a: pytest.fail("read"))

    assert bring() == Submission.objects.get()


def test_numbers_the_versions_of_each_city_and_period_by_themselves(bring, stranger):
    assert bring(b"1").version == 1
    assert bring(b"2").version == 2
    assert bring(b"1", period=make_period("2025Q2")).version == 1
    assert bring(b"1", city=make_city("370700")).version == 1


@pytest.mark.fault("F-48")
def test_one_form_sent_twice_brings_one_submission(bring):
    key = uuid.uuid4()

    first, second = bring(b"1", client_key=key), bring(b"1", client_key=key)
    assert second == first
    assert (first.repeated, second.repeated) == (False, True)
    assert Submission.objects.count() == 1
    assert Original.objects.count() == 1


@pytest.mark.fault("F-48")
def test_another_file_from_a_form_come_back_to_is_another_version(bring):
    key = uuid.uuid4()

    first, corrected = bring(b"1", client_key=key), bring(b"2", client_key=key)
    assert (corrected.version, corrected.repeated) == (2, False)
    # The first file was sent again: it has been here, and the newest stays the newest.
    assert bring(b"1", client_key=key) == first


def test_somebody_elses_form_key_is_refused(bring):
    key = uuid.uuid4()
    bring(b"1", client_key=key)

    with pytest.raises(Refused):
        bring(b"2", client_key=key, by=make_user("bureau"))
    assert Original.objects.count() == 1


@pytest.mark.fault("F-48")
def test_the_same_file_as_the_newest_version_makes_no_other(bring):
    first = bring(b"1")

    assert bring(b"1") == first
    assert bring(b"2").version == 2
    # The first file again, after another one: that is a change back.
    assert bring(b"1").version == 3


def test_the_very_file_that_was_sent_back_is_refused_with_the_reason(bring, city, period, officer):
    sha256 = hashlib.sha256(b"1").hexdigest()
    make_submission(city, period, by=officer, status="sent_back", sha256=sha256)

    with pytest.raises(Refused, match="D17 looks wrong"):
        bring(b"1")
    assert not Original.objects.exists()
    assert bring(b"2").version == 2


def test_the_same_file_as_one_that_was_discarded_is_a_new_version(bring, officer):
    discard(bring(b"1"), by=officer)

    assert bring(b"1").version == 2


def test_too_large_a_file_is_refused_and_nothing_left(bring, monkeypatch):
    monkeypatch.setattr(limits, "FILE_SIZE", 10)

    with pytest.raises(Refused, match="larger than"):
        bring(b"01234567890")
    assert not Original.objects.exists()
    assert not Submission.objects.exists()


@pytest.mark.fault("F-53")
def test_a_full_disk_is_reported_and_leaves_nothing(bring):
    def full(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "submissions_original"'):
            raise OperationalError from psycopg.errors.DiskFull()
        return execute(sql, params, many, context)

    with (
        connection.execute_wrapper(full),
        pytest.raises(NotStored, match="The disk is full: your file was not kept"),
    ):
        bring()
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\reports\\济南.xlsx", "济南.xlsx"),
        ("a\x00b\nc\u202e.xlsx", "abc.xlsx"),
        ("济" * 300 + ".xlsx", "济" * 250 + ".xlsx"),
        ("", "workbook"),
        ("..", ".."),
    ],
)
def test_a_file_name_is_only_text(sent, shown):
    assert plain_name(sent) == shown


def test_checks_a_workbook_and_keeps_each_value_with_its_cell(bring, city):
    code = forge.credit_code(1)
    submission = bring(forge.workbook(enterprises=[forge.enterprise(1, revenue="1,234.5")]))

    submission = read_and_check(submission)
    row = submission.rows.get(kind="enterprises")
    assert (row.sheet, row.row, row.key) == ("企业明细", 5, code)
    assert Decimal(row.values["revenue"]) == Decimal("12345000")
    assert row.cells["revenue"] == "E5"
    assert submission.rows.get(kind="city", key="output_value").cells["this_year"] == "C5"
    assert submission.lines == 1
    assert submission.checked_at
    assert submission.findings.exists()


def test_a_file_that_cannot_be_read_has_a_finding_and_no_rows(bring):
    submission = read_and_check(bring(b"not a workbook"))

    assert submission.checked_at
    assert submission.findings.mandatory().exists()
    assert not submission.rows.exists()


def test_checking_again_gives_the_same_and_keeps_the_explanations(bring, officer):
    submission = read_and_check(bring(forge.workbook()))
    before = list(submission.findings.values_list("position", "code", "cell"))
    finding = submission.findings.advisory().first()
    Explanation.objects.create(finding=finding, text="New this year", given_by=officer)

    submission = read_and_check(submission)
    assert list(submission.findings.values_list("position", "code", "cell")) == before
    kept = Explanation.objects.in_force().get()
    assert (kept.text, kept.given_by) == ("New this year", officer)
    assert (kept.finding.code, kept.finding.cell) == (finding.code, finding.cell)
    # What was said of the earlier check is not deleted.
    [first] = Explanation.objects.exclude(pk=kept.pk)
    assert (first.text, first.finding) == (kept.text, finding)
    assert first.superseded_at


def test_a_check_that_fails_half_way_stores_nothing_and_can_be_done_again(bring, monkeypatch):
    submission = bring(forge.workbook())
    with monkeypatch.context() as patched:
        patched.setattr(
            "submissions.models.Finding.objects.bulk_create",
            lambda *a, **k: (_ for _ in ()).throw(RuntimeError("dies")),
        )
        with pytest.raises(RuntimeError):
            read_and_check(submission)

    submission.refresh_from_db()
    assert submission.checked_at is None
    assert not submission.rows.exists()
    assert read_and_check(submission).rows.exists()


def test_a_child_that_dies_leaves_a_submission_to_check_again(bring, monkeypatch):
    submission = bring(forge.workbook())
    with monkeypatch.context() as patched:
        patched.setattr(receiving, "read_sandboxed", lambda *a: Reading(faults=[Fault("E199")]))
        assert [f.code for f in read_and_check(submission).findings.all()] == ["E199"]

    submission = read_and_check(submission)
    assert submission.rows.exists()
    assert not submission.findings.filter(code="E199").exists()


def test_what_has_been_submitted_is_not_checked_again(db):
    submission = make_original(make_submission(status="submitted"), b"1")

    with pytest.raises(Refused):
        read_and_check(submission)


def test_a_missing_original_is_refused(db):
    with pytest.raises(Refused, match="not in its place"):
        read_and_check(make_submission())
