"""Two web hosts and two workers are one site, whatever of it is killed."""

import hashlib
import random
import re
from collections import Counter

import pytest
from django.db import connections

from enterprises.models import EnterpriseReturn
from jobs.models import Job, JobState, Worker
from submissions.intake.originals import content_of
from submissions.models import Original, Submission
from submissions.review import explaining
from submissions.verification.checks import faults
from tests.depth import DEEP
from tests.factories import CITIES
from tests.hosts.acts import Return, publications_of
from tests.hosts.conftest import REVIEWER
from tests.hosts.ends import Ends, Traffic
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness.production import wait_for

ACTS = ("upload", "check", "submit", "accept", "export")
# How many bureaus meet each of the four kinds of end.
ROUNDS = 3 if DEEP else 1
LINES = 40
OPEN = (JobState.WAITING, JobState.RUNNING)


def test_what_is_done_at_one_host_is_there_at_the_other(hosts):
    content = forge.workbook("滨州市", enterprises=firms_of("371600", 3))
    bureau, reviewer = hosts.browser("binzhou", at=0), hosts.browser(REVIEWER, at=1)
    answer = bureau.upload("/submissions/new/", content, period="2025Q3")
    page = answer.location
    assert (answer.status, page[:13]) == (302, "/submissions/")

    # Signed in at one, known at the other; the same file is not received twice.
    bureau.port = hosts.ports[1]
    assert bureau.upload("/submissions/new/", content, period="2025Q3").location == page
    original = bureau.get(f"{page}original/")
    assert (original.status, original.body) == (200, content)

    submission = Submission.objects.get(city__slug="binzhou")
    wait_for(lambda: Submission.objects.get().checked_at)
    marked = bureau.get(f"{page}marked/")
    assert (marked.status, marked.body[:2]) == (200, b"PK")
    for finding in submission.findings.unanswered():
        explaining.explain(finding, text="已与企业核对合同台账", by=submission.uploaded_by)
    assert bureau.post(f"{page}submit/").status == 302

    assert reviewer.post(f"{page}accept/").status == 302
    bureau.port = hosts.ports[0]
    assert Submission.objects.get().status == "accepted"
    assert "Accepted" in bureau.get(page).text
    assert bureau.get("/api/v1/submissions/").status == 200
    assert not bureau.errors + reviewer.errors


def test_both_workers_take_what_is_handed_in_through_nginx(hosts):
    firms = [forge.enterprise(n) for n in range(1, 1_500)]
    content = forge.workbook(enterprises=firms)
    for slug in ("rizhao", "linyi", "dezhou", "liaocheng"):
        browser = hosts.browser(slug)
        form = browser.get("/submissions/new/").text
        key = re.search(r'name="client_key" value="([^"]+)"', form)[1]
        answer = browser.upload("/submissions/new/", content, period="2025Q3", client_key=key)
        assert answer.status == 302
    sent = Submission.objects.filter(sha256=hashlib.sha256(content).hexdigest())
    wait_for(lambda: not sent.filter(checked_at=None).exists(), 120)

    assert list(sent.values_list("lines", flat=True)) == [1_499] * 4
    # Each host's worker has given its sign of life.
    assert Worker.objects.count() == 2


def firms_of(code, lines):
    """Return lines of so many enterprises of a city, all of them new."""
    return [
        forge.enterprise(
            n, credit_code=forge.credit_code(n, code), park=None, remark="本季新增企业"
        )
        for n in range(1, lines + 1)
    ]


@pytest.fixture
def returns(hosts):
    """A bureau for each kind of end and round, each with a workbook of its own."""
    made = []
    reviewer = hosts.browser(REVIEWER)
    for number in range(4 * ROUNDS):
        code = sorted(CITIES)[number]
        slug, name = CITIES[code][:2]
        firms = firms_of(code, LINES)
        content = forge.workbook(name, "2025年1—3月", enterprises=firms)
        bureau = hosts.browser(slug)
        made.append(Return(bureau, reviewer, content, len(firms), "2025Q1"))
    return made


def test_whatever_is_killed_nothing_is_lost_half_written_or_stuck(hosts, returns, capsys):
    seed = random.randrange(10**6) if DEEP else 311
    ends = Ends(hosts, random.Random(seed))
    traffic = Traffic(hosts)
    traffic.start()
    try:
        for number, one in enumerate(returns):
            kind = ("web", "worker", "child", "database")[number % 4]
            for act in ACTS:
                ends.during(getattr(one, act), kind)
    finally:
        traffic.over.set()
        traffic.join()
    connections.close_all()
    wait_for(lambda: not Job.objects.filter(state__in=OPEN).exists(), 60)

    browsers = {one.bureau for one in returns} | {returns[0].reviewer, traffic.browser}
    shown = [error for browser in browsers for error in browser.errors]
    with capsys.disabled():
        print(f"\nseed {seed}: {ends.counts.total()} kills {dict(ends.counts)} {dict(ends.after)}")
        print(f"error pages {len(shown)}: {Counter(status for _act, status in shown)}")
    assert [twice for browser in browsers for twice in browser.twice] == []
    for one in returns:
        is_whole(one)
    assert Submission.objects.filter(sha256__in=[one.sha256 for one in returns]).count() == len(
        returns
    )
    nothing_is_half_done()


def is_whole(one: Return) -> None:
    """Assert that what a bureau was told is so."""
    submission = Submission.objects.get(sha256=one.sha256)
    assert submission.get_absolute_url() == one.page
    assert content_of(submission) == one.content
    assert one.accepted
    assert submission.status == "accepted"
    assert submission.rows.filter(kind="enterprises").count() == submission.lines == one.lines
    figures = EnterpriseReturn.objects.in_force().filter(
        city=submission.city, period=submission.period
    )
    assert figures.count() == one.lines
    assert publications_of(submission) == 1


def nothing_is_half_done() -> None:
    """Assert that every job has ended, those that failed in words, and that verify agrees."""
    assert set(Job.objects.values_list("state", flat=True)) <= {JobState.DONE, JobState.FAILED}
    assert not Job.objects.filter(state=JobState.FAILED, error="").exists()
    assert Original.objects.count() == Submission.objects.count()
    for submission in Submission.objects.all():
        positions = submission.findings.values_list("position", flat=True)
        assert len(set(positions)) == len(positions)
        if submission.checked_at is None:
            assert not submission.rows.exists()
            assert not positions
    assert list(faults()) == []
