from decimal import Decimal

from django.http import Http404
from django.shortcuts import redirect, render

from submissions import access
from submissions.intake.foreign_reading import chosen_firms, use_of
from submissions.layouts.firm_candidates import candidates, firm_names
from submissions.layouts.handing_in import choose_again
from submissions.models import Submission
from submissions.refused import Refused
from submissions.workbook.foreign.firm_names import plain_firm_name
from submissions.workbook.foreign.firms import OPEN


def firms(request, pk):
    """Show the firms of a submission that have no code in its file, and change what was chosen."""
    submission = access.submission_or_404(request, pk, may=access.UPLOAD)
    if use_of(submission) is None:
        raise Http404
    named = names_without_code(submission)
    refused = ""
    if request.method == "POST":
        chosen = {name: request.POST.get(f"firm-{at}", "") for at, name in enumerate(named)}
        try:
            choose_again(submission, chosen, cities=list(request.cities), by=request.user)
            return redirect(submission.get_absolute_url())
        except Refused as refusal:
            refused = str(refusal)
    context = {
        "submission": submission,
        "firms": with_candidates(request, submission, named),
        "may_choose": submission.status == Submission.Status.UPLOADED,
        "closed": submission.status != Submission.Status.UPLOADED,
        "refused": refused,
    }
    status = 422 if refused else 200
    return render(request, "submissions/layouts/firms.html", context, status=status)


def names_without_code(submission) -> dict[str, str]:
    """Return name -> as written, of the firms without a code: those chosen, and those open."""
    named = {name: name for name in chosen_firms(submission)}
    for finding in submission.findings.filter(code=OPEN):
        written = finding.params.get("name", "")
        named[plain_firm_name(written)] = written
    return dict(sorted(named.items()))


def with_candidates(request, submission, named: dict[str, str]) -> list[tuple[int, dict, str]]:
    """Return each firm with its candidates and what was chosen, numbered."""
    chosen = chosen_firms(submission)
    names = firm_names(request.cities)
    sizes = {row.values.get("credit_code"): row.decimal("revenue")
             for row in submission.rows.filter(kind="enterprises")}  # fmt: skip
    found = []
    for at, (name, written) in enumerate(named.items()):
        size: Decimal | None = sizes.get(chosen.get(name))
        firm = {
            "name": name,
            "written": written,
            "chosen": chosen.get(name, ""),
            "candidates": candidates(names, written, submission.city.code, size),
        }
        found.append((at, firm, ""))
    return found
