"""
When figures were recorded, and so what was known on a day: from the chain of publications.

A figure's publication is that of its city and period at its moment: within a city and period no two
are declared for the same moment (submissions.review.actions).
"""

from datetime import datetime
from typing import Protocol

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from clusters.models.publication import Publication


class SeenFrom(Protocol):
    """
    From when figures are looked at: a viewpoint, or the snapshot of one.

    recorded_by  None: all that is known now of the moment ("known now of then"); else only what had
                 been recorded by it counts ("known then")
    """

    @property
    def moment(self) -> datetime: ...

    @property
    def recorded_by(self) -> datetime | None: ...


def publications_of(city: str, at: str = "published_at", of: str = "") -> QuerySet[Publication]:
    """
    Return the publication of a record of an outer query at one of its moments.

    city is the path to its city; of the path to the record, with its underscores.
    """
    return Publication.objects.order_by().filter(
        city=OuterRef(of + city), period=OuterRef(f"{of}period"), published_at=OuterRef(of + at)
    )


def recorded_after(moment: datetime, city: str, at: str = "published_at") -> Exists:
    """Return the condition that what happened at a record's moment was recorded only later."""
    return Exists(publications_of(city, at).filter(recorded_at__gt=moment))


def recorded_at(city: str, of: str = "") -> Subquery:
    """Return when a record was recorded; None where no publication brought it."""
    return Subquery(publications_of(city, of=of).values("recorded_at")[:1])
