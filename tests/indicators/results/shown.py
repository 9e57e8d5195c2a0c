"""Moments and targets that the tests of results look from and at."""

from datetime import UTC, datetime, timedelta

from clusters.viewpoint import Viewpoint, end_of
from foundation.quarters import Quarter
from tests.factories import PUBLISHED_AT

SHARE, FIRMS = "cluster-output-share", "firms-over-100m"
LATER = PUBLISHED_AT + timedelta(days=10)


def seen(quarter="2025Q3", as_of=None):
    moment = end_of(as_of) if as_of else datetime(2026, 6, 1, tzinfo=UTC)
    return Viewpoint(Quarter.parse(quarter), as_of, moment)
