"""What a bureau and the reviewer do, and what they were told: the witness after every kill."""

import hashlib
import re
import time
from dataclasses import dataclass

from django.db import Error, connection

from clusters.models import Publication
from jobs.models import JobState
from jobs.queue import newest_job
from submissions.models import Finding, Submission
from submissions.review import explaining
from tests.hosts.browser import Answer, Browser

# How long a check may take, with a worker killed meanwhile, in seconds.
PATIENTLY = 60
ACCEPTED = 'data-status="accepted"'
# The findings that the child which reads a file came to its end unexpectedly.
READER_DIED = {"E104", "E199"}


@dataclass
class Return:
    """
    A workbook on its way, and the browser it is sent from.

    page      the address of its submission, once the site has said that it was received
    accepted  whether the site has said that it was accepted
    """

    bureau: Browser
    reviewer: Browser
    content: bytes
    lines: int
    period: str
    page: str = ""
    accepted: bool = False

    @property
    def subject(self) -> str:
        """Return the subject of the jobs that check it."""
        return f"check of submission {self.page.split('/')[2]}"

    @property
    def sha256(self) -> str:
        """Return the hash of the file."""
        return hashlib.sha256(self.content).hexdigest()

    def upload(self) -> None:
        """Hand it in, by the form."""
        form = self.bureau.get("/submissions/new/").text
        key = re.search(r'name="client_key" value="([^"]+)"', form)[1]
        answer = self.bureau.upload(
            "/submissions/new/", self.content, period=self.period, client_key=key
        )
        if answer.status == 302:
            self.page = answer.location

    def check(self) -> None:
        """
        Wait until it is checked; ask once more where that failed, as the page says.

        A child that was killed twice leaves a finding that the file could not be read.
        """
        until = time.monotonic() + PATIENTLY
        while time.monotonic() < until:
            self.bureau.get(self.page)
            was_read = not READER_DIED & steadily(lambda: codes_of(self.sha256))
            if was_read and is_checked(self.sha256):
                return
            ended = steadily(lambda: newest_job(self.subject).state)
            if ended == JobState.FAILED or (ended == JobState.DONE and not was_read):
                self.bureau.post(f"{self.page}check-again/")
            time.sleep(0.3)
        raise AssertionError(f"{self.page} was never checked")

    def submit(self) -> None:
        """Answer every question, and submit."""
        answered(self.sha256)
        self.said("submit", self.bureau.post(f"{self.page}submit/"))

    def accept(self) -> None:
        """Accept, and look whether the page says so."""
        self.said("accept", self.reviewer.post(f"{self.page}accept/"))
        self.accepted = ACCEPTED in self.reviewer.get(self.page).text

    def said(self, act: str, answer: Answer) -> None:
        """Assert that an act led to the page of the submission; or was done before, unheard."""
        was = (act, answer.status, answer.location)
        unheard = answer.status == 422 and self.bureau.errors
        why = re.findall(r'class="message[^"]*"[^>]*>(.*?)<', answer.text, re.DOTALL)
        assert unheard or was == (act, 302, self.page), (was, why)

    def export(self) -> None:
        """Take everything that can be taken away."""
        for browser, path in (
            (self.bureau, f"{self.page}original/"),
            (self.bureau, f"{self.page}marked/"),
            (self.reviewer, "/api/v1/enterprises/"),
            (self.reviewer, "/api/v1/enterprises/?format=csv"),
            (self.reviewer, "/api/v1/enterprises/?format=xlsx"),
        ):
            answer = browser.get(path)
            assert answer.status == 200, (path, answer.status)
            if path.endswith("original/"):
                assert answer.body == self.content
            if path.endswith(("marked/", "xlsx")):
                assert answer.body.startswith(b"PK")
                assert b"PK\x05\x06" in answer.body


def steadily(ask):
    """Return what a question to the database says, however often it is restarted meanwhile."""
    for _attempt in range(40):
        try:
            return ask()
        except Error:
            connection.close()
            time.sleep(0.25)
    raise AssertionError("the database never came back")


def is_checked(sha256: str) -> bool:
    """Return whether a file's submission is checked."""
    submissions = Submission.objects.filter(sha256=sha256, checked_at__isnull=False)
    return steadily(submissions.exists)


def codes_of(sha256: str) -> set[str]:
    """Return the codes of the findings in a file."""
    return set(Finding.objects.filter(submission__sha256=sha256).values_list("code", flat=True))


def answered(sha256: str) -> None:
    """Explain every finding of a file that asks for it."""

    def explain() -> None:
        submission = Submission.objects.get(sha256=sha256)
        for finding in submission.findings.unanswered():
            explaining.explain(finding, text="已与企业核对合同台账", by=submission.uploaded_by)

    steadily(explain)


def publications_of(submission: Submission) -> int:
    """Return how often its city has published its period."""
    return Publication.objects.filter(city=submission.city, period=submission.period).count()
