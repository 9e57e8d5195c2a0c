from django.shortcuts import render

from submissions import access
from submissions.models import Finding, StagedRow, Submission
from submissions.review import actions
from submissions.review.differences import differences, figures
from submissions.review.tables import CityTotalTable, VersionTable, difference_tables
from submissions.review.transitions import may
from submissions.validation.findings_list import answers_about, firms_of, grouped
from submissions.validation.previous_explanations import previous_explanations
from submissions.validation.tables import FindingTable

Status = Submission.Status


def submission(request, pk):
    """Show a submission: findings, differences, and the acts that are possible now."""
    shown = access.submission_or_404(request, pk)
    versions = list(
        Submission.objects.filter(city=shown.city, period=shown.period)
        .select_related("uploaded_by", "decided_by")
        .order_by("-version")
    )
    earlier = compared_with(shown, versions)
    rows, earlier_rows = rows_of(shown, earlier)
    findings = list(Finding.objects.filter(submission=shown).select_related("explanation"))
    groups = grouped(findings, firms_of(rows), previous_explanations(shown, findings))
    found, sums = differences(earlier_rows, rows) if earlier else None, figures(rows)
    allowed = rights(request, shown, groups, newest=versions[0])
    context = {
        "submission": shown,
        "versions": VersionTable(versions, shown=shown),
        "newest": versions[0],
        "base": version_in_force(shown, versions),
        "finding_groups": [
            (
                group,
                FindingTable(
                    group,
                    shown,
                    may_explain=allowed["may_explain"],
                    asks_nil=group.code == actions.ENTERPRISE_MISSING,
                ),
            )
            for group in groups
        ],
        "figures": sums,
        "totals": CityTotalTable(sums.measures, shown),
        "earlier": earlier,
        "differences": found,
        **(difference_tables(found, answers_about(findings)) if found else {}),
    }
    return render(request, "submissions/submission.html", context | allowed)


def version_in_force(shown, versions) -> Submission | None:
    """Return the version in force, unless it is the one shown; None without one."""
    in_force = next((v for v in versions if v.status == Status.ACCEPTED), None)
    return in_force if in_force and in_force.pk != shown.pk else None


def compared_with(shown, versions) -> Submission | None:
    """Return the version to compare with: the one in force, else the version before."""
    before = (v for v in versions if v.version < shown.version and v.checked_at)
    return version_in_force(shown, versions) or next(before, None)


def rows_of(shown, earlier) -> tuple[list[StagedRow], list[StagedRow]]:
    """Return the staged rows of a submission and of the compared one. One query."""
    rows: dict[int, list[StagedRow]] = {shown.pk: []}
    for row in StagedRow.objects.filter(submission__in=[v.pk for v in (shown, earlier) if v]):
        rows.setdefault(row.submission_id, []).append(row)
    return rows[shown.pk], rows.get(earlier.pk, []) if earlier else []


def rights(request, shown, groups, *, newest) -> dict:
    """Return which acts the user may do now, and what prevents the others."""
    uploads, reviews = (request.user.has_perm(p) for p in (access.UPLOAD, access.REVIEW))
    mandatory = sum(group.count for group in groups if group.mandatory)
    unanswered = sum(group.unanswered for group in groups)
    open_ = may("submit", shown)
    is_newest = newest.pk == shown.pk
    # Nobody decides what they uploaded or submitted.
    other = request.user.pk not in (shown.uploaded_by_id, shown.submitted_by_id)
    return {
        "mandatory": mandatory,
        "unanswered": unanswered,
        "may_explain": uploads and open_,
        "may_check_again": uploads and open_,
        "ready": open_ and is_newest and bool(shown.checked_at) and not (mandatory or unanswered),
        "may_submit": uploads and open_ and is_newest,
        "may_upload": uploads,
        "may_decide": reviews and other and may("accept", shown),
        "four_eyes": reviews and not other and may("accept", shown),
    }
