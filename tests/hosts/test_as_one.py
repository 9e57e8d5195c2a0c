"""Two web hosts, each with its own folder, are one site."""

import hashlib
import re

from jobs.models import Worker
from submissions.models import Submission
from submissions.review import actions
from tests.hosts.conftest import REVIEWER
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness.production import wait_for


def test_what_is_done_at_one_host_is_there_at_the_other(hosts):
    content = forge.workbook()
    bureau, reviewer = hosts.browser("jinan", at=0), hosts.browser(REVIEWER, at=1)
    answer = bureau.upload("/submissions/new/", content, period="2025Q3")
    page = answer.location
    assert (answer.status, page[:13]) == (302, "/submissions/")

    # Signed in at one, known at the other; the same file is not received twice.
    bureau.port = hosts.ports[1]
    assert bureau.upload("/submissions/new/", content, period="2025Q3").location == page
    original = bureau.get(f"{page}original/")
    assert (original.status, original.body) == (200, content)

    submission = Submission.objects.get(city__slug="jinan")
    wait_for(lambda: Submission.objects.get().checked_at)
    marked = bureau.get(f"{page}marked/")
    assert (marked.status, marked.body[:2]) == (200, b"PK")
    for finding in submission.findings.unanswered():
        actions.explain(finding, text="已与企业核对合同台账", by=submission.uploaded_by)
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
    for slug in ("jinan", "qingdao", "zibo", "yantai"):
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
