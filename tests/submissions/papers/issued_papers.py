"""Papers made by hand, whatever they say: for what holds of every paper."""

from datetime import UTC, datetime
from itertools import count

from foundation.frozen_data import canonical, sha256
from indicators.models import Assessment, Briefing
from tests.factories import make_period, make_plan, make_user

ISSUED_AT = datetime(2026, 1, 31, 2, tzinfo=UTC)
_serial = count(1)


def values(given):
    serial = next(_serial)
    content = canonical({"period": "2025Q3", "plan": {"code": "311"}})
    return {
        "number": f"311-2026-{serial:02d}",
        "plan": make_plan(),
        "year": 2026,
        "serial": serial,
        "as_of": ISSUED_AT,
        "issued_at": ISSUED_AT,
        "issued_by": given.pop("issued_by", None) or make_user("reviewer"),
        "content": content,
        "sha256": sha256(content),
    } | given


def make_briefing(**given):
    return Briefing.objects.create(period=make_period(), **values(given))


def make_assessment(**given):
    return Assessment.objects.create(**values(given))
