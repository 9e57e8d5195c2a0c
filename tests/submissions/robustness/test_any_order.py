"""F-55: acts in any order, by users with and without permission."""

import hashlib
import io

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from clusters.models import Publication
from enterprises.models import EnterpriseReturn
from indicators.data import snapshot_reader
from submissions.intake import receiving
from submissions.intake.originals import content_of
from submissions.models import Submission
from submissions.refused import Refused
from submissions.review import actions, explaining
from submissions.workbook.reading.workbook import read
from tests.depth import examples
from tests.factories import make_city, make_period, make_user
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness.memory import read_with

Status = Submission.Status

# Four files that differ, one of which has something to correct; firm 1 stands in each.
FILES = [
    forge.as_csv([forge.enterprise(1, remark="本季新增", revenue=revenue)])
    for revenue in (900, 901, 902, "约903")
]


class Intake(RuleBasedStateMachine):
    """An officer and a reviewer, who may also upload and report; one city and one period."""

    # In all runs together: a machine that never gets anywhere proves nothing.
    reached = dict.fromkeys(("submitted", "decided", "accepted"), 0)

    submissions = Bundle("submissions")
    who = st.sampled_from(["officer", "reviewer"])

    def __init__(self):
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.city, self.period = make_city(), make_period()
        self.people = {name: make_user(username=name) for name in ("officer", "reviewer")}
        self.sent: dict[int, bytes] = {}
        self.steps = dict.fromkeys(("submitted", "decided", "accepted"), 0)

    def teardown(self):
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)
        snapshot_reader.forget()
        for step, times in self.steps.items():
            self.reached[step] += times

    def done(self, act, pk, step, **given):
        """Try an act; count it if it was not refused."""
        submission = Submission.objects.get(pk=pk)
        before = submission.status
        try:
            act(submission, **given)
        except Refused:
            submission.refresh_from_db()
            assert submission.status == before
        else:
            self.steps[step] += 1
            self.steps["decided"] += step == "accepted"

    @rule(target=submissions, by=who, content=st.sampled_from(FILES))
    def upload(self, by, content):
        pk = self.receive(by, content)
        return multiple() if pk is None else pk

    @rule(pk=submissions)
    def check(self, pk):
        submission = Submission.objects.get(pk=pk)
        try:
            receiving.read_and_check(submission)
        except Refused:
            assert submission.status != Status.UPLOADED

    @rule(pk=submissions, by=who)
    def explain_all(self, pk, by):
        submission = Submission.objects.get(pk=pk)
        for finding in submission.findings.unanswered():
            try:
                explaining.explain(finding, text="已与企业核对合同台账", by=self.people[by])
            except Refused:
                assert submission.status != Status.UPLOADED

    @rule(pk=submissions, by=who)
    def submit(self, pk, by):
        self.done(actions.submit, pk, "submitted", by=self.people[by], reason="企业更正了合同台账")

    @rule(pk=submissions, by=who)
    def send_back(self, pk, by):
        self.done(actions.send_back, pk, "decided", by=self.people[by], reason="D5")

    @rule(pk=submissions, by=who, seen=st.none() | submissions)
    def accept(self, pk, by, seen):
        self.done(actions.accept, pk, "accepted", by=self.people[by], compared_with=seen)

    @rule(pk=submissions)
    def accept_what_is_shown(self, pk):
        """Accept as the reviewer, who has seen which version is in force."""
        in_force = Submission.objects.in_force().values_list("pk", flat=True).first()
        self.done(
            actions.accept, pk, "accepted", by=self.people["reviewer"], compared_with=in_force
        )

    @rule(pk=submissions)
    def send_back_as_the_reviewer(self, pk):
        self.send_back(pk, "reviewer")

    @rule(target=submissions, content=st.sampled_from(FILES))
    def hand_in(self, content):
        """Upload, explain and submit as the city."""
        pk = self.receive("officer", content)
        if pk is None:
            return multiple()
        self.check(pk)
        self.explain_all(pk, "officer")
        self.submit(pk, "officer")
        return pk

    @precondition(lambda self: Submission.objects.waiting().exists())
    @rule(good=st.booleans(), by=who)
    def decide_on_what_waits(self, good, by):
        """Accept or send back the newest waiting submission."""
        pk = Submission.objects.waiting().latest("version").pk
        if good:
            self.done(actions.accept, pk, "accepted", by=self.people[by])
        else:
            self.done(actions.send_back, pk, "decided", by=self.people[by], reason="D5")

    def receive(self, by, content):
        """Receive a file; return the submission's key, None if it is a repetition or refused."""
        try:
            submission = receiving.receive(
                io.BytesIO(content),
                city=self.city,
                period=self.period,
                by=self.people[by],
                filename="报表.csv",
            )
        except Refused:
            back = Submission.objects.filter(status=Status.SENT_BACK)
            assert hashlib.sha256(content).hexdigest() in back.values_list("sha256", flat=True)
            return None
        if submission.repeated:
            return None
        self.sent[submission.pk] = content
        return submission.pk

    @invariant()
    def one_at_most_is_in_force_and_its_figures_with_it(self):
        in_force = list(Submission.objects.in_force())
        assert len(in_force) <= 1
        returns = EnterpriseReturn.objects.in_force()
        assert returns.count() == len(in_force)
        for submission in in_force:
            staged = submission.rows.get(kind="enterprises").values["revenue"]
            assert str(returns.get().revenue) == staged

    @invariant()
    def every_original_is_there_as_it_came(self):
        assert Submission.objects.count() == len(self.sent)
        for submission in Submission.objects.all():
            content = content_of(submission)
            assert content == self.sent[submission.pk]
            assert submission.sha256 == hashlib.sha256(content).hexdigest()

    @invariant()
    def versions_are_counted_one_by_one(self):
        versions = sorted(Submission.objects.values_list("version", flat=True))
        assert versions == list(range(1, len(versions) + 1))

    @invariant()
    def the_record_has_as_many_acts_as_were_done(self):
        every = Submission.objects
        assert every.filter(submitted_at__isnull=False).count() == self.steps["submitted"]
        assert every.filter(decided_at__isnull=False).count() == self.steps["decided"]
        assert every.filter(published_at__isnull=False).count() == self.steps["accepted"]
        assert Publication.objects.count() == self.steps["accepted"]

    @invariant()
    def nobody_has_decided_on_their_own(self):
        for each in Submission.objects.in_force():
            assert each.decided_by_id not in (each.submitted_by_id, each.uploaded_by_id)


@pytest.mark.fault("F-55")
@pytest.mark.django_db
def test_whatever_the_order_one_is_in_force_and_nothing_is_lost(monkeypatch):
    read_with(monkeypatch, read)
    run_state_machine_as_test(
        Intake,
        settings=settings(
            max_examples=examples(24),
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # How many of each is left to chance; that both were reached many times is not.
    assert Intake.reached["accepted"] > 5
    assert Intake.reached["decided"] - Intake.reached["accepted"] > 5, "nothing was sent back"
