"""What the figures of a paper are called, and how its ranges are written."""

from decimal import Decimal

from django.utils.translation import gettext_lazy, pgettext_lazy

from indicators.verdict.range_words import RangeWriter, range_words
from indicators.verdict.sentences import ValueKind

MEASURES = {
    "value": pgettext_lazy("figure of a paper", "value"),
    "estimate": pgettext_lazy("figure of a paper", "estimate"),
    "certain": pgettext_lazy("figure of a paper", "certain"),
    "expected": pgettext_lazy("figure of a paper", "expected standing"),
    "projection": gettext_lazy("expected for the year"),
    "standing": gettext_lazy("standing"),
    "judgement": gettext_lazy("judgement"),
    "numerator": gettext_lazy("numerator"),
    "denominator": gettext_lazy("denominator"),
    "accepted": gettext_lazy("cities accepted"),
    "output_value": gettext_lazy("output value"),
    "revenue": gettext_lazy("revenue"),
    "investment": gettext_lazy("investment completed"),
    "share": gettext_lazy("share"),
    "over": gettext_lazy("firms over 100 million yuan"),
    "operating": gettext_lazy("blocks in operation"),
    "reporting": gettext_lazy("number reporting"),
    "registered": gettext_lazy("number in the register"),
    "number": gettext_lazy("number"),
}
# Kinds of a paper's ranges, and in which unit each is written.
RANGES = {"ratio_range": ValueKind.SHARE, "amount_range": ValueKind.MONEY, "count_range": None}


def range_of_paper(value: str | None, kind: str) -> str:
    """Return a range of a paper (papers.written_range) in words; a dash for none."""
    if value is None:
        return "–"
    low, high = (Decimal(end) if end else None for end in value.split(".."))
    return range_words(low, high, RangeWriter(RANGES[kind], None))


def measure_word(measure: str) -> str:
    """Return what a figure of a paper measures. Raises KeyError for what no paper has."""
    return str(MEASURES[measure])
