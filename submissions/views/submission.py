from django.shortcuts import render
from django.urls import reverse

from audit.proposals import deciding
from foundation import kept_form
from jobs.models import JobState
from jobs.progress import progress_context
from jobs.queue import newest_job
from submissions import access
from submissions.intake.amending import AMENDABLE, is_correctable
from submissions.intake.background import CHECK_STAGES, check_subject
from submissions.intake.right_period import right_period
from submissions.models import Finding, StagedRow, Submission
from submissions.refused import Refused
from submissions.review import answering, explaining, withdrawing
from submissions.review.comparisons import (
    chosen,
    comparisons,
    last_returned,
    versions_and_earlier,
)
from submissions.review.differences import differences, figures
from submissions.review.tables import (
    AmendmentTable,
    CityTotalTable,
    VersionTable,
    difference_tables,
)
from submissions.review.transitions import may
from submissions.validation.findings_list import (
    answers_about,
    firms_of,
    grouped,
    page_with,
    turned_to,
)
from submissions.validation.previous_explanations import previous_explanations
from submissions.validation.tables import AllFindingsTable, FindingTable

Status = Submission.Status
# No headings of ours were found, or not all that are required.
OTHER_HEADINGS = {"E126", "E132", "E138"}


def submission(request, pk):
    """Show a submission: findings, differences, and the acts that are possible now."""
    shown = access.submission_or_404(request, pk)
    typed = kept_form.take(request, shown.get_absolute_url())
    if typed and access.may_report(request, shown):
        keep(request, shown, typed)
    return page(request, shown, typed=typed)


def keep(request, shown, typed) -> None:
    """Keep the answers of a form that arrived after its session had ended, as drafts."""
    try:
        answering.save_drafts(shown, answering.typed_answers(typed), by=request.user)
    except Refused:
        # Submitted meanwhile: its page shows what counts.
        return


def page_again(request, shown, *, refused=None, typed=None):
    """Return the page after something was refused: what was typed is in its place."""
    return page(request, shown, refused=refused or {}, typed=typed or request.POST, status=422)


def page(request, shown, *, typed, refused=None, status=200):
    """
    Return the page of a submission.

    typed    the fields of a form that was not carried out
    refused  why answers just typed are none, by the finding's primary key
    """
    versions, of_earlier = versions_and_earlier(shown)
    is_amended = any(v.is_amended for v in versions if v.pk == shown.pk)
    # What has not been read yet has nothing to compare.
    offered = comparisons(shown, versions, of_earlier) if shown.checked_at else []
    comparison = chosen(offered, request.GET.get("against"), shown)
    earlier = comparison.submission if comparison else None
    use = getattr(shown, "layout_use", None)
    rows, earlier_rows = rows_of(shown, earlier)
    findings = list(
        Finding.objects.filter(submission=shown)
        .with_explanation()
        .select_related("explanation__carried_from", "draft")
    )
    previous = previous_explanations(shown, findings)
    groups = grouped(findings, firms_of(rows), previous, refused or {}, at_most=None)
    found, sums = differences(earlier_rows, rows) if earlier else None, figures(rows)
    newest = next((v for v in versions if v.status != Status.DISCARDED), shown)
    progress = job_context(shown)
    checking = "job" in progress and progress["job"].is_open
    allowed = rights(request, shown, groups, versions, checking=checking)
    # A value typed here would be written in the unit of our template.
    allowed["may_correct"] = allowed["may_correct"] and use is None
    number = page_with(groups, refused) if refused else request.GET.get("page")
    context = {
        **withdrawal(request, shown),
        "submission": shown,
        "typed": typed,
        **progress,
        "versions": VersionTable(versions, shown=shown),
        "newest": newest,
        "base": version_in_force(shown, versions),
        "returned": last_returned(shown, versions),
        "other_period": right_period(shown, findings),
        "layout_use": use,
        "has_other_headings": use is None and any(f.code in OTHER_HEADINGS for f in findings),
        **finding_context(groups, number, typed, allowed),
        "figures": sums,
        "totals": CityTotalTable(
            sums.measures, shown, typed=typed if allowed["may_correct"] else None
        ),
        "amendments": AmendmentTable.of(shown) if is_amended else None,
        "comparisons": offered,
        "comparison": comparison,
        "earlier": earlier,
        "differences": found,
        **(difference_tables(found, answers_about(findings)) if found else {}),
    }
    return render(request, "submissions/submission.html", context | allowed, status=status)


