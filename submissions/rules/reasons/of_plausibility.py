"""Rationale and example of each rule of plausibility, with its thresholds as they are."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from submissions.rules.catalogue import rationale
from submissions.rules.plausibility import thresholds as t

# Behind every rationale that rests on a spread.
SPREADS = _(
    "Questioned from {times} spreads off what is usual for the enterprise and for its industry "
    "field. A spread is 1.4826 times the median absolute deviation of logarithms, at least "
    "{floor}: among even firms that is {factor} times, or one part in {factor}. Differences "
    "below {least} do not count."
)
NUMBER_OF_PEOPLE = _("{number} people")
YUAN = _("{number} yuan")


def with_band(reason, band: t.Band, least=YUAN):
    """Return a reason with the thresholds of its band behind it."""
    smallest = format_lazy(least, number=f"{band.least:,.0f}")
    said = format_lazy(
        SPREADS, times=band.times, floor=band.floor, factor=band.factor, least=smallest
    )
    return format_lazy("{} {}", reason, said)


rationale(
    "W211",
    with_band(
        _(
            "Firms grow and shrink, but seldom far beyond their own past and their peers at once. "
            "In a year of shocks the peers move too, and nothing is asked."
        ),
        t.YEAR,
    ),
    _("79,226.8 万元, where 9,320.8 万元 was reported a year ago."),
)
rationale(
    "W212",
    with_band(
        format_lazy(
            _(
                "A cumulative figure hides its newest quarter. The quarter alone must also be "
                "{times} times the highest one of two years."
            ),
            times=t.ABOVE_HIGHEST,
        ),
        t.QUARTER,
    ),
    _("6,526.8 万元 to September and 20,000 万元 to December."),
)
rationale(
    "W213",
    with_band(
        _("Output value and revenue of a firm go together; where they part, one digit is wrong."),
        t.OUTPUT_RATIO,
    ),
    _("Output value 1.05 times revenue for two years, 10.5 times now."),
)
rationale(
    "W214",
    with_band(_("Nobody hires or dismisses nine of ten in a quarter."), t.STAFF, NUMBER_OF_PEOPLE),
    _("120 people to June, 12 to September."),
)
rationale(
    "W215",
    with_band(_("R&D is a steady share of what a firm earns."), t.RESEARCH_RATIO),
    _("3 in a hundred of total revenue for two years, 30 in a hundred now."),
)
rationale(
    "W216",
    with_band(
        _("A firm without history is measured by its peers: revenue per head of the others."),
        t.LEVEL,
    ),
    _("A new firm with 3,000 people and the revenue of 30."),
)
rationale(
    "W217",
    format_lazy(
        _(
            "A firm newly over 100 million yuan changes the target by one. Up to {most} million "
            "it is worth a second look."
        ),
        most=f"{100 * (1 + t.JUST_OVER):.0f}",
    ),
    _("Revenue of 100.3 million yuan after 91 million a year ago."),
)
rationale(
    "W218",
    format_lazy(
        _(
            "A firm newly over 100 million yuan changes the target by one. Questioned from {times} "
            "spreads off the usual change, or in the firm's first report."
        ),
        times=t.CROSSING_TIMES,
    ),
    _("Revenue of 792 million yuan after 93 million a year ago."),
)
rationale(
    "W219",
    format_lazy(
        _(
            "Two rows swapped leave every sum as it was. Questioned where the figures are off the "
            "firm's own past by {own} on average, and off another firm's by less than {other}, "
            "in logarithms."
        ),
        own=t.DISAGREES,
        other=t.AGREES,
    ),
    _("The figures of two neighbouring rows stand at each other's firm."),
)
rationale(
    "W220",
    format_lazy(
        _(
            "A cell inserted in one column moves all below it. Questioned from {few} consecutive "
            "rows that each disagree with their past, or {many} that do so together."
        ),
        few=t.FEWEST_SHIFTED,
        many=t.MANY_SHIFTED,
    ),
    _("From row 12 on, revenue is that of the line above."),
)
rationale(
    "W221",
    _("A line that was not brought up to date leaves a quarter out."),
    _("All amounts of September are those of June."),
)
rationale(
    "W222",
    _("Two firms never have the same amounts and staff to the last digit."),
    _("Row 20 was copied down to row 21."),
)
rationale(
    "W223",
    _("The same firm under a second code would count twice, and lose its history."),
    _("A known name with one digit of the code changed, and a valid check character."),
)
rationale(
    "W224",
    _("A sheet that is owed and empty is silence, and silence never stands for nothing."),
    _("园区进展 with the park's name and no figure."),
)
rationale(
    "W234",
    with_band(
        _("A city's total moves with its enterprises and as in its earlier years."), t.CITY_YEAR
    ),
    _("Output value three times last year's, while the enterprises grew by a tenth."),
)
rationale(
    "W235",
    format_lazy(
        _(
            "What the total has beyond the lines changes slowly. Questioned from {amounts} times "
            "the ratio of the last return for amounts, {counts} times for numbers."
        ),
        amounts=t.CITY_RATIO,
        counts=t.CITY_COUNT_RATIO,
    ),
    _("A total 1.08 times the lines in June, 3.2 times in September."),
)
rationale(
    "W236",
    _("The city contains its lines, so it cannot have fewer firms, people or R&D than they have."),
    _("环保企业数 40 above 56 lines."),
)
rationale(
    "W237",
    format_lazy(
        _(
            "The count of firms over 100 million yuan is a target. Questioned from {fewest} more "
            "than its lines and its last return explain."
        ),
        fewest=t.FEWEST_COUNTED,
    ),
    _("12 in 城市汇总, 7 lines over it; last quarter 7 and 7."),
)
