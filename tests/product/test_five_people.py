"""
Acts in any order by five people, each tried by everybody, through the pages.

Whatever the order: one submission in force, the chain whole, every act and every refusal in the
audit under the name of who tried it, and nothing decided by one person alone.
"""

from collections import Counter

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Max
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User
from accounts.roles import excluding
from accounts.roles_in_database import sync_roles
from audit.acts import Act
from audit.models import ActOutcome, AuditEvent, ProposedChange
from clusters.models import Publication
from enterprises.models import EnterpriseReturn
from indicators.data import snapshot_reader
from indicators.models import Target
from submissions.models import Explanation, Submission
from submissions.verification import checks
from submissions.workbook.reading.workbook import read
from tests.audit.proposals.cast import REASON, address, shown_form
from tests.depth import examples
from tests.factories import make_city, make_period, make_target, make_user
from tests.submissions.fault_catalogue import forge
from tests.submissions.robustness.memory import read_with

Status = Submission.Status

ROLES = {
    "officer": "bureau",
    "reviewer": "reviewer",
    "reviewer2": "reviewer",
    "admin": "admin",
    "admin2": "admin",
}
# Files that differ; the same firm stands in each.
FILES = {
    revenue: forge.as_csv([forge.enterprise(1, remark="本季新增", revenue=revenue)])
    for revenue in (900, 901, 902)
}
# What an account may be proposed to hold; the last two exclude each other.
GIVEN = [["official"], ["reviewer"], ["bureau"], ["admin"], [], ["bureau", "reviewer"]]
# What is found of them is not told by any other invariant.
CHECKED = ("one-in-force", "versions", "four-eyes", "states", "publications")
CHECKED += ("in-force-together", "chain", "chain-figures", "ends")

# What must have been done, and refused, in some of the runs.
REACHED = (Act.UPLOADED, Act.SUBMITTED, Act.SENT_BACK, Act.ACCEPTED, Act.PROPOSED, Act.CONFIRMED)

who = st.sampled_from(list(ROLES))
revenues = st.sampled_from(list(FILES))
# Of what there is: the newest most often, so that acts follow each other.
which = st.sampled_from([0, 0, 0, 1, 2])


