"""
The roles: what each is for, and what it may do.

A role is kept as a Django group of its key. Permissions are written as text, because no app
imports the apps above it. `manage.py setup` brings the groups in step with this page.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OVERVIEW = "indicators:overview"


@dataclass(frozen=True)
class Role:
    """
    One role.

    whole_province   sees the enterprises and submissions of every city
    staff            may enter the admin site
    landing          the name of the page after sign-in
    """

    key: str
    name: str | Promise
    purpose: str | Promise
    whole_province: bool
    staff: bool = False
    permissions: tuple[str, ...] = field(default=())
    landing: str = OVERVIEW


def _may(app: str, *models: str, acts=("view", "add", "change")) -> tuple[str, ...]:
    return tuple(f"{app}.{act}_{model}" for model in models for act in acts)


READS_PAPERS = _may("indicators", "briefing", "assessment", acts=("view",))
# The audit trail, and the state of the system.
SEES_SYSTEM = (
    *("audit.view_auditevent", "audit.export_auditevent"),
    "jobs.view_operatorrun",
)
READS_LEDGER = ("measures.view_task",)
ISSUES_PAPERS = _may("indicators", "briefing", "assessment", acts=("view", "issue"))

OFFICIAL = Role(
    "official",
    _("Provincial official"),
    _("Reads everything: where the targets stand, why, and from which cell."),
    whole_province=True,
    permissions=(*READS_PAPERS, *READS_LEDGER),
)
REVIEWER = Role(
    "reviewer",
    _("Provincial reviewer"),
    _("Accepts the cities' workbooks or sends them back with a reason."),
    whole_province=True,
    permissions=(
        "submissions.review_submission",
        *_may("indicators", "note"),
        *ISSUES_PAPERS,
        *READS_LEDGER,
    ),
)
BUREAU = Role(
    "bureau",
    _("City bureau"),
    _("Uploads and submits the workbook of its own city."),
    whole_province=False,
    permissions=("submissions.upload_submission", "indicators.add_note"),
    landing="submissions:inbox",
)
DEPARTMENT = Role(
    "department",
    _("Department of the province"),
    _("Reports each quarter on the tasks that its department answers for."),
    whole_province=False,
    permissions=("measures.report_task",),
    landing="measures:report",
)
ADMIN = Role(
    "admin",
    _("Administrator"),
    _("Keeps the register, users, targets and periods; answers for every change."),
    whole_province=True,
    staff=True,
    permissions=(
        "submissions.backfill_submission",
        "submissions.view_submission",
        "enterprises.import_enterprise",
        "enterprises.export_enterprise",
        *_may("enterprises", "enterprise", "tier", "tieraward", "industryfield"),
        *_may("enterprises", "formername", "citymove"),
        "enterprises.delete_tieraward",
        *_may("parks", "park"),
        *_may("clusters", "plan", "cluster", "blockcategory", "buildingblock"),
        *_may("clusters", "planmeasure", "reportingperiod"),
        *_may("clusters", "city", acts=("view",)),
        *_may("measures", "department", "task", "node"),
        *_may("indicators", "target", "interimpoint", "note"),
        "indicators.delete_interimpoint",
        *ISSUES_PAPERS,
        *_may("accounts", "user", "cityassignment"),
        "accounts.delete_cityassignment",
        *_may("measures", "departmentmember", acts=("view", "add", "change", "delete")),
        "auth.view_group",
        *SEES_SYSTEM,
        "audit.view_proposedchange",
    ),
)
# Reads what was done and whether what is stored is whole; the admin site shows it the histories.
AUDITOR = Role(
    "auditor",
    _("Auditor"),
    _("Reads who did what, every history and verification; writes nothing."),
    whole_province=True,
    staff=True,
    permissions=(
        "submissions.view_submission",
        *_may("enterprises", "enterprise", "tier", "tieraward", "industryfield", acts=("view",)),
        *_may("enterprises", "formername", "citymove", acts=("view",)),
        *_may("parks", "park", acts=("view",)),
        *_may("clusters", "plan", "cluster", "blockcategory", "buildingblock", acts=("view",)),
        *_may("clusters", "planmeasure", "reportingperiod", "city", acts=("view",)),
        *_may("indicators", "target", "interimpoint", "note", acts=("view",)),
        *_may("accounts", "user", "cityassignment", acts=("view",)),
        *_may("measures", "department", "departmentmember", "node", acts=("view",)),
        "auth.view_group",
        *READS_PAPERS,
        *READS_LEDGER,
        *SEES_SYSTEM,
        "audit.view_proposedchange",
    ),
    landing="audit",
)
# Beside them the superuser of `createsuperuser`: everything, and bound by four eyes all the same.
ROLES = {role.key: role for role in (OFFICIAL, REVIEWER, BUREAU, DEPARTMENT, ADMIN, AUDITOR)}
# Whoever reports, decides on what is reported, keeps the records or audits is not another of these.
ONE_OF_THESE = frozenset({"bureau", "department", "reviewer", "admin", "auditor"})


def excluding(keys) -> list[str]:
    """Return those of some roles, by key, of which one account may have one only; sorted."""
    held = sorted(ONE_OF_THESE & set(keys))
    return held if len(held) > 1 else []
