"""Members of a tier at a quarter's end; who joined and who left since an earlier one."""

from dataclasses import dataclass

from django.db.models import QuerySet

from clusters.models import City
from enterprises.models import Tier, TierAward
from enterprises.tiering import Award, joiners_and_leavers
from foundation.quarters import Quarter


@dataclass(frozen=True)
class TierMoves:
    """
    A tier between two quarters' ends.

    members, before   how many of the reader's cities' enterprises hold it at each
    joined, left      awards by which they joined, and which have ended; by name
    """

    tier: Tier
    members: int
    before: int
    joined: tuple[TierAward, ...]
    left: tuple[TierAward, ...]


def tier_moves(since: Quarter, quarter: Quarter, cities: QuerySet[City]) -> list[TierMoves]:
    """Return every tier's joiners and leavers among the enterprises of some cities. Two queries."""
    then, now = since.last_day, quarter.last_day
    awards = list(
        TierAward.objects.filter(enterprise__city__in=cities)
        .select_related("enterprise__city")
        .order_by("enterprise__name", "awarded_on")
    )
    return [
        _moves(tier, [award for award in awards if award.tier_id == tier.pk], then, now)
        for tier in Tier.objects.all()
    ]


def _moves(tier, awards, then, now) -> TierMoves:
    holders = [
        (award.enterprise_id, Award(tier.code, award.awarded_on, award.expires_on))
        for award in awards
    ]
    joined, left = joiners_and_leavers(holders, then=then, now=now)
    return TierMoves(
        tier=tier,
        members=len({award.enterprise_id for award in awards if award.held(now)}),
        before=len({award.enterprise_id for award in awards if award.held(then)}),
        joined=tuple(a for a in awards if a.enterprise_id in joined and a.held(now)),
        left=tuple(a for a in awards if a.enterprise_id in left and a.held(then)),
    )