class FivePeople(RuleBasedStateMachine):
    """One bureau, two reviewers and two administrators; one city, one period, one target."""

    # In all runs together: a machine that never gets anywhere proves nothing.
    reached: Counter = Counter()

    def __init__(self):
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        sync_roles()
        self.city, self.period, self.target = make_city(), make_period(), make_target()
        self.people = {
            name: make_user(role, *[self.city] * (role == "bureau"), username=name)
            for name, role in ROLES.items()
        }
        # What the admin site's forms showed, by their object.
        self.forms: dict = {}
        self.sign_in()

    def teardown(self):
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)
        snapshot_reader.forget()

    def sign_in(self):
        """Sign everybody in: who gets another role is signed out."""
        self.clients = {name: Client() for name in self.people}
        for name, client in self.clients.items():
            client.force_login(User.objects.get(username=name))

    # ---- trying an act -------------------------------------------------------------------

    def tried(self, by, act, attempt, *, nothing_is_done=lambda answer: False):
        """
        Let somebody try an act; return whether it was done.

        What was done has its event, and what was refused has one and changed nothing.
        nothing_is_done says of an answer that it neither did nor refused anything.
        """
        before = self.state()
        newest = AuditEvent.objects.aggregate(Max("pk"))["pk__max"] or 0
        answer = attempt(self.clients[by])
        events = AuditEvent.objects.filter(pk__gt=newest)
        assert {event.user_id for event in events} <= {self.people[by].pk}
        acts = [(event.act, event.outcome) for event in events]
        done = self.state() != before
        if done:
            assert (act, ActOutcome.DONE) in acts, acts
            assert ActOutcome.REFUSED not in [outcome for _act, outcome in acts], acts
        elif nothing_is_done(answer):
            assert acts == []
        else:
            assert acts in (
                [(act, ActOutcome.REFUSED)],
                [(Act.ACCESS_REFUSED, ActOutcome.REFUSED)],
            ), (act, by, answer.status_code, acts)
        self.reached[act, "done" if done else "refused"] += 1
        return done

    @staticmethod
    def state():
        """Return all that an act may change."""
        return [
            list(Submission.objects.order_by("pk").values("status", "decided_by", "submitted_by")),
            list(Explanation.objects.order_by("pk").values("pk", "superseded_at")),
            list(ProposedChange.objects.order_by("pk").values("confirmed_by", "rejected_by")),
            list(Target.objects.values()),
            sorted(User.groups.through.objects.values_list("user", "group")),
            EnterpriseReturn.objects.count(),
        ]

    def act_on(self, number, by, act, name, **data):
        """Let somebody try an act on one of the submissions; the newest is 0."""
        every = Submission.objects.order_by("-pk")
        one = every[number % len(every)]
        return self.tried(
            by, act, lambda client: client.post(reverse(f"submissions:{name}", args=[one.pk]), data)
        )

    # ---- the way of a workbook -----------------------------------------------------------

    @rule(by=who, revenue=revenues)
    def upload(self, by, revenue):
        self.received(by, revenue)

    def received(self, by, revenue):
        """Let somebody upload a file; return whether it is a new submission."""

        def attempt(client):
            file = SimpleUploadedFile("报表.csv", FILES[revenue])
            given = {"file": file, "period": "2025Q3", "city": self.city.pk}
            return client.post(reverse("submissions:upload"), given)

        def is_shown(answer):
            """Return whether the file is here already, or the form offers no city to report for."""
            form = answer.context and answer.context.get("form")
            return answer.status_code == 302 or (form and "city" in form.errors)

        return self.tried(by, Act.UPLOADED, attempt, nothing_is_done=is_shown)

    @precondition(lambda self: Submission.objects.exists())
    @rule(by=who)
    def explain(self, by):
        newest = Submission.objects.latest("pk")
        unanswered = newest.findings.unanswered().values_list("pk", flat=True)
        texts = {f"text-{pk}": "已与企业核对合同台账，属订单增加" for pk in unanswered}
        if texts:
            self.act_on(0, by, Act.EXPLAINED, "answers", **texts)

    @precondition(lambda self: Submission.objects.exists())
    @rule(by=who, number=which)
    def submit(self, by, number):
        self.act_on(number, by, Act.SUBMITTED, "submit", why="企业更正了合同台账")

    @precondition(lambda self: Submission.objects.exists())
    @rule(by=who, number=which)
    def send_back(self, by, number):
        self.act_on(number, by, Act.SENT_BACK, "send_back", reason="D5 与台账不符")

    @precondition(lambda self: Submission.objects.exists())
    @rule(by=who, number=which)
    def accept(self, by, number):
        self.act_on(number, by, Act.ACCEPTED, "accept")

    @precondition(lambda self: Submission.objects.in_force().exists())
    @rule(asks=st.sampled_from(["officer", "officer", "reviewer", "admin"]), first=who)
    def ask_and_have_withdrawn(self, asks, first):
        """Somebody tries to ask for a withdrawal, and others to confirm it."""
        self.act_on_in_force(asks, Act.PROPOSED, "ask_withdrawal", reason="该文件报错了季度")
        for by in (first, asks, "reviewer", "reviewer2"):
            if Submission.objects.in_force().exists():
                self.act_on_in_force(by, Act.CONFIRMED, "decide_withdrawal", decision="withdraw")

    def act_on_in_force(self, by, act, name, **data):
        every = list(Submission.objects.order_by("-pk").values_list("status", flat=True))
        self.act_on(every.index(Status.ACCEPTED), by, act, name, **data)

    @rule(revenue=revenues)
    def hand_in(self, revenue):
        """Upload, explain and submit as whoever reports now."""
        by = self.holder_of("bureau")
        if by and self.received(by, revenue):
            self.explain(by)
            self.submit(by, 0)

    @rule(revenue=revenues, good=st.sampled_from([True, True, False]))
    def hand_in_and_have_it_decided(self, revenue, good):
        self.hand_in(revenue)
        if Submission.objects.waiting().exists():
            self.decide_on_what_waits(good)

    @precondition(lambda self: Submission.objects.waiting().exists())
    @rule(good=st.sampled_from([True, True, False]))
    def decide_on_what_waits(self, good):
        """Accept or send back as a reviewer, who may have uploaded it in another role."""
        by = self.holder_of("reviewer")
        if by:
            (self.accept if good else self.send_back)(by, 0)

    def holder_of(self, role):
        """Return the name of the first who has a role now; None without one."""
        return next((name for name, one in self.people.items() if role in roles_of(one)), None)

    @precondition(lambda self: Submission.objects.waiting().exists())
    @rule()
    def change_sides(self):
        """Who has submitted becomes a reviewer, and tries to accept it."""
        waiting = Submission.objects.waiting().latest("version")
        of = waiting.submitted_by.username
        self.propose_and_confirm(of, ["reviewer"], of)
        self.accept(of, 0)

    # ---- what needs two people -----------------------------------------------------------

    def propose(self, by, obj, **changed):
        """Let somebody send the form of a record."""
        page = address(type(obj), "change", obj.pk)

        def attempt(client):
            if obj not in self.forms and "admin" in roles_of(self.people[by]):
                shown = client.get(page)
                if shown.status_code == 200 and "reason" in shown.context["adminform"].form.fields:
                    self.forms[obj] = shown_form(shown)
            return client.post(page, self.forms.get(obj, {}) | REASON | changed)

        # A form that says what already stands, or what no account may hold, proposes nothing.
        return self.tried(
            by,
            Act.PROPOSED,
            attempt,
            nothing_is_done=lambda answer: (
                getattr(answer, "url", "").endswith(address(type(obj), "changelist"))
                or (answer.status_code == 200 and bool(answer.context["errors"]))
            ),
        )

    @rule(by=who, value=st.sampled_from(["0.3", "0.4", "0.5"]))
    def propose_a_target(self, by, value):
        self.propose(by, self.target, value=value)

    @rule(by=who, of=who, given=st.sampled_from(GIVEN))
    def propose_roles(self, by, of, given):
        self.propose(by, self.people[of], groups=keys_of(given))

    def decide(self, number, by, act, name, **data):
        every = ProposedChange.objects.order_by("-pk")
        one = every[number % len(every)]
        page = reverse(f"proposals:{name}", args=[one.pk])
        done = self.tried(by, act, lambda client: client.post(page, data))
        if done and one.object_type == USER:
            self.sign_in()
        return done

    @precondition(lambda self: ProposedChange.objects.exists())
    @rule(by=who, number=which, good=st.booleans())
    def decide_on_a_proposal(self, by, number, good):
        if good:
            self.decide(number, by, Act.CONFIRMED, "confirm")
        else:
            self.decide(number, by, Act.REJECTED, "reject", why="与文件不符")

    @rule(of=who, given=st.none() | st.sampled_from(GIVEN[:-1]), first=who)
    def propose_and_have_confirmed(self, of, given, first):
        self.propose_and_confirm(of, given, first)

    def propose_and_confirm(self, of, given, first):
        """One administrator proposes roles or, without any, a target; others try to confirm it."""
        by = self.holder_of("admin")
        if by is None or by == of:
            return
        if given is None:
            proposed = self.propose(by, self.target, value="0.3")
        else:
            proposed = self.propose(by, self.people[of], groups=keys_of(given))
        if proposed:
            tries = (by, first, "admin", "admin2")
            any(self.decide(0, name, Act.CONFIRMED, "confirm") for name in tries)

    # ---- what always holds ---------------------------------------------------------------

    @invariant()
    def one_at_most_is_in_force_and_its_figures_with_it(self):
        in_force = Submission.objects.in_force().count()
        assert in_force <= 1
        assert EnterpriseReturn.objects.in_force().count() == in_force

    @invariant()
    def the_chain_is_whole(self):
        assert list(checks.faults(CHECKED)) == []

    @invariant()
    def the_audit_has_each_act_as_often_as_it_was_done(self):
        done = AuditEvent.objects.filter(outcome=ActOutcome.DONE).order_by()
        decided = Counter(done.values_list("act", flat=True))
        every = Submission.objects
        assert decided[Act.UPLOADED] == every.count()
        assert decided[Act.SUBMITTED] == every.exclude(submitted_at=None).count()
        assert decided[Act.SENT_BACK] == every.filter(status=Status.SENT_BACK).count()
        withdrawn = every.filter(status=Status.WITHDRAWN).count()
        assert decided[Act.ACCEPTED] == Publication.objects.count() - withdrawn
        self.reached["withdrawn"] += withdrawn
        assert decided[Act.PROPOSED] == ProposedChange.objects.count()
        confirmed = ProposedChange.objects.exclude(confirmed_by=None).count()
        assert decided[Act.CONFIRMED] == confirmed
        assert decided[Act.REJECTED] == ProposedChange.objects.exclude(rejected_by=None).count()

    @invariant()
    def nobody_has_decided_alone(self):
        for each in Submission.objects.in_force():
            assert each.decided_by_id not in (each.submitted_by_id, each.uploaded_by_id)
        for each in ProposedChange.objects.exclude(confirmed_by=None):
            assert each.confirmed_by_id != each.proposed_by_id
            assert each.object_id != str(each.confirmed_by_id) or each.object_type != USER
            assert each.object_id != str(each.proposed_by_id) or each.object_type != USER

    @invariant()
    def the_target_is_what_was_last_confirmed(self):
        confirmed = ProposedChange.objects.exclude(confirmed_by=None).order_by("confirmed_at", "pk")
        last = confirmed.filter(object_type=Target._meta.label_lower).last()
        said = last.after[0]["fields"]["value"] if last else "0.5"
        assert float(Target.objects.get().value) == float(said)

    @invariant()
    def nobody_holds_roles_that_exclude_each_other(self):
        for user in self.people.values():
            assert excluding(roles_of(user)) == []


USER = User._meta.label_lower


def keys_of(names):
    """Return the primary keys of roles."""
    return list(Group.objects.filter(name__in=names).values_list("pk", flat=True))


def roles_of(user):
    """Return the keys of a user's roles as they are stored now."""
    return list(Group.objects.filter(user=user).values_list("name", flat=True))


@pytest.mark.django_db
def test_whatever_five_people_try_nobody_decides_alone_and_all_is_in_the_audit(monkeypatch):
    read_with(monkeypatch, read)
    FivePeople.reached.clear()
    run_state_machine_as_test(
        FivePeople,
        settings=settings(
            max_examples=examples(8),
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert FivePeople.reached["withdrawn"] > 2
    # How many of each is left to chance; that all were done and refused several times is not.
    for act in REACHED:
        assert FivePeople.reached[act, "done"] > 2, (act, FivePeople.reached)
        assert FivePeople.reached[act, "refused"] > 2, (act, FivePeople.reached)
