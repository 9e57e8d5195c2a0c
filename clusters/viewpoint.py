"""From when a page is looked at, and at what: ?period=2025Q3, ?as_of=2026-01-31, ?known=then."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.models import CityReturn, ReportingPeriod, SeenFrom
from foundation import data_version
from foundation.quarters import Quarter

# Beyond them the end of a day, or a zone's time, cannot be written.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9000, 12, 31)
# The two readings of a past day: what is known now of then, and what was known then.
NOW, THEN = "now", "then"


@dataclass(frozen=True)
class Viewpoint:
    """
    The quarter a page shows, and the moment whose knowledge it shows.

    quarter  what the figures are of
    as_of    the day whose knowledge is shown, None for today's
    moment   the end of that day in the province, or now
    known_then  whether only what had been recorded by the end of that day counts; else everything
             declared for a day up to it does, also what was recorded later
    """

    quarter: Quarter
    as_of: date | None
    moment: datetime
    known_then: bool = False

    @property
    def recorded_by(self) -> datetime | None:
        """Return the moment by which figures must have been recorded to count; None is any."""
        return self.moment if self.as_of and self.known_then else None

    @property
    def day(self) -> date:
        """Return the day that is looked from, in the province: as_of, or today."""
        return self.as_of or timezone.localdate(self.moment)

    @property
    def counted_on(self) -> date:
        """Return the day by which the plan counts: the quarter's last, or day if earlier."""
        return min(self.quarter.last_day, self.day)

    def reading(self, *, known_then: bool) -> "Viewpoint":
        """Return the same quarter and day in one of the two readings."""
        return replace(self, known_then=known_then)

    @property
    def query(self) -> str:
        """Return the address's query, so that links keep the viewpoint; empty for as_of today."""
        asked = {"period": str(self.quarter)}
        if self.as_of:
            asked["as_of"] = self.as_of.isoformat()
        if self.known_then:
            asked["known"] = THEN
        return urlencode(asked)


def end_of(day: date) -> datetime:
    """Return the last moment of a day in the province's time."""
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    return timezone.make_aware(midnight) - timedelta(microseconds=1)


def today(quarter: Quarter) -> Viewpoint:
    """Return the viewpoint of a quarter with what is known now."""
    return Viewpoint(quarter, None, timezone.now())


def parse_as_of(text: str) -> date | None:
    """
    Return the day asked for, None if none was.

    Raises ValueError if it is not a day, and BadRequest for one that no database counts with.
    """
    day = date.fromisoformat(text) if text else None
    if day and not FIRST_DAY <= day <= LAST_DAY:
        words = {"first": FIRST_DAY.isoformat(), "last": LAST_DAY.isoformat()}
        raise BadRequest(_("Write a day between %(first)s and %(last)s.") % words)
    return day


def parse_known(text: str) -> bool:
    """Return whether what was known then is asked for. Raises ValueError for what is neither."""
    if text not in ("", NOW, THEN):
        raise ValueError(_("Write known as now or then."))
    return text == THEN


def newest_quarter(seen: SeenFrom) -> Quarter | None:
    """
    Return the newest quarter of which any city's figures were in force; None if of none.

    A quarter that is owed goes before one outside every plan, whichever is the newer.
    """
    newest = _newest(CityReturn.objects.seen_from(seen)).first()
    return Quarter.parse(newest) if newest else None


def newest_of(version: data_version.Version) -> Quarter | None:
    """Return the newest quarter of which any city's figures are in force now, from its version."""
    return Quarter.parse(version[0]) if version and version[0] else None


def _newest(returns):
    owed = Exists(ReportingPeriod.objects.owed().filter(pk=OuterRef("period")))
    newest = returns.order_by(owed.desc(), "-period__code")
    return newest.values_list("period__code", flat=True)


def last_owed(moment: datetime) -> Quarter | None:
    """Return the newest quarter that is over and owed; None if there is none. One query."""
    over = Quarter.of(timezone.localdate(moment)).previous()
    newest = ReportingPeriod.objects.owed().started(over).first()
    return newest.quarter if newest else None


data_version.register("newest", lambda: [Subquery(_newest(CityReturn.objects.in_force())[:1])])


def viewpoint_of(query, known=None) -> Viewpoint:
    """
    Return the viewpoint that an address asks for; known is the current data version.

    Without a period: the newest quarter with figures; while there are none, the newest that is
    over and owed, or the last of the calendar.
    Raises ValueError, with what is wrong in words, for a period or day that cannot be.
    """
    try:
        as_of = parse_as_of(query.get("as_of", ""))
    except ValueError:
        raise ValueError(_("Write the day as 2026-01-31.")) from None
    moment = end_of(as_of) if as_of else timezone.now()
    known_then = parse_known(query.get("known", ""))
    seen = Viewpoint(Quarter.of(timezone.localdate()), as_of, moment, known_then)
    if asked := query.get("period"):
        try:
            quarter = Quarter.parse(asked)
        except ValueError:
            raise ValueError(_("Write the period as 2025Q3.")) from None
        if not ReportingPeriod.objects.filter(code=str(quarter)).exists():
            raise ValueError(_("%(period)s is not a reporting period.") % {"period": quarter})
    else:
        if as_of:
            newest = newest_quarter(seen)
        else:
            newest = newest_of((known or data_version.current("newest"))["newest"])
        quarter = newest or last_owed(moment) or seen.quarter.previous()
    return replace(seen, quarter=quarter)


def viewpoint_or_404(request) -> Viewpoint:
    """Return the viewpoint of a page's address; an impossible one is a page that is not there."""
    try:
        return viewpoint_of(request.GET, request.data_version)
    except ValueError as wrong:
        raise Http404(str(wrong)) from None
