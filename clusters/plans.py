"""Which plan a quarter belongs to."""

from collections.abc import Iterable

from clusters.models import Plan
from foundation.quarters import Quarter


def plan_among(plans: Iterable[Plan], quarter: Quarter) -> Plan | None:
    """
    Return the plan whose years contain a quarter; if none does, the newest of all.

    None if there is no plan. So a quarter after a plan's end is still looked at from that
    plan, until the next one is entered.
    """
    every = list(plans)
    within = [plan for plan in every if plan.first_year <= quarter.year <= plan.last_year]
    return max(within or every, key=lambda plan: (plan.first_year, plan.pk), default=None)


def plan_for(quarter: Quarter) -> Plan | None:
    """Return the plan of a quarter, from the database; None if there is no plan."""
    return plan_among(Plan.objects.all(), quarter)
