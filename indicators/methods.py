"""The rules that hold for every target, in words: the lower half of the page of methods."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its key in addresses, its name, and the arithmetic in words."""

    key: str
    name: Promise
    text: Promise


RULES = (
    Rule(
        "coverage",
        _("Who has reported"),
        _(
            "A city has reported once the province has accepted its workbook of the quarter. What "
            "was not reported is never taken for zero; only a city itself can declare that there "
            "is nothing to report."
        ),
    ),
    Rule(
        "attainment",
        _("How far: attainment"),
        _(
            "Attainment = (actual − baseline) ÷ (target − baseline). Of a band, the target is the "
            "edge that is met first, and what lies beyond the far edge counts against it. Without "
            "a published baseline there is none: nothing is measured from zero."
        ),
    ),
    Rule(
        "pace",
        _("How far by now: pace"),
        _(
            "Due by now = baseline + share of the way due × (target − baseline). The share due is "
            "the part of the quarters from baseline to deadline that are over, or what the interim "
            "points say. What grows within the year is held, as its projection, against the pace "
            "of the year's end."
        ),
    ),
    Rule(
        "standing",
        _("Standing"),
        _(
            "Points behind = (share due − attainment) × 100. With none it is on pace, then "
            "slightly behind, behind and seriously behind, from the points that each target "
            "names. A target missed at its deadline is never better than behind. Where the silent "
            "cities could change the standing, none is given."
        ),
    ),
    Rule(
        "bounds",
        _("What the silent cities could change"),
        _(
            "A silent city is taken to have made something between nothing and its ceiling: the "
            "larger of its last amount of the year and that of the same quarter a year earlier, "
            "each grown as fast as the fastest-growing city that reported, and never shrunk. The "
            "lowest share has the silent cities outside the clusters at their ceilings and those "
            "inside at nothing, the highest the reverse. A count could rise by every enterprise of "
            "a silent city that at its last report made at least half the threshold for a full "
            "year. A city without a record could have made anything."
        ),
    ),
    Rule(
        "prospects",
        _("Secured, on pace, just short"),
        _(
            "Secured is over the threshold already. Expected for the year = cumulative ÷ the part "
            "of last year that was over by this quarter: the enterprise's own, else its city's, "
            "else the province's, else the calendar's. On pace is expected to pass the threshold, "
            "just short to end within a fifth of it."
        ),
    ),
    Rule(
        "established",
        _("What is established"),
        _(
            "A cluster or a park counts from the day on which its record says that it was "
            "established, with the document that shows it. Where nothing is on record it is "
            "neither counted nor ruled out, and the count has bounds."
        ),
    ),
    Rule(
        "forecast",
        _("Forecast"),
        _(
            "The least, the mean and the greatest of the newest changes between quarters accepted "
            "of every city, 4 at most, carried forward. There is none before 4 such quarters. Past "
            "forecasts are kept as they were and held against what came."
        ),
    ),
    Rule(
        "movement",
        _("What moved a figure"),
        _(
            "The difference between two figures is split by city and by cause: new data, "
            "corrections, changes of the register, late cities. The parts add up exactly. Of a "
            "share, what one city did is the mean of doing it first and doing it last."
        ),
    ),
    Rule(
        "rounding",
        _("Rounding"),
        _(
            "Figures are rounded half up, and only to be shown: nothing is reckoned from a rounded "
            "figure. What falls just short of a target never reads as the target."
        ),
    ),
)
