"""T1: how far one silent city alone could move the clusters' share."""

from decimal import Decimal

from indicators.formulas.cluster_share import cluster_share


def share_reach(
    *, clusters: Decimal, province: Decimal, ceiling: Decimal, in_cluster: bool
) -> Decimal | None:
    """
    Return by how much the share would change if a silent city had made its ceiling.

        outside the clusters  C / (P + ceiling) − C / P
        in a cluster          (C + ceiling) / (P + ceiling) − C / P

    C and P are what the reporting cities made, in the clusters and in all; yuan. A fraction
    with its sign; None if they made nothing. What several cities move together is not the sum
    of what each moves alone: that is for share_bounds.
    """
    if not province:
        return None
    more = ceiling if in_cluster else Decimal(0)
    then = cluster_share(clusters=clusters + more, province=province + ceiling)
    return then - cluster_share(clusters=clusters, province=province)
