"""
What the rules of a model are where a change of it needs two people.

The keeper of a model says who may decide, whose rights are at stake, what stands now and what a
change would turn; it puts a confirmed change in force. Apps register theirs when they start.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from audit.models import ProposedChange
from audit.proposals import records
from audit.proposals.records import Record

Part = tuple[type[models.Model], str]


class Keeper:
    """
    The rules of most models.

    parts  the models that are kept with the object, each with its field that leads to it
    """

    def __init__(self, parts: Sequence[Part] = ()) -> None:
        self.parts = parts

    def may_decide(self, user: Any, proposal: ProposedChange) -> bool:
        """Return whether a user may confirm or reject: who may add or change such records."""
        app, model = proposal.object_type.split(".")
        act = "change" if proposal.object_id else "add"
        return user.is_active and user.has_perm(f"{app}.{act}_{model}")

    def concerned(self, proposal: ProposedChange) -> set[str]:
        """Return the keys of the users whose own rights it changes: they decide nothing of it."""
        return set()

    def stands(self, obj: models.Model, names: Sequence[str]) -> list[Record]:
        """Return what is stored of an object: these fields, and its parts."""
        stored = [records.stored_record(obj, names)]
        for part, leads_to in self.parts:
            rows = part._base_manager.filter(**{leads_to: obj}).order_by("pk")
            stored += [records.stored_record(row, records.field_names(part)) for row in rows]
        return stored

    def effect(self, proposal: ProposedChange) -> list[str]:
        """Return what it would turn, in sentences of the active language. Writes nothing."""
        return [_("It changes no verdict.")]

    def put_in_force(
        self, proposal: ProposedChange, *, by: Any, reason: str
    ) -> tuple[models.Model, str]:
        """
        Store what is proposed; return the object, and an address that only the confirmer sees.

        The address is "" if there is nothing to hand over. Raises ValidationError.
        """
        stored = records.put_in_force(proposal.before, proposal.after, by=by, reason=reason)
        return stored, ""


_KEEPERS: dict[str, Keeper] = {}
_OF_MOST = Keeper()


def register(label: str, keeper: Keeper) -> None:
    """Let a keeper of its own keep a model, by its label, such as indicators.target."""
    _KEEPERS[label] = keeper


def keeper_of(label: str) -> Keeper:
    """Return the keeper of a model."""
    return _KEEPERS.get(label, _OF_MOST)
