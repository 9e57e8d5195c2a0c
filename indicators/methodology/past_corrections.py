"""How far complete quarters of a target have been corrected so far, from a snapshot."""

from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.language import quarter_name
from indicators.catalogue import Indicator, IndicatorKind
from indicators.data.snapshot import Snapshot
from indicators.data.snapshot_cache import cached_by_snapshot
from indicators.data.snapshot_reader import dated_amounts
from indicators.formulas.largest_correction import Correction, largest_correction
from indicators.results.indicator_result import written_as
from indicators.verdict.rounding import places_that_read_truly, rounded
from indicators.verdict.sentences import PLACES, scale_of, with_unit
from indicators.verdict.sentences import ValueKind as Writing

# A correction is smaller than the figure, and shown to one place more.
MORE_PLACES = 1


def correction_words(snapshot: Snapshot, indicator: Indicator, part: frozenset[str]) -> str:
    """
    Return the largest correction of a complete quarter in words; empty if unknown.

    part are the cities of the numerator. Only of shares and totals, from the cities' own figures.
    """
    if indicator.kind not in (IndicatorKind.SHARE, IndicatorKind.LEVEL):
        return ""
    actual = snapshot.supposed.actual if snapshot.supposed is not None else snapshot
    found = _largest(actual, indicator, part)
    if found is None:
        return ""
    if not found.size:
        return _("No complete quarter has been corrected so far.")
    first, now = _written([found.first, found.now], written_as(indicator))
    words = _("Largest correction of a complete quarter so far: %(quarter)s, %(first)s → %(now)s.")
    return words % {"quarter": quarter_name(found.quarter), "first": first, "now": now}


@cached_by_snapshot(maxsize=32)
def _largest(snapshot: Snapshot, indicator: Indicator, part: frozenset[str]) -> Correction | None:
    """Return it from every figure accepted up to the snapshot's moment. One query; kept."""
    assert indicator.measure is not None
    rows = dated_amounts(snapshot, indicator.measure)
    cities = [city.code for city in snapshot.cities]
    return largest_correction(rows, cities, part, share=indicator.kind is IndicatorKind.SHARE)


def _written(figures: list[Decimal], kind: Writing) -> list[str]:
    """Return figures with their unit, to as many places as tell them apart."""
    scaled = [figure * scale_of(kind) for figure in figures]
    least = PLACES[kind] + MORE_PLACES if kind in PLACES else 0
    places = places_that_read_truly(scaled, least=least)
    texts = [f"{rounded(figure, places):f}" for figure in scaled]
    return [with_unit(f"{one}%" if kind is Writing.SHARE else one, kind) for one in texts]
