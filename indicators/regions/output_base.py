"""The base of a city's share: the output value of a quarter, and of which cities."""

from dataclasses import dataclass
from decimal import Decimal

from foundation.quarters import Quarter
from indicators.catalogue import Measure
from indicators.data.coverage import Coverage, coverage, output_reported
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.estimates.city_outputs import outputs
from indicators.formulas.coverage_weight import coverage_weight
from indicators.formulas.incomparable import Incomparable
from indicators.regions.share_words import base_words, silent_words
from indicators.results.indicator_result import DataStatus
from indicators.verdict.range_words import coverage_words
from indicators.verdict.sentences import ValueKind


@dataclass(frozen=True)
class OutputBase:
    """
    The base of a city's share: the output value of a quarter.

    reported  the reporting cities' output value, yuan, cumulative; None if no city reported
    weight    the reporting cities' part of last year's same quarter; None unknown
    status    of a city's share of the province: there is none while a city is silent
    """

    coverage: Coverage
    reported: Decimal | None
    weight: Decimal | None
    status: DataStatus

    @property
    def words(self) -> str:
        """What the shares of a column are of, in words."""
        return base_words(self.coverage.accepted, is_complete=self.coverage.is_complete)

    @property
    def coverage_words(self) -> str:
        """How many cities have reported, and their part of last year's output value."""
        who = self.coverage
        return coverage_words(who.accepted, who.expected, self.weight, ValueKind.SHARE)

    @property
    def missing_words(self) -> str:
        """The silent cities in words; empty if there are none."""
        return silent_words(self.coverage.missing)


@cached_by_snapshot(maxsize=16)
def output_base(snapshot: Snapshot, quarter: Quarter) -> OutputBase:
    """Return the base of the cities' shares in a quarter. Cached as long as its snapshot."""
    who = coverage(snapshot, quarter, output_reported)
    amounts = [snapshot.output_value(city, quarter) or Decimal(0) for city in who.reporting]
    try:
        weight = coverage_weight(outputs(snapshot, frozenset(), Measure.OUTPUT_VALUE), quarter)
    except Incomparable:
        weight = None
    reported = sum(amounts, Decimal(0)) if amounts else None
    return OutputBase(who, reported, weight, _share_status(snapshot, quarter, who))


def _share_status(snapshot: Snapshot, quarter: Quarter, who: Coverage) -> DataStatus:
    if not who.is_complete:
        return DataStatus.MISSING
    later = (coverage(snapshot, q, output_reported) for q in snapshot.quarters if q > quarter)
    settled = any(one.is_complete for one in later)
    return DataStatus.SETTLED if settled else DataStatus.COMPLETE
