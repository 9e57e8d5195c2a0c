"""Every act that is done through its view stands in the audit trail, with who, what and why."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit.acts import Act
from audit.models import ActOutcome, AuditEvent, Channel
from enterprises.models import Enterprise, TierAward
from indicators.models import Note
from submissions.models import Batch, Submission
from tests.audit.cast import only
from tests.audit.rewritten import rewrite
from tests.enterprises.register import cast as register_cast
from tests.factories import credit_code, make_enterprise, make_period
from tests.province import make_province
from tests.submissions.cast import make_finding, make_submission
from tests.submissions.fault_catalogue import forge
from tests.submissions.views.acts import post

WORKBOOK, CONTENT = "报表.xlsx", forge.workbook()
ROWS = [[credit_code(901), "甲", "济南市"], [credit_code(902), "乙", "济南市"]]


@pytest.fixture
def period(db):
    return make_period("2025Q3")


def about(event: AuditEvent):
    return event.object_type, event.object_id


def sent():
    return {"file": SimpleUploadedFile(WORKBOOK, CONTENT), "period": "2025Q3"}


# ---- submissions -------------------------------------------------------------------------


def test_an_upload(client, officer, period):
    client.force_login(officer)
    client.post("/submissions/new/", sent())

    event = only(Act.UPLOADED)
    submission = Submission.objects.get()
    assert (event.user, event.roles, event.channel) == (officer, "bureau", Channel.PAGE)
    assert about(event) == ("submissions.submission", str(submission.pk))
    assert event.after["sha256"] == submission.sha256
    assert event.address
    assert event.request_number


def test_a_refused_upload_with_its_reason(client, officer, reviewer, period):
    client.force_login(officer)
    client.post("/submissions/new/", sent())
    people = {"submitted_by": officer, "decided_by": reviewer}
    times = {"submitted_at": timezone.now(), "decided_at": timezone.now()}
    rewrite(Submission.objects, status="sent_back", reason="wrong", **people, **times)
    client.post("/submissions/new/", sent())

    event = only(Act.UPLOADED, ActOutcome.REFUSED)
    assert event.user == officer
    assert "sent back" in event.why
    assert event.after["filename"] == WORKBOOK


def test_the_same_file_again_is_no_second_upload(client, officer, period):
    client.force_login(officer)
    client.post("/submissions/new/", sent())
    client.post("/submissions/new/", sent())
    only(Act.UPLOADED)


def test_a_check_without_handing_in(client, officer, city, period):
    client.force_login(officer)
    client.post("/submissions/check/", sent())

    event = only(Act.CHECKED)
    assert about(event) == ("clusters.city", str(city.pk))
    assert event.after["filename"] == WORKBOOK


def test_an_explanation_with_what_it_was_before(client, officer, city, period):
    submission = make_submission(city, period, by=officer)
    finding = make_finding(submission)
    for text in ("Two orders were delivered late.", "Two orders were cancelled by the buyer."):
        shown = finding.explanations.in_force().values_list("pk", flat=True).first()
        given = {f"text-{finding.pk}": text, f"had-{finding.pk}": shown or ""}
        post(client, officer, submission, "answers", **given)
    first, second = AuditEvent.objects.filter(act=Act.EXPLAINED).order_by("pk")
    assert (first.before, first.after["text"]) == (None, "Two orders were delivered late.")
    assert second.before == {"text": "Two orders were delivered late."}
    assert about(second) == ("submissions.submission", str(submission.pk))


def test_an_explanation_that_is_taken_back(client, officer, city, period):
    submission = make_submission(city, period, by=officer)
    finding = make_finding(submission)
    text = "Two orders were delivered late."
    post(client, officer, submission, "answers", **{f"text-{finding.pk}": text})
    post(
        client,
        officer,
        submission,
        "answers",
        **{
            f"text-{finding.pk}": "",
            f"had-{finding.pk}": str(finding.explanations.in_force().get().pk),
        },
    )

    event = AuditEvent.objects.filter(act=Act.EXPLAINED).latest("pk")
    assert (event.before, event.after["text"]) == ({"text": text}, None)


def test_an_explanation_that_says_nothing(client, officer, city, period):
    submission = make_submission(city, period, by=officer)
    finding = make_finding(submission)
    post(client, officer, submission, "answers", **{f"text-{finding.pk}": "属实"})
    event = only(Act.EXPLAINED, ActOutcome.REFUSED)
    assert event.why
    assert about(event) == ("submissions.submission", str(submission.pk))


def test_a_correction_of_cells(client, officer, period):
    client.force_login(officer)
    client.post("/submissions/new/", sent())
    submission = Submission.objects.get()
    row = submission.rows.filter(kind="city").first()
    post(client, officer, submission, "correct", **{f"total-{row.key}": "123456"})

    event = only(Act.CORRECTED)
    amended = Submission.objects.latest("pk")
    assert about(event) == ("submissions.submission", str(amended.pk))
    place = f"{row.sheet}!{row.cells['this_year']}"
    assert (list(event.before), event.after) == ([place], {place: "123456"})


def test_a_version_that_is_discarded(client, officer, city, period):
    submission = make_submission(city, period, by=officer)
    post(client, officer, submission, "discard")
    event = only(Act.DISCARDED)
    assert (event.before["status"], event.after["status"]) == ("uploaded", "discarded")

    post(client, officer, submission, "discard")
    assert only(Act.DISCARDED, ActOutcome.REFUSED).why


def test_a_workbook_that_is_submitted(client, officer, city, period):
    submission = make_submission(city, period, by=officer)
    post(client, officer, submission, "submit")
    event = only(Act.SUBMITTED)
    assert (event.before["status"], event.after["status"]) == ("uploaded", "submitted")
    assert event.after["sha256"] == submission.sha256

    post(client, officer, submission, "submit")
    assert only(Act.SUBMITTED, ActOutcome.REFUSED).user == officer


def test_a_workbook_that_is_sent_back(client, officer, reviewer, city, period):
    submission = make_submission(city, period, by=officer, status="submitted")
    post(client, reviewer, submission, "send-back", reason="")
    assert only(Act.SENT_BACK, ActOutcome.REFUSED).user == reviewer

    post(client, reviewer, submission, "send-back", reason="Row 12 is last year's.")
    event = only(Act.SENT_BACK)
    assert (event.user, event.why) == (reviewer, "Row 12 is last year's.")


def test_a_workbook_that_is_accepted_and_one_that_is_not(client, officer, reviewer, city, period):
    submission = make_submission(city, period, by=officer, status="submitted")
    post(client, reviewer, submission, "accept")
    event = only(Act.ACCEPTED)
    assert (event.user, event.roles) == (reviewer, "reviewer")
    assert (event.before["status"], event.after["status"]) == ("submitted", "accepted")

    post(client, reviewer, submission, "accept")
    assert only(Act.ACCEPTED, ActOutcome.REFUSED).why


# ---- papers and notes --------------------------------------------------------------------


def test_a_paper_that_is_issued(client, reviewer):
    make_province(silent=["370600"])
    client.force_login(reviewer)
    seen = client.get("/briefing/2025Q3/").context["seen"]
    client.post("/briefing/2025Q3/issue/", {"seen": seen})
    event = only(Act.PAPER_ISSUED)
    assert event.object_type == "indicators.briefing"
    assert len(event.after["sha256"]) == 64

    client.post("/briefing/2025Q3/issue/", {"seen": "something else"})
    assert only(Act.PAPER_ISSUED, ActOutcome.REFUSED).user == reviewer


def test_a_note_that_is_written_and_withdrawn(client, officer, city, period):
    client.force_login(officer)
    address = f"{reverse('indicators:write_note')}?about=city:{city.code}&period=2025Q3"
    client.post(address, {"text": "Two large plants stood still for repairs."})
    event = only(Act.NOTE_ADDED)
    assert event.after["about"] == f"city:{city.code}"

    note = Note.objects.get()
    client.post(reverse("indicators:withdraw_note", args=[note.pk]))
    assert about(only(Act.NOTE_WITHDRAWN)) == ("indicators.note", str(note.pk))


# ---- records of the admin site -----------------------------------------------------------


@pytest.fixture
def firm(city):
    return make_enterprise(city, name="示例环保")


def form_of(client, address):
    """Return what a form of the admin site would send unchanged."""
    page = client.get(address)
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    for formset in page.context["inline_admin_formsets"]:
        management = formset.formset.management_form
        values |= {management.add_prefix(n): management[n].value() for n in management.fields}
    return {name: value for name, value in values.items() if value is not None}


def test_a_record_that_is_changed_with_before_and_after(client, admin, firm):
    client.force_login(admin)
    address = reverse("admin:enterprises_enterprise_change", args=[firm.pk])
    given = form_of(client, address) | {"name": "新示例环保", "reason": "Notice 12"}
    assert client.post(address, given).status_code == 302

    event = only(Act.RECORD_CHANGED)
    assert about(event) == ("enterprises.enterprise", str(firm.pk))
    assert (event.before, event.after) == ({"name": "示例环保"}, {"name": "新示例环保"})
    assert (event.why, event.user) == ("Notice 12", admin)


def test_a_record_that_is_added_and_one_that_is_deleted(client, admin, firm):
    client.force_login(admin)
    added = {"code": "new", "name": "新梯度", "name_en": "New tier", "position": 9}
    client.post(reverse("admin:enterprises_tier_add"), added | {"reason": "Notice 13"})
    event = only(Act.RECORD_ADDED)
    assert (event.before, event.after["code"], event.why) == (None, "new", "Notice 13")

    award = TierAward(enterprise=firm, tier_id=event.object_id, awarded_on="2025-01-01")
    award.save()
    award._history_user = admin
    award.delete()
    gone = only(Act.RECORD_DELETED)
    assert (gone.before["enterprise"], gone.after) == (str(firm), None)


def test_records_that_a_set_up_makes_have_no_event_each(firm):
    assert not AuditEvent.objects.exists()


def test_enterprises_that_are_confirmed_together(client, admin, city):
    waiting = [make_enterprise(city, status=Enterprise.RegisterStatus.PENDING) for _ in range(2)]
    client.force_login(admin)
    client.post(
        reverse("admin:enterprises_enterprise_changelist"),
        {
            "action": "confirm",
            "reason": "Checked by telephone",
            "_selected_action": [f.pk for f in waiting],
        },
    )
    events = AuditEvent.objects.filter(act=Act.RECORD_CHANGED)
    assert {event.object_id for event in events} == {str(firm.pk) for firm in waiting}
    assert {event.why for event in events} == {"Checked by telephone"}


def test_an_import_of_the_register_is_one_event_with_its_counts(client, admin, city):
    client.force_login(admin)
    preview = register_cast.upload(
        client, register_cast.register(*ROWS), reason="Yearly revision of the register"
    )
    register_cast.confirm(client, preview)

    event = only(Act.IMPORTED)
    assert (event.user, event.why) == (admin, "Yearly revision of the register")
    assert event.after["new"] == len(ROWS)
    assert not AuditEvent.objects.filter(act=Act.RECORD_ADDED).exists()


def test_a_batch_of_workbooks_that_is_brought_and_stopped(client, officer, period):
    client.force_login(officer)
    client.post("/submissions/batches/", {"files": [SimpleUploadedFile(WORKBOOK, CONTENT)]})
    batch = Batch.objects.get()
    brought = only(Act.BATCH_BROUGHT)
    assert (brought.user, about(brought)) == (officer, ("submissions.batch", str(batch.pk)))
    assert brought.after["files"] == 1

    client.post(f"{batch.get_absolute_url()}stop/")
    stopped = only(Act.BATCH_DECIDED)
    assert (stopped.user, stopped.after) == (officer, {"stopped": True})


# ---- all or nothing ----------------------------------------------------------------------


def test_an_act_whose_event_cannot_be_stored_is_undone(client, officer, city, period, monkeypatch):
    submission = make_submission(city, period, by=officer)
    monkeypatch.setattr(AuditEvent.objects, "create", fails)
    client.raise_request_exception = False
    assert post(client, officer, submission, "discard").status_code == 500
    submission.refresh_from_db()
    assert submission.status == "uploaded"


def fails(**_given):
    raise RuntimeError("the event cannot be stored")


def test_every_act_is_recorded_by_a_test_of_this_room():
    """But for those of accounts and of two people, which have tests of their own."""
    others = {
        *(Act.SIGNED_IN, Act.SIGN_IN_FAILED, Act.LOCKED_OUT, Act.UNLOCKED, Act.SIGNED_OUT),
        *(Act.SESSION_ENDED, Act.PASSWORD_CHANGED, Act.PASSWORD_LINK_MADE, Act.ACCOUNT_ADDED),
        *(Act.ACCOUNT_CHANGED, Act.ROLES_CHANGED, Act.PROPOSED, Act.CONFIRMED, Act.REJECTED),
        # Of files with other headings: tests/submissions/layouts.
        *(Act.LAYOUT_CONFIRMED, Act.FIRMS_CHOSEN),
        # Of the ledger: tests/measures.
        *(Act.DEPARTMENT_SUBMITTED, Act.DEPARTMENT_ACCEPTED, Act.DEPARTMENT_SENT_BACK),
        *(act for act in Act if act.name.startswith(("EVIDENCE_", "DEFERRAL_"))),
    }
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert not [act.name for act in set(Act) - others if f"only(Act.{act.name}" not in tests]
