"""How past estimates fared, target by target: the table of the page of methods."""

from collections.abc import Iterator
from dataclasses import dataclass

from clusters.quarters import Quarter
from indicators.catalogue import Indicator, Kind
from indicators.city_outputs import compared_record, estimate_record
from indicators.formulas.likely_range import EstimateRecord
from indicators.past_corrections import correction_words
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

    Three queries a target, kept as long as the snapshot.
    """
    return list(_rows(of, quarter))


def _rows(of: Snapshot, quarter: Quarter) -> Iterator[RecordRow]:
    """Yield shares and totals. The count of enterprises has its own trials, and its row here."""
    for one in of.indicators(quarter):
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
