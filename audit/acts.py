"""Every act that is recorded: the one list of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What was done. Where it can be refused, the event's outcome says whether it was."""

    # Accounts.
    SIGNED_IN = "signed-in", _("signed in")
    SIGN_IN_FAILED = "sign-in-failed", _("failed to sign in")
    LOCKED_OUT = "locked-out", _("locked after failed sign-ins")
    UNLOCKED = "unlocked", _("unlocked")
    SIGNED_OUT = "signed-out", _("signed out")
    SESSION_ENDED = "session-ended", _("ended a session")
    PASSWORD_CHANGED = "password-changed", _("changed a password")
    PASSWORD_LINK_MADE = "password-link-made", _("made a link to set a password")
    ACCOUNT_ADDED = "account-added", _("added an account")
    ACCOUNT_CHANGED = "account-changed", _("changed an account")
    ROLES_CHANGED = "roles-changed", _("changed roles or cities of an account")
    # What needs two people.
    PROPOSED = "proposed", _("proposed a change")
    CONFIRMED = "confirmed", _("confirmed a proposed change")
    REJECTED = "rejected", _("rejected a proposed change")
    # Submissions.
    UPLOADED = "uploaded", _("uploaded a workbook")
    LAYOUT_CONFIRMED = "layout-confirmed", _("confirmed a layout")
    FIRMS_CHOSEN = "firms-chosen", _("chose firms for names without a code")
    CHECKED = "checked", _("checked a workbook without handing it in")
    EXPLAINED = "explained", _("explained a finding")
    CORRECTED = "corrected", _("corrected cells")
    DISCARDED = "discarded", _("discarded a version")
    SUBMITTED = "submitted", _("submitted a workbook")
    SENT_BACK = "sent-back", _("sent a workbook back")
    ACCEPTED = "accepted", _("accepted a workbook")
    BATCH_BROUGHT = "batch-brought", _("brought many workbooks at once")
    BATCH_DECIDED = "batch-decided", _("decided what a file of a batch is")
    # The ledger of measures.
    DEPARTMENT_SUBMITTED = "department-submitted", _("submitted a department's report")
    DEPARTMENT_SENT_BACK = "department-sent-back", _("sent a department's report back")
    DEPARTMENT_ACCEPTED = "department-accepted", _("accepted a department's report")
    EVIDENCE_ADDED = "evidence-added", _("added evidence to a step")
    EVIDENCE_CHECKED = "evidence-checked", _("checked evidence of a step")
    DEFERRAL_ASKED = "deferral-asked", _("asked for a later date")
    DEFERRAL_DECIDED = "deferral-decided", _("decided on a later date")
    # Papers and notes.
    PAPER_ISSUED = "paper-issued", _("issued a paper")
    NOTE_ADDED = "note-added", _("added a note")
    NOTE_WITHDRAWN = "note-withdrawn", _("withdrew a note")
    # Records of the admin site.
    RECORD_ADDED = "record-added", _("added a record")
    RECORD_CHANGED = "record-changed", _("changed a record")
    RECORD_DELETED = "record-deleted", _("deleted a record")
    IMPORTED = "imported", _("imported the register")
    # What left the system, and what was refused.
    DOWNLOADED = "downloaded", _("downloaded or exported")
    ACCESS_REFUSED = "access-refused", _("was refused access")
    # Operation.
    TASK_RUN = "task-run", _("ran a task")
    AUDIT_DELETED = "audit-deleted", _("deleted old audit events")
