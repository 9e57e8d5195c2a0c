"""A movement in words: the same sentence on the page, the chart and the briefing."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from foundation.amount_units import unit_name
from indicators.catalogue import Indicator
from indicators.formulas.bridge import Cause
from indicators.movement.movement import Movement, NoMovement, Side
from indicators.movement.rounded_movement import RoundedMovement
from indicators.results.indicator_result import written_as
from indicators.verdict.sentences import (
    ValueKind,
    at_end_of,
    names,
    reporting_cities_words,
    with_unit,
)

MINUS = "\N{MINUS SIGN}"
# Most cities named in a sentence.
NAMED = 3


def cause_word(cause: Cause, *, over_years: bool = False) -> str:
    """Return what a cause is called, of a movement over years or of one quarter's."""
    if over_years and cause is Cause.NEW:
        return _("Change between the years")
    words = {
        Cause.LATE: _("Late cities"),
        Cause.CORRECTION: _("Corrections"),
        Cause.REGISTER: _("Register changes"),
        Cause.NEW: _("Newly reported"),
    }
    return words[cause]


def cause_meaning(cause: Cause) -> str:
    """Return what falls under a cause, in one sentence of the active language."""
    words = {
        Cause.LATE: _("Cities whose first figures of the quarter came after they were due."),
        Cause.CORRECTION: _(
            "Cities whose figures of the earlier quarter were restated after that day."
        ),
        Cause.REGISTER: _(
            "Cities that joined or left the clusters, and enterprises that joined the register."
        ),
        Cause.NEW: _(
            "Of two years, the later one's figures in place of the earlier one's. Of one quarter "
            "as known on two days, figures that came in before they were due."
        ),
    }
    return words[cause]


def written(figure: Decimal, kind: ValueKind) -> str:
    """Return a printed figure with its unit: "51.83%", "251 firms"."""
    text = _plain(figure)
    return f"{text}%" if kind is ValueKind.SHARE else with_unit(text, kind)


def written_change(change: Decimal, kind: ValueKind) -> str:
    """Return a change with its sign and unit: "+0.31 percentage points", "−2 firms"."""
    text = _signed(change)
    if kind is ValueKind.SHARE:
        return _("%(points)s percentage points") % {"points": text}
    return with_unit(text, kind)


def unit_word(indicator: Indicator) -> str:
    """Return the unit in which an indicator's figures are printed, for a heading or an axis."""
    words = {
        ValueKind.SHARE: "%",
        ValueKind.MONEY: unit_name("large"),
        ValueKind.PEOPLE: pgettext("unit after a number", "persons"),
    }
    otherwise = pgettext("unit after a number", "enterprises")
    return words.get(written_as(indicator), otherwise)


def change_unit_word(indicator: Indicator) -> str:
    """Return the unit of a change: of a share, percentage points."""
    share = written_as(indicator) is ValueKind.SHARE
    return _("percentage points") if share else unit_word(indicator)


def day_words(day: date) -> str:
    """Return a day as it is written in a text."""
    return date_format(day, pgettext("format of a day", "j F Y"))


def side_words(side: Side) -> str:
    """Return the date of a figure and of its knowledge: "end of Q3 2025, as known on …"."""
    when = at_end_of(side.quarter)
    if side.as_of is None:
        return _("%(when)s, as known today") % {"when": when}
    return _("%(when)s, as known on %(day)s") % {"when": when, "day": day_words(side.as_of)}


def end_words(movement: Movement, side: Side) -> str:
    """Return the date of an end; of one quarter on two days, also the number of cities."""
    when = side_words(side)
    if movement.is_over_years or side.is_complete:
        return when
    words = ngettext(
        "%(when)s, of the %(number)s city that had reported",
        "%(when)s, of the %(number)s cities that had reported",
        side.cities,
    )
    return words % {"when": when, "number": side.cities}


def reporting_words(movement: Movement, side: Side) -> str:
    """Return the number of cities of an end of one quarter on two days; else nothing."""
    if movement.is_over_years or side.is_complete:
        return ""
    return reporting_cities_words(side.cities)


