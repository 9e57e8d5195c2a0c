"""One briefing of the demonstration issued in the past, for the next one to differ from."""

from datetime import date, datetime

from clusters.models import ReportingPeriod
from clusters.viewpoint import Viewpoint, end_of
from foundation.quarters import Quarter
from indicators.models import Briefing
from submissions.demonstration.story import HERE
from submissions.papers import issuing

QUARTER = Quarter(2025, 3)
# Two weeks after the workbooks were due: all submissions had been decided.
KNOWN_ON = date(2025, 10, 30)
ISSUED_AT = datetime(2025, 10, 31, 9, 30, tzinfo=HERE)


def issue(*, by) -> None:
    """Issue the briefing of the third quarter of 2025, unless it exists."""
    period = ReportingPeriod.objects.filter(code=str(QUARTER))
    if period.exists() and not Briefing.objects.filter(period__code=str(QUARTER)).exists():
        viewpoint = Viewpoint(QUARTER, KNOWN_ON, end_of(KNOWN_ON))
        issuing.issue_briefing(viewpoint, by=by, issued_at=ISSUED_AT)
