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
            "a published baseline there is none: nothing is measured from zero. Past the target "
            "it is said by how much, in the figure's own unit, and not as a part of the way."
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
            "names. A target missed at its deadline is never better than behind. While cities are "
            "silent, a standing is given only if it is the same at both ends of the certain range "
            "and everywhere between. Otherwise it cannot be judged; what is expected is said if "
            "both ends of the likely range agree and past ranges held in at least nine "
            "trials of ten, over at least four quarters."
        ),
    ),
    Rule(
        "certain",
        _("What is certain while cities are silent"),
        _(
            "The certain range is what the accepted figures leave open, as long as none of them is "
            "corrected and no city's cumulative figure of the year falls. F is the floor of a "
            "silent city: its newest accepted figure of the same year, 0 without one; C is what "
            "the reporting clusters made, R what the other reporting cities made. If only cities "
            "outside the clusters are silent, the share is at most C ÷ (C + R + ΣF); if only "
            "clusters are silent, at least (C + ΣF) ÷ (C + ΣF + R); with both kinds silent nothing "
            "is certain. A total is at least what was reported + ΣF. A number of enterprises is at "
            "least those whose newest accepted figure of the year is over the threshold, each "
            "counted once; it has no upper end, because enterprises join. Ends are rounded outward."
        ),
    ),
    Rule(
        "withdrawn",
        _("Withdrawn ranges"),
        _(
            "When an accepted figure is corrected downwards, a range that rested on it no longer "
            "holds. Looking back to a day on which it was shown, the page keeps the range and "
            "marks it as withdrawn."
        ),
    ),
    Rule(
        "likely",
        _("Estimate: the likely range"),
        _(
            "Estimate of a silent city = L(q) × g × k, never under its floor. q is the quarter, p "
            "the last quarter accepted of the city, x an accepted figure, L the figure of the same "
            "quarter a year earlier. g = x(p) ÷ L(p) is the city's own growth at its last report; "
            "k = Σ x(q) ÷ Σ [L(q) × x(p) ÷ L(p)], over the reporting cities, is how the growth has "
            "changed since. Without a year earlier: x(p) × Σ x(q) ÷ Σ x(p). Ends: every reporting "
            "city is estimated in the same way from the others, and every city in the same quarter "
            "of earlier years; the lowest and the highest ratio of truth to estimate are the ends, "
            "at least 1 percent away. The share is lowest with the silent clusters at their low "
            "end and the other silent cities at their high end, and highest the other way round. A "
            "silent enterprise is estimated as x(p) × L(q) ÷ L(p). There is no estimate from fewer "
            "than 8 ratios, nor while the reporting cities weigh less than the plan asks for."
        ),
    ),
    Rule(
        "weight",
        _("Weight of coverage"),
        _(
            "Weight = what the reporting cities made in the same quarter of last year ÷ what all "
            "cities made then. It stands beside the number of cities: three large cities weigh "
            "more than three small ones. It is not known if a silent city has no figure of last "
            "year. From which weight on the silent cities are estimated is a field of the plan."
        ),
    ),
    Rule(
        "break_even",
        _("What would turn the verdict"),
        _(
            "The amount that the silent cities must still make, beyond their floors, for the "
            "figure to cross the line that judges: the target in its deadline quarter, the pace "
            "before. Beside it stand the growth that this would be on the same part of last year, "
            "what these cities did until then, and the fastest other city of their kind. If "
            "cities of both kinds are silent, it is the one growth at which the verdict turns. Of "
            "a number of enterprises: how many more must come, beside how many came in the same "
            "part of last year. The amount is rounded so that the sentence stays true."
        ),
    ),
    Rule(
        "projection",
        _("Projection to the year's end"),
        _(
            "What grows within the year is judged before the year's end by its projection: of each "
            "city, x(p) × L(fourth quarter) ÷ L(p), summed. Its ends are the lowest and the "
            "highest ratio of truth to projection in the same quarter of earlier years. Without "
            "such years it is a figure without ends, and gives no standing."
        ),
    ),
    Rule(
        "like_for_like",
        _("Changes on the year"),
        _(
            "A change is given only between the same cities and the same months: the cities that "
            "reported both quarters, with their number. Otherwise, and across two plans, there is "
            "none: —."
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
            "neither counted nor ruled out: the number then lies between those known to be "
            "established and all but those known not to be."
        ),
    ),
    Rule(
        "forecast",
        _("Forecast"),
        _(
            "The least, the mean and the greatest of the newest changes between quarters accepted "
            "of every city, 4 at most, carried forward. There is none before 4 such quarters. Past "
            "forecasts are kept as they were and held against what came. If most of them missed, "
            "the newest one is shown with that record, and is not drawn."
        ),
    ),
    Rule(
        "movement",
        _("What moved a figure"),
        _(
            "The difference between two figures is split by city and by cause: what changed "
            "between the same months of the two years, corrections, changes of the register, late "
            "cities. While cities are silent, both figures are those of the cities that reported "
            "both quarters. The parts add up exactly. Of a share, what one city did is the mean "
            "of doing it first and doing it last."
        ),
    ),
    Rule(
        "rounding",
        _("Rounding"),
        _(
            "Figures are rounded half up, and only to be shown: nothing is calculated from a "
            "rounded figure. What falls just short of a target never reads as the target."
        ),
    ),
)
