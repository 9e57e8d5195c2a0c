"""
A later date for a step: asked for by who answers for it, decided by a reviewer.

Asked for after the date in force it is refused at once, and stored as refused: whoever looks at
the step sees how often a date was asked for too late.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.models import ActOutcome
from audit.recording import record
from audit.refusals import refusals_recorded
from foundation.formatting import day as written_day
from measures.models import Deferral, Node
from measures.refusal import LedgerRefusal


def due_in_force(node: Node) -> date | None:
    """Return the date a step is held to now; None for a standing one."""
    granted = node.deferrals.filter(granted=True).order_by("decided_at", "pk").last()
    return granted.due if granted else node.first_due


@refusals_recorded(Act.DEFERRAL_ASKED, LedgerRefusal)
@transaction.atomic
def ask(node: Node, *, by, due: date, reason: str) -> Deferral:
    """
    Store that a later date is asked for; return it, refused already if it is asked for too late.

    Raises LedgerRefusal without a reason, for a date that is not later, for a standing step, and
    while another waits.
    """
    node = Node.objects.select_for_update().get(pk=node.pk)
    reason, in_force = reason.replace("\0", "").strip(), due_in_force(node)
    if in_force is None:
        raise LedgerRefusal(_("A standing task has no date that could be deferred."))
    if not reason:
        raise LedgerRefusal(_("Say why a later date is needed."))
    if due <= in_force:
        raise LedgerRefusal(
            _("It is due on %(due)s: ask for a later date.") % {"due": written_day(in_force)}
        )
    if node.deferrals.filter(granted=None).exists():
        raise LedgerRefusal(_("A later date was asked for already: it must be decided first."))
    now = timezone.now()
    asked_on = timezone.localdate(now)
    is_late = asked_on > in_force
    refused = {}
    if is_late:
        words = _("Asked for after %(due)s, the date in force: refused at once.")
        refused = {
            "granted": False,
            "decided_at": now,
            "decision": words % {"due": written_day(in_force)},
        }
    asked = Deferral.objects.create(
        node=node,
        due_before=in_force,
        due=due,
        reason=reason,
        asked_by=by,
        asked_on=asked_on,
        **refused,
    )
    outcome = ActOutcome.REFUSED if is_late else ActOutcome.DONE
    _record(Act.DEFERRAL_ASKED, asked, by=by, why=asked.decision or reason, outcome=outcome)
    return asked


@refusals_recorded(Act.DEFERRAL_DECIDED, LedgerRefusal)
@transaction.atomic
def decide(deferral: Deferral, *, by, granted: bool, decision: str) -> Deferral:
    """
    Grant or refuse a later date; return the deferral.

    Raises LedgerRefusal if it was decided meanwhile, by who asked, or refusing without a reason.
    """
    deferral = Deferral.objects.select_for_update(of=("self",)).get(pk=deferral.pk)
    decision = decision.replace("\0", "").strip()
    if deferral.granted is not None:
        raise LedgerRefusal(_("It has been decided meanwhile."))
    if deferral.asked_by_id == by.pk:
        raise LedgerRefusal(_("Somebody other than the person who asked must decide."))
    if not granted and not decision:
        raise LedgerRefusal(_("Say why it is refused."))
    deferral.granted, deferral.decision = granted, decision
    deferral.decided_by, deferral.decided_at = by, timezone.now()
    deferral.save(update_fields=["granted", "decision", "decided_by", "decided_at"])
    _record(Act.DEFERRAL_DECIDED, deferral, by=by, why=decision)
    return deferral


def _record(act: Act, deferral: Deferral, *, by, why: str, outcome=ActOutcome.DONE) -> None:
    dates = {"due": deferral.due_before.isoformat()}, {"due": deferral.due.isoformat()}
    record(act, deferral, by=by, before=dates[0], after=dates[1], why=why, outcome=outcome)