def withdrawal(request, shown) -> dict:
    """Return whether it may be asked that an acceptance be withdrawn, and what was asked."""
    if shown.status not in (Status.ACCEPTED, Status.WITHDRAWN):
        return {}
    asked, reviews = withdrawing.asked(shown), request.user.has_perm(access.REVIEW)
    is_open = asked is not None and asked.is_open and shown.status == Status.ACCEPTED
    takes_part = reviews or access.may_report(request, shown)
    return {
        "withdrawal": asked,
        "withdrawal_waits": is_open,
        "may_ask_withdrawal": takes_part and may("withdraw", shown) and not is_open,
        "may_see_withdrawal": takes_part,
        "may_withdraw": is_open and reviews and not deciding.why_not(request.user, asked),
        "longest_reason": withdrawing.LONGEST_REASON,
    }


def job_context(shown) -> dict:
    """Return how far the check of a submission has come; nothing once it is over. One query."""
    job = newest_job(check_subject(shown)) if shown.status == Status.UPLOADED else None
    if job is None or job.state == JobState.DONE:
        return {}
    address = reverse("submissions:progress", args=[shown.pk])
    return progress_context(job, CHECK_STAGES, address)


def finding_context(groups, number, typed, allowed) -> dict:
    """Return the findings of one page, each group with its table, and the file of them all."""
    finding_page, on_page = turned_to(groups, number, typed)
    every = [one for group in groups for one in group.shown]
    values = (is_correctable(one.finding) for group in on_page for one in group.shown)
    return {
        "has_values_to_correct": allowed["may_correct"] and any(values),
        "finding_page": finding_page,
        "finding_groups": [
            (
                group,
                FindingTable(
                    group,
                    may_answer=allowed["may_answer"],
                    correctable=is_correctable if allowed["may_correct"] else None,
                    asks_nil=group.code == explaining.ENTERPRISE_MISSING,
                ),
            )
            for group in on_page
        ],
        "all_findings": AllFindingsTable(every) if every else None,
        "to_explain": sum(group.count for group in groups if group.to_explain),
        "first_to_correct": next((g.code for g in on_page if g.mandatory), ""),
        "first_to_explain": next((g.code for g in on_page if g.to_explain), ""),
    }


def version_in_force(shown, versions) -> Submission | None:
    """Return the version in force, unless it is the one shown; None without one."""
    in_force = next((v for v in versions if v.status == Status.ACCEPTED), None)
    return in_force if in_force and in_force.pk != shown.pk else None


def rows_of(shown, earlier) -> tuple[list[StagedRow], list[StagedRow]]:
    """Return the staged rows of a submission and of the compared one. One query."""
    rows: dict[int, list[StagedRow]] = {shown.pk: []}
    for row in StagedRow.objects.filter(submission__in=[v.pk for v in (shown, earlier) if v]):
        rows.setdefault(row.submission_id, []).append(row)
    return rows[shown.pk], rows.get(earlier.pk, []) if earlier else []


def rights(request, shown, groups, versions, *, checking=False) -> dict:
    """Return which acts the user may do now, and what prevents the others."""
    uploads, reviews = access.may_report(request, shown), request.user.has_perm(access.REVIEW)
    mandatory = sum(group.count for group in groups if group.mandatory)
    unanswered = sum(group.unanswered for group in groups)
    # While it is checked again, what is shown may be about to change.
    open_ = may("submit", shown) and not checking
    newer = [v for v in versions if v.version > shown.version and v.status != Status.DISCARDED]
    # A version that was handed in after this one makes this one undecidable.
    overtaken_by = next((v for v in newer if v.status != Status.UPLOADED), None)
    decidable = may("accept", shown) and not overtaken_by
    # Nobody decides what they uploaded or submitted.
    other = request.user.pk not in (shown.uploaded_by_id, shown.submitted_by_id)
    return {
        "mandatory": mandatory,
        "unanswered": unanswered,
        "may_answer": uploads and open_ and any(group.to_explain for group in groups),
        "may_correct": uploads and shown.status in AMENDABLE and not newer,
        "may_check_again": uploads and open_,
        "ready": open_ and not newer and bool(shown.checked_at) and not (mandatory or unanswered),
        "may_submit": uploads and open_ and not newer,
        "may_discard": uploads and open_,
        "in_the_way": next(iter(newer), None) if open_ else None,
        "overtaken_by": overtaken_by,
        "may_upload": uploads,
        "may_decide": reviews and other and decidable,
        "four_eyes": reviews and not other and decidable,
    }
