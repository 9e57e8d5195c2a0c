"""A place's share of the province in words: of which cities, and compared with which."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusters.models import City
from indicators.data.coverage import Coverage
from indicators.movement.changes import LikeForLike
from indicators.verdict.rounding import places_that_read_truly, rounded
from indicators.verdict.sentences import HUNDRED, names, reporting_cities_words

MINUS = "\N{MINUS SIGN}"


def percent_words(fraction: Decimal) -> str:
    """Return a fraction in percent; just under a whole percent is never rounded to it."""
    exact = fraction * HUNDRED
    places = places_that_read_truly([exact], [Decimal(0), HUNDRED], least=1)
    shown = rounded(exact, places)
    return f"{MINUS if shown < 0 else ''}{abs(shown):,f}%"


def points_words(difference: Decimal) -> str:
    """Return a difference of two fractions: "+0.5 percentage points"."""
    points = rounded(difference * HUNDRED, 1)
    sign = "+" if points > 0 else MINUS if points < 0 else ""
    return _("%(points)s percentage points") % {"points": f"{sign}{abs(points):f}"}


def of_reporting_words(share: Decimal, number: int) -> str:
    """Return a share of the reporting cities, with their number."""
    words = ngettext(
        "%(share)s of the %(number)s city that reported",
        "%(share)s of the %(number)s cities that reported",
        number,
    )
    return words % {"share": percent_words(share), "number": number}


def change_words(change: LikeForLike) -> str:
    """Return a share's change on the year: "same 13 cities: +0.5 percentage points"."""
    parts = {"number": change.cities, "points": points_words(change.difference)}
    words = ngettext(
        "same %(number)s city on the year: %(points)s",
        "same %(number)s cities on the year: %(points)s",
        change.cities or 0,
    )
    return words % parts


def silent_words(silent: Sequence[City]) -> str:
    """Return the silent cities in words; empty if there are none."""
    if not silent:
        return ""
    words = ngettext("%(cities)s has not reported", "%(cities)s have not reported", len(silent))
    return words % {"cities": names([str(city) for city in silent])}


def whose_words(who: Coverage) -> str:
    """Return which cities' enterprises a number is of, while a city is silent; else nothing."""
    if who.is_complete or not who.accepted:
        return ""
    return reporting_cities_words(who.accepted)


def base_words(number: int, *, is_complete: bool) -> str:
    """Return what a column of shares is of: the province, or so many reporting cities."""
    if is_complete:
        return _("Share of the province's output value")
    words = ngettext(
        "Share of the output value of the %(number)s city that reported",
        "Share of the output value of the %(number)s cities that reported",
        number,
    )
    return words % {"number": number}
