"""
Tasks: what of them needs two people, and what follows when it is confirmed.

Wording, standard of completion, steps with their dates, the first quarter to report, and that a
task has ended. Who leads it, who answers and what it serves changes with a reason.
"""

from django.utils.translation import gettext as _

from audit.models import ProposedChange
from audit.proposals import keepers, records
from audit.proposals.records import Record
from measures.models import Node

# "" is the steps.
BY_TWO = {"number", "wording", "wording_en", "standard", "rhythm", "begins", "ended_because", ""}


def needs_two_people(before: list[Record], after: list[Record]) -> bool:
    """Return whether it would say or demand something else; a new task needs no second person."""
    return bool(before) and bool(BY_TWO & records.differing_names(before, after))


class TaskKeeper(keepers.Keeper):
    """The rules of tasks."""

    def effect(self, proposal: ProposedChange) -> list[str]:
        """Return what follows of it."""
        if "ended_because" in records.differing_names(proposal.before, proposal.after):
            return [
                _("The task ends when this is confirmed: it is judged no longer."),
                _("It stays on record with everything that was reported, and cannot go on again."),
            ]
        return [_("The lights follow what stands then, on past days too.")]


keepers.register("measures.task", TaskKeeper([(Node, "task")]))
