"""What a new snapshot takes over from the last: the quarters nobody has published since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clusters.models import Publication
from clusters.quarters import Quarter
from indicators.data.snapshot import LineTotals, Snapshot

# The marks that a snapshot rests on; the first two are the publications'.
Identity = tuple[int | None, ...]


@dataclass(frozen=True)
class TakenOver:
    """The quarters of an earlier snapshot that nobody has published since it was read."""

    of: Snapshot
    quarters: frozenset[Quarter]

    def lines(self) -> dict[tuple[str, Quarter], LineTotals]:
        """Return the sums of their enterprises' lines."""
        return {at: sums for at, sums in self.of.lines.items() if at[1] in self.quarters}

    def over(self, line: Decimal) -> dict[Quarter, Mapping[int, str]]:
        """Return who was over a line, by quarter."""
        every = self.of.over_by_line[line]
        return {quarter: firms for quarter, firms in every.items() if quarter in self.quarters}

    def over_before(self, line: Decimal) -> frozenset[Quarter]:
        """Return the quarters in which others were once over a line."""
        return self.of.restated.over[line] & self.quarters


class LastReading:
    """
    The snapshot of today that was read last, for the next one to take over what it can.

    Enterprises' returns are only ever written by a publication, and only for its own quarter:
    the sums of every other quarter are what they were.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Take nothing over: the next one is read whole."""
        self.note((0, None), None)

    def note(self, rests_on: Identity, read: Snapshot | None) -> None:
        """Keep what was read under an identity, whose first marks are the publications'."""
        self.newest, self.number, self.read = rests_on[0] or 0, rests_on[1], read

    def taken_over(
        self,
        publications: Iterable[Publication],
        period_of: Mapping[int, Quarter],
        written: Quarter | None = None,
    ) -> TakenOver | None:
        """
        Return what still stands of it, given all publications; not what was written without one.

        None if there is none, or if a number turned up that is older than its newest: of two
        publications at once the later number may be committed first.
        """
        if self.read is None:
            return None
        if any(period_of.get(pk) != quarter for quarter, pk in self.read.period_ids.items()):
            return None
        if sum(one.pk <= self.newest for one in publications) != self.number:
            return None
        since = {period_of[one.period_id] for one in publications if one.pk > self.newest}
        return TakenOver(self.read, frozenset(self.read.quarters) - since - {written})
