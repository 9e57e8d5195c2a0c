"""
Which tables are append-only, and what may still change in a row: the one list.

guards.py makes triggers of it; `manage.py verify` compares them with it; on PostgreSQL the serving
role is granted no more than it says (config.deploy.database_owner).
"""

from dataclasses import dataclass

from django.apps import apps


@dataclass(frozen=True, slots=True)
class AppendOnly:
    """
    What may change in a row of an append-only table; nothing by default.

    once   columns that may be set once, from NULL or ""
    open   columns that may change while the row's status is the first of the steps
    steps  changes of status, as (from, to)
    """

    once: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()

    @property
    def first(self) -> str:
        """Return the status from which all steps begin; "" without steps."""
        return self.steps[0][0] if self.steps else ""

    @property
    def changing(self) -> tuple[str, ...]:
        """Return the columns that may change at all."""
        return (*self.once, *self.open, *(("status",) if self.steps else ()))


FROZEN = AppendOnly()
FIGURES = AppendOnly(once=("superseded_at",))
# The file of a version never changes; who decided what is written once.
SUBMISSION = AppendOnly(
    once=(
        *("submitted_at", "submitted_by_id", "decided_at", "decided_by_id", "reason"),
        *("discarded_at", "discarded_by_id", "restates_id", "restatement_reason"),
        *("published_at", "superseded_at"),
    ),
    open=("checked_at", "lines", "nil"),
    # submissions.review.transitions; a test compares them.
    steps=(
        ("uploaded", "discarded"),
        ("uploaded", "submitted"),
        ("submitted", "sent_back"),
        ("submitted", "accepted"),
        ("accepted", "superseded"),
        ("accepted", "withdrawn"),
    ),
)
# Decided once, by another person.
PROPOSAL = AppendOnly(
    once=("confirmed_by_id", "confirmed_at", "rejected_by_id", "rejected_at", "why"),
)
# Decided once, by another than who submitted it.
DEPARTMENT_RETURN = AppendOnly(
    once=("decided_by_id", "decided_at", "reason"),
    steps=(("submitted", "accepted"), ("submitted", "sent_back")),
)
TABLES: dict[str, AppendOnly] = {
    "audit_auditevent": FROZEN,
    "audit_proposedchange": PROPOSAL,
    "clusters_publication": FROZEN,
    "clusters_cityreturn": FIGURES,
    "clusters_blockreturn": FIGURES,
    "enterprises_enterprisereturn": FIGURES,
    "parks_parkreturn": FIGURES,
    "indicators_assessment": FROZEN,
    "indicators_briefing": FROZEN,
    "measures_deferral": AppendOnly(once=("granted", "decided_by_id", "decided_at", "decision")),
    "measures_departmentreturn": DEPARTMENT_RETURN,
    "measures_evidencefile": FROZEN,
    "measures_taskevidence": AppendOnly(once=("checked_by_id", "checked_at")),
    "measures_taskreport": FIGURES,
    "submissions_batchcontent": FROZEN,
    "submissions_explanation": FIGURES,
    "submissions_firmchoice": FROZEN,
    "submissions_layout": FROZEN,
    "submissions_layoutuse": FROZEN,
    "submissions_original": FROZEN,
    "submissions_submission": SUBMISSION,
}


def rules() -> dict[str, AppendOnly]:
    """Return the rule of each append-only table: those of the list, and every table of history."""
    history = (one._meta for one in apps.get_models() if one._meta.pk.name == "history_id")
    return TABLES | {one.db_table: FROZEN for one in history}
