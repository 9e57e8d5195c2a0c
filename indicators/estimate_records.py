"""How past estimates fared, target by target: the table of the page of methods."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clusters.quarters import Quarter
from indicators.catalogue import Indicator, Kind
from indicators.city_outputs import compared_record, estimate_record
from indicators.formulas.count_record import CountRecord
from indicators.formulas.likely_range import EstimateRecord
from indicators.past_corrections import correction_words
from indicators.scored_counts import record_of
from indicators.share_result import numerator_cities
from indicators.snapshot import Snapshot


@dataclass(frozen=True)
class RecordRow:
    """
    One target's record, beside that of last year × the common growth.

    own, common  None where no past quarter could be tried
    correction   the largest correction of a complete quarter, in words; empty if not known
    """

    indicator: Indicator
    own: EstimateRecord | None
    common: EstimateRecord | None
    correction: str


def record_rows(of: Snapshot, quarter: Quarter) -> list[RecordRow]:
    """
    Return the records of a quarter's targets that are estimated while cities are silent.

    A few queries a target, kept as long as the snapshot.
    """
    return list(_rows(of, quarter))


def _rows(of: Snapshot, quarter: Quarter) -> Iterator[RecordRow]:
    """Yield shares and totals, and counts of enterprises, which have trials of their own."""
    for one in of.indicators(quarter):
        if one.kind is Kind.COUNT:
            record = record_of(of, one.line, of.least_weight(quarter))
            yield RecordRow(one, *_of_count(record), "")
        if one.kind not in (Kind.SHARE, Kind.LEVEL):
            continue
        part = numerator_cities(of, one, quarter)
        if one.kind is Kind.SHARE and not part:
            continue
        yield RecordRow(
            one,
            estimate_record(of, one, part),
            compared_record(of, one, part),
            correction_words(of, one, part),
        )


def _of_count(record: CountRecord) -> tuple[EstimateRecord | None, EstimateRecord | None]:
    """Return a count's record and that of the plain method, which is given ranges as wide."""
    by_quarter = record.by_quarter
    own = {str(q): one.rate for q, one in by_quarter.items()}
    plain = {str(q): one.naive_rate for q, one in by_quarter.items()}
    return _in_all(record, record.rate, own), _in_all(record, record.naive_rate, plain)


def _in_all(
    record: CountRecord, rate: Decimal | None, by_quarter: Mapping[str, Decimal | None]
) -> EstimateRecord | None:
    """Return a record of all trials; None without any."""
    rates = {quarter: one for quarter, one in by_quarter.items() if one is not None}
    if rate is None or record.mean_width is None or not rates:
        return None
    worst = min(sorted(rates), key=lambda quarter: rates[quarter])
    return EstimateRecord(
        rate=rate,
        width=record.mean_width,
        worst=worst,
        worst_rate=rates[worst],
        quarters=record.quarters,
        trials=len(record.trials),
    )
