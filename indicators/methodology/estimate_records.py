"""Records of past estimates by target: the table of the page of methods."""

from collections.abc import Iterator
from dataclasses import dataclass

from foundation.quarters import Quarter
from indicators.catalogue import Indicator, IndicatorKind
from indicators.data.snapshot import Snapshot
from indicators.estimates.city_outputs import compared_record, estimate_record
from indicators.estimates.scored_counts import count_estimate_record, record_of
from indicators.formulas.count_record import CountRecord
from indicators.formulas.likely_range import EstimateRecord
from indicators.methodology.past_corrections import correction_words
from indicators.results.share_result import numerator_cities


@dataclass(frozen=True)
class TargetRecord:
    """
    One target's record, and that of the plain method (last year × the common growth).

    own, common  None where no past quarter could be tried
    correction   the largest correction of a complete quarter, in words; empty if not known
    """

    indicator: Indicator
    own: EstimateRecord | None
    common: EstimateRecord | None
    correction: str


def record_rows(snapshot: Snapshot, quarter: Quarter) -> list[TargetRecord]:
    """
    Return the records of a quarter's targets that are estimated while cities are silent.

    A few queries a target, cached as long as the snapshot.
    """
    return list(_rows(snapshot, quarter))


def _rows(snapshot: Snapshot, quarter: Quarter) -> Iterator[TargetRecord]:
    """Yield shares and totals, and counts of enterprises, which have trials of their own."""
    for one in snapshot.indicators(quarter):
        if one.kind is IndicatorKind.COUNT:
            tried = snapshot, one.line, snapshot.least_weight(quarter)
            yield TargetRecord(one, count_estimate_record(*tried), _plain(record_of(*tried)), "")
        if one.kind not in (IndicatorKind.SHARE, IndicatorKind.LEVEL):
            continue
        part = numerator_cities(snapshot, one, quarter)
        if one.kind is IndicatorKind.SHARE and not part:
            continue
        yield TargetRecord(
            one,
            estimate_record(snapshot, one, part),
            compared_record(snapshot, one, part),
            correction_words(snapshot, one, part),
        )


def _plain(record: CountRecord) -> EstimateRecord | None:
    """Return the record of the plain method of a count, which is given ranges as wide."""
    by_quarter = {str(quarter): one.naive_rate for quarter, one in record.by_quarter.items()}
    rates = {quarter: rate for quarter, rate in by_quarter.items() if rate is not None}
    if record.naive_rate is None or record.mean_width is None or not rates:
        return None
    worst = min(sorted(rates), key=lambda quarter: rates[quarter])
    return EstimateRecord(
        rate=record.naive_rate,
        width=record.mean_width,
        worst=worst,
        worst_rate=rates[worst],
        quarters=record.quarters,
        trials=len(record.trials),
    )
