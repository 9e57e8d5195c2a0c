"""
Proposes, confirms and rejects: the one way to change what needs two people.

Each act stores its event of the audit in its own transaction; ProposalRefused has the reason.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.acts import Act
from audit.models import ProposedAct, ProposedChange
from audit.proposals import records
from audit.proposals.keepers import keeper_of
from audit.proposals.records import Record
from audit.recording import channel_of, record
from foundation.record_admin import REASON_LENGTH


class ProposalRefused(Exception):
    """A proposal cannot be made or decided; the text says why, and what to do."""


@transaction.atomic
def propose(
    obj: models.Model,
    before: Sequence[Record],
    after: Sequence[Record],
    *,
    by: Any,
    reason: str,
    act: ProposedAct = ProposedAct.CHANGE,
) -> ProposedChange:
    """
    Store a proposal and return it; nothing else changes.

    obj     what is to be changed, or the unsaved instance of what is to be added
    before  what stands, empty of what is new

    Raises ProposalRefused if it would change the rights of who proposes it.
    """
    proposal = ProposedChange(
        act=act,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk or ""),
        object_name=_name(obj),
        before=list(before),
        after=list(after),
        reason=reason,
        channel=channel_of(by),
        proposed_by=by,
    )
    keeper = keeper_of(proposal.object_type)
    if str(by.pk) in keeper.concerned(proposal):
        raise ProposalRefused(_("Nobody changes their own rights. Ask another administrator."))
    proposal.effect = keeper.effect(proposal)
    proposal.save()
    _record(Act.PROPOSED, proposal, by=by, why=reason)
    return proposal


def _name(obj: models.Model) -> str:
    """Return the name of what is stored; of what is new, that it would have."""
    stored = type(obj)._base_manager.filter(pk=obj.pk).first() if obj.pk else None
    return str(stored or obj)[:300]


def why_not(user: Any, proposal: ProposedChange) -> str:
    """Return why a user may not confirm a proposal; "" if they may."""
    if not proposal.is_open:
        return _("This has been decided already.")
    keeper = keeper_of(proposal.object_type)
    if not keeper.may_decide(user, proposal):
        return _("You may not change records of this kind.")
    if user.pk == proposal.proposed_by_id:
        return _("Somebody other than the person who proposed it must confirm it.")
    if str(user.pk) in keeper.concerned(proposal):
        return _("It changes your own rights: somebody else must confirm it.")
    return ""


def confirm(proposal: ProposedChange, *, by: Any) -> tuple[ProposedChange, str]:
    """
    Put a proposal in force; return it, and an address to hand over, "" without one.

    One transaction; the object is locked. Raises ProposalRefused if `by` may not confirm it, if
    what stands is no longer what it was made from, or if the records do not allow it.
    """
    try:
        with transaction.atomic():
            proposal = _locked(proposal)
            if refusal := why_not(by, proposal):
                raise ProposalRefused(refusal)
            _refuse_stale(proposal)
            keeper = keeper_of(proposal.object_type)
            obj, address = keeper.put_in_force(proposal, by=by, reason=_named(proposal))
            proposal.confirmed_by, proposal.confirmed_at = by, timezone.now()
            proposal.save(update_fields=["confirmed_by", "confirmed_at"])
            _record(Act.CONFIRMED, proposal, by=by, why=proposal.reason, obj=obj)
            return proposal, address
    except ValidationError as wrong:
        raise ProposalRefused(" ".join(wrong.messages)) from wrong
    except IntegrityError as wrong:
        raise ProposalRefused(
            _("The records do not allow it any more. Reject it and propose again.")
        ) from wrong


@transaction.atomic
def reject(proposal: ProposedChange, *, by: Any, why: str) -> ProposedChange:
    """
    Reject a proposal with a reason; who proposed it may take it back so. Return it.

    Raises ProposalRefused without a reason, or if `by` may not decide such proposals.
    """
    why = why.replace("\0", "").strip()[:200]
    if not why:
        raise ProposalRefused(_("Say why it is rejected."))
    proposal = _locked(proposal)
    may = keeper_of(proposal.object_type).may_decide(by, proposal)
    if not proposal.is_open:
        raise ProposalRefused(_("This has been decided already."))
    if not may and by.pk != proposal.proposed_by_id:
        raise ProposalRefused(_("You may not change records of this kind."))
    proposal.rejected_by, proposal.rejected_at, proposal.why = by, timezone.now(), why
    proposal.save(update_fields=["rejected_by", "rejected_at", "why"])
    _record(Act.REJECTED, proposal, by=by, why=why)
    return proposal


def is_stale(proposal: ProposedChange, *, lock: bool = False) -> bool:
    """Return whether what stands is no longer what a proposal was made from; may lock it."""
    if not proposal.before:
        return False
    first = proposal.before[0]
    rows = records.model_of(first)._base_manager.filter(pk=first["pk"])
    obj = (rows.select_for_update() if lock else rows).first()
    if obj is None:
        return True
    return keeper_of(proposal.object_type).stands(obj, list(first["fields"])) != proposal.before


def _refuse_stale(proposal: ProposedChange) -> None:
    if is_stale(proposal, lock=True):
        raise ProposalRefused(
            _(
                "Somebody has changed it since this was proposed, so it would undo their change. "
                "Reject it, look at what stands now, and propose again."
            )
        )


def _locked(proposal: ProposedChange) -> ProposedChange:
    """Return the proposal reloaded and locked until the transaction's end."""
    return ProposedChange.objects.select_for_update().get(pk=proposal.pk)


def _named(proposal: ProposedChange) -> str:
    """Return the reason that the history keeps: with who proposed it, within its length."""
    by = _(" (proposed by %(name)s)") % {"name": proposal.proposed_by.get_username()}
    return proposal.reason[: REASON_LENGTH - len(by)] + by


def _record(act: Act, proposal: ProposedChange, *, by: Any, why: str, obj: Any = None) -> None:
    """Store the event of the object, or of the proposal while there is no object yet."""
    if obj is None and proposal.object_id and proposal.before:
        obj = (
            records.model_of(proposal.before[0])._base_manager.filter(pk=proposal.object_id).first()
        )
    record(
        act,
        obj or proposal,
        by=by,
        before={"proposal": proposal.pk, "records": proposal.before},
        after={"proposal": proposal.pk, "act": proposal.act, "records": proposal.after},
        why=why,
    )
