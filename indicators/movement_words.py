"""A movement in words: the one sentence that the page, the chart and the briefing say."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clusters.amount_units import unit_name
from indicators.catalogue import Indicator
from indicators.formulas.bridge import Cause
from indicators.movement import Movement, Side
from indicators.results import written_as
from indicators.rounded_movement import RoundedMovement
from indicators.sentences import Kind, at_end_of, with_unit

MINUS = "\N{MINUS SIGN}"
# As many cities as one takes in while reading a sentence.
NAMED = 3


def cause_word(cause: Cause) -> str:
    """Return what a cause is called, in the active language."""
    words = {
        Cause.LATE: _("Missing cities"),
        Cause.CORRECTION: _("Corrections"),
        Cause.REGISTER: _("Register changes"),
        Cause.NEW: _("New data"),
    }
    return words[cause]


def cause_meaning(cause: Cause) -> str:
    """Return what falls under a cause, in one sentence of the active language."""
    words = {
        Cause.LATE: _(
            "Cities that were missing from the earlier figure though the day for it was over, "
            "and cities of the earlier figure that have not reported the newer quarter."
        ),
        Cause.CORRECTION: _(
            "Cities whose figures of the earlier quarter were restated after that day."
        ),
        Cause.REGISTER: _(
            "Cities that joined or left the clusters, and enterprises that joined the register."
        ),
        Cause.NEW: _(
            "The newer quarter in place of the earlier one, and figures that were not due then."
        ),
    }
    return words[cause]


def written(figure: Decimal, kind: Kind) -> str:
    """Return a printed figure with its unit: "51.83%", "251 firms"."""
    text = _plain(figure)
    return f"{text}%" if kind is Kind.SHARE else with_unit(text, kind)


def written_change(change: Decimal, kind: Kind) -> str:
    """Return a change with its sign and unit: "+0.31 percentage points", "−2 firms"."""
    text = _signed(change)
    if kind is Kind.SHARE:
        return _("%(points)s percentage points") % {"points": text}
    return with_unit(text, kind)


def unit_word(indicator: Indicator) -> str:
    """Return the unit in which an indicator's figures are printed, for a heading or an axis."""
    words = {
        Kind.SHARE: "%",
        Kind.MONEY: unit_name("large"),
        Kind.PEOPLE: pgettext("unit after a number", "persons"),
    }
    otherwise = pgettext("unit after a number", "enterprises")
    return words.get(written_as(indicator), otherwise)


def change_unit_word(indicator: Indicator) -> str:
    """Return the unit of a change: of a share, percentage points."""
    share = written_as(indicator) is Kind.SHARE
    return _("percentage points") if share else unit_word(indicator)


def day_words(day: date) -> str:
    """Return a day as it is written in a text."""
    return date_format(day, pgettext("format of a day", "j F Y"))


def side_words(side: Side) -> str:
    """Return of when a figure is, and as known when: "end of Q3 2025, as known on …"."""
    when = at_end_of(side.quarter)
    if side.as_of is None:
        return _("%(when)s, as known today") % {"when": when}
    return _("%(when)s, as known on %(day)s") % {"when": when, "day": day_words(side.as_of)}


def movement_sentence(of: Movement) -> str:
    """
    Return in one sentence from where to where a figure moved, by how much, and why.

    Its numbers are those of the table: the causes add up to the movement as it is printed.
    """
    shown = of.shown
    if shown is None:
        return _unknown(of)
    kind = written_as(of.indicator)
    parts = {
        "start": written(shown.start, kind),
        "start_when": side_words(of.start),
        "end": written(shown.end, kind),
        "end_when": side_words(of.end),
        "change": written_change(shown.whole, kind),
        "causes": _causes(shown, kind),
    }
    if not parts["causes"]:
        return (
            _("%(start)s (%(start_when)s) is %(end)s (%(end_when)s) too: nothing changed.") % parts
        )
    words = _("From %(start)s (%(start_when)s) to %(end)s (%(end_when)s), %(change)s: %(causes)s.")
    return words % parts + _largest(of, shown)


def _unknown(of: Movement) -> str:
    """Say of which end there is no figure."""
    side = of.start if of.start.value is None else of.end
    return _("There is no accepted figure for the %(when)s, so no movement can be told.") % {
        "when": side_words(side)
    }


def _causes(shown: RoundedMovement, kind: Kind) -> str:
    """Enumerate the causes that did anything."""
    told = [
        pgettext("cause and change", "%(cause)s %(change)s")
        % {"cause": cause_word(cause), "change": written_change(part, kind)}
        for cause, part in shown.by_cause.items()
        if part
    ]
    return pgettext("between cities", ", ").join(told)


def _largest(of: Movement, shown: RoundedMovement) -> str:
    """Name the cities that moved it most; nothing if none did by as much as is printed."""
    told = [
        pgettext("cause and change", "%(cause)s %(change)s")
        % {"cause": part.city, "change": _signed(shown.of_city(part.city.code))}
        for part in of.cities[:NAMED]
        if shown.of_city(part.city.code)
    ]
    if not told:
        return ""
    named = pgettext("between cities", ", ").join(told)
    return _(" Most by %(cities)s.") % {"cities": named}


def _signed(change: Decimal) -> str:
    return ("+" if change > 0 else "") + _plain(change)


def _plain(figure: Decimal) -> str:
    """Return a number with a real minus sign; never "-0"."""
    return (MINUS if figure < 0 else "") + f"{abs(figure):f}"
