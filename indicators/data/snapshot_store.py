"""The snapshots that were read in this process, and what a new one takes over from the last."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from threading import Lock

from clusters.models import Publication
from foundation.quarters import Quarter
from indicators.data.snapshot import LineTotals, Snapshot

# The data version that a snapshot rests on; the first two parts are the publications'.
Identity = tuple[int | None, ...]
# The day that a snapshot is as of, and whether only what was recorded by then counts.
Known = tuple[date | None, bool]


@dataclass(frozen=True)
class Reusable:
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


class SnapshotStore:
    """
    The snapshots that were read in this process.

    key       what a snapshot was read from (its identity), the day it is as of, and whether of what
              was known then (Known)
    lifetime  until eight others have been asked for since: a changed identity is another key

    At 1.3 million returns a whole reading takes 2.6 to 4.3 s on a busy machine with two cores,
    one that takes over all quarters but one 0.6 to 1.4 s: pages must be current within a second.
    """

    MOST = 8

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[Identity, Known], Snapshot] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def forget(self) -> None:
        """Forget every snapshot: for tests, where numbers start anew with each database."""
        self._kept.clear()

    def get(self, rests_on: Identity, known: Known) -> Snapshot | None:
        """Return the snapshot of an identity and what is known; None if it has not been read."""
        with self._lock:
            if found := self._kept.get((rests_on, known)):
                self._kept.move_to_end((rests_on, known))
            return found

    def keep(self, rests_on: Identity, known: Known, read: Snapshot) -> None:
        """Keep a snapshot; the one that was asked for least recently goes."""
        with self._lock:
            self._kept[rests_on, known] = read
            while len(self._kept) > self.MOST:
                self._kept.popitem(last=False)

    def reusable(
        self,
        publications: Iterable[Publication],
        period_of: Mapping[int, Quarter],
    ) -> Reusable | None:
        """
        Return what still stands of the last snapshot of today, given all publications.

        Enterprises' returns are only ever written by a publication, and only for its own quarter:
        the sums of every other quarter are what they were.

        None if there is none, or if a number turned up that is older than its newest: of two
        publications at once the later number may be committed first.
        """
        with self._lock:
            today = [one for one in self._kept.items() if one[0][1][0] is None]
        if not today:
            return None
        ((newest, number, *_others), _known), last = today[-1]
        if any(period_of.get(pk) != quarter for quarter, pk in last.period_ids.items()):
            return None
        if sum(one.pk <= (newest or 0) for one in publications) != number:
            return None
        since = {period_of[one.period_id] for one in publications if one.pk > (newest or 0)}
        return Reusable(last, frozenset(last.quarters) - since)
