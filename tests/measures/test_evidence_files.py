from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.acts import Act
from audit.models import ActOutcome
from measures import evidence_files
from measures.models import EvidenceFile, TaskEvidence
from measures.refusal import LedgerRefusal
from tests.audit.cast import only
from tests.factories import make_city
from tests.measures.cast import make_file, make_member, make_task

pytestmark = pytest.mark.django_db
MIB = 1024 * 1024


@pytest.fixture
def task():
    return make_task()


@pytest.fixture
def member(task):
    return make_member(task.lead)


def add(task, member, content=b"scan", **given):
    of = {"who": task.lead, "filename": "意见.pdf"} | given
    return evidence_files.add(task.nodes.get(), by=member, content=content, **of)


def test_a_file_is_kept_as_it_came_with_its_hash(task, member):
    evidence = add(task, member, b"\x00\xff", document=" 鲁环发〔2025〕9号 ")
    assert bytes(evidence.file.content) == b"\x00\xff"
    assert evidence.sha256 == "06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8"
    assert (evidence.size, evidence.document) == (2, "鲁环发〔2025〕9号")
    assert only(Act.EVIDENCE_ADDED).after["sha256"] == evidence.sha256


def test_a_number_alone_is_evidence(task, member):
    evidence = add(task, member, None, document="鲁环发〔2025〕9号")
    assert not evidence.sha256
    assert not EvidenceFile.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"content": None}, "or choose a file"),
        ({"content": b""}, "empty"),
        ({"content": b"x" * (2 * MIB + 1)}, "larger than 2 MiB"),
        ({"content": None, "document": "x" * 301}, "300 characters"),
    ],
)
def test_what_is_no_evidence_is_refused(task, member, given, words):
    with pytest.raises(LedgerRefusal, match=words):
        add(task, member, **given)
    assert not TaskEvidence.objects.exists()
    assert words in only(Act.EVIDENCE_ADDED, ActOutcome.REFUSED).why


def test_the_largest_file_is_kept(task, member):
    assert add(task, member, b"x" * (2 * MIB)).size == 2 * MIB


def test_the_quota_is_of_a_year_and_of_who_answers(task, member):
    at = timezone.now()
    full = {"size": 50 * MIB - 4, "added_at": at}
    make_file(task, by=member, content=b"full", **full)
    add(task, member, b"four")
    with pytest.raises(LedgerRefusal, match="more than 50 MiB"):
        add(task, member, b"5")
    add(task, member, b"5", who=make_city("370100"))


def test_files_of_another_year_do_not_count(task, member):
    earlier = timezone.now() - timedelta(400)
    make_file(task, by=member, content=b"old", size=50 * MIB, added_at=earlier)
    add(task, member)


def test_the_same_file_is_not_kept_twice(task, member):
    add(task, member)
    with pytest.raises(LedgerRefusal, match="already"):
        add(task, member)


def test_it_is_checked_once_by_another(task, member, reviewer):
    evidence = add(task, member)
    with pytest.raises(LedgerRefusal, match="Somebody other"):
        evidence_files.check(evidence, by=member)
    checked = evidence_files.check(evidence, by=reviewer)
    assert (checked.checked_by, bool(checked.checked_at)) == (reviewer, True)
    assert only(Act.EVIDENCE_CHECKED).user == reviewer
    with pytest.raises(LedgerRefusal, match="checked meanwhile"):
        evidence_files.check(evidence, by=reviewer)


def test_the_database_lets_nobody_check_their_own(task, member):
    evidence = add(task, member)
    with pytest.raises(IntegrityError, match="checked_by_another"), transaction.atomic():
        TaskEvidence.objects.filter(pk=evidence.pk).update(
            checked_by=member, checked_at=timezone.now()
        )