def written_end(movement: Movement, side: Side, figure: Decimal) -> str:
    """Return an end's printed figure, with the number of its reporting cities."""
    text = written(figure, written_as(movement.indicator))
    whose = reporting_words(movement, side)
    return _("%(figure)s (%(whose)s)") % {"figure": text, "whose": whose} if whose else text


def same_cities_words(movement: Movement) -> str:
    """Return between which cities a movement over years lies; empty of one quarter's."""
    if not movement.is_over_years:
        return ""
    words = ngettext("Same %(number)s city", "Same %(number)s cities", movement.end.cities)
    return words % {"number": movement.end.cities}


def left_out_words(movement: Movement) -> str:
    """Return which cities cannot be compared, being silent; empty if none is left out."""
    if not movement.left_out:
        return ""
    words = _("Not comparable, being silent in one of the two quarters: %(cities)s.")
    return words % {"cities": names([str(city) for city in movement.left_out])}


def movement_sentence(movement: Movement) -> str:
    """
    Return a movement as one sentence: both ends, the difference and the causes.

    Its numbers are those of the table: the causes add up to the movement as it is printed.
    """
    shown = movement.shown
    if shown is None:
        return _why_not(movement)
    kind = written_as(movement.indicator)
    parts = {
        "start": written(shown.start, kind),
        "start_when": end_words(movement, movement.start),
        "end": written(shown.end, kind),
        "end_when": end_words(movement, movement.end),
        "change": written_change(shown.whole, kind),
        "causes": _causes(shown, kind, over_years=movement.is_over_years),
    }
    if not parts["causes"]:
        told = (
            _("%(start)s (%(start_when)s) is %(end)s (%(end_when)s) too: nothing changed.") % parts
        )
    else:
        words = _(
            "From %(start)s (%(start_when)s) to %(end)s (%(end_when)s), %(change)s: %(causes)s."
        )
        told = words % parts + _largest(movement, shown)
    same = same_cities_words(movement)
    return _("%(cities)s: %(told)s") % {"cities": same, "told": told} if same else told


def _why_not(movement: Movement) -> str:
    """Return why there is no movement, in words."""
    parts = {"start": at_end_of(movement.start.quarter), "end": at_end_of(movement.end.quarter)}
    if movement.why_not is NoMovement.OTHER_MONTHS:
        words = _(
            "%(start)s and %(end)s are figures of different months of their years, cumulative "
            "from 1 January: no movement lies between them."
        )
        return words % parts
    if movement.why_not is NoMovement.OTHER_PLAN:
        words = _("%(start)s and %(end)s belong to two plans: no movement lies between them.")
        return words % parts
    if movement.why_not is NoMovement.NO_SAME_CITY:
        return _("No city has reported both %(start)s and %(end)s.") % parts
    side = movement.end if _spoken(movement.start) else movement.start
    return _("There is no accepted figure for the %(when)s, so no movement can be told.") % {
        "when": side_words(side)
    }


def _spoken(side: Side) -> bool:
    return any(amount is not None for amount in side.amounts.values())


def _causes(shown: RoundedMovement, kind: ValueKind, *, over_years: bool) -> str:
    """Return the causes with a part, in words."""
    told = [
        pgettext("cause and change", "%(cause)s %(change)s")
        % {"cause": cause_word(cause, over_years=over_years), "change": written_change(part, kind)}
        for cause, part in shown.by_cause.items()
        if part
    ]
    return pgettext("between cities", ", ").join(told)


def _largest(movement: Movement, shown: RoundedMovement) -> str:
    """Return the cities with the largest parts, in words; nothing if none has a printed part."""
    told = [
        pgettext("cause and change", "%(cause)s %(change)s")
        % {"cause": part.city, "change": _signed(shown.of_city(part.city.code))}
        for part in movement.cities[:NAMED]
        if shown.of_city(part.city.code)
    ]
    if not told:
        return ""
    named = pgettext("between cities", ", ").join(told)
    return _(" Most by %(cities)s.") % {"cities": named}


def _signed(change: Decimal) -> str:
    return ("+" if change > 0 else "") + _plain(change)


def _plain(figure: Decimal) -> str:
    """Return a number with a typographic minus sign; never "-0"."""
    return (MINUS if figure < 0 else "") + f"{abs(figure):f}"
