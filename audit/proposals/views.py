"""What waits for a second person: the list, one proposal, its two decisions."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from audit.acts import Act
from audit.models import ActOutcome, ProposedAct, ProposedChange
from audit.proposals import deciding, records
from audit.proposals.keepers import keeper_of
from audit.proposals.tables import DifferencesTable, ProposalsTable, kind_of
from audit.recording import record
from foundation.acts import act_of

VIEW = "audit.view_proposedchange"
PEOPLE = ("proposed_by", "confirmed_by", "rejected_by")
PER_PAGE = 50
OPEN = Q(confirmed_by=None, rejected_by=None)

may_read = permission_required(VIEW, raise_exception=True)


def page_of(request, pk):
    """Return the address of a proposal's page."""
    return reverse("proposals:proposal", args=[pk])


@may_read
def proposals(request):
    """List what waits, and what was decided, the newest first."""
    every = ProposedChange.objects.select_related(*PEOPLE)
    decided = Paginator(every.exclude(OPEN), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": ProposalsTable(every.filter(OPEN), labelled_by="waiting"),
        "decided": ProposalsTable(decided.object_list, labelled_by="decided"),
        "page": decided,
    }
    return render(request, "audit/proposals.html", context)


@may_read
@never_cache
def proposal(request, pk: int):
    """Show a proposal: before and after, reason, effect; to who may decide it, the two buttons."""
    return _page(request, get_object_or_404(ProposedChange.objects.select_related(*PEOPLE), pk=pk))


def _page(request, one: ProposedChange, *, refusal: str = "", why: str = "", status: int = 200):
    keeper = keeper_of(one.object_type)
    stale = one.is_open and deciding.is_stale(one)
    now = keeper.effect(one) if one.is_open and not stale else []
    may_decide = keeper.may_decide(request.user, one)
    context = {
        "proposal": one,
        "kind": kind_of(one),
        "is_link": one.act == ProposedAct.PASSWORD_LINK,
        "differences": DifferencesTable(
            list(records.differences(one.before, one.after)), labelled_by="differences"
        ),
        "effect": now or one.effect,
        "effect_then": one.effect if now and now != one.effect else [],
        "is_stale": stale,
        "why_not": deciding.why_not(request.user, one),
        "may_reject": one.is_open and (may_decide or request.user.pk == one.proposed_by_id),
        "refusal": refusal,
        "why": why,
    }
    return render(request, "audit/proposal.html", context, status=status)


def _to_decide(request, pk: int) -> ProposedChange:
    """Return a proposal for who made it or may decide it; others, the auditor, are refused."""
    one = get_object_or_404(ProposedChange, pk=pk)
    may_decide = keeper_of(one.object_type).may_decide(request.user, one)
    if not may_decide and request.user.pk != one.proposed_by_id:
        raise PermissionDenied
    return one


@act_of(page_of)
@may_read
@never_cache
def confirm(request, pk: int):
    """Put a proposal in force; show an address to hand over once, if there is one."""
    one = _to_decide(request, pk)
    try:
        one, address = deciding.confirm(one, by=request.user)
    except deciding.ProposalRefused as refusal:
        return _refused(request, one, Act.CONFIRMED, str(refusal))
    if address:
        shown = {"link": request.build_absolute_uri(address), "name": one.object_name}
        return render(request, "audit/link_to_hand_over.html", shown)
    messages.success(request, _("Confirmed: it is in force."))
    return redirect("proposals:proposal", pk=pk)


@act_of(page_of)
@may_read
def reject(request, pk: int):
    """Reject a proposal with a reason."""
    one = _to_decide(request, pk)
    why = request.POST.get("why", "")
    try:
        deciding.reject(one, by=request.user, why=why)
    except deciding.ProposalRefused as refusal:
        return _refused(request, one, Act.REJECTED, str(refusal), why=why)
    messages.success(request, _("Rejected: nothing has changed."))
    return redirect("proposals:proposal", pk=pk)


def _refused(request, one: ProposedChange, act: Act, refusal: str, *, why: str = ""):
    """Return the page with the refusal, which the audit keeps."""
    record(act, one, by=request.user, outcome=ActOutcome.REFUSED, why=refusal)
    one = ProposedChange.objects.select_related(*PEOPLE).get(pk=one.pk)
    return _page(request, one, refusal=refusal, why=why, status=422)
